"""A studio large enough to be asked how it is: twelve people in two offices, and ways to ask them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kept.kit import secrets
from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.box import token_of
from kept.ledgers.rounds.models import Round
from kept.ledgers.team import keeping_hours
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from tests.studio import FOUNDED, NOW, Studio

MORE = ("Ivy", "Jan", "Lou", "Max", "Noa", "Oli", "Pia", "Quin")
A_WEEK = timedelta(days=7)


def twelve(studio: Studio) -> list[Member]:
    """Everybody: seven in Leeds, and Max, Noa, Oli, Pia and Quin in Lisbon. A second call gives the same people."""
    if not Member.objects.filter(name="Ivy Hart").exists():
        lisbon = keeping_hours.open_office(name="Lisbon", zone="Europe/Lisbon", by=studio.ada, at=FOUNDED)
        for name in MORE:
            office = studio.office if name in MORE[:3] else lisbon
            email = f"{name.lower()}@larkfield.example"
            team.join(name=f"{name} Hart", email=email, office=office, by=studio.ada, at=FOUNDED)
    return list(Member.objects.present().order_by("pk"))


def a_round(members: list[Member], *, at: datetime = NOW - A_WEEK) -> Round:
    """A round that asks them for a week."""
    return rounds.open_round(members, closes_at=at + A_WEEK, by=None, at=at)


def token(row: Round, member: Member) -> str:
    """The member's token, used or not."""
    row.refresh_from_db()
    return token_of(secrets.open_(row.key), member.pk)


def answered(row: Round, given: Mapping[Member, tuple[int, int, int]], *, words: str = "") -> None:
    """Each member answers, a minute after the round opened."""
    for member, marks in given.items():
        named = dict(zip(("proud", "energy", "valued"), marks, strict=True))
        at = row.opens_at + timedelta(minutes=1)
        rounds.answer(row, token=token(row, member), marks=named, words=words and f"{words} {member.pk}", at=at)


def closed(members: list[Member], *, at: datetime = NOW, marks: tuple[int, int, int] = (7, 5, 8)) -> Round:
    """A round that asked these members, was answered by all of them, and closed at that moment."""
    row = a_round(members, at=at - A_WEEK)
    answered(row, dict.fromkeys(members, marks))
    return rounds.close(row, by=None, at=at)
