"""A number tried, in words: whom we may ask how it felt, on which day, about what, and when they are reminded."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kept.doors.desk.settings_numbers_table import Preview, Said, row, table
from kept.kit import words
from kept.ledgers.pulses.models import Occasion
from kept.readings.numbers_asked import of_moments, of_reminders
from kept.readings.numbers_asking import Eligible, May, asks_at, of_days, of_eligible
from kept.readings.numbers_effects import Change, Changes, Trial

BY_HAND = "It holds for whom somebody asks by hand as well."


def eligible(tried: Trial, zone: ZoneInfo) -> Preview:
    """Of numbers by which somebody is left in peace: who may be asked now, or earlier, or not."""
    found, today = of_eligible(tried), tried.at.astimezone(zone).date()

    def say(one: May) -> Said:
        if one.yes:
            return Said("calm", "may be asked")
        until = one.until and words.day(one.until.astimezone(zone).date(), today=today)
        return Said("open", f"not before {until}" if until else "not now", one.why)

    tables = [
        *table(
            "About working with us", "Asked by hand, or on their day of the quarter.",
            (row(each, say) for each in found.relationship.rows), same=_people(found.relationship),
        ),
        *table(
            "About a moment", "A meeting that was held, or work that was accepted.",
            (row(each, say) for each in found.moment.rows), same=_people(found.moment),
        ),
    ]  # fmt: skip
    return Preview(eligible_says(found), [BY_HAND] if tables else [BY_HAND, _people(found.relationship)], tables)


def eligible_says(found: Eligible) -> str:
    """ "Two people more could be asked today, and one fewer; for three the day moves." """
    rows = [*found.relationship.rows, *found.moment.rows]
    more = {_who(each) for each in rows if each.then.yes}
    less = {_who(each) for each in rows if each.now.yes} - more
    moved = {_who(each) for each in rows} - more - less
    could = [f"{_count(more)} more"] if more else []
    could += [f"{_count(less)} fewer"] if less else []
    said = [f"{words.listed(could)} could be asked today"] if could else []
    said += [f"for {_count(moved)} the day moves"] if moved else []
    return (
        f"{words.sentence(', and '.join(said))}." if said else "It would change for nobody whether they may be asked."
    )


def _count(people: set[tuple[int, str]]) -> str:
    return words.count(len(people), "person", "people")


def days(tried: Trial, zone: ZoneInfo) -> Preview:
    """Of numbers by which the days of a quarter are drawn."""
    if not asks_at(tried, Occasion.QUARTER):
        return Preview("It changes nothing for any client today.", ["Nobody is asked once a quarter by itself."])
    found, today = of_days(tried), tried.at.astimezone(zone).date()

    def say(day: date | None) -> Said:
        return Said("calm", words.day(day, today=today)) if day else Said("unknown", "not in this quarter")

    tables = table(
        "Their day in this quarter", "Of whoever was not asked in it yet; who is to be asked earlier is asked today.",
        (row(each, say) for each in found.rows), same=_people(found),
    )  # fmt: skip
    few = words.count(len(found.rows), "person", "people")
    says = (
        f"It would ask {few} on another day of this quarter."
        if tables
        else "It would move nobody’s day in this quarter."
    )
    everybody = "Everybody who is asked by itself was asked in this quarter already."
    return Preview(says, [] if tables else [_people(found) or everybody], tables)


def moments(tried: Trial, zone: ZoneInfo) -> Preview:
    """How long after a moment people are asked about it."""
    if not asks_at(tried, Occasion.MEETING, Occasion.MILESTONE):
        why = "Nobody is asked by itself about meetings or work."
        return Preview("It changes nothing for any client today.", [why])
    found = of_moments(tried)
    if not found.rows:
        why = "No meeting and no accepted work lies between the one number and the other."
        return Preview("It would change nobody’s turn today.", [why])

    def say(asked: bool) -> Said:
        return Said("calm", "asked about") if asked else Said("unknown", "too long ago")

    tables = table(
        "Moments", "Meetings and accepted work nobody was asked about yet.", (row(each, say) for each in found.rows),
        same=_moments(found),
    )  # fmt: skip
    more = sum(each.then for each in found.rows)
    many, few = (words.count(each, "moment") for each in (more, len(found.rows) - more))
    says = f"People would be asked about {many} more." if more else f"People would be asked about {few} fewer."
    return Preview(says, ["If they may be asked at all: that is looked at on the day."], tables)


def reminders(tried: Trial, zone: ZoneInfo) -> Preview:
    """When whoever did not answer is reminded."""
    found, today = of_reminders(tried), tried.at.astimezone(zone).date()

    def say(due: datetime | None) -> Said:
        if due is None:
            return Said("unknown", "not reminded", "the question closes before")
        return Said("calm", words.day(due.astimezone(zone).date(), today=today))

    tables = table(
        "Reminded on", "Who was asked, has not answered, and was not reminded yet.",
        (row(each, say) for each in found.rows), same=_people(found),
    )  # fmt: skip
    if not tables:
        why = _people(found) or "Everybody who was asked has answered, was reminded, or has too little time left."
        return Preview("It would move nobody’s reminder today.", [why])
    few = words.count(len(found.rows), "person", "people")
    return Preview(f"It would remind {few} at another time.", [], tables)


def open_days(tried: Trial, zone: ZoneInfo) -> Preview:
    """How long a question can be answered is told with it, so that no question that went is changed."""
    stays = "Every question that was sent stays open as long as its letter said."
    then = f"Whoever is asked from now on has {words.count(int(tried.other.asking.open_days), 'day')}."
    return Preview("It changes nothing for any client today.", [stays, then])


def _who(one: Change[May]) -> tuple[int, str]:
    return one.client, one.about


def _people(found: Changes[object]) -> str:
    more = "other " if found.rows else ""
    said = words.sentence(words.count(found.same, f"{more}person", f"{more}people"))
    return f"{said} {'stays' if found.same == 1 else 'stay'} as they are." if found.same else ""


def _moments(found: Changes[bool]) -> str:
    said = words.sentence(words.count(found.same, "other moment"))
    return f"{said} {'stays as it is' if found.same == 1 else 'stay as they are'}." if found.same else ""
