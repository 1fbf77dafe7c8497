"""Feelings on plain lines from 0 to 10: a dot a client gave, its range, and where it stood before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kept.doors.desk.felt_words import NAMES, answered_by
from kept.doors.desk.inbox_words import State
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.charts import Axis, RangeLine, range_line
from kept.measures.feeling import Felt
from kept.measures.trust_streams import FEELINGS, Stream
from kept.readings.felt import ClientFelt, FirmFelt, Line
from kept.readings.felt_page import Row

AXIS = Axis(0.0, 10.0)
STEPS = tuple(AXIS.at(float(mark)) for mark in range(11))
THIN = 5  # fewer clients say little of all
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Drawn:
    """One feeling as one row: its name and what it means, the line, the numbers in words."""

    name: str
    means: str
    line: RangeLine
    number: str
    before: str
    lower: str = ""  # as a number
    lower_at: str = ""  # as a place
    apart: bool = False


@dataclass(frozen=True)
class ClientLine:
    """One client as one row: a dot for each feeling, the lowest by name."""

    to: str
    name: str
    lead: str
    span: RangeLine
    dots: tuple[str, ...]
    lowest: str
    number: str
    before: str
    work: str
    state: State


def number(value: float | None) -> str:
    """ "6.5", "9"; what nobody said is "not known"."""
    return NOT_KNOWN if value is None else f"{value:.1f}".removesuffix(".0")


def of_client(felt: ClientFelt, zone: ZoneInfo) -> list[Drawn]:
    """The five lines of a client, each from its lowest to its highest person."""
    return [_of_client(line, zone) for line in felt.lines]


def of_firm(firm: FirmFelt) -> list[Drawn]:
    """The five lines of the firm with their 95 % ranges, and the lower end where silence counts."""
    return [_of_firm(now, was) for now, was in zip(firm.service.feelings, firm.before.feelings, strict=True)]


def of_clients(rows: Iterable[Row], *, at: datetime, zone: ZoneInfo) -> list[ClientLine]:
    """A row a client."""
    return [_of_row(row, at=at, zone=zone) for row in rows]


def _of_client(line: Line, zone: ZoneInfo) -> Drawn:
    name, means = NAMES[line.stream]
    span = (line.low, line.high) if line.low is not None and line.high is not None and line.people > 1 else None
    month = words.MONTHS[line.before_at.astimezone(zone).month - 1] if line.before_at else ""
    before = f"{number(line.before)} in {month}" if month else ""
    marks = range_line(AXIS, span=span, mark=line.mean, ghost=line.before)
    return Drawn(name, means, marks, number(line.mean), before, apart=line.stream == Stream.MARK)


def _of_firm(now: Felt, was: Felt) -> Drawn:
    name, means = NAMES[now.stream]
    span = (now.interval.low, now.interval.high) if now.interval else None
    return Drawn(
        name=name,
        means=means,
        line=range_line(AXIS, span=span, mark=now.mean, ghost=was.mean, thin=now.clients < THIN),
        number=number(now.mean),
        before=f"was {number(was.mean)}" if was.mean is not None else "",
        lower=number(now.lower) if now.lower is not None else "",
        lower_at=AXIS.at(now.lower) if now.lower is not None and now.lower != now.mean else "",
        apart=now.stream == Stream.MARK,
    )


def _of_row(row: Row, *, at: datetime, zone: ZoneInfo) -> ClientLine:
    felt, lowest = row.felt, row.felt.lowest
    means = [line.mean for line in felt.lines if line.stream in FEELINGS and line.mean is not None]
    work = next(line.mean for line in felt.lines if line.stream == Stream.MARK)
    return ClientLine(
        to=way("client_felt", row.client.pk),
        name=row.client.name,
        lead=row.client.lead.first_name if row.client.lead else "",
        span=range_line(AXIS, span=(min(means), max(means)) if len(means) > 1 else None),
        dots=tuple(sorted({AXIS.at(mean) for mean in means})),
        lowest=NAMES[lowest.stream][0].lower() if lowest else "",
        number=number(lowest.mean) if lowest else "",
        before=f"was {number(lowest.before)}" if lowest and lowest.before is not None else "",
        work=number(work) if work is not None else "",
        state=_state(felt),
    )


def _state(felt: ClientFelt) -> State:
    """Silence is not known, whatever else is well; nothing here is green."""
    return State("unknown" if felt.is_silent else "open" if not felt.heard else "calm", answered_by(felt))
