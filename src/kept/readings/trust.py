"""Trust of every client as of any moment, from the ledgers: rows become events, events become trust and its alarms."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, OuterRef, Subquery

from kept.kit.asked_together import together
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.measures.belief import Prior
from kept.measures.drift import Drift, Level, drifts
from kept.measures.drop import Drop, drop
from kept.measures.incidents import Incident, Replaced, incidents
from kept.measures.parameters import Parameters
from kept.measures.trust import Trust, trust, trust_of_all
from kept.measures.trust_events import Event
from kept.measures.trust_excluded import Excluded, apart
from kept.measures.trust_prior import FirmPriors, Priors
from kept.measures.trust_streams import Part
from kept.readings.calendars import Offices
from kept.readings.calendars_then import offices_at
from kept.readings.evidence.sources import asks_of_all, events_of_all, replaced_of
from kept.readings.trust_aside import acknowledged, asks_acknowledged, asks_excluded, excluded
from kept.readings.trust_numbers import parameters_at

LATELY = timedelta(days=30)  # for how long an incident is shown beside trust
AT_ONCE = 20  # of so many clients all evidence is asked for together; of more the answer would be long


@dataclass(frozen=True)
class Reckoned:
    """One client at one moment: trust (points of 100), how its pillars drift, what hurt lately, and its evidence."""

    client_id: int
    at: datetime
    trust: Trust
    drifts: tuple[Drift, ...]
    incidents: tuple[Incident, ...]
    events: tuple[Event, ...]  # those that count

    @property
    def alarms(self) -> tuple[Drift, ...]:
        """The pillars that drift, or are watched."""
        return tuple(one for one in self.drifts if one.level is not Level.CALM)

    def prior(self, part: Part) -> Prior:
        """Where the pillar began."""
        return self.trust.pillar(part).prior

    def drop(self, part: Part) -> Drop:
        """How likely the pillar fell in the last 60 days."""
        return drop(self.events, part, at=self.at, prior=self.prior(part))


@dataclass(frozen=True)
class OfFirm:
    """Every client at one moment, by its key, with the numbers and the firm's averages they were counted with."""

    at: datetime
    parameters: Parameters
    priors: FirmPriors
    clients: Mapping[int, Reckoned]

    @property
    def by_low(self) -> list[Reckoned]:
        """Those who may trust us least first."""
        return sorted(self.clients.values(), key=lambda one: (one.trust.low, one.client_id))


@dataclass(frozen=True)
class _Known:
    """What was read of the firm, or of some clients, by client."""

    at: datetime
    parameters: Parameters
    events: Mapping[int, Sequence[Event]]
    excluded: Mapping[int, Sequence[Excluded]]
    seen: Mapping[int, Mapping[Part, datetime]]
    replaced: Mapping[int, Sequence[Replaced]]


def trust_of_firm(
    at: datetime, *, house: Offices | None = None, parameters: Parameters | None = None, at_once: bool = False
) -> OfFirm:
    """All clients as of `at`, with the numbers and exclusions of that day. A constant number of queries.

    Other `parameters` than those of that day answer what would be if they were. `at_once` asks for most of the evidence
    in one query, as a page must.
    """
    known = _known(at, house=house, parameters=parameters, at_once=at_once)
    events = {pk: known.events.get(pk, ()) for pk in _clients(known)}
    judged, priors = trust_of_all(events, at=at, excluded=known.excluded, blend=known.parameters.blend)
    clients = {pk: _reckoned(pk, one, known) for pk, one in judged.items()}
    return OfFirm(at, known.parameters, priors, clients)


def trust_of_clients(
    priors: Mapping[int, Priors],
    *,
    at: datetime,
    house: Offices | None = None,
    parameters: Parameters | None = None,
) -> dict[int, Reckoned]:
    """These clients as of `at`, begun at averages of the firm that are known already; no other client is read.

    `parameters` are those of that day, where they are loaded.
    """
    known = _known(at, house=house, parameters=parameters, clients=list(priors))
    blend = known.parameters.blend
    return {
        pk: _reckoned(
            pk,
            trust(known.events.get(pk, ()), at=at, priors=own, excluded=known.excluded.get(pk, ()), blend=blend),
            known,
        )
        for pk, own in priors.items()
    }


def _known(
    at: datetime,
    *,
    house: Offices | None = None,
    parameters: Parameters | None = None,
    clients: Collection[int] | None = None,
    at_once: bool = False,
) -> _Known:
    ours = parameters or parameters_at(at)
    places, weeks = house or offices_at(at), ours.drifting.history_weeks
    few = at_once or (clients is not None and len(clients) <= AT_ONCE)
    asked = _asked(at, clients, places, ours) if few else None
    return _Known(
        at=at,
        parameters=ours,
        events=events_of_all(
            at=at, offices=places, clients=clients, streams=ours.streams, history_weeks=weeks, asked=asked
        ),
        excluded=excluded(at=at, clients=clients, asked=asked),
        seen=acknowledged(at=at, clients=clients, asked=asked),
        replaced=replaced_of(at=at, since=at - LATELY, clients=clients, asked=asked),
    )


def _asked(at: datetime, clients: Collection[int] | None, house: Offices, numbers: Parameters) -> dict[str, list[Any]]:
    """Most of what is read, in one query."""
    lists = asks_of_all(
        at=at, clients=clients, offices=house, streams=numbers.streams, history_weeks=numbers.drifting.history_weeks
    )
    return together(lists | asks_excluded(at=at, clients=clients) | asks_acknowledged(at=at, clients=clients))


def _clients(known: _Known) -> list[int]:
    """Those there were by then: they count for the firm's average; one that came later does not change an earlier day.

    A client brought in later together with its past was there as soon as its past says so. One query.
    """
    own = Line.objects.filter(noun="clients.Client", row_id=OuterRef("pk")).order_by().values("row_id")
    born = Subquery(own.annotate(first=Min("at")).values("first"))
    rows = Client.objects.order_by("pk").annotate(born=born).values_list("pk", "born")
    return [pk for pk, first in rows if first is None or first <= known.at or known.events.get(pk)]


def _reckoned(pk: int, one: Trust, known: _Known) -> Reckoned:
    events, _ = apart(known.events.get(pk, ()), known.excluded.get(pk, ()), at=known.at)
    priors = {each.part: each.prior for each in one.pillars}
    return Reckoned(
        client_id=pk,
        at=known.at,
        trust=one,
        drifts=drifts(
            events, at=known.at, acknowledged=known.seen.get(pk), priors=priors, numbers=known.parameters.drifting
        ),
        incidents=incidents(
            events,
            since=known.at - LATELY,
            at=known.at,
            replaced=known.replaced.get(pk, ()),
            numbers=known.parameters.hurting,
        ),
        events=tuple(events),
    )
