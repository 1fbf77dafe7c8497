"""In which order clients need us: a client stands where its most urgent matter does, the calm by their silence."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Stage
from kept.measures.attention import Band, Kind, Matter, ordered
from kept.measures.promises import WEIGHTS, State
from kept.readings.client_known import Spoken
from kept.readings.client_rows import Facts

STILL = frozenset({Stage.PAST, Stage.PAUSED, Stage.PROSPECT})


def in_order(rows: Sequence[Spoken], facts: Facts, *, at: datetime, zone: ZoneInfo) -> list[Spoken]:
    """As Today orders what deserves it."""
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    tomorrow = midnight + timedelta(days=1)
    listed = {row.client.pk for row in rows}
    found = [(client, matter) for client, matter in _matters(facts, tomorrow) if client in listed]
    whose = {id(matter): client for client, matter in found}  # to tell them apart by all they say would take longer
    places: dict[int, int] = {}
    order = ordered([matter for _, matter in found], at=at, today_ends=midnight, tomorrow_ends=tomorrow)
    for place, one in enumerate(order):
        if one.band is not Band.CALM:
            places.setdefault(whose[id(one.matter)], place)
    calm, never = len(found), at - timedelta(days=36500)
    return sorted(
        rows,
        key=lambda row: (
            places.get(row.client.pk, calm),
            row.client.stage in STILL,
            row.last.at if row.last else never,
            row.folded,
            row.client.pk,
        ),
    )


def _matters(facts: Facts, tomorrow_ends: datetime) -> Iterator[tuple[int, Matter]]:
    """All but what can wait for sure: neither late nor due by the end of tomorrow."""
    for client, waits in facts.waits.items():
        for wait, talk in ((one.wait, one.talk_id) for one in waits):
            if wait.late or wait.due < tomorrow_ends:
                yield client, Matter(Kind.WAITING, talk, wait.due, wait.late, left=wait.left, pledge=wait.pledge)
    yield from _promises(facts, tomorrow_ends)
    for client, jobs in facts.jobs.items():
        if jobs.is_red and (job := jobs.nearest).alarm:
            yield client, Matter(Kind.HOURS, job.engagement.pk, chance=job.alarm.probability, over=job.over)


def _promises(facts: Facts, tomorrow_ends: datetime) -> Iterator[tuple[int, Matter]]:
    for client, promises in facts.promises.items():
        for said in promises:
            state, due = said.judged.state, said.judged.due
            late, broken = state == State.LATE, state == State.BROKEN
            if late or broken or due < tomorrow_ends:
                yield client, Matter(Kind.PROMISE, said.pk, due, late, broken, weight=WEIGHTS[said.size])
