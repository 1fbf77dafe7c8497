"""Tells what a person wrote in a mail from what they quoted, signed or forwarded."""

import re

from kept.measures.text import zone_words as words

# How many lines an introduction may spread over, and how many header lines make a forwarded head.
_SPREAD, _HEAD = 4, 2
# A paragraph on one line; none of the marks looked for here is so long.
_LONGEST = 1000
# Nobody writes or quotes so many lines by hand; what comes after them is kept as it stands.
_MOST_LINES = 20_000
_GAPS = re.compile(r"\n{3,}")


def visible(text: str) -> str:
    """What the writer of this mail wrote: answers between quotes stay; quotes, forwarded mail and signature go."""
    lines = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if at >= _MOST_LINES or len(line) > _LONGEST or words.ORDINARY.match(line):
            kept.append(line.rstrip())
        elif words.QUOTED.match(line):
            _drop_gap(kept)
        elif spread := _introduces(lines, at):
            at += spread - 1
            if any(kept) and not _is_quote_ahead(lines, at + 1):
                break
        elif _ends(lines, at):
            break
        elif not words.SENT_FROM.match(line):
            kept.append(line.rstrip())
        at += 1
    return _GAPS.sub("\n\n", "\n".join(kept)).strip()


def _drop_gap(kept: list[str]) -> None:
    """Blank lines before a quote become one, so that answers stay apart."""
    while len(kept) > 1 and not kept[-1] and not kept[-2]:
        kept.pop()


def _introduces(lines: list[str], at: int) -> int:
    """Over how many lines from here a quote is introduced; 0 when it isn't."""
    line = lines[at]
    if words.SOMEONE_WROTE.match(line) and _is_quote_ahead(lines, at + 1):
        return 1
    for spread in (1, 2):
        if words.DATED_ADDRESS.match(" ".join(lines[at : at + spread])):
            return spread
    if not words.INTRODUCTION_BEGINS.match(line):
        return 0
    for spread in range(1, _SPREAD + 1):
        if words.INTRODUCTION.match(" ".join(lines[at : at + spread])):
            return spread
    return 0


def _is_quote_ahead(lines: list[str], at: int) -> bool:
    ahead = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(words.QUOTED.match(ahead))


def _ends(lines: list[str], at: int) -> bool:
    """From here on nothing is the writer's own: a forwarded or answered mail begins, or the signature."""
    line = lines[at]
    if words.SIGNATURE.match(line):
        return not _is_quote_ahead(lines, at + 1)
    if words.FORWARDED.match(line):
        return True
    following = [later for later in lines[at + 1 : at + 8] if later.strip()][:4]
    heads = sum(1 for later in following if words.HEADER.match(later))
    return (bool(words.FIRST_HEADER.match(line)) and heads >= _HEAD) or (bool(words.RULE.match(line)) and heads > _HEAD)
