"""A client's trust for a page, from the snapshots alone: as last counted, and where it stood a quarter ago."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member
from kept.readings.client_page import found
from kept.readings.snapshots.beside import a_quarter_before
from kept.readings.snapshots.models import Snapshot
from kept.readings.waiting_count import how_many

NEAR = timedelta(days=14)  # by how much the newest snapshot may be older and still stand for today


@dataclass(frozen=True)
class Then:
    """Where it stood on an earlier day."""

    day: date
    value: float
    thin: bool
    pillars: dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """Trust in points of 100 as counted at `at`; `told` as `telling.told` says it.

    `moved` says that something was done for the client since, which counts within minutes.
    """

    at: datetime
    value: float
    low: float
    high: float
    baseline: float
    evidence: str
    told: dict[str, Any]
    moved: bool
    before: Then | None

    @property
    def thin(self) -> bool:
        return self.evidence == "thin"


def days_of(day: date) -> tuple[date, date, date]:
    """For `opened`: up to which day the newest is looked for and after which, and the day a quarter before."""
    return day, day - NEAR, a_quarter_before(day)


@written_once
def opened(viewer: Member, pk: int, at: datetime, day: date, after: date, then: date) -> QuerySet[Client]:
    """The client of that key, if the viewer may open its page, with what `client_page` and `counted` need: one or none.

    `waiting` is how many wait at `at`, for the rail.

    The days are those of `days_of`.
    """
    own = Snapshot.objects.filter(client=OuterRef("pk")).order_by("-day")
    newest = own.filter(day__lte=day, day__gt=after)
    quarter = own.filter(day=then)
    last = Line.objects.filter(client_id=OuterRef("pk")).order_by("-pk")
    return (
        found(viewer)
        .filter(pk=pk)
        .annotate(
            waiting=Subquery(how_many(viewer, at=at)),
            trust_now=Subquery(newest.values("told")[:1]),
            trust_then=Subquery(quarter.values("told")[:1]),
            trust_line=Subquery(newest.values("line")[:1]),
            last_line=Subquery(last.values("pk")[:1]),
        )
    )


def counted(client: Any) -> Counted | None:
    """The trust of a client from `opened`; None before the first snapshot."""
    if client.trust_now is None:
        return None
    return counted_of(client.trust_now, client.trust_then, moved=(client.last_line or 0) > client.trust_line)


def counted_of(now: dict[str, Any], then: dict[str, Any] | None, *, moved: bool) -> Counted:
    """The same from what two snapshots tell."""
    return Counted(
        at=datetime.fromisoformat(now["at"]),
        value=now["value"],
        low=now["low"],
        high=now["high"],
        baseline=now["baseline"],
        evidence=now["evidence"],
        told=now,
        moved=moved,
        before=_then(then) if then else None,
    )


def _then(said: dict[str, Any]) -> Then:
    return Then(datetime.fromisoformat(said["at"]).date(), said["value"], said["evidence"] == "thin", said["pillars"])
