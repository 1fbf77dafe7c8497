"""All open promises, as a process keeps them: read anew for those clients alone of whom something moved."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, FilteredRelation, OuterRef, QuerySet

from kept.ledgers.promises.models import Outcome, Promise
from kept.measures.promises import Promised
from kept.readings.calendars import Offices
from kept.readings.kept_by_client import ByClient, Clients, OnceOf
from kept.readings.promised import AS_STANDINGS, Came, Moment, Standing, promised_of
from kept.readings.promises_kept import SLIPPED
from kept.readings.stamp import Stamp


class Opened(NamedTuple):
    """One open promise with all that is needed to judge it, at its last day as it is written."""

    due: datetime
    pk: int
    client_id: int
    by_id: int
    lead_id: int | None
    places: tuple[int | None, int | None]  # the client's own office, its lead's
    size: str
    source: str
    slipped: bool  # whether it was moved without a yes, or too late
    known_at: datetime  # when the last of this happened
    facts: Promised
    came: tuple[Came, ...]


def opened(*, at: datetime, moved: Stamp, apart: Collection[int]) -> list[Opened]:
    """Those made by `at`, but for those to the clients `apart`, by the day on which they are due.

    `moved`: the journal's last line as it stood before anything was read. No query when nothing moved, else two.
    """
    every = _sorted(_kept(moved, None))
    known = every if not apart else [one for one in every if one.client_id not in apart]
    return known if all(one.known_at <= at for one in known) else list(_known_by(at, known))


def standing(rows: Iterable[Opened], *, at: datetime, offices: Offices) -> list[Standing]:
    """As `promised.standings` judges them, in their order; no query."""
    rows, judged = list(rows), Moment(at).judged
    calendars = {places: offices.calendar_of(*places) for places in {one.places for one in rows}}
    return [
        Standing(one.pk, judged(one.facts, calendars[one.places]), one.by_id, one.client_id, one.size) for one in rows
    ]


def _known_by(at: datetime, rows: Iterable[Opened]) -> Iterator[Opened]:
    """Of what happened later nothing was known."""
    for one in rows:
        if one.known_at <= at:
            yield one
        elif one.facts.made_at <= at:
            begun, came = _begun(one.facts), tuple(each for each in one.came if each.at <= at)
            yield one._replace(facts=promised_of(begun, came), came=came)


def _begun(facts: Promised) -> Promised:
    return Promised(row=facts.row, made_at=facts.made_at, due=facts.due, size=facts.size)


@ByClient
def _kept(clients: Clients) -> Mapping[int, Sequence[Opened]]:
    found: dict[int, list[Opened]] = defaultdict(list)
    firsts: dict[int, tuple[Any, ...]] = {}
    came: dict[int, list[Came]] = defaultdict(list)
    for row in _rows(clients):
        firsts[row[0]] = row
        if row[-4] is not None:
            came[row[0]].append(Came(*row[-4:]))
    for pk, row in firsts.items():
        one = _opened(row, tuple(came.get(pk, ())))
        found[one.client_id].append(one)
    return found


def _opened(row: tuple[Any, ...], came: tuple[Came, ...]) -> Opened:
    pk, made_at, first_due, size, by, client, office, leads_office, lead, due, source, slipped, *_ = row
    known_at = max([made_at, *(each.at for each in came)])
    facts = promised_of(Promised(row=pk, made_at=made_at, due=first_due, size=size), came)
    return Opened(due, pk, client, by, lead, (office, leads_office), size, source, slipped, known_at, facts, came)


def _rows(clients: Clients) -> QuerySet[Promise, tuple[Any, ...]]:
    """The columns of `as_standings` and more, with a row for each outcome."""
    rows = Promise.objects.open() if clients is None else Promise.objects.open().filter(client__in=list(clients))
    slipped, came = Exists(Outcome.objects.filter(SLIPPED, promise=OuterRef("pk"))), FilteredRelation("outcomes")
    told = rows.annotate(came=came, slipped=slipped).order_by("pk", "came__at", "came__pk")
    kept = ("came__kind", "came__at", "came__new_due", "came__agreed")
    return told.values_list(*AS_STANDINGS, "client__lead", "due", "source_noun", "slipped", *kept)


@OnceOf
def _sorted(found: Mapping[int, Sequence[Opened]]) -> list[Opened]:
    return sorted((one for rows in found.values() for one in rows), key=lambda one: (one.due, one.pk))


def forget() -> None:
    """Read everything anew when next asked."""
    _kept.cache_clear()
    _sorted.cache_clear()
