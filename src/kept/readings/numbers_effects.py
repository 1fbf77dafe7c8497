"""One number tried at another value: which answers about clients would differ, as they are now and would be then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.measures.parameters import Parameters, with_numbers
from kept.readings.calendars import Offices
from kept.readings.trust_numbers import parameters_at


@dataclass(frozen=True)
class Trial:
    """A number tried at a moment: the firm's numbers as they are (`ours`), and as they would be (`other`).

    `named` are the clients we serve, or are about to, of whom the viewer may know: no other is told of, or counted.
    """

    key: str
    ours: Parameters
    other: Parameters
    viewer: Member
    at: datetime
    house: Offices
    named: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Change[T]:
    """An answer that would change: about a client, or about somebody or something of theirs (`about`)."""

    client: int
    name: str
    now: T
    then: T
    about: str = ""


@dataclass(frozen=True, slots=True)
class Changes[T]:
    """Answers that would change, by the client's name, and how many would stay as they are.

    `same` counts what was asked about (clients, pillars, people, moments), `others` clients of whom nothing changes.
    """

    rows: tuple[Change[T], ...]
    same: int
    others: int


def trial(key: str, value: float, *, viewer: Member, at: datetime, house: Offices) -> Trial:
    """The trial of a number. Two queries. Raises ValueError when the value is out of bounds."""
    ours = parameters_at(at)
    other = with_numbers(ours, {key: value})
    named = dict(Client.objects.seen_by(viewer).served().values_list("pk", "name"))
    return Trial(key, ours, other, viewer, at, house, named)


def changes[T](now: Mapping[int, T], then: Mapping[int, T], *, of: Trial) -> Changes[T]:
    """What differs between two answers about each client; who is missing in either is told by neither."""
    both = now.keys() & then.keys()
    return gathered((Change(pk, name, now[pk], then[pk]) for pk, name in of.named.items() if pk in both), of=of)


def gathered[T](every: Iterable[Change[T]], *, of: Trial) -> Changes[T]:
    """Those that change, by name; the others counted."""
    found = list(every)
    rows = sorted(
        (each for each in found if each.now != each.then), key=lambda each: (each.name.casefold(), each.about)
    )
    return Changes(tuple(rows), len(found) - len(rows), len(of.named.keys() - {each.client for each in rows}))
