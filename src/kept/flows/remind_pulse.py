"""Reminding, once, whoever was asked how it felt and has not answered yet."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kept.flows.pulse_letters import Asking, write
from kept.flows.pulse_moments import Season
from kept.flows.pulse_troubles import troubles_of
from kept.flows.send_pulse import season_at
from kept.kit.rows import hold
from kept.ledgers.letters.faults import NotReady, Overtaken
from kept.ledgers.pulses import tokens
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Answer, Invitation, Language, Occasion
from kept.measures.asking import Person, may_ask

TO_ANSWER = timedelta(days=2)  # a reminder that leaves no time to answer only vexes


def remind(*, at: datetime) -> list[Invitation]:
    """Ask once more who was asked some working days before `at`; by a link of its own. Answers whom.

    Not who does not want to be asked, has left, was never reached, or where something hurts just now: they are looked
    at again tomorrow. Each is one transaction, so twice is once.
    """
    season = season_at(at)
    rows = [row for row in unanswered(at) if _is_time(row, season)]
    troubles = troubles_of({row.client_id for row in rows}, at=at, offices=season.offices) if rows else {}
    quiet = [row for row in rows if _may(row, season, Person(troubles=tuple(troubles.get(row.client_id, ()))))]
    return [row for row in quiet if _remind(row, season)]


def unanswered(at: datetime) -> QuerySet[Invitation]:
    """Who was asked, can be reminded and was not yet, whenever their day comes. One query."""
    reached = Q(letter__accepted_at__isnull=False) & ~Q(letter__bounces__for_good=True)
    rows = Invitation.objects.open_at(at).filter(reached, answer=None, reminded_at=None, closes_at__gt=at + TO_ANSWER)
    here = Q(contact__left_on=None) | Q(contact__left_on__gt=at.date())
    rows = rows.filter(here, contact__pulse_wish=None, contact__addresses__isnull=False, by__left_on=None)
    return rows.select_related("client__lead", "contact__client__lead", "by", "letter__conversation").distinct()


def due_at(row: Invitation, season: Season) -> datetime | None:
    """When the time of the reminder has come; None while its letter has not gone."""
    calendar, sent = season.offices.calendar(row.client), row.letter.accepted_at if row.letter else None
    return calendar.same_time_after(sent, round(season.numbers.remind_days)) if sent else None


def _is_time(row: Invitation, season: Season) -> bool:
    due, today = due_at(row, season), season.today(row.contact)
    return due is not None and due <= season.at and bool(season.offices.calendar(row.client).open_dates(today, today))


def _may(row: Invitation, season: Season, person: Person) -> bool:
    calendar = season.offices.calendar(row.client)
    return may_ask(person, relationship=True, at=season.at, calendar=calendar, numbers=season.numbers).yes


def _remind(row: Invitation, season: Season) -> bool:
    token, at = tokens.mint(), season.at
    try:
        with transaction.atomic():
            hold(row)
            if row.reminded_at is not None or Answer.objects.filter(invitation=row).exists():
                return False
            letter = write(
                Asking(row.contact, Occasion(row.occasion), row.about, Language(row.language), row.by),
                token=token, at=at, go_at=season.offices.calendar(row.client).next_open(at),
                again=row.letter,
            )  # fmt: skip
            return pulses.remind(row, hashed=token.hashed, by=None, at=at, letter=letter)
    except (NotReady, Overtaken, pulses.Closed):
        return False
