"""What was promised to one client lately: what is open, what settled, and how much of it was kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.promises.models import Promise
from kept.measures.intervals import Interval, jeffreys
from kept.measures.promises import OVERDUE
from kept.readings.promised import Said, with_people


@dataclass(frozen=True)
class Kept:
    """The client's promises: those open, and those settled in the last half year, newest first each.

    `interval` is the 80 % range of the kept share, 0..1; None where nothing was settled.
    """

    open: tuple[Said, ...]
    settled: tuple[Said, ...]
    newest: tuple[Said, ...]  # all of both and the released, by the day they are due, the last first
    interval: Interval | None

    @property
    def kept(self) -> int:
        """How many of the settled were kept."""
        return len(self.settled) - len(self.unkept)

    @property
    def unkept(self) -> list[Said]:
        """Those of the settled that were late or broken, newest first."""
        return [one for one in self.settled if not one.judged.is_kept]

    @property
    def overdue(self) -> list[Said]:
        """Open ones past their day, the oldest first."""
        late = [one for one in self.open if one.judged.state in OVERDUE]
        return sorted(late, key=lambda one: (one.judged.due, one.promise.pk))

    @property
    def next(self) -> Said | None:
        """The open one that falls due next."""
        ahead = [one for one in self.open if one.judged.state not in OVERDUE]
        return min(ahead, key=lambda one: (one.judged.due, one.promise.pk), default=None)


@written_once
def recent(client: Client, since: datetime, at: datetime) -> QuerySet[Promise]:
    """Open ones, and those that ended since."""
    return with_people(Promise.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=since), client=client), at=at)


def kept(promises: list[Said], *, since: datetime) -> Kept:
    """The promises in their groups; what broke or was kept before `since` is no longer counted."""
    ordered = sorted(promises, key=lambda one: (one.judged.due, one.promise.pk), reverse=True)
    settled = [one for one in ordered if one.judged.settled_at and one.judged.settled_at >= since]
    settled.sort(key=lambda one: one.judged.settled_at or since, reverse=True)
    opened = tuple(one for one in ordered if one.ending is None)
    found = Kept(open=opened, settled=tuple(settled), newest=tuple(ordered), interval=None)
    if not settled:
        return found
    return Kept(opened, tuple(settled), tuple(ordered), jeffreys(found.kept, len(settled)))
