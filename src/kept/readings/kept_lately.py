"""How far a member's word held this quarter: of what they promised, or of the whole firm's for who sees all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.db.models import QuerySet

from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from kept.readings.brief import Brief
from kept.readings.calendars import Offices
from kept.readings.promised import Standing
from kept.readings.promises_kept import Tally, quarter_of, tally
from kept.readings.stamp import Stamp
from kept.readings.whose_day import sees_all


def kept_lately(one: Brief) -> Tally:
    """What was settled this quarter and how much of it was kept, by the facts of the brief's day.

    The same rows as the promises page counts for that member. It stays in the process until the journal moves;
    reckoned anew it takes two queries, or four where something was released or moved without a yes.
    """
    viewer = one.member
    opened = [each for each in one.of("promise").subjects() if isinstance(each, Standing)]
    theirs = opened if sees_all(viewer) else [each for each in opened if each.by_id == viewer.pk]
    whose = Whose(viewer, None if sees_all(viewer) else viewer.pk)
    return this_quarter(whose, theirs, at=one.at, offices=one.offices, moved=one.moved)


@dataclass(frozen=True)
class Whose:
    """Promises the viewer may know of: made by whom (None: anybody), to which client (None: any)."""

    viewer: Member
    by: int | None = None
    client: int | None = None

    def promises(self) -> QuerySet[Promise]:
        """All of them."""
        chosen = {name: key for name, key in (("by", self.by), ("client", self.client)) if key is not None}
        return Promise.objects.seen_by(self.viewer).filter(**chosen)


def this_quarter(whose: Whose, standing: Iterable[Standing], *, at: datetime, offices: Offices, moved: Stamp) -> Tally:
    """What was settled this quarter until the end of `at`'s day; `standing` are the open ones of them.

    Kept in the process for the day, until the journal moves or another promise breaks. Two to four queries anew.
    """
    zone = offices.zone_of(whose.viewer)
    today = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    return _kept(whose, tuple(standing), quarter_of(at, zone), today, offices, moved)


@lru_cache(maxsize=256)
def _kept(
    whose: Whose, standing: tuple[Standing, ...], since: datetime, until: datetime, offices: Offices, moved: Stamp
) -> Tally:
    return tally(whose.promises(), standing=standing, since=since, at=until, offices=offices)
