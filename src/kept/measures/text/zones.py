"""Tells what a person wrote in a mail from what they quoted, signed or forwarded."""

import re

_QUOTED = re.compile(r"^\s{0,3}>")
# "On 3 May 2024, at 10:12, Cleo wrote:" and its sisters; the line may break up to three times before the colon.
_INTRO = re.compile(
    r"^\s*(?:>\s*)*(?:on|am|le|el|il|op|em|den|dnia|w dniu|vào|в|on wed|-{2,} ?on)\b.{0,250}?"
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|scrive|schreef|geschreven|escreveu|skrev|napisał\(?a?\)?|пишет|написал\(?а?\)?)"
    r"\b[^\n:]{0,120}:?\s*(?:-{2,})?\s*$",
    re.I | re.S,
)
_WROTE = re.compile(
    r"^\s*(?:\S.{0,160}\s)?(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał\(?a?\)?|написал\(?а?\)?)"
    r"(?: am| on)?\b[^\n]{0,80}:\s*$",
    re.I,
)
_INTRO_BEGINS = re.compile(r"^\s*(?:on|am|le|el|il|op|em|den|dnia|w dniu|в)\b.*(?:\d|@)", re.I)
_DATED_ADDRESS = re.compile(r"^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.{0,80}<\S+@\S+>:?\s*$")
_CUT = re.compile(
    r"^\s*(?:-{2,}|_{2,}|\*{2,})?\s*(?:original message|original appointment|forwarded message|reply message|ursprüngliche nachricht|"
    r"originalnachricht|weitergeleitete nachricht|message d.origine|message original|message transféré|mensaje original|"
    r"mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|"
    r"doorgestuurd bericht|originele e-mail|vidarebefordrat meddelande|wiadomość oryginalna|oprindelig meddelelse|"
    r"begin forwarded message|anfang der weitergeleiteten e-mail|début du message réexpédié|inicio del mensaje reenviado|"
    r"inizio messaggio inoltrato)\s*:?\s*(?:-{2,}|_{2,}|\*{2,})?\s*$",
    re.I,
)
_RULE = re.compile(r"^\s*[_-]{20,}\s*$")
_HEADER = re.compile(
    r"^\s*\*?(?:from|von|de|van|da|od|fra|från|sent|gesendet|envoyé|enviado|verzonden|inviato|wysłano|date|datum|fecha|data|to|an|à|para|aan|"
    r"a|do|til|subject|betreff|objet|asunto|assunto|onderwerp|oggetto|temat|emne|cc|reply-to)\s*:\*?\s*\S",
    re.I,
)
_SENDER = re.compile(r"^\s*\*?(?:from|von|de|van|da|od|fra|från|expéditeur|mittente|remitente)\s*:\*?\s*\S", re.I)
_SIGNATURE = re.compile(r"^(?:--|—|__)\s*$|^-- ?\S.{0,40}$")
_SENT_FROM = re.compile(
    r"^\s*(?:sent (?:from|via|with|by) (?:my |a |the )?\S.{0,60}|get outlook for .{1,20}|von meinem .{1,40} gesendet|gesendet (?:von|mit) .{1,60}|"
    r"envoyé (?:de|depuis) (?:mon|ma) .{1,40}|enviado (?:desde|do|de) (?:mi|meu) .{1,40}|inviato da(?:l mio)? .{1,40}|verzonden vanaf mijn .{1,40}|"
    r"wysłane z .{1,40})\s*$",
    re.I,
)
# How many lines an introduction may spread over, and how many header lines make a forwarded head.
_SPREAD, _HEAD = 4, 2


def visible(text: str) -> str:
    """What the writer of this mail wrote: answers between quotes kept; quotes, forwarded mail and signature left out."""
    lines = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _QUOTED.match(line):
            _drop_gap(kept)
        elif spread := _intro(lines, at):
            at += spread - 1
            if not _is_quote_ahead(lines, at + 1):
                break
        elif _ends(lines, at):
            if not _is_quote_ahead(lines, at + 1) or not _SIGNATURE.match(line):
                break
        elif not _SENT_FROM.match(line):
            kept.append(line.rstrip())
        at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _drop_gap(kept: list[str]) -> None:
    """Blank lines before a quote become one, so that answers stay apart."""
    while len(kept) > 1 and not kept[-1] and not kept[-2]:
        kept.pop()


def _intro(lines: list[str], at: int) -> int:
    """Over how many lines from here a quote is introduced; 0 when it isn't."""
    line = lines[at]
    if _WROTE.match(line) and _is_quote_ahead(lines, at + 1):
        return 1
    if _DATED_ADDRESS.match(line):
        return 1
    if not _INTRO_BEGINS.match(line):
        return 0
    for spread in range(1, _SPREAD + 1):
        if _INTRO.match(" ".join(lines[at : at + spread])):
            return spread
    return 0


def _is_quote_ahead(lines: list[str], at: int) -> bool:
    ahead = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_QUOTED.match(ahead))


def _ends(lines: list[str], at: int) -> bool:
    """From here on nothing is the writer's own: a forwarded or answered mail begins, or the signature."""
    line = lines[at]
    if not line.strip():
        return False
    if _CUT.match(line) or _SIGNATURE.match(line):
        return True
    following = [later for later in lines[at + 1 : at + 8] if later.strip()][:4]
    heads = sum(1 for later in following if _HEADER.match(later))
    return (bool(_SENDER.match(line)) and heads >= _HEAD) or (bool(_RULE.match(line)) and heads > _HEAD)
