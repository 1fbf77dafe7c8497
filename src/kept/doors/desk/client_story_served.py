"""The story of a client in words, where it is about meetings, work handed over, bills and promised people."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.journal.models import Line
from kept.measures.trust_streams import Streams

Said = tuple[str, str, dict[str, Any]]
THEY = "They"


def served(line: Line, eye: Eye, *, streams: Streams) -> Said | None:
    """Who did what, and what of it by the firm's numbers; None for a line about anything else."""
    tell = TELLING.get(line.verb)
    if tell is None:
        return None
    who, did, more = tell(line, eye, streams)
    to = way("service", line.client_id) if line.client_id else ""
    return who, did, {"quoted": line.said, "to": to} | more


def _held(line: Line, eye: Eye, streams: Streams) -> Said:
    late = int(line.facts.get("minutes_late") or 0)
    came = words.listed([calling(name) for name in line.facts.get("came", [])])
    there = f", {came} there" if came else ""
    state = State("late", f"{late} minutes late") if late > streams.meeting_late_minutes else None
    return "We", "met them:", {"then": f"{_when(line, eye)}{there}", "state": state}


def _missed(line: Line, eye: Eye, streams: Streams) -> Said:
    return "We", "did not come to", {"then": _when(line, eye), "state": State("broken", "nobody of us came")}


def _off(line: Line, eye: Eye, streams: Streams) -> Said:
    return ("We" if line.facts.get("by_us") else THEY), "called off", {}


def _handed(line: Line, eye: Eye, streams: Streams) -> Said:
    return calling(line.by_name), "handed over", {}


def _received(line: Line, eye: Eye, streams: Streams) -> Said:
    who = calling(line.facts["contact"]) if line.facts.get("contact") else THEY
    match line.facts.get("kind"):
        case ReceiptKind.ACCEPTED:
            return who, "accepted", {"state": State("said", "accepted")}
        case ReceiptKind.EXTRA_ROUND:
            return who, "asked for one more round of", {"state": State("late", "because of us")}
        case _:
            return who, "sent back", {"state": State("broken", "to be done again")}


def _billed(line: Line, eye: Eye, streams: Streams) -> Said:
    return calling(line.by_name), "sent bill", {}


def _surprised(line: Line, eye: Eye, streams: Streams) -> Said:
    return THEY, "were surprised by bill", {"state": State("late", "a surprise")}


def _settled(line: Line, eye: Eye, streams: Streams) -> Said:
    return calling(line.by_name), "settled with them what surprised them about bill", {}


def _replaced(line: Line, eye: Eye, streams: Streams) -> Said:
    instead = calling(line.facts.get("instead", "")) or "somebody else"
    return instead, f"came instead of {calling(line.said)}", {"quoted": "", "to": "", "then": _since(line, eye)}


def _told(line: Line, eye: Eye, streams: Streams) -> Said:
    return calling(line.by_name), "wrote down how they were told that somebody else comes:", {}


def _back(line: Line, eye: Eye, streams: Streams) -> Said:
    return calling(line.by_name), "took back what was written of", {}


def _when(line: Line, eye: Eye) -> str:
    """The day, where the line was written on another."""
    at = parse_datetime(line.facts.get("planned_at") or "")
    if at is None or at.astimezone(eye.zone).date() == line.at.astimezone(eye.zone).date():
        return ""
    return f", {words.day(at.astimezone(eye.zone).date(), today=_today(eye.now, eye), article=True)}"


def _since(line: Line, eye: Eye) -> str:
    try:
        since = date.fromisoformat(line.facts.get("since", ""))
    except ValueError:
        return ""
    return f", from {words.day(since, today=_today(eye.now, eye))}"


def _today(now: datetime, eye: Eye) -> date:
    return now.astimezone(eye.zone).date()


TELLING: dict[str, Callable[[Line, Eye, Streams], Said]] = {
    "touches.hold": _held,
    "touches.miss": _missed,
    "touches.call_off": _off,
    "touches.take_back": _back,
    "deliverables.hand_over": _handed,
    "deliverables.receive": _received,
    "deliverables.take_back": _back,
    "bills.send": _billed,
    "bills.surprise": _surprised,
    "bills.settle": _settled,
    "bills.take_back": _back,
    "engagements.replace": _replaced,
    "engagements.tell": _told,
    "engagements.put_back": _back,
}
