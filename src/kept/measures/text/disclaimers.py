"""Finds the paragraphs that no person wrote for this letter: legal notices, and what lists add below it."""

import re

_MAIL = (
    r"e-?mails?|messages?|communication|transmission|nachricht|mitteilung|courriels?|courriers?|mensaje|correo|bericht|"
    r"messaggio|comunicazione|wiadomość|wiadomości|mensagem|comunicação|attachments?|anhänge|pièces?|informations?|"
    r"informationen|información|informatie|informacje|informazioni|informações|contents?|inhalt|disclaimer"
)
_BOUND = (
    r"confidential\w*|privileged|intended (?:only|solely|recipient|for)|addressee|vertraulich\w*|rechtlich geschützt|"
    r"bestimmungsgemäß\w*|irrtümlich|confidentiel\w*|destinataires?|confidencia(?:l|is|les|lidad)|destinatari[oa]s?|"
    r"vertrouwelijk\w*|geadresseerde|bestemd voor|riservat\w*|poufn\w*|adresat\w*|sigilos\w*|exclusiv\w+ (?:a|ao|para)|"
    r"unauthori[sz]ed|virus(?:es|sen)?|liab(?:le|ility)|haftung"
)
LEGAL = re.compile(rf"(?=.{{0,900}}?\b(?:{_MAIL})\b)(?=.{{0,900}}?\b(?:{_BOUND})\b)", re.I | re.S)
_LEGAL_BEGINS = re.compile(
    r"\W*(?:th(?:is|e|ese)|any|all|if you|confidential|privileged|disclaimer|notice|important|legal|warning|"
    r"please note|internet communications|dies|der inhalt|die (?:in|information)|hinweis|vertraulich|achtung|wichtig|"
    r"sollten sie|"
    r"ce(?:t|tte)?|le (?:contenu|présent)|les informations|avis|si vous|l['’]int|"
    r"est[ea]|el (?:contenido|presente)|la información|aviso|advertencia|si (?:usted|ha recibido)|"
    r"dit|deze|de (?:inhoud|informatie)|indien u|quest[oaie]|il (?:contenuto|presente)|le informazioni|avviso|"
    r"ai sensi|nota|ta wiadomość|niniejsz|treść|informacje|esta|o conteúdo|as informações|a informação)",
    re.I,
)
_TREES = re.compile(
    r"\W*(?:please )?(?:consider|think (?:of|about)) the environment|bitte (?:denken|prüfen) sie .{0,40}umwelt|"
    r"pensez à l['’]environnement|antes de imprimir|denk aan het milieu|prima di stampare|zanim wydrukujesz",
    re.I,
)
_RULE = re.compile(r"\s*[_=*\-—#~]{6,}\s*$")
_LEAVE = (
    r"to unsubscribe\b|you received this message because you are subscribed|you are receiving this (?:because|e-?mail)|"
    r"reply to this e-?mail directly|unsubscribe\s*(?:here\b|:|<?http|from this list)|(?:um|wenn) .{0,60}abzubestellen|"
    r"pour vous (?:désinscrire|désabonner)|para (?:darse de baja|cancelar (?:su|a) (?:suscripci|inscriç))|"
    r"om (?:je|u) (?:af|uit) te (?:melden|schrijven)|per (?:disiscriverti|annullare l['’]iscrizione)|aby się wypisać"
)
_LEAVE_BEGINS = re.compile(rf"\W*(?:{_LEAVE})", re.I)
_LIST = re.compile(
    rf"{_LEAVE}|mailing list|mailingliste|liste de diffusion|lista de correo|lista di distribuzione|lista dyskusyjna|"
    r"list-?info|unsubscribe|majordomo|google groups|abmelden|désinscrire|désabonner|uitschrijven|disiscriver",
    re.I,
)
_LOOKED_AT, _LIST_LINES = 900, 8


def begins(lines: list[str], *, can_be_all: bool) -> int:
    """Where in these lines the notices begin, which go on to their end; the number of lines when there are none.

    can_be_all: whether words of the same writer stand before these lines.
    """
    starts = [number for number, line in enumerate(lines) if line.strip() and _opens(lines, number)]
    for number in starts:
        if (number or can_be_all) and _is_notice(lines, number):
            return number
    return len(lines)


def _opens(lines: list[str], number: int) -> bool:
    """A paragraph's first line, or a rule."""
    return number == 0 or not lines[number - 1].strip() or bool(_RULE.match(lines[number]))


def _is_notice(lines: list[str], number: int) -> bool:
    start = number
    while start < len(lines) and (not lines[start].strip() or _RULE.match(lines[start])):
        start += 1
    is_ruled = start > number
    below = "\n".join(lines[start : start + _LIST_LINES])[:_LOOKED_AT]
    rest = sum(bool(line.strip()) for line in lines[start:])
    if rest <= _LIST_LINES and (_LIST.search(below) if is_ruled else _LEAVE_BEGINS.match(below)):
        return True
    if _TREES.match(below):
        return True
    paragraph = below.partition("\n\n")[0]
    return bool(_LEGAL_BEGINS.match(paragraph) and LEGAL.match(paragraph) and len(paragraph) >= 80)
