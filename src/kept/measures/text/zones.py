"""Tells what a person wrote in a mail from what they quoted, signed, forwarded, and what their firm appended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kept.measures.text import disclaimers, signatures, zone_lines
from kept.measures.text.zone_lines import Zone

_GAPS = re.compile(r"\n{3,}")
# Signatures and notices are looked for in so many lines at the end of what somebody wrote.
_TAIL = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a mail by one hand; kind is 'visible', 'quote', 'signature', 'disclaimer' or 'forwarded'."""

    kind: Zone
    text: str


def visible(text: str) -> str:
    """What the writer of this mail wrote: answers between quotes stay; quotes, forwarded mail and signature go."""
    own = (part.text.strip("\n") for part in parts(text) if part.kind == "visible")
    lines = "\n\n".join(own).split("\n")
    return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def parts(text: str) -> list[Part]:
    """The whole mail in order, told apart; joined with line ends it gives the text back, up to white space.

    After Zebra's zones (Lampert, Dale, Paris 2009): a greeting and the words that end a letter are the writer's own,
    with the name below them; contact details are the signature.
    """
    lines = zone_lines.split(text)
    zones = zone_lines.zones(lines)
    is_below_own_words = False
    for start, end in list(_runs(zones)):
        if zones[start] == "visible":
            _mark_ends(lines, zones, (start, end), can_be_all=is_below_own_words)
            is_below_own_words = is_below_own_words or any(line.strip() for line in lines[start:end])
    _give_blank_lines(lines, zones)
    return [Part(zones[start], "\n".join(lines[start:end])) for start, end in _runs(zones)] if text else []


def _runs(zones: list[Zone]) -> Iterator[tuple[int, int]]:
    at = 0
    for _, group in groupby(zones):
        end = at + sum(1 for _ in group)
        yield at, end
        at = end


def _mark_ends(lines: list[str], zones: list[Zone], run: tuple[int, int], *, can_be_all: bool) -> None:
    """Mark the signature and the notices with which a stretch of the writer's own lines ends."""
    start, end = max(run[0], run[1] - _TAIL), run[1]
    can_be_all = can_be_all or start > run[0]
    notices = start + disclaimers.begins(lines[start:end], can_be_all=can_be_all)
    signed = start + signatures.begins(lines[start:notices], can_be_all=can_be_all)
    zones[signed:notices] = ["signature"] * (notices - signed)
    zones[notices:end] = ["disclaimer"] * (end - notices)
    for number in range(start, signed):
        if (number > run[0] or can_be_all) and signatures.is_of_a_phone(lines[number]):
            zones[number] = "signature"


def _give_blank_lines(lines: list[str], zones: list[Zone]) -> None:
    """Blank lines belong to what stands above them, at the beginning to what follows."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    zones[:first] = [zones[first]] * first if zones else []
    for number in range(first + 1, len(lines)):
        if not lines[number].strip():
            zones[number] = zones[number - 1]
