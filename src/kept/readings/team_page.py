"""How our own people are: what the team said, and what the work takes from them, as far as it points at nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.team_hours import Hours, hours
from kept.readings.team_rounds import Rounds, asked_now, rounds
from kept.readings.trust_numbers import parameters_at


@dataclass(frozen=True, slots=True)
class Team:
    """The page of one viewer; `asks` says that the open round still waits for their answer."""

    viewer: Member
    at: datetime
    day: date
    zone: ZoneInfo
    rounds: Rounds
    hours: Hours
    asks: bool


def team_page(viewer: Member, *, at: datetime, offices: Offices) -> Team:
    """Fourteen queries at most, whatever the history."""
    zone = offices.zone_of(viewer)
    hiding = parameters_at(at).hiding
    found = rounds(at=at, hiding=hiding)
    return Team(
        viewer=viewer,
        at=at,
        day=at.astimezone(zone).date(),
        zone=zone,
        rounds=found,
        hours=hours(viewer, at=at, offices=offices, hiding=hiding),
        asks=found.open is not None and asked_now(viewer, at=at) is not None,
    )
