"""Quoting what is answered or passed on, so that any mail program, and our own reader, finds it again."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kept.kit.words import SHORT_MONTHS, WEEKDAYS

_LONGEST_NAME = 80
_NOT_SAID = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029:]+")  # a colon would end the line that introduces a quote


def attribution(name: str, *, at: datetime, zone: ZoneInfo) -> str:
    """ "On Fri, 6 Mar 2026 at 09:12, Cleo wrote:" in the zone of whoever answers."""
    return f"On {_moment(at, zone)}, {_one_line(name) or 'someone'} wrote:"


def quoted(text: str) -> str:
    """Each line behind "> "; what was quoted before gets one mark more without a blank between."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in lines)


def answer(own: str, *, to: str, said_by: str, at: datetime, zone: ZoneInfo) -> str:
    """The plain text of an answer: own words, a blank line, and the text it answers (`to`) below its attribution."""
    return f"{own.rstrip()}\n\n{attribution(said_by, at=at, zone=zone)}\n{quoted(to)}\n"


def forward(own: str, *, passed_on: str, heads: Sequence[tuple[str, str]]) -> str:
    """The plain text of a forward; `heads` stand above what is passed on: ("From", "Cleo <...>"), ("Date", "...")."""
    named = "\n".join(f"{name}: {' '.join(value.split())}" for name, value in heads)
    return f"{own.rstrip()}\n\n---------- Forwarded message ----------\n{named}\n\n{passed_on.rstrip()}\n"


def _one_line(name: str) -> str:
    return " ".join(_NOT_SAID.sub(" ", name).split())[:_LONGEST_NAME].strip()


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    weekday, month = WEEKDAYS[local.weekday()][:3], SHORT_MONTHS[local.month - 1]
    return f"{weekday}, {local.day} {month} {local.year} at {local:%H:%M}"
