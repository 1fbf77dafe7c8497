"""Moments at which Kept asks by itself: each person's own day in a quarter, a meeting that was held, work accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kept.flows.pulse_people import nearest, people_to_ask
from kept.ledgers.clients.models import Contact
from kept.ledgers.deliverables.models import Receipt, ReceiptKind
from kept.ledgers.pulses.models import Habit, Invitation, Occasion
from kept.ledgers.pulses.verbs import Moment
from kept.ledgers.touches.models import Ending, EndingKind
from kept.measures.asking import Asking, ask_on, quarter_of
from kept.readings.calendars import Offices


@dataclass(frozen=True)
class Chance:
    """Somebody to be asked about a moment; `judged` are those who were part of it, none: whoever did the work."""

    contact: Contact
    moment: Moment
    judged: frozenset[int] = frozenset()
    engagement: int | None = None


@dataclass(frozen=True)
class Season:
    """The firm's own numbers, offices and habits at a moment."""

    at: datetime
    offices: Offices
    numbers: Asking
    habits: Mapping[str, datetime]

    @classmethod
    def now(cls, *, at: datetime, offices: Offices, numbers: Asking) -> "Season":
        return cls(at, offices, numbers, dict(Habit.objects.filter(since__lte=at).values_list("occasion", "since")))

    def today(self, contact: Contact) -> date:
        """The day it is where the client's clocks run."""
        return self.at.astimezone(self.offices.zone_with(contact.client)).date()

    def works(self, contact: Contact) -> bool:
        """Whether that is a working day."""
        day = self.today(contact)
        return bool(self.offices.calendar(contact.client).open_dates(day, day))

    def day_of(self, contact: Contact) -> date:
        """The day on which this person is asked about the relationship in the quarter it is."""
        year, quarter = quarter_of(self.today(contact))
        calendar = self.offices.calendar(contact.client)
        return ask_on(contact.pk, year=year, quarter=quarter, calendar=calendar, numbers=self.numbers)


def chances(season: Season) -> list[Chance]:
    """All who are to be asked today and were not yet, at the occasions the firm chose; a quarter's come first."""
    found = [*_of_quarter(season), *_of_meetings(season), *_of_milestones(season)]
    keys = {one.moment.key for one in found}
    asked = set(Invitation.objects.filter(moment__in=keys).values_list("contact", "moment"))
    return [one for one in found if (one.contact.pk, one.moment.key) not in asked and season.works(one.contact)]


def days_of_quarter(season: Season, contacts: list[Contact]) -> dict[int, date]:
    """Each person's own day in this quarter, where people are asked about the relationship."""
    return {one.pk: season.day_of(one) for one in contacts} if Occasion.QUARTER in season.habits else {}


def _of_quarter(season: Season) -> Iterator[Chance]:
    since = season.habits.get(Occasion.QUARTER)
    if since is None:
        return
    for contact in people_to_ask(at=season.at):
        # whose day was before we began to ask is asked in the next quarter: else all were asked at once
        if since.date() <= season.day_of(contact) <= season.today(contact):
            year, quarter = quarter_of(season.today(contact))
            yield Chance(contact, Moment(Occasion.QUARTER, key=f"quarter:{year}-{quarter}"))


def _of_meetings(season: Season) -> Iterator[Chance]:
    """Meetings held before today; whoever of us was there is judged."""
    since = season.habits.get(Occasion.MEETING)
    if since is None:
        return
    held = Ending.objects.filter(
        kind=EndingKind.HELD, meeting__planned_at__gte=max(since, _earliest(season)), meeting__planned_at__lt=season.at
    )
    for ending in held.select_related("meeting").prefetch_related("meeting__people").order_by("meeting_id"):
        meeting = ending.meeting
        contact = nearest(people_to_ask(at=season.at, clients=[meeting.client_id]), at=season.at)
        came = frozenset(one.member_id for one in meeting.people.all() if one.came)
        if contact is not None and _day_is_over(meeting.planned_at, season, contact):
            moment = Moment(Occasion.MEETING, meeting.about, f"touches.Meeting:{meeting.pk}")
            yield Chance(contact, moment, came, meeting.engagement_id)


def _of_milestones(season: Season) -> Iterator[Chance]:
    """Work that was accepted before today; whoever accepted it is asked, else who deals with us."""
    since = season.habits.get(Occasion.MILESTONE)
    if since is None:
        return
    accepted = Receipt.objects.filter(
        kind=ReceiptKind.ACCEPTED, said_at__gte=max(since, _earliest(season)), said_at__lt=season.at
    )
    for receipt in accepted.select_related("deliverable").order_by("pk"):
        work = receipt.deliverable
        people = {one.pk: one for one in people_to_ask(at=season.at, clients=[work.client_id])}
        contact = people.get(receipt.contact_id or 0) or nearest(people.values(), at=season.at)
        if contact is not None and _day_is_over(receipt.said_at, season, contact):
            moment = Moment(Occasion.MILESTONE, work.name, f"deliverables.Deliverable:{work.pk}")
            yield Chance(contact, moment, engagement=work.engagement_id)


def _earliest(season: Season) -> datetime:
    return season.at - timedelta(days=season.numbers.moment_within)


def _day_is_over(moment: datetime, season: Season, contact: Contact) -> bool:
    """Nobody is asked on the very day: how it felt shows when one has slept on it."""
    return moment.astimezone(season.offices.zone_with(contact.client)).date() < season.today(contact)
