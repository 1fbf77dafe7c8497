"""The lines at which other people's words begin in a mail, in the languages of its programs."""

import re

_ON = (
    r"on|am|le|el|il|op|em|den|på|pe|dnia|w dniu|dne|vào|в|il giorno|în data(?: de)?|(?:mon|tue|wed|thu|fri|sat|sun),|"
    r"(?:ma|ti|ke|to|pe|la|su) (?=\d)"
)
_WROTE = (
    r"wrote|writes|sent|schrieb|hat geschrieben|a écrit|escribió|ha escrito|ha scritto|scrive|schreef|geschreven|"
    r"escreveu|skrev|kirjoitti|napisał\(?a?\)?|napsal\(?a?\)?|a scris|írta|yazdı|"
    r"пишет|написал\(?а?\)?|пише|đã viết|写道"
)
_FAMILIES = {
    "from": r"from|von|de|van|da|od|fra|från|lähettäjä|expéditeur|mittente|remitente|nadawca|от",
    "date": r"sent|gesendet|envoyé|enviado(?: el)?|enviada em|verzonden|inviato|wysłano|skickat|sendt|lähetetty|"
    r"отправлено|date|datum|fecha|data|dato|дата",
    "to": r"to|an|à|pour|para|aan|a|per|do|til|till|vastaanottaja|destinataire|кому",
    "subject": r"subject|betreff|objet|sujet|asunto|assunto|onderwerp|oggetto|temat|emne|ämne|aihe|тема",
    "cc": r"cc|kopie|copie|copia|kopia|kopi|cópia",
    "reply": r"reply-to|antwort an|répondre à|responder a|rispondi a|antwoorden aan|odpowiedz do",
}
_HEADS = "|".join(_FAMILIES.values())
_FORWARDED = (
    r"forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|mensagem encaminhada|"
    r"mensagem reencaminhada|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|"
    r"wiadomość przekazana(?: dalej)?|przekazana wiadomość|videresendt (?:melding|meddelelse)|"
    r"begin forwarded message|anfang der weitergeleiteten (?:e-mail|nachricht)|"
    r"début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|início da mensagem (?:re)?encaminhada|"
    r"inizio messaggio inoltrato|"
    r"begin doorgestuurd bericht|początek przekazywanej wiadomości|пересылаемое сообщение"
)
_ORIGINALS = (
    r"original message|original appointment|original email|reply message|ursprüngliche nachricht|originalnachricht|"
    r"message d.origine|message original|message initial|mensaje original|correo original|mensagem original|"
    r"messaggio originale|oorspronkelijk bericht|origineel bericht|originele e-mail|wiadomość oryginalna|"
    r"oryginalna wiadomość|oprindelig meddelelse|original meddelelse|opprinnelig melding|ursprungligt meddelande|"
    r"originalmeddelande|alkuperäinen viesti|исходное сообщение"
)
_EDGE = r"(?:-{2,}|_{2,}|\*{1,3}|={2,}|—+)?"
_DATE = r"(?:\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[:h.]\d{2}\b)"
_ADDRESS = r"[<(\[]\s?(?:mailto:)?\s?[^\s<>()@]+@[^\s<>()@]+"

QUOTED = re.compile(r"\s{0,3}>(?!.*<<\s*$)")
MARKS = re.compile(r"^(?:\s{0,3}>)+\s?")
# "On 3 May 2024, at 10:12, Cleo wrote:" and its sisters, all lines of it joined.
INTRODUCTION = re.compile(
    rf"\s*(?:-{{2,}} ?)?(?:(?:{_ON})(?<!\w\W)\b|在|(?={_DATE})).{{0,300}}?(?<!\w)(?:{_WROTE})(?!\w)"
    r"[^\n:]{0,120}(?::\s*|-{2,}\s*)(?:-{2,})?\s*$",
    re.I | re.S,
)
INTRODUCTION_BEGINS = re.compile(rf"\s*(?:-{{2,}} ?)?(?:(?:{_ON})|在|(?={_DATE})).*(?:\d|@)", re.I)
SOMEONE_WROTE = re.compile(rf"\s*(?:\S.{{0,160}}\s)?(?:{_WROTE})(?: am| on)?\b[^\n]{{0,80}}:\s*$", re.I)
BETWEEN_DASHES = re.compile(rf"\s*-{{2,}}\s*\S.{{0,160}}\s(?:{_WROTE}):?\s*-{{2,}}\s*$", re.I)
# In whatever language: a date, an address, and a colon at the end.
DATED_ADDRESS = re.compile(rf"(?=.{{0,200}}?{_DATE}).{{0,200}}{_ADDRESS}[^\n:]{{0,60}}:\s*$", re.S)
ISO_ADDRESS = re.compile(r"\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,120}<\s*\S+@\S+>:?\s*$", re.S)
DATED = re.compile(_DATE)
# An introduction that shares its line with the words before it.
SHARED_LINE = re.compile(
    rf"(\S.*?[^\s-])(?=\s|--)\s*"
    rf"((?:-{{2,}} ?)?(?:On|Am|Le|El|Il|Op|Em|W dniu|Dnia) [^:]{{0,40}}?\d.{{0,200}}\b(?:{_WROTE})\s?:)\s*$"
)
FORWARDED = re.compile(rf"\s*{_EDGE}\s*(?:{_FORWARDED})\s*:?\s*{_EDGE}\s*$", re.I)
ORIGINAL = re.compile(rf"\s*{_EDGE}\s*(?:{_ORIGINALS})\s*:?\s*{_EDGE}\s*$", re.I)
RULE = re.compile(r"\s*[_=\-—]{4,}\s*$")
HEADER = re.compile(
    r"\s*\*{0,2}(?:" + "|".join(f"(?P<{name}>{forms})" for name, forms in _FAMILIES.items()) + r")\s?:\*{0,2}(?=\s|\S)",
    re.I,
)
SECOND_HEADER = re.compile(
    r"\s(?:" + "|".join(f"(?P<{name}>{_FAMILIES[name]})" for name in ("date", "subject", "to")) + r")\s?:\s", re.I
)
# A header block in a language that we have no words for.
HEADERISH = re.compile(r"\s*\*?[^\W\d_][\w .'’-]{0,24}\s?:\*?\s+\S")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
# The rest of a line that a mail program broke within a quote: a link, or the tail of one.
BROKEN_LINK = re.compile(r"\s?(?:[(<\[]?https?://\S+[)>\]]?[\s>]*|\S*[=&/_%?]\S*)$")
# Whatever none of the above could match; most lines fall here, so they are looked at once.
ORDINARY = re.compile(
    rf"(?!\s*(?:>|--|__|\*|==|—|\S*\d{{4}}|\d{{1,2}}[./-]\d|在|"
    rf"(?:{_ON}|{_HEADS}|{_FORWARDED}|{_ORIGINALS})(?!\w)|[^\W\d_][^:@]{{0,24}}:.*@)|.*:\s*$)",
    re.I,
)
