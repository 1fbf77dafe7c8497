"""The promises of a brief: all that are due soon are judged by a few columns, those that are shown are fetched."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import FilteredRelation, Q, QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from kept.measures.attention import Kind, Matter
from kept.measures.promises import OVERDUE, WEIGHTS, State
from kept.readings.brief_felt import SOURCE, of_felt
from kept.readings.brief_items import Item, of_promise
from kept.readings.brief_list import Found
from kept.readings.calendars import Offices
from kept.readings.promised import (
    AS_STANDINGS,
    Came,
    Owed,
    Standing,
    as_standings,
    open_at,
    standings_with,
    with_people,
)
from kept.readings.promises_open import Opened, opened, standing
from kept.readings.stamp import Stamp

AHEAD = timedelta(days=14)
OPENS_TODAY = {State.SOON, *OVERDUE}


class Told:
    """Puts promises into words for one reader; their rows are fetched for those that are looked at.

    `moved`: the journal as it stood before anything was read; `apart`: the clients the reader may not know of.
    """

    def __init__(
        self, viewer: Member, *, at: datetime, zone: ZoneInfo, moved: Stamp, apart: Collection[int] = ()
    ) -> None:
        self.viewer, self.at, self.zone, self.moved, self.apart = viewer, at, zone, moved, apart
        self._rows: dict[int, Promise] = {}
        self._wanted: Sequence[int] = ()

    def wants(self, keys: Iterable[int]) -> None:
        """What may be looked at; fetched all at once where nobody said beforehand what is."""
        self._wanted = list(keys)

    def fetch(self, keys: Iterable[int]) -> None:
        """Have these ready. One query, none for what is there."""
        missing = sorted(set(keys) - self._rows.keys())
        if missing:
            self._rows.update((row.pk, row) for row in _rows(missing, self.at))

    def promise(self, one: Standing) -> Item:
        return of_promise(self._one(one), viewer=self.viewer, at=self.at, zone=self.zone)

    def felt(self, one: Standing) -> Item:
        return of_felt(self._one(one), viewer=self.viewer, at=self.at, zone=self.zone)

    def _one(self, one: Standing) -> Owed:
        if one.pk not in self._rows:
            self.fetch(self._wanted)
        return Owed(self._rows[one.pk], one.judged)


def promises_of(viewer: Member, told: Told, *, offices: Offices, everybodys: bool, replay: bool) -> dict[Matter, Found]:
    """What is late or falls due soon, of the viewer and their clients, or of all. No query; two when it moved."""
    at = told.at
    if replay:
        rows = _opened(viewer, at, everybodys=everybodys)
        sources = {row[0]: row[8] for row in rows}
        firsts, came = {row[0]: row[:8] for row in rows}, _came(rows)
        stand = standings_with(list(firsts.values()), came, at=at, offices=offices)
    else:
        near = [one for one in opened(at=at, moved=told.moved, apart=told.apart) if _is_near(one, at + AHEAD)]
        mine = near if everybodys else [one for one in near if viewer.pk in (one.by_id, one.lead_id)]
        sources = {one.pk: one.source for one in mine}
        stand = standing(mine, at=at, offices=offices)
    found = _found(stand, told, sources)
    told.wants(matter.row for matter in found)
    return found


def _is_near(one: Opened, ahead: datetime) -> bool:
    """Further ones can wait, whatever the calendar says; one moved without a yes is due on the day before that."""
    return one.due < ahead or one.slipped


def _found(stand: Iterable[Standing], told: Told, sources: Mapping[int, str]) -> dict[Matter, Found]:
    found = {}
    for one in stand:
        if one.judged.state in OPENS_TODAY:
            felt = sources[one.pk] == SOURCE
            matter = Matter(
                kind=Kind.FELT if felt else Kind.PROMISE,
                row=one.pk,
                due=one.judged.due,
                late=one.judged.state == State.LATE,
                broken=one.judged.state == State.BROKEN,
                weight=WEIGHTS[one.size],
            )
            found[matter] = Found(one, told.felt if felt else told.promise, one.client_id)
    return found


def _came(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Came]]:
    came: dict[int, list[Came]] = defaultdict(list)
    for row in rows:
        if row[9] is not None:
            came[row[0]].append(Came(*row[9:]))
    return came


@written_once
def _opened(viewer: Member, at: datetime, *, everybodys: bool) -> QuerySet[Promise, tuple[Any, ...]]:
    """Those open then: the columns of `as_standings`, whence each came, and a row for each outcome by then."""
    rows = open_at(Promise.objects.seen_by(viewer), at, replay=True)
    if not everybodys:
        rows = rows.filter(Q(by=viewer) | Q(client__lead=viewer))
    came = FilteredRelation("outcomes", condition=Q(outcomes__at__lte=at))
    kept = ("came__kind", "came__at", "came__new_due", "came__agreed")
    told = as_standings(rows, at=at).annotate(came=came).order_by("due", "pk", "came__at", "came__pk")
    return told.values_list(*AS_STANDINGS, "source_noun", *kept)


@written_once
def _rows(keys: Sequence[int], at: datetime) -> QuerySet[Promise]:
    return with_people(Promise.objects.filter(pk__in=keys), at=at)
