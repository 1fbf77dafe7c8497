"""Finds the signature below a writer's words: after its mark, after the greeting that ends a letter, or by its look."""

import re

MARK = re.compile(r"\s{0,3}(?:--|—|–|__)\s*$")
_DASHES = ("-", "—", "–", "_")
_EXACT_MARK = "-- "
# The dashes and the name on one line, which options of commands look like.
_NAMED_MARK = re.compile(r"(?:--|—|–) ?[^\W\d_][\w.' -]{0,30}$")
_REFERENCE = re.compile(r"\s*\[\d+\]")
_MOST_LINES = 20  # below a mark without its blank; longer, the dashes only parted the text
_WIDEST = 100
_FEW_LINES, _NARROW = 5, 60  # a signature without any number is short

_PHONE = re.compile(
    r"\s*(?:(?:sent|written|envoyé|enviado|inviato|verzonden|wysłan[eo]|gesendet|geschickt) "
    r"(?:from|via|with|by|using|von|mit|aus|depuis|de|avec|à partir de|desde|con|do|da|dal|dalla|van|vanaf|met|via|z|"
    r"ze|za pomocą)\s(?:my |a |the |meinem |mon |ma |mi |meu |minha |mio |mijn |mojego )?[^\s,][^,!?]{0,50}|"
    r"get outlook for .{1,20}|von (?:meinem|unterwegs).{0,40}(?:gesendet)?|télécharge[rz] outlook pour .{1,30}|"
    r"outlook für .{1,20} (?:beziehen|herunterladen).{0,10}|obtener outlook para .{1,20}|scarica outlook per .{1,20}|"
    r"pobierz (?:aplikację )?outlook (?:dla|na) .{1,20}|obter (?:o )?outlook para .{1,20}|"
    r"outlook voor .{1,20} downloaden)(?:<\S*>)?\s*$",
    re.I,
)
_CLOSING = re.compile(
    r"\s*(?:(?:with )?(?:(?:kind|best|warm|warmest|many|all the)\s?)*(?:regards|wishes|best)|sincerely(?: yours)?|"
    r"yours(?: (?:sincerely|faithfully|truly))?|cheers|thanks(?: again)?|thank you|many thanks|cordially|respectfully|"
    r"(?:mit |viele |liebe |beste |herzliche |freundlich\w* |schöne )*(?:freundlichen? )?gr(?:ü|ue)(?:ß|ss)en??|"
    r"(?:mit )?(?:freundlichen|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en|mfg|lg|vg|"
    r"(?:bien )?cordialement|(?:bien )?à (?:vous|toi)|amicalement|salutations(?: distinguées)?|meilleures salutations|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|un abrazo|"
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|"
    r"z poważaniem|pozdrawiam(?: serdecznie)?|(?:serdeczne )?pozdrowienia|"
    r"(?:cordiali|distinti|cari) saluti|(?:un )?saluto|grazie|saluti|"
    r"(?:com os )?(?:melhores )?cumprimentos|atenciosamente|abraços?|obrigad[oa])\s*[,.!]?\s*$",
    re.I,
)
# What stands in a signature and seldom in a sentence: numbers that have a name, registers of firms.
_NUMBER = r"[+(\d][\d\s()/.\-]{5,}"
_STRONG = re.compile(
    r"(?:^|[\s|•·*])(?:t(?:el|élé?)?(?:efon|ephone|éphone|efono|efoon|efone)?|phone|mob(?:ile?|il)?|handy|cell|fax|portable|"
    rf"móvil|celular|cellulare|kom|gsm|office|direct|durchwahl|m|p|f|d|o)\*?\s?[.:]{{0,2}}\*?\s?{_NUMBER}"
    rf"|^\s*\+?{_NUMBER}$|\+\d[\d\s()/.\-]{{7,}}"
    r"|\b(?:HRB|USt-?Id|VAT|SIRET|RCS|KvK|BTW|P\. ?IVA|NIP|KRS|REGON|NIPC|NIF|CIF|Amtsgericht|Geschäftsführ\w+|"
    r"[Rr]egistered (?:[Oo]ffice|in)|[Cc]ompany (?:no|number))\b",
    re.I,
)
_WEAK = re.compile(r"\bhttps?://|\bwww\.|[^\s<>@]+@[^\s<>@]+\.\w|\s[|•·]\s|\b\d{4,5} [A-ZÄÖÜ][a-zäöüß]{2,}")


def begins(lines: list[str], *, can_be_all: bool) -> int:
    """Where the signature begins in these lines, which are all of one writer; their number when there is none.

    can_be_all: whether words of the same writer stand before these lines, so that nothing else need be here.
    """
    for number, line in enumerate(lines):
        if (
            len(line) <= _WIDEST
            and line[:4].strip()[:1] in _DASHES
            and _is_mark(lines, number)
            and (can_be_all or number)
        ):
            return number
    return _after_closing(lines) or _by_look(lines) or len(lines)


def is_of_a_phone(line: str) -> bool:
    """A line that the program adds by itself: "Sent from my phone"."""
    return len(line) <= _WIDEST and bool(_PHONE.match(line))


def _is_mark(lines: list[str], number: int) -> bool:
    line = lines[number]
    below = sum(bool(line.strip()) for line in lines[number + 1 :])
    if MARK.match(line):
        return line.startswith(_EXACT_MARK) or below <= _MOST_LINES
    is_apart = number == 0 or not lines[number - 1].strip()
    return is_apart and below <= _FEW_LINES and bool(_NAMED_MARK.match(line))


def _after_closing(lines: list[str]) -> int:
    """Behind "Best regards" and the name below it, which are the writer's own, where contact details follow."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for position in range(max(0, len(filled) - _MOST_LINES), len(filled) - 1):
        if len(lines[filled[position]]) <= _WIDEST and _CLOSING.match(lines[filled[position]]):
            below = filled[position + 1 :]
            details = below if _tells_how_to_reach(lines[below[0]]) else below[1:]
            if details and _are_details([lines[one] for one in details]):
                return details[0]
    return 0


def _are_details(lines: list[str]) -> bool:
    if not _is_short(lines) or any(line.rstrip()[-1] in ":;" or _REFERENCE.match(line) for line in lines):
        return False
    if any(map(_STRONG.search, lines)):
        return True
    is_small = len(lines) <= _FEW_LINES and all(len(line) <= _NARROW for line in lines)
    return is_small and any(map(_tells_how_to_reach, lines))


def _by_look(lines: list[str]) -> int:
    """The last paragraph, where it is made of numbers and addresses; the writer's words must stand above it."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    block: list[int] = []
    for number in reversed(filled):
        if block and number != block[-1] - 1:
            break
        block.append(number)
    above = [number for number in filled if block and number < block[-1]]
    if not above or not _is_short([lines[number] for number in block]) or lines[above[-1]].rstrip().endswith(":"):
        return 0
    strong = sum(bool(_STRONG.search(lines[number])) for number in block)
    reaching = sum(_tells_how_to_reach(lines[number]) for number in block)
    return block[-1] if strong and reaching >= 2 and reaching >= 0.4 * len(block) else 0


def _is_short(lines: list[str]) -> bool:
    return len(lines) <= _MOST_LINES and all(len(line) <= _WIDEST and not line.rstrip().endswith("?") for line in lines)


def _tells_how_to_reach(line: str) -> bool:
    return bool(_STRONG.search(line) or _WEAK.search(line))
