"""What the settings say in sentences."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Holiday, Member, Office, Role
from kept.readings.rates_page import Rated
from kept.readings.settings_page import Person, Settings

SEES = {
    Role.OWNER: "sees all, money and rates too",
    Role.LEAD: "sees money, no rates",
    Role.MEMBER: "sees no money",
    Role.FINANCE: "sees money and rates",
}


def opening(one: Settings, *, faults: int = 0) -> str:
    """ "Five people in two offices, fourteen clients.", and how much is to mend before it is saved."""
    people = words.count(len(one.people), "person", "people")
    said = f"{people} in {words.count(len(one.offices), 'office')}, {words.count(one.clients, 'client')}."
    if faults:
        left = words.count(faults, "thing needs", "things need")
        said += f" {words.sentence(left)} mending before this is saved."
    return words.sentence(said)


def may_see(person: Person) -> str:
    """ "sees money, no rates; leads six clients; never meets Cassini"."""
    said = [SEES[Role(person.member.role)]]
    if person.leads:
        said.append(f"leads {words.count(person.leads, 'client')}")
    if person.never_meets:
        said.append(f"never meets {words.listed(person.never_meets)}")
    return "; ".join(said)


def changed(line: Line | None, *, at: datetime, zone: ZoneInfo) -> str:
    """ "last changed by Ada, Mon 12 Oct"."""
    if line is None:
        return ""
    day = words.day(line.at.astimezone(zone).date(), today=at.astimezone(zone).date())
    return f"last changed by {calling(line.by_name)}, {day}"


def days_off(days: list[Holiday]) -> str:
    """ "eight days off ahead, the next on Fri 25 Dec, Christmas Day"."""
    if not days:
        return "no days off ahead"
    first = days[0]
    name = f", {first.name}" if first.name else ""
    on = f"{words.WEEKDAYS[first.day.weekday()]} {first.day.day} {words.MONTHS[first.day.month - 1]}"
    return f"{words.count(len(days), 'day')} off ahead, the next on {on}{name}"


def where(office: Office) -> str:
    """ "Europe/London; holidays of GB, ENG"."""
    country = ", ".join(filter(None, (office.country, office.region)))
    return f"{office.zone}; public holidays of {country}" if country else f"{office.zone}; no country’s public holidays"


def day_off(holiday: Holiday) -> str:
    """ "Friday 25 December 2026"."""
    return f"{words.long_day(holiday.day)} {holiday.day.year}"


def taken(days: int) -> str:
    """What came of taking the public holidays."""
    if not days:
        return "All its public holidays were here already."
    return words.sentence(f"{words.count(days, 'day')} off added.")


def office_opening(office: Office, people: int, ahead: int) -> str:
    """ "Three people sit in Leeds; it is closed on eight days ahead."."""
    sit = f"{words.count(people, 'person', 'people')} {'sits' if people == 1 else 'sit'} in {office.name}"
    closed = f"it is closed on {words.count(ahead, 'day')} ahead" if ahead else "no day off is written down yet"
    return words.sentence(f"{sit}; {closed}.")


def person_opening(member: Member, leads: int) -> str:
    """ "Bo leads six clients.", "Kit has been with us since 6 January 2020."."""
    if member.left_on:
        left = f"{member.left_on.day} {words.MONTHS[member.left_on.month - 1]} {member.left_on.year}"
        led = f" {words.sentence(words.count(leads, 'client'))} still {'names' if leads == 1 else 'name'} them as lead."
        return f"{member.first_name} left on {left}; what they did stays.{led if leads else ''}"
    if leads:
        return f"{member.first_name} leads {words.count(leads, 'client')}."
    joined = member.joined_on
    return f"{member.first_name} has been with us since {joined.day} {words.MONTHS[joined.month - 1]} {joined.year}."


def rates_opening(rows: list[Rated]) -> str:
    """ "What an hour costs is known of everybody.", and of whom it is not."""
    unknown = [row.member.first_name for row in rows if row.cost is None]
    if not unknown:
        return "What an hour costs is known of everybody."
    many = f"{words.count(len(unknown), 'person', 'people')}" if len(unknown) > 4 else words.listed(unknown)
    return f"What an hour of {many} costs is not known yet, so Money cannot say what theirs cost us."
