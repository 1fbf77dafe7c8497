"""Hours on an earlier day: those written down since are not known, those struck out since are, imported ones too."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal.verbs import open_batch
from kept.readings.calendars import offices
from kept.readings.evidence import staffing
from kept.readings.snapshots.comparing import untrue_of
from kept.readings.snapshots.taking import take
from kept.readings.worked import worked
from tests.acting import sold
from tests.studio import NOW, Studio, london

SEPTEMBER = date(2026, 9, 3)
OVER = london(1, "12:00")
LATER = london(15)
LONG_AGO = NOW - timedelta(days=900)


@pytest.fixture
def job(studio: Studio) -> Engagement:
    """A retainer of forty hours a month, half of them Kit's."""
    row = sold(studio.borealis, by=studio.ada, kind=Kind.RETAINER, hours=40, starts=date(2026, 8, 1))
    engagements.promise_person(row, member=studio.kit, share=Decimal("0.5"), since=row.starts, by=studio.ada, at=NOW)
    return row


def log(s: Studio, job: Engagement, many: int, *, at: datetime, day: date = SEPTEMBER) -> Entry:
    return hours.log(
        s.borealis, member=s.kit, day=day, seconds=many * 3600, engagement=job, by=s.kit, at=at, note=str(many)
    )


def worths(at: datetime) -> Iterator[float]:
    for _, event in staffing.events(at=at, since=LONG_AGO, offices=offices()):
        yield event.x


def seconds(day: date, job: Engagement) -> tuple[int, int, int]:
    """In all, of the month, and of those before it, as a replay has them."""
    found = worked(day, replay=True).get(job.pk)
    return (found.total, found.month, found.usual) if found else (0, 0, 0)


def test_hours_written_down_later_for_an_earlier_month_are_not_known_to_it_then(
    studio: Studio, job: Engagement
) -> None:
    log(studio, job, 5, at=london(3, month=9))
    log(studio, job, 10, at=LATER)
    assert list(worths(OVER)) == [0.25]
    assert list(worths(LATER)) == [0.75]
    assert seconds(date(2026, 10, 1), job) == (5 * 3600, 0, 5 * 3600)
    assert seconds(LATER.date(), job) == (15 * 3600, 0, 15 * 3600)


def test_hours_struck_out_later_are_there_and_those_of_neither_are_not(studio: Studio, job: Engagement) -> None:
    hours.strike(log(studio, job, 5, at=london(3, month=9)), by=studio.kit, at=LATER)
    hours.strike(log(studio, job, 10, at=LATER), by=studio.kit, at=LATER)
    assert list(worths(OVER)) == [0.25]
    assert list(worths(LATER)) == []
    assert seconds(date(2026, 10, 1), job) == (5 * 3600, 0, 5 * 3600)
    assert seconds(SEPTEMBER, job) == (5 * 3600, 5 * 3600, 0)
    assert seconds(date(2026, 9, 2), job) == seconds(LATER.date(), job) == (0, 0, 0)


def test_struck_hours_join_what_somebody_worked_in_the_same_month(studio: Studio, job: Engagement) -> None:
    log(studio, job, 4, at=london(3, month=9))
    hours.strike(log(studio, job, 6, at=london(4, month=9)), by=studio.kit, at=LATER)
    assert (list(worths(OVER)), list(worths(LATER))) == ([0.5], [0.2])


def test_imported_hours_count_from_the_day_they_were_worked(studio: Studio, job: Engagement) -> None:
    batch = open_batch("time", "september.csv", by=studio.ada, at=LATER)
    Entry.objects.create(
        client=studio.borealis, engagement=job, member=studio.kit, person="Kit", day=SEPTEMBER, seconds=5 * 3600,
        source="toggl", external_id="1", batch=batch,
    )  # fmt: skip
    assert list(worths(OVER)) == [0.25]
    assert seconds(date(2026, 10, 1), job)[0] == 5 * 3600


def test_of_clients_named_only_their_own_struck_hours_are_read(studio: Studio, job: Engagement) -> None:
    hours.strike(log(studio, job, 5, at=london(3, month=9)), by=studio.kit, at=LATER)
    for client, found in ((studio.borealis, [0.25]), (studio.cassini, [])):
        rows = staffing.events(at=OVER, since=LONG_AGO, offices=offices(), clients=[client.pk])
        assert [event.x for _, event in rows] == found


def test_a_snapshot_stays_true_when_hours_are_written_down_or_struck_out_later(studio: Studio, job: Engagement) -> None:
    first = log(studio, job, 5, at=london(3, month=9))
    take(at=OVER)
    log(studio, job, 10, at=LATER)
    hours.strike(first, by=studio.kit, at=LATER)
    assert untrue_of(OVER.date()) == []
