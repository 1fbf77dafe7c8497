"""All clients at a glance: who waits, what is late, whose hours run out, how long it has been quiet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Stage
from kept.ledgers.team.models import Member
from kept.measures.promises import OVERDUE
from kept.readings.budgets import forecasts
from kept.readings.calendars import Offices
from kept.readings.client_jobs import jobs_of, nearest
from kept.readings.client_known import SERVED, Known, Spoken, Wanted, known
from kept.readings.client_order import in_order
from kept.readings.client_rows import Facts, Row, Rows
from kept.readings.kept_by_client import newest
from kept.readings.promises_open import opened, standing
from kept.readings.waiting import waiting
from kept.readings.walled import behind_walls

__all__ = ["PAGE", "SERVED", "ClientList", "Known", "Row", "Wanted", "by_client", "client_list", "nearest"]

PAGE = 50


@dataclass(frozen=True)
class ClientList:
    """All clients that were asked for, those that need us first; a row is made when it is looked at."""

    at: datetime
    day: date
    zone: ZoneInfo
    rows: Rows

    @property
    def silent(self) -> Row | None:
        """With whom, of those we work for, nobody has spoken for longest."""
        works = {Stage.ACTIVE, Stage.ONBOARDING}
        spoken = [one for one in self.rows.order if one.last and one.client.stage in works]
        longest = min(spoken, key=lambda one: one.last.at, default=None)  # type: ignore[union-attr]
        return self.rows.row(longest) if longest else None


def client_list(viewer: Member, *, at: datetime, offices: Offices, wanted: Wanted | None = None) -> ClientList:
    """The clients the viewer may know of. Hours only for those who may see money. Four queries when nothing moved."""
    (moved, mail), apart, zone = newest(), behind_walls(viewer), offices.zone_of(viewer)
    day = at.astimezone(zone).date()
    stand = standing(opened(at=at, moved=moved, apart=apart), at=at, offices=offices)
    facts = Facts(
        waits=by_client((one.client_id, one) for one in waiting(viewer, at=at, offices=offices) if one.client_id),
        promises=by_client((one.client_id, one) for one in stand),
        late=frozenset(one.client_id for one in stand if one.judged.state in OVERDUE),
        jobs=jobs_of(forecasts(at, offices, moved=moved), day) if viewer.may_see_money else {},
    )
    clients: list[Spoken] = known(viewer, wanted or Wanted(), moved=moved, mail=mail, apart=apart)
    return ClientList(at=at, day=day, zone=zone, rows=Rows(in_order(clients, facts, at=at, zone=zone), facts))


def by_client[One](pairs: Iterable[tuple[int, One]]) -> Mapping[int, Sequence[One]]:
    found: dict[int, list[One]] = defaultdict(list)
    for client, one in pairs:
        found[client].append(one)
    return found
