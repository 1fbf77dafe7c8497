"""Cuts the visible part of a mail into sentences: wrapped lines joined, greetings and sign-offs left out."""

import re

from kept.measures.text.greetings import GREETINGS

# No sentence a person writes is longer; what runs on past it is cut there, so that every later look stays short.
_LONGEST = 1000
# Mail programs wrap at 72; a line that ends well before that was ended by its writer.
_WRAPPED = 50
# After a sign-off come a name, a title, a phone; more than that is text again.
_SIGNATURE_LINES = 8

_ITEM = re.compile(r"\s{0,8}(?:[-*•–—·‣▪o+]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_QUOTED = re.compile(r"\s{0,3}>")
_RULE = re.compile(r"[\W_]*$")
_GREETING = re.compile(
    rf"(?:(?:{GREETINGS}|morning|gentile|beste|car[oa])"
    r"\b[^.!?:;\n]{0,60}|[^\W\d_]{2,20})[,!:.\s–—-]*$",
    re.I,
)
_SIGN_OFF = re.compile(
    r"(?:(?:(?:kind|best|warm|many|with|kindest|warmest)\s){0,2}(?:regards|wishes)|best|all the best|cheers|sincerely|"
    r"yours(?:\s\w+){0,2}|many thanks|thanks(?: again| a lot| so much)?|thank you|talk soon|speak soon|see you|"
    r"take care|"
    r"viele(?:n dank)?(?: und)?(?: liebe)? gr(?:ü|ue)(?:ß|ss)en?|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:liebe|beste|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)e|danke|lg|vg|mfg|br|rgds|xx?|"
    r"cordialement|bien à vous|merci|saludos|un saludo|gracias|cordiali saluti|saluti|grazie|met vriendelijke groet|"
    r"groeten|groetjes|pozdrawiam|z poważaniem|abraços?|atenciosamente|"
    r"cumprimentos)(?:,?\s[^\W\d_]{2,20}){0,2}[,.!\s–—-]*$",
    re.I,
)
_POSTSCRIPT = re.compile(r"p\.?\s?s\b", re.I)
_HANGING = re.compile(
    r"\b(?:by|the|an?|and|or|to|of|for|in|on|at|with|from|your|our|my|this|that|is|are|will|be|as|until|than|der|die|"
    r"das|"
    r"und|zu|bis|le|la|les|de|et)$",
    re.I,
)
_TERMINAL = re.compile(r"[.!?…:]['\")\]»”’]*$")
_CUT = re.compile(r"(?<=[.!?…])['\")\]»”’]{0,2}\s+(?=\S)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'“])(?:mrs?|ms|dr|prof|st|jr|sr|vs|e\.g|i\.e|z\.\s?b|d\.\s?h|u\.\s?a|no|nr|vol|fig|approx|ca|bzw|"
    r"ggf|usw|"
    r"incl|inkl|excl|zzgl|tel|resp|dept|est|min|max|p|pp|bspw|hr|fr|mme|mlle|sig|sra?|dhr|mevr|\d{1,3}|[a-z])\.$",
    re.I,
)

_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez)\.$", re.I)


def split(text: str) -> list[str]:
    """Sentences in order, white space folded; list items are sentences of their own. Linear in the text's length."""
    return [sentence for block in _blocks(text) for sentence in _cut(block)]


def _blocks(text: str) -> list[str]:
    """Paragraphs and list items on one line each."""
    blocks: list[list[str]] = []
    open_line = ""  # the last line of the block still being written
    for line in _written(text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")):
        item = _ITEM.match(line)
        words = " ".join((line[item.end() :] if item else line).split())
        if item is None and words and open_line and _runs_on(open_line, words):
            blocks[-1].append(words)
        elif words:
            blocks.append([words])
        open_line = words
    return [" ".join(lines) for lines in blocks]


def _written(lines: list[str]) -> list[str]:
    """Lines without quotes, greetings, and what comes after the sign-off; '' where a paragraph ends."""
    kept: list[str] = []
    greeted = False
    for at, line in enumerate(lines):
        words = line.strip()
        if len(words) <= 80 and _SIGN_OFF.match(words) and _is_near_the_end(lines, at):
            tail = lines[at + 1 :]
            begins = next((i for i, later in enumerate(tail) if _POSTSCRIPT.match(later.strip())), len(tail))
            return [*kept, "", *tail[begins:]]
        if not greeted and words and len(words) <= 80 and words[-1] in ",!:.–—-" and _GREETING.match(words):
            greeted, words = True, ""
        greeted = greeted or bool(words)
        # an item or a paragraph keeps its margin, by which lists are known
        kept.append("" if not words or _QUOTED.match(line) or _RULE.match(words[:200]) else line[:100_000])
    return kept


def _is_near_the_end(lines: list[str], at: int) -> bool:
    """Whether only a signature's worth of lines follows, or a postscript."""
    later = [line for line in lines[at + 1 : at + 60] if line.strip()]
    upto = next((i for i, line in enumerate(later) if _POSTSCRIPT.match(line.strip())), len(later))
    return upto <= _SIGNATURE_LINES and all(len(line) < 70 for line in later[:upto])


def _runs_on(line: str, following: str) -> bool:
    """Whether a mail program, not the writer, broke the line here."""
    if _TERMINAL.search(line[-6:]):
        return False
    return len(line) >= _WRAPPED or following[0].islower() or bool(_HANGING.search(line[-8:]))


def _cut(block: str) -> list[str]:
    """The sentences of one block."""
    found: list[str] = []
    begin = 0
    for gap in _CUT.finditer(block):
        ahead = block[max(begin, gap.start() - 12) : gap.start()]
        if _ABBREVIATED.search(ahead) or (block[gap.end()].isdigit() and _MONTH.search(ahead)):
            continue
        found.append(block[begin : gap.end()].strip())
        begin = gap.end()
    found.append(block[begin:].strip())
    return [part for whole in found for part in _short(whole) if any(letter.isalpha() for letter in part)]


def _short(sentence: str) -> list[str]:
    return [sentence[at : at + _LONGEST] for at in range(0, len(sentence), _LONGEST)]
