"""What a number tried would do to whom we ask how it felt: who may be asked, and on which day of the quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kept.flows.pulse_moments import Season, days_of_quarter
from kept.flows.pulse_people import people_to_ask, persons
from kept.flows.pulse_troubles import troubles_of
from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses.models import Invitation, Occasion
from kept.measures.asking import Because, Person, may_ask, quarter_of
from kept.readings.numbers_effects import Change, Changes, Trial, gathered


@dataclass(frozen=True, slots=True)
class May:
    """Whether somebody may be asked now; if not, until when, where that is known, and why, where it is not plain."""

    yes: bool
    until: datetime | None
    why: str


@dataclass(frozen=True)
class Eligible:
    """By person: whether they may be asked about the relationship, and about a moment."""

    relationship: Changes[May]
    moment: Changes[May]


def seasons(tried: Trial) -> tuple[Season, Season]:
    """How we ask now, and would ask then. One query."""
    now = Season.now(at=tried.at, offices=tried.house, numbers=tried.ours.asking)
    return now, replace(now, numbers=tried.other.asking)


def asks_at(tried: Trial, *occasions: Occasion) -> bool:
    """Whether people are asked by itself at any of these. One query."""
    return any(each in seasons(tried)[0].habits for each in occasions)


def of_eligible(tried: Trial) -> Eligible:
    """Everybody who might be asked, judged by either number. Fourteen queries."""
    both, contacts = seasons(tried), _people(tried)
    troubles = troubles_of({one.client_id for one in contacts}, at=tried.at, offices=tried.house)
    known = persons(contacts, troubles=troubles, relationship_on=days_of_quarter(both[0], contacts))
    return Eligible(*(_judged(tried, contacts, known, about=both, relationship=each) for each in (True, False)))


def of_days(tried: Trial) -> Changes[date | None]:
    """The day of this quarter on which each person is asked who was not yet; None: in the next quarter. Three queries.

    Nobody is in it where people are not asked once a quarter.
    """
    now, then = seasons(tried)
    contacts = _people(tried) if Occasion.QUARTER in now.habits else []
    asked = set(Invitation.objects.filter(contact__in=[one.pk for one in contacts]).values_list("contact", "moment"))
    every = (
        Change(one.client_id, tried.named[one.client_id], _day(one, now), _day(one, then), about=one.name)
        for one in contacts
        if (one.pk, _moment(one, now)) not in asked
    )
    return gathered(every, of=tried)


def _people(tried: Trial) -> list[Contact]:
    """Those we would ask, at clients the viewer may know of. One query."""
    return [one for one in people_to_ask(at=tried.at) if one.client_id in tried.named]


def _judged(
    tried: Trial,
    contacts: Sequence[Contact],
    known: Mapping[int, Person],
    *,
    about: tuple[Season, Season],
    relationship: bool,
) -> Changes[May]:
    def judge(one: Contact) -> Change[May]:
        now, then = (_may(known[one.pk], one, season, relationship=relationship) for season in about)
        return Change(one.client_id, tried.named[one.client_id], now, then, about=one.name)

    return gathered(map(judge, contacts), of=tried)


def _may(person: Person, contact: Contact, season: Season, *, relationship: bool) -> May:
    calendar = season.offices.calendar(contact.client)
    said = may_ask(person, relationship=relationship, at=season.at, calendar=calendar, numbers=season.numbers)
    told = said.yes or (said.because is Because.THROTTLED and said.until is not None)
    return May(said.yes, said.until, "" if told else said.why)


def _moment(one: Contact, season: Season) -> str:
    return "quarter:{}-{}".format(*quarter_of(season.today(one)))


def _day(one: Contact, season: Season) -> date | None:
    """Whose day is over is asked as soon as they may be; whose was before we began to ask, in the next quarter."""
    day = season.day_of(one)
    return max(day, season.today(one)) if day >= season.habits[Occasion.QUARTER].date() else None
