"""Asks the team once a fortnight: closes the round whose time is over, and opens the next on a working day."""

from datetime import datetime, timedelta

from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.models import Round
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.trust_numbers import parameters_at

EVERY, OPEN = timedelta(days=14), timedelta(days=7)


def close_due(*, at: datetime) -> int:
    """Close every round whose time is over, by the numbers as they are now. Answers how many."""
    hiding = parameters_at(at).hiding
    due = Round.objects.filter(closed_at__isnull=True, closes_at__lte=at)
    return len([rounds.close(row, by=None, at=at, hiding=hiding) for row in due])


def ask_team(*, at: datetime, offices: Offices) -> Round | None:
    """The round that is open now, opened if a fortnight has gone by; None while none is to be.

    None is opened on a day off, nor below ten people, or more where the firm says so: fewer could be told apart.
    """
    close_due(at=at)
    latest = Round.objects.first()
    if latest is not None and latest.closed_at is None:
        return latest
    day = at.astimezone(offices.zone).date()
    # by days, not by the hour: a clock that comes a minute early must not skip a day
    if latest is not None and day - latest.opens_at.astimezone(offices.zone).date() < EVERY:
        return None
    members = [member for member in Member.objects.present() if member.joined_on <= day]
    hiding = parameters_at(at).hiding
    if len(members) < hiding.firm or not offices.main.open_dates(day, day):
        return None
    return rounds.open_round(members, closes_at=at + OPEN, by=None, at=at, hiding=hiding)
