"""Cuts off what is in a message to wear out its reader: parts beyond any number that a person would send."""

import re

MOST_PARTS = 1000
_BOUNDARY = re.compile(rb'boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))', re.I)
_BORDER = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?$", re.M)
# A message names its boundaries in its heads; of very many none of the later ones matters.
_MOST_BOUNDARIES = 200
CUT = f"It has more than {MOST_PARTS:,} parts; those after them were left in the original."


def within_bounds(content: bytes) -> tuple[bytes, str]:
    """The message up to its thousandth part, and '' or a sentence on what was left out."""
    if content.count(b"\n--") <= MOST_PARTS:
        return content, ""
    named: set[bytes] = set()
    for found in _BOUNDARY.finditer(content):
        named.add(found[1] or found[2])
        if len(named) == _MOST_BOUNDARIES:
            break
    parts = 0
    for border in _BORDER.finditer(content):
        if border[1] in named:
            parts += 1
            if parts > MOST_PARTS:
                return content[: border.start()], CUT
    return content, ""
