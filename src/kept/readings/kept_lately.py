"""How far a member's word held this quarter: of what they promised, or of the whole firm's for who sees all."""

from datetime import datetime, time, timedelta
from functools import lru_cache

from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from kept.readings.brief import Brief, sees_all
from kept.readings.calendars import Offices
from kept.readings.promised import Said, Standing
from kept.readings.promises_kept import Tally, quarter_of, tally
from kept.readings.stamp import Stamp


def kept_lately(one: Brief) -> Tally:
    """What was settled this quarter and how much of it was kept, by the facts of the brief's day.

    The same rows as the promises page counts for that member. It stays in the process until the journal moves;
    reckoned anew it takes two queries, or four where something was released or moved without a yes.
    """
    viewer = one.member
    opened = [item.subject for item in one.of("promise") if isinstance(item.subject, Said)]
    theirs = opened if sees_all(viewer) else [said for said in opened if said.promise.by_id == viewer.pk]
    today = datetime.combine(one.at.astimezone(one.zone).date() + timedelta(days=1), time.min, one.zone)
    since = quarter_of(one.at, one.zone)
    return _kept(viewer, tuple(_standing(said) for said in theirs), since, today, one.offices, one.moved)


@lru_cache(maxsize=256)
def _kept(
    viewer: Member, standing: tuple[Standing, ...], since: datetime, until: datetime, offices: Offices, moved: Stamp
) -> Tally:
    promises = Promise.objects.seen_by(viewer)
    if not sees_all(viewer):
        promises = promises.filter(by=viewer)
    return tally(promises, standing=standing, since=since, at=until, offices=offices)


def _standing(said: Said) -> Standing:
    row = said.promise
    return Standing(row.pk, said.judged, row.by_id, row.client_id, row.size)
