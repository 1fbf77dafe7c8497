"""What moved a client's trust, as its page shows it: rows with their points, the rest as one, and the three pillars."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kept.doors.desk.trust_drawn import Bar, bars, pillar_line, signed
from kept.doors.desk.trust_places import place_of
from kept.kit import words
from kept.kit.charts import RangeLine
from kept.readings.snapshots.counted import Counted

STEADY = 2.0  # points by which a pillar may move in a quarter and still stand where it stood


@dataclass(frozen=True)
class MovedRow:
    """One row: when, its words, what it is, where it opens, its bar and its points."""

    when: str
    full: str
    words: str
    what: str
    to: str
    bar: Bar
    points: str
    stream: str = ""
    row: int = 0


@dataclass(frozen=True)
class Pillar:
    """One pillar: its name, numbers, line, and a plain sentence."""

    name: str
    value: str
    span: str
    line: RangeLine
    says: str
    alarm: bool


@dataclass(frozen=True)
class Moved:
    """The section: rows, the smaller ones as one, the sum, and the pillars."""

    baseline: str
    value: str
    rows: list[MovedRow]
    rest: MovedRow | None
    total: str
    pillars: list[Pillar]
    note: str


def moved(one: Counted, *, client: int, zone: ZoneInfo, today: date) -> Moved:
    """The section from a snapshot."""
    said = one.told.get("rows", [])
    rest = one.told.get("rest", {"n": 0, "points": 0.0})
    drawn = bars([(each["points"], _broken(each)) for each in said] + [(rest["points"], False)])
    rows = [
        row_of(each, bar, client=client, zone=zone, today=today) for each, bar in zip(said, drawn[:-1], strict=True)
    ]
    return Moved(
        baseline=f"{one.baseline:.1f}",
        value=f"{one.value:.1f}",
        rows=rows,
        rest=_rest(rest, drawn[-1]) if rest["n"] else None,
        total=signed(one.value - one.baseline),
        pillars=pillars(one),
        note=_note(one, zone=zone, today=today),
    )


def row_of(each: dict[str, Any], bar: Bar, *, client: int, zone: ZoneInfo, today: date) -> MovedRow:
    """One row from what a snapshot tells of it."""
    at = datetime.fromisoformat(each["at"]).astimezone(zone)
    said = each.get("words", "")
    return MovedRow(
        when=words.day(at.date(), today=today),
        full=words.full(at, zone),
        words=said or words.sentence(each["what"]),
        what=each["what"] if said else "",
        to=place_of(each["noun"], each["pk"], client=client) if said else "",
        bar=bar,
        points=signed(each["points"]),
        stream=each["stream"],
        row=each["row"],
    )


def pillars(one: Counted) -> list[Pillar]:
    """The three, each beside where it stood a quarter ago."""
    alarms = {each["pillar"]: each for each in one.told["alarms"] if each["kind"] in {"drift", "watch"}}
    return [_pillar(name, told, one, alarms.get(name)) for name, told in one.told["pillars"].items()]


def _pillar(name: str, told: dict[str, Any], one: Counted, alarm: dict[str, Any] | None) -> Pillar:
    thin = told["events"] == 0
    then = one.before.pillars.get(name) if one.before else None
    known = None if thin or then is None or then["events"] == 0 else then["value"]
    return Pillar(
        name=words.sentence(name),
        value="" if thin else f"{told['value']:.0f}",
        span=f"{told['low']:.0f} to {told['high']:.0f}",
        line=pillar_line(told["value"], (told["low"], told["high"]), before=known, thin=thin),
        says=_says(told, known, one, alarm),
        alarm=bool(alarm and alarm["kind"] == "drift"),
    )


def _says(told: dict[str, Any], before: float | None, one: Counted, alarm: dict[str, Any] | None) -> str:
    if alarm:
        return f"{words.sentence(alarm['what'].removeprefix(alarm['pillar']).strip())}."
    if not told["events"]:
        return "Nothing is known of it yet: the firm’s average."
    on = f"On {words.count(told['events'], 'row')}."
    if before is None or one.before is None:
        return on
    month = words.MONTHS[one.before.day.month - 1]
    by = round(abs(told["value"] - before))
    if by < STEADY:
        return f"Steady since {month}."
    return f"{words.sentence(words.count(by, 'point'))} {'above' if told['value'] > before else 'below'} {month}."


def _rest(rest: dict[str, Any], bar: Bar) -> MovedRow:
    said = words.count(rest["n"], "smaller row")
    return MovedRow("", "", words.sentence(said), "", "", bar, signed(rest["points"]))


def _note(one: Counted, *, zone: ZoneInfo, today: date) -> str:
    """When it was counted, where that is not plain."""
    at = one.at.astimezone(zone)
    when = words.clock(one.at, zone) if at.date() == today else words.day(at.date(), today=today, article=True)
    at_or_so = f"at {when}" if at.date() == today else when
    since = " What was done since counts within minutes." if one.moved else ""
    return f"Counted {at_or_so}.{since}"


def _broken(each: dict[str, Any]) -> bool:
    return "broken" in each["what"]
