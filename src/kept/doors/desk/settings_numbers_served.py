"""A number tried, in words: what else it judges, the pledge, how clients were served, and the look back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kept.doors.desk.service_words import KEPT_WORD
from kept.doors.desk.settings_numbers_table import Preview, Said, Table, names, row, table, unchanged
from kept.kit import words
from kept.measures.billing import Verdict
from kept.readings.numbers_effects import Change, Changes, Trial
from kept.readings.numbers_looking import Counts, Looked, of_cases
from kept.readings.numbers_pledge import Keeps, of_pledge
from kept.readings.numbers_served import Billed, Went, of_bills, of_meetings

BILLS = {
    Verdict.AS_QUOTED: Said("kept", "as quoted"),
    Verdict.SURPRISE: Said("late", "a surprise"),
    None: Said("unknown", "not known"),
}
CASES = {
    Counts.CASE: Said("late", "a complaint"),
    Counts.PART: Said("open", "no case of its own", "it followed from the one before"),
    Counts.NOT: Said("calm", "no complaint"),
}


@dataclass(frozen=True)
class Beside:
    """What a number judges beside what its group is of: sentences, notes where nothing changes, and tables."""

    says: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def added_to(self, one: Preview) -> Preview:
        return Preview(
            " ".join([one.says, *self.says]), [*one.notes, *self.notes], [*one.tables, *self.tables]
        )  # fmt: skip

    def and_(self, other: "Beside") -> "Beside":
        return Beside([*self.says, *other.says], [*self.notes, *other.notes], [*self.tables, *other.tables])


def beside(tried: Trial, zone: ZoneInfo) -> Beside:
    """Nothing for most numbers."""
    tells = ELSEWHERE.get(tried.key)
    return tells(tried, zone) if tells else Beside()


def bills(tried: Trial, zone: ZoneInfo) -> Beside:
    """The pledge about bills, and each bill on the page of how a client was served."""
    found, today = of_bills(tried), tried.at.astimezone(zone).date()
    if not found.rows:
        return pledge(tried).and_(
            Beside(notes=["No bill would be judged otherwise on the page of how they were served."])
        )

    def say(one: Billed) -> Said:
        return BILLS[one.verdict]

    rows = _by_day(found, lambda one: one.sent_on)
    tables = table(
        "Bills", "As the page of how a client was served judges them.",
        (row(each, say, about=f"{each.about}, {_day(each.now.sent_on, today)}") for each in rows),
        same=unchanged(found),
    )  # fmt: skip
    return pledge(tried).and_(Beside([_otherwise("bill", found.rows)], tables=tables))


def pledge(tried: Trial) -> Beside:
    """How far each sentence about bills is kept, of all and of each client."""
    found = of_pledge(tried)
    if not found.sentences:
        return Beside(notes=["No pledge in force speaks of bills."])
    says = [pledge_says(*each) for each in found.sentences if each[1] != each[2]]
    if not says:
        return Beside(notes=["The pledge would count the same bills as kept."])
    tables = table(
        "The pledge", "Bills as quoted, of those the sentence counts today.",
        (row(each, keeps) for each in found.clients.rows), same=unchanged(found.clients),
    )  # fmt: skip
    return Beside(says, tables=tables)


def pledge_says(sentence: str, now: Keeps, then: Keeps) -> str:
    """ "By “No bill surprises you.”, 3 of 4 bills would be as quoted, not 4." """
    bills = "bill" if then.of == 1 else "bills"
    return f"By “{sentence}”, {then.kept:,} of {then.of:,} {bills} would be as quoted, not {now.kept:,}."


def keeps(one: Keeps) -> Said:
    """ "3 of 4", and small under it "75 in 100"."""
    return Said("calm", f"{one.kept} of {one.of}", f"{round(100 * one.kept / one.of)} in 100")


def meetings(tried: Trial, zone: ZoneInfo) -> Beside:
    """Each meeting on the page of how a client was served, and in their story."""
    found, today = of_meetings(tried), tried.at.astimezone(zone).date()
    if not found.rows:
        return Beside(notes=["No meeting would be judged otherwise on the page of how they were served."])

    def say(one: Went) -> Said:
        return Said(KEPT_WORD[one.held] if one.held else "calm", one.words)

    tables = table(
        "Meetings", "As the page of how a client was served, and their story, judge them.",
        (
            row(each, say, about=f"{each.about}, {_day(each.now.planned_at.astimezone(zone).date(), today)}")
            for each in _by_day(found, lambda one: one.planned_at)
        ),
        same=unchanged(found),
    )  # fmt: skip
    return Beside([_otherwise("meeting", found.rows)], tables=tables)


def looking_back(tried: Trial, zone: ZoneInfo) -> Beside:
    """Which complaints of two years the look back would count."""
    found, today = of_cases(tried), tried.at.astimezone(zone).date()
    if not found.rows:
        return Beside(notes=["Did we see it coming? would look back on the same complaints."])

    def say(one: Looked) -> Said:
        return CASES[one.counts]

    def about(one: Change[Looked]) -> str:
        return f"{one.now.how}, {_day(one.now.at.astimezone(zone).date(), today)}"

    tables = table(
        "Did we see it coming?", "Complaints of two years, as the look back would count them.",
        (row(each, say, about=about(each)) for each in _by_day(found, lambda one: one.at)), same=unchanged(found),
    )  # fmt: skip
    note = "What was said before a case that is new to the look back is counted by night."
    return Beside([cases_says(found.rows)], [note], tables)


def cases_says(rows: Sequence[Change[Looked]]) -> str:
    """ "The look back would count two complaints more, at Borealis, and one complaint fewer, at Dione." """
    more = [each for each in rows if each.then.counts is Counts.CASE]
    less = [each for each in rows if each.now.counts is Counts.CASE]
    told = [f"{words.count(len(more), 'complaint')} more, at {names(more)}"] if more else []
    told += [f"{words.count(len(less), 'complaint')} fewer, at {names(less)}"] if less else []
    return f"The look back would count {', and '.join(told)}." if told else "The look back would count as many cases."


def _otherwise(noun: str, rows: Sequence[Change[object]]) -> str:
    """ "Two bills would be judged otherwise, at Borealis." """
    return f"{words.sentence(words.count(len(rows), noun))} would be judged otherwise, at {names(rows)}."


def _by_day[T](found: Changes[T], day: Callable[[T], date]) -> list[Change[T]]:
    """By client, the oldest first; a moment is a date as well."""
    return sorted(found.rows, key=lambda one: (one.name.casefold(), day(one.now)))


def _day(day: date, today: date) -> str:
    return words.day(day, today=today)


# where a number of trust or of warnings judges something else as well
ELSEWHERE: MappingProxyType[str, Callable[[Trial, ZoneInfo], Beside]] = MappingProxyType(
    {
        "streams.bill_within": bills,
        "streams.meeting_late_minutes": meetings,
        "hurting.feeling": looking_back,
    }
)
