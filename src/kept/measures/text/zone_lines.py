"""Finds the lines of a mail that somebody else wrote: marked quotes, and all below the head of an older mail."""

from typing import Literal, NamedTuple

from kept.measures.text import older_heads
from kept.measures.text import zone_words as words

Zone = Literal["visible", "quote", "signature", "disclaimer", "forwarded"]

# A paragraph on one line; none of the marks looked for here is so long.
_LONGEST = 1000
# Nobody writes or quotes so many lines by hand; what comes after them is kept as it stands.
_MOST_LINES = 20_000
# Nor does anybody begin so many lines as if a mail began there; a log of dated lines would cost without end.
_MOST_LOOKS = 2000
# An introduction shares its line with few words, and seldom.
_SHARED, _MOST_SHARED = 400, 20
# Quoted lines of this length were broken by the program that sent them, and their rest may stand unmarked.
_BROKEN, _REST = 60, 25


class Mark(NamedTuple):
    """What begins at a line: so many lines of a zone, or all the rest."""

    zone: Zone
    length: int
    to_the_end: bool = False


def split(text: str) -> list[str]:
    """The lines of a text; where an introduction shares a line with the words before it, each has its own."""
    found: list[str] = []
    lines = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    looks = 0
    for number, line in enumerate(lines):
        shared = None
        if looks < _MOST_SHARED and len(line) < _SHARED and line.rstrip().endswith(":"):
            is_ahead = older_heads.is_quote_ahead(lines, number + 1)
            shared = words.SHARED_LINE.match(line) if is_ahead else None
            looks += is_ahead
        found += [shared[1], shared[2]] if shared else [line]
    return found


def zones(lines: list[str]) -> list[Zone]:
    """For each line whether it is the writer's own ('visible'), quoted or forwarded."""
    found: list[Zone] = ["visible"] * len(lines)
    loose: list[int] = []  # where marked quotes begin that nothing introduces
    at, looks, above = 0, 0, False
    before: Zone | None = None
    while at < min(len(lines), _MOST_LINES):
        mark = _quote(lines, at, before)
        if mark is None and looks < _MOST_LOOKS and len(lines[at]) <= _LONGEST and not words.ORDINARY.match(lines[at]):
            looks += 1
            mark = _head(lines, at, above=above)
        if mark is None:
            before, above = (None, True) if lines[at].strip() else (before, above)
            at += 1
            continue
        if before is None and words.QUOTED.match(lines[at]):
            loose.append(at)
        end = len(lines) if mark.to_the_end else at + mark.length
        found[at:end] = [mark.zone] * (end - at)
        at, before = end, mark.zone
    _free_a_lone_line(lines, found, loose)
    return found


def _quote(lines: list[str], at: int, before: Zone | None) -> Mark | None:
    """The marked quote that begins here. before: the zone that ended just above."""
    if len(lines[at]) > _LONGEST or not words.QUOTED.match(lines[at]):
        return None
    end = _end_of_quote(lines, at)
    return Mark("forwarded" if before == "forwarded" or _is_forward(lines[at:end]) else "quote", end - at)


def _head(lines: list[str], at: int, *, above: bool) -> Mark | None:
    """What the head of an older mail begins here. above: whether the writer's own words stand above it."""
    line = lines[at]
    if words.FORWARDED.match(line) or words.ORIGINAL.match(line):
        zone: Zone = "quote" if above and words.ORIGINAL.match(line) else "forwarded"
        return Mark(zone, 1, to_the_end=not older_heads.is_quote_ahead(lines, at + 1))
    if older_heads.begins(lines, at):
        return Mark("quote" if above else "forwarded", 1, to_the_end=True)
    if spread := older_heads.introduces(lines, at):
        return Mark("quote", spread, to_the_end=above and not older_heads.is_quote_ahead(lines, at + spread))
    return None


def _end_of_quote(lines: list[str], at: int) -> int:
    """Behind the last line of the marked quote that begins here, with lines that were broken in sending."""
    end = at + 1
    while end < len(lines):
        if words.QUOTED.match(lines[end]):
            end += 1
        elif end + 1 < len(lines) and words.QUOTED.match(lines[end + 1]) and _is_rest(lines[end], of=lines[end - 1]):
            end += 2
        else:
            break
    return end


def _is_rest(line: str, *, of: str) -> bool:
    if not line.strip() or len(line) > _LONGEST:
        return False
    if words.BROKEN_LINK.match(line):
        return True
    is_broken = len(of) >= _BROKEN and of.rstrip()[-1] not in ".?!:"
    return is_broken and len(line) <= _REST and line.strip()[0].islower() and line.rstrip()[-1] not in ".?!"


def _is_forward(quoted: list[str]) -> bool:
    return any(words.FORWARDED.match(words.MARKS.sub("", line)) for line in quoted[:4] if len(line) <= _LONGEST)


def _free_a_lone_line(lines: list[str], found: list[Zone], loose: list[int]) -> None:
    """One line with a '>' below the writer's words, in a mail that marks no other: a mark of their own, not a quote."""
    if len(loose) != 1 or any(zone != "visible" for zone in found[: loose[0]]):
        return
    (at,) = loose
    if lines[at].rstrip().endswith(":"):
        return
    is_one_line = found[at + 1 : at + 2] in ([], ["visible"])
    below = [zone for line, zone in zip(lines[at + 1 :], found[at + 1 :], strict=True) if line.strip()]
    if is_one_line and below[:1] in ([], ["quote"]) and any(line.strip() for line in lines[:at]):
        found[at] = "visible"
