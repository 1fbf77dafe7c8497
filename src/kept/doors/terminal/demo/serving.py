"""A year of meetings with the demo's clients, and who quietly came instead of whom; paper is in `serving_paper`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.people import COLLEAGUES
from kept.doors.terminal.demo.serving_ways import ABOUT, ASKED, OFF, QUIETLY, WAYS
from kept.doors.terminal.demo.sheets import Sheet
from kept.doors.terminal.demo.stage import HOME, Stage, dice
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements.models import PromisedPerson
from kept.ledgers.journal.models import Line
from kept.ledgers.touches.models import Ending, EndingKind, Meeting, MeetingPerson

MONTHS = 12
LEFT = {one.key: one.left_months for one in COLLEAGUES if one.left_months is not None}
LENGTH = timedelta(hours=1)
COMING = ("borealis", "pellam", "littleotter", "tidewell")  # who has one in the days to come
SILENT = "saltmarrow"  # of whose newest meeting nobody has said how it went


@dataclass
class Diary:
    """The rows as they come together, written in bulk at the end."""

    stage: Stage
    rng: Random = field(default_factory=lambda: dice("meetings"))
    meetings: list[Meeting] = field(default_factory=list)
    people: list[MeetingPerson] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)


def meet(stage: Stage) -> None:
    """Write the meetings of a year and of the week to come, and the one who was replaced without a word."""
    diary = Diary(stage)
    for sheet in EVERYBODY:
        for back, day in _days(stage, sheet):
            _meeting(diary, sheet, back, day)
    Meeting.objects.bulk_create(diary.meetings)
    MeetingPerson.objects.bulk_create(diary.people)
    Ending.objects.bulk_create(diary.endings)
    came: dict[int, list[str]] = defaultdict(list)
    for one in diary.people:
        if one.came:
            came[one.meeting_id].append(one.member.name)
    Line.objects.bulk_create(_line(ending, came[ending.meeting_id]) for ending in diary.endings)
    _quietly(stage)


def runs_in(stage: Stage, sheet: Sheet, back: int) -> bool:
    """Whether we worked for them in the month so many months ago."""
    month, after = stage.month(back), stage.month(back - 1)
    jobs = [row for (key, _), row in stage.engagements.items() if key == sheet.key]
    return any(job.starts < after and (job.closed_on is None or job.closed_on >= month) for job in jobs)


def _days(stage: Stage, sheet: Sheet) -> Iterator[tuple[int, date]]:
    """One working day a month, each client on one of its own; the same day of the month to come for some."""
    nth = 4 + sum(map(ord, sheet.key)) % 11
    for back in range(min(MONTHS, sheet.months), -1, -1):
        if not runs_in(stage, sheet, back):
            continue
        last = stage.month(back - 1) - timedelta(days=1)
        days = stage.workdays(sheet.office, stage.month(back), last)
        if days and days[min(nth, len(days) - 1)] < stage.day:
            yield back, days[min(nth, len(days) - 1)]
    if sheet.key in COMING:
        ahead = stage.workdays(sheet.office, stage.day + timedelta(days=1), stage.day + timedelta(days=14))
        yield -1, ahead[nth % len(ahead)]


def _meeting(diary: Diary, sheet: Sheet, back: int, day: date) -> None:
    stage, clock = diary.stage, time(10 + 4 * (len(sheet.key) % 2))
    at = datetime.combine(day, clock, HOME)
    lead = stage.members[sheet.lead]
    row = Meeting(
        client=stage.clients[sheet.key], about=ABOUT[back % len(ABOUT)], planned_at=at,
        by=lead, at=min(at - timedelta(days=9), stage.ago(1)),
    )  # fmt: skip
    diary.meetings.append(row)
    promised = list(dict.fromkeys([sheet.lead, _first(sheet, back)]))
    newest = back >= 0 and not any(day < other for _, other in _days(stage, sheet) if other < stage.day)
    if back < 0 or (newest and sheet.key == SILENT):
        _come(diary, row, promised, None)
        return
    ending = Ending(meeting=row, by=lead, at=at + LENGTH, kind=EndingKind.HELD, held_by=lead)
    diary.endings.append(ending)
    came = _came(diary, sheet, back, promised=promised, ending=ending)
    _come(diary, row, promised, came)


def _first(sheet: Sheet, back: int) -> str:
    """Who was promised most of what runs longest, or came instead once they had left."""
    crew = [key for sold in sheet.sold for key in (sold.promised or sold.working)]
    client, _, who, other = QUIETLY
    return other if (sheet.key, crew[0]) == (client, who) and back < LEFT[who] else crew[0]


def _came(diary: Diary, sheet: Sheet, back: int, *, promised: list[str], ending: Ending) -> list[str] | None:
    """Who came; None where the meeting was called off."""
    ways, rng = WAYS[sheet.key], diary.rng
    lacks, late, asked, said = (rng.random() for _ in range(4))
    if why := OFF.get((sheet.key, back)):
        ending.kind, ending.words, ending.held_by = EndingKind.OFF_BY_THEM, why, None
        return None
    if back in ways.missed:
        ending.kind, ending.held_by = EndingKind.MISSED, None
        return []
    ending.minutes_late = 14 + round(10 * late) if lacks < ways.lacking * 0.4 else round(6 * late)
    ending.help_asked = asked < ways.asked
    ending.words = ASKED[back % len(ASKED)] if ending.help_asked and said < ways.asked else ""
    gone = {key for key, months in LEFT.items() if back < months}
    away = {key for key in promised if key in gone}
    if ways.lacking * 0.4 <= lacks < ways.lacking and len(promised) > 1:
        away.add(promised[-1])
    others = [key for sold in sheet.sold for key in sold.working if key not in promised and key not in gone]
    came = [key for key in promised if key not in away] + (others[: round(late)] if away else [])
    return came or [sheet.lead]


def _come(diary: Diary, row: Meeting, promised: list[str], came: list[str] | None) -> None:
    members = diary.stage.members
    for key in dict.fromkeys([*promised, *(came or ())]):
        there = None if came is None else key in came
        diary.people.append(MeetingPerson(meeting=row, member=members[key], promised=key in promised, came=there))


def _line(ending: Ending, came: list[str]) -> Line:
    """As the verbs write it."""
    verb = {EndingKind.HELD: "hold", EndingKind.MISSED: "miss"}.get(EndingKind(ending.kind), "call_off")
    meeting, by = ending.meeting, ending.by
    return Line(
        at=ending.at, by_id=by.pk if by else None, by_name=by.name if by else "Kept", verb=f"touches.{verb}",
        noun=Ending._meta.label, row_id=ending.pk, client_id=meeting.client_id, said=meeting.about,
        facts={
            "planned_at": meeting.planned_at.isoformat(), "minutes_late": ending.minutes_late, "came": came,
            "by_us": False,
        },
    )  # fmt: skip


def _quietly(stage: Stage) -> None:
    client, job, who, other = QUIETLY
    part = PromisedPerson.objects.get(engagement=stage.engagements[client, job], member=stage.members[who])
    since = stage.month(LEFT[who])
    replacing.replace(
        part, instead=stage.members[other], since=since, told=None, by=stage.members["bo"],
        at=stage.ago((stage.day - since).days),
    )  # fmt: skip
