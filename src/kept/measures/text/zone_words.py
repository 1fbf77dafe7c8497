"""The lines at which other people's words begin in a mail, in the languages of its programs."""

import re

_ON = r"on|am|le|el|il|op|em|den|på|pe|dnia|w dniu|vào|в"
_WROTE = (
    r"wrote|writes|sent|schrieb|a écrit|escribió|ha scritto|scrive|schreef|geschreven|escreveu|skrev|kirjoitti|"
    r"napisał\(?a?\)?|пишет|написал\(?а?\)?|đã viết|写道"
)
_FROM = r"from|von|de|van|da|od|fra|från|expéditeur|mittente|remitente"
_HEADS = (
    _FROM + r"|sent|gesendet|envoyé|enviado|enviada em|verzonden|inviato|wysłano|skickat|sendt|"
    r"date|datum|fecha|data|dato|"
    r"to|an|à|para|aan|a|do|til|till|subject|betreff|objet|asunto|assunto|onderwerp|oggetto|temat|emne|ämne|cc|reply-to"
)
_FORWARDS = (
    r"original message|original appointment|forwarded message|reply message|ursprüngliche nachricht|originalnachricht|"
    r"weitergeleitete nachricht|message d.origine|message original|message transféré|mensaje original|"
    r"mensaje reenviado|"
    r"mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|"
    r"doorgestuurd bericht|originele e-mail|vidarebefordrat meddelande|wiadomość oryginalna|oprindelig meddelelse|"
    r"begin forwarded message|anfang der weitergeleiteten e-mail|début du message réexpédié|"
    r"inicio del mensaje reenviado|inizio messaggio inoltrato"
)
_PHONES = (
    r"sent (?:from|via|with|by) (?:my |a |the )?\S.{0,60}|get outlook for .{1,20}|von meinem .{1,40} gesendet|"
    r"gesendet (?:von|mit) .{1,60}|envoyé (?:de|depuis) (?:mon|ma) .{1,40}|enviado (?:desde|do|de) (?:mi|meu) .{1,40}|"
    r"inviato da(?:l mio)? .{1,40}|verzonden vanaf mijn .{1,40}|wysłane z .{1,40}"
)
_DASHES = r"(?:-{2,}|_{2,}|\*{2,})?"

QUOTED = re.compile(r"\s{0,3}>")
# "On 3 May 2024, at 10:12, Cleo wrote:" and its sisters, all lines of it joined.
INTRODUCTION = re.compile(
    rf"\s*(?:-{{2,}} ?)?(?:(?:{_ON})\b|在).{{0,250}}?(?<!\w)(?:{_WROTE})(?!\w)"
    r"[^\n:]{0,120}(?::\s*|-{2,}\s*)(?:-{2,})?\s*$",
    re.I | re.S,
)
INTRODUCTION_BEGINS = re.compile(rf"\s*(?:-{{2,}} ?)?(?:(?:{_ON})\b|在).*(?:\d|@)", re.I)
SOMEONE_WROTE = re.compile(rf"\s*(?:\S.{{0,160}}\s)?(?:{_WROTE})(?: am| on)?\b[^\n]{{0,80}}:\s*$", re.I)
DATED_ADDRESS = re.compile(r"\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,120}<\s*\S+@\S+>:?\s*$", re.S)
FORWARDED = re.compile(rf"\s*{_DASHES}\s*(?:{_FORWARDS})\s*:?\s*{_DASHES}\s*$", re.I)
RULE = re.compile(r"\s*[_-]{20,}\s*$")
HEADER = re.compile(rf"\s*\*?(?:{_HEADS})\s*:\*?\s*\S", re.I)
FIRST_HEADER = re.compile(rf"\s*\*?(?:{_FROM}|date|datum)\s*:\*?\s*\S", re.I)
SIGNATURE = re.compile(r"(?:--|—|__)\s*$|-- ?\S.{0,40}$")
SENT_FROM = re.compile(rf"\s*(?:{_PHONES})\s*$", re.I)
# Whatever none of the above could match; most lines fall here, so they are looked at once.
ORDINARY = re.compile(
    rf"(?!\s*(?:[->_*—]|\S*\d{{4}}|(?:{_ON}|{_HEADS}|{_FORWARDS}|sent|get|von|gesendet|wysłane)\b|在)|.*:\s*$)", re.I
)
