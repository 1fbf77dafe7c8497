"""A year of hours: what each engagement took, month by month, and who worked it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.people import COLLEAGUES
from kept.doors.terminal.demo.sheets import Sheet, Sold
from kept.doors.terminal.demo.stage import Stage, dice
from kept.doors.terminal.demo.welcoming import span
from kept.doors.terminal.demo.wording import words
from kept.ledgers.engagements.models import Kind
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry

MONTHS = 12
PIECES = (0.25, 0.25, 0.5, 0.5, 0.5, 0.75, 0.75, 1.0, 1.0, 1.25, 1.5, 1.5, 2.0, 2.5)  # hours of one entry
LOOKED_AT = 4  # of so many days the emptiest is taken, so that nobody's days grow absurd
# a retainer is not let run faster or slower than this over its even pace, only to have it run out in a week
HEAVIEST, LIGHTEST = 1.65, 1.25
IN_A_WEEK, PRIOR_DAYS = 5, 5  # working days; the second is MEASURES 3.3, kap

CRAFT = {sheet.key: sheet.craft for sheet in COLLEAGUES}
LEFT = {sheet.key: sheet.left_months for sheet in COLLEAGUES if sheet.left_months is not None}


@dataclass
class Desk:
    """What fills the time sheets: the dice, and how full everybody's days are."""

    stage: Stage
    rng: Random = field(default_factory=lambda: dice("hours"))
    load: dict[tuple[str, date], float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True)
class Stretch:
    """Hours to be spread over the days from first to last."""

    first: date
    last: date
    hours: float


def work(stage: Stage) -> int:
    """Write a year of entries and their monthly sums. Answers how many."""
    desk = Desk(stage)
    rows = [
        entry
        for sheet in EVERYBODY
        for sold in sheet.sold
        for stretch in stretches(desk, sheet, sold)
        for entry in _entries(desk, sheet, sold, stretch)
    ]
    rows.sort(key=lambda row: row.day)
    for number, row in enumerate(rows):
        row.external_id = f"demo-{number:05d}"
    hours.add(rows)
    hours.recount({row.client_id for row in rows})
    return len(rows)


def stretches(desk: Desk, sheet: Sheet, sold: Sold) -> Iterator[Stretch]:
    """The months of a retainer, the whole of a fixed job, each with the hours worked in it until yesterday."""
    stage, yesterday = desk.stage, desk.stage.day - timedelta(days=1)
    starts, ends = span(stage, sold)
    if sold.kind == Kind.FIXED:
        yield Stretch(starts, min(ends or yesterday, yesterday), sold.hours * sold.pace[1])
        return
    for back in range(min(MONTHS, sold.starts), sold.stops, -1):
        paid = sold.before[1] if sold.before and back > sold.before[0] else sold.hours
        pace = sold.pace[0] + (sold.pace[1] - sold.pace[0]) * (1 - back / MONTHS)
        last = stage.month(back - 1) - timedelta(days=1)
        yield Stretch(stage.month(back), last, paid * pace * desk.rng.uniform(0.95, 1.05))
    if not sold.stops:
        yield Stretch(stage.month(0), yesterday, this_month(stage, sheet, sold))


def this_month(stage: Stage, sheet: Sheet, sold: Sold) -> float:
    """Hours since the first of the month, at the engagement's late pace or at one that uses them up in a week."""
    gone = len(stage.workdays(sheet.office, stage.month(0), stage.day - timedelta(days=1)))
    still = len(stage.workdays(sheet.office, stage.day, stage.month(-1) - timedelta(days=1)))
    if not gone:
        return 0.0
    even, pace = sold.hours * gone / (gone + still), sold.pace[1]
    if sold.runs_out:
        usual = sold.hours * pace / (gone + still)
        # hours - worked = IN_A_WEEK * r, with r the pace MEASURES 3.3 will expect, solved for what is worked
        reach = IN_A_WEEK / (PRIOR_DAYS + gone)
        worked = (sold.hours - reach * PRIOR_DAYS * usual) / (1 + reach)
        pace = min(max(worked / even, LIGHTEST), HEAVIEST)
    return even * pace


def _entries(desk: Desk, sheet: Sheet, sold: Sold, stretch: Stretch) -> Iterator[Entry]:
    """The stretch cut into entries, each given to somebody who works on it, on one of their emptier days."""
    days = desk.stage.workdays(sheet.office, stretch.first, stretch.last)
    left = round(stretch.hours * 4) / 4
    while left > 0 and days:
        length = min(desk.rng.choice(PIECES), left)
        left -= length
        day = desk.rng.choice(days)
        key = _somebody(desk, sold, day)
        day = min((day, *desk.rng.choices(days, k=LOOKED_AT - 1)), key=lambda one: (desk.load[key, one], one))
        desk.load[key, day] += length
        yield _entry(desk, sheet, sold, key=key, day=day, length=length)


def _somebody(desk: Desk, sold: Sold, day: date) -> str:
    """By their shares; whoever has left is stood in for by those who stayed."""
    gone = {key for key, back in LEFT.items() if day >= desk.stage.month(back)}
    crew = {key: share for key, share in sold.working.items() if key not in gone} or {"kit": 1.0}
    return desk.rng.choices(list(crew), weights=list(crew.values()))[0]


def _entry(desk: Desk, sheet: Sheet, sold: Sold, *, key: str, day: date, length: float) -> Entry:
    member = desk.stage.members[key]
    return Entry(
        client=desk.stage.clients[sheet.key],
        engagement=desk.stage.engagements[sheet.key, sold.name],
        member=member,
        person=member.name,
        day=day,
        seconds=round(length * 3600),
        project=sold.name,
        note=desk.rng.choice(words("work")[CRAFT[key]]),
        billable=desk.rng.random() < 0.9,
        source="demo",
    )
