"""The rows of the portfolio: what each says, and how its trust is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.doors.desk.clients_words import hours_line, hours_state, waits_state
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.standing_said import stays
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.charts import Axis, RangeLine, range_line
from kept.kit.charts.axis import number, percent
from kept.kit.names import calling
from kept.ledgers.clients.models import Stage
from kept.readings.portfolio import SILENCE, Portfolio, Row
from kept.readings.portfolio_trust import Trusted

AXIS = Axis(40.0, 100.0)  # points of trust, as everywhere
YEAR_AXIS = Axis(50.0, 100.0)
YEAR_DAYS = timedelta(days=360)
SPARK = 94.0  # per cent of the width: the rest is for the dot at its end


@dataclass(frozen=True)
class Spark:
    """A year of trust: points for a polyline of 0..100, and the dot at its end (cx in per cent, cy in px)."""

    points: str
    thin: bool
    cx: str
    cy: str


@dataclass(frozen=True)
class Line:
    """One client as the page draws it."""

    name: str
    to: str
    whose: str
    line: RangeLine
    thin: bool
    value: str
    between: str
    why: str
    why_to: str
    waits: State | None
    waits_to: str
    hours_line: RangeLine | None
    hours: State | None
    spark: Spark


def lines(rows: Sequence[Row], found: Portfolio) -> list[Line]:
    """The rows in words and drawn."""
    eye = Eye(found.at, found.zone)
    return [_line(row, eye) for row in rows]


def _line(row: Row, eye: Eye) -> Line:
    client, trust = row.client, row.trust
    lead = calling(client.lead) if client.lead else "nobody"
    return Line(
        name=client.name,
        to=way("client", client.pk),
        whose=lead if client.stage == Stage.ACTIVE else f"{lead}, {Stage(client.stage).label}",
        line=range_line(AXIS, span=(trust.low, trust.high), mark=trust.value, ghost=trust.before, thin=trust.thin),
        thin=trust.thin,
        value=f"{trust.value:.0f}",
        between=f"{trust.low:.0f}–{trust.high:.0f}",
        why=stays(row.grounds.standing, unknown=row.unknown),
        why_to=way("standing", client.pk),
        waits=waits_state(row.glance, eye) or unheard(row, eye),
        waits_to=way("conversation", row.glance.waiting[0].conversation.pk) if row.glance.waiting else "",
        hours_line=hours_line(row.glance),
        hours=hours_state(row.glance),
        spark=spark(trust, eye),
    )


def unheard(row: Row, eye: Eye) -> State | None:
    """ "unheard since May", "not yet heard", of those who are silent."""
    if not row.silent:
        return None
    heard = row.grounds.heard_at
    if heard is None:
        return State("unknown", "never heard")
    if row.grounds.quiet.gone:
        return State("unknown", "gone quiet", quiet_words(row))
    if eye.now - heard > SILENCE:
        return State("unknown", f"unheard since {_month(heard, eye)}", quiet_words(row))
    said = row.grounds.answers[0].at if row.grounds.answers else None
    return State("unknown", f"no answer since {_month(said, eye)}" if said else "never answered", quiet_words(row))


def _month(at: datetime, eye: Eye) -> str:
    """ "May", "May 2024" of more than a year ago."""
    day = at.astimezone(eye.zone).date()
    return words.MONTHS[day.month - 1] + ("" if eye.now - at < timedelta(days=330) else f" {day.year}")


def quiet_words(row: Row) -> str:
    """ "wrote to us first 3 times in 60 days, where 7 or 8 were usual"."""
    rate = row.grounds.quiet
    if row.unanswered and not rate.gone:
        return f"asked {_times(row.grounds.asked)} in half a year how it felt, and nobody answered"
    often = "never wrote to us first" if not rate.lately else f"wrote to us first {_times(rate.lately)}"
    usual = f", where {rate.before * 60 / 180:.0f} were usual" if rate.before >= 5 else ""
    return f"{often} in 60 days{usual}"


def _times(number_of: int) -> str:
    return {1: "once", 2: "twice"}.get(number_of, f"{number_of} times")


def spark(trust: Trusted, eye: Eye) -> Spark:
    """The year as a line; a dot alone where there is no past."""
    today = eye.now.astimezone(eye.zone).date()
    days = [(100 * (1 - (today - day) / YEAR_DAYS), 100 - YEAR_AXIS.share(value)) for day, value, _ in trust.year]
    inside = [(max(0.0, x), y) for x, y in days]
    return Spark(
        points=" ".join(f"{number(x)},{number(y)}" for x, y in inside) if len(inside) > 1 else "",
        thin=trust.thin or any(thin for *_, thin in trust.year[-2:]),
        cx=percent(SPARK),
        cy=number(1 + 22 * (100 - YEAR_AXIS.share(trust.value)) / 100),
    )
