"""Signs of free choice that the ledgers seem to show, and nobody has said yes or no to; they count for nothing yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from kept.kit.written_once import written_once
from kept.ledgers.choices.models import Dismissal, Sign, SignKind
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.readings.choices_offer import OF_MONEY, Offer, Shown
from kept.readings.choices_sold import sold
from kept.readings.choices_spoken import spoken
from kept.readings.choices_told import questioned, sent

LATELY = timedelta(days=90)  # what is older was written down, or never will be
NEAR = timedelta(days=7)  # of one noted by hand: it is the same thing, and of getting in touch one a week counts
MOST = 10  # of a client


class Dismissed(NamedTuple):
    """What somebody said to be no sign."""

    pk: int
    shown: Shown
    words: str
    who: str
    at: datetime


@dataclass
class Offered:
    """Of one client: what may be a sign, and what was said to be none, each the newest first."""

    offers: list[Offer] = field(default_factory=list)
    dismissed: list[Dismissed] = field(default_factory=list)


class _Answered(NamedTuple):
    """A sign that was noted (with its moment, perhaps with the row that shows it), or a dismissal."""

    noted: int
    pk: int
    client: int
    kind: str
    noun: str
    row: int | None
    at: datetime
    words: str
    who: str


def offered(clients: Collection[int], *, viewer: Member, at: datetime) -> dict[int, Offered]:
    """By client, of those the viewer may know of; what money says is for who may see it. Nine queries at most.

    What was noted or dismissed is not offered, nor what a person wrote down by hand about the same time.
    """
    known = _known(viewer, list(clients))
    answered: dict[int, list[_Answered]] = defaultdict(list)
    for values in _answers(known):
        one = _Answered(*values)
        answered[one.client].append(one)
    found = {pk: Offered(dismissed=_dismissed(answered[pk], money=viewer.may_see_money)) for pk in known}
    for offer in sorted(_all(known, viewer, at), key=lambda each: (each.at, each.shown.key), reverse=True):
        own = found[offer.client].offers
        if len(own) < MOST and not any(_speaks_of(one, offer) for one in answered[offer.client]):
            own.append(offer)
    return found


@written_once
def _known(viewer: Member, clients: Sequence[int]) -> QuerySet[Any, int]:
    return Client.objects.seen_by(viewer).filter(pk__in=clients).order_by().values_list("pk", flat=True)


def _all(clients: Sequence[int], viewer: Member, at: datetime) -> Iterable[Offer]:
    since = at - LATELY
    every = chain(
        spoken(clients, at=at, since=since),
        sold(clients, at=at, since=since),
        sent(clients, viewer=viewer, at=at, since=since),
        questioned(clients, at=at, since=since) if viewer.may_see_money else (),
    )
    return (offer for offer in every if viewer.may_see_money or not offer.shown.of_money)


def _speaks_of(one: _Answered, offer: Offer) -> bool:
    if one.kind != offer.shown.kind:
        return False
    if one.noun:
        return (one.noun, one.row) == offer.shown.source
    return abs(one.at - offer.at) <= NEAR


def _dismissed(rows: Iterable[_Answered], *, money: bool) -> list[Dismissed]:
    said = [row for row in rows if not row.noted and row.row is not None and (money or row.noun not in OF_MONEY)]
    found = [
        Dismissed(row.pk, Shown(SignKind(row.kind), row.noun, row.row or 0), row.words, row.who, row.at) for row in said
    ]
    return sorted(found, key=lambda each: (each.at, each.pk), reverse=True)


@written_once
def _answers(clients: Sequence[int]) -> QuerySet[Any, Any]:
    """What people said of signs already. One query."""
    noted = Sign.objects.filter(client__in=clients).order_by()
    dismissed = Dismissal.objects.filter(client__in=clients).order_by()
    found: QuerySet[Any, Any] = _columns(noted, 1).union(_columns(dismissed, 0), all=True)
    return found


def _columns(rows: Any, noted: int) -> Any:
    return rows.annotate(
        c_noted=Value(noted, BigIntegerField()), c_who=Coalesce("by__name", Value("", CharField())),
        c_row=Cast(F("source_id"), BigIntegerField()),
    ).values_list("c_noted", "pk", "client_id", "kind", "source_noun", "c_row", "at", "words", "c_who")  # fmt: skip
