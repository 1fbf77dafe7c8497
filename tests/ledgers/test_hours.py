"""Time worked and the monthly sums kept of it."""

from datetime import date

import pytest

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch
from tests.cast import NOW, Studio, sold, worked
from tests.ledgers.telling import everything, told

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def entries(studio: Studio, count: int, *, batch: Batch | None = None, start: int = 0, **more: object) -> list[Entry]:
    """An hour a day since the first of September, as an import brings them."""
    return [
        Entry(
            client=studio.borealis, person="Kit Marsh", member=studio.kit, day=date.fromordinal(739_860 + number),
            seconds=3600, source="toggl", external_id=str(number), batch=batch, **more,
        )
        for number in range(start, start + count)
    ]  # fmt: skip


def bring_in(studio: Studio, rows: list[Entry]) -> int:
    new = hours.add(rows)
    hours.recount({row.client_id for row in rows})
    return new


def sums() -> dict[tuple[str, date], int]:
    return {(total.client.name, total.month): total.seconds for total in MonthTotal.objects.select_related("client")}


def test_logging_adds_to_its_month(studio: Studio) -> None:
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 5)):
        worked(studio.borealis, member=studio.kit, day=day, hours=1.5)
    assert sums() == {("Borealis", SEPTEMBER): 5400, ("Borealis", OCTOBER): 10_800}
    assert MonthTotal.objects.get(month=OCTOBER).last_day == date(2026, 10, 5)


def test_two_pieces_of_work_at_one_moment_are_two(studio: Studio) -> None:
    who = {"member": studio.kit, "day": NOW.date(), "by": studio.kit, "at": NOW}
    hours.log(studio.borealis, seconds=600, note="call", **who)
    hours.log(studio.borealis, seconds=600, note="notes", **who)
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("seconds", [0, -60, 86_401])
def test_a_piece_of_work_is_more_than_nothing_and_at_most_a_day(studio: Studio, seconds: int) -> None:
    with pytest.raises(ValueError, match="24 hours"):
        hours.log(studio.borealis, member=studio.kit, day=NOW.date(), seconds=seconds, by=studio.kit, at=NOW)


def test_hours_go_to_an_engagement_of_their_own_client(studio: Studio) -> None:
    work = sold(studio.cassini, by=studio.ada)
    with pytest.raises(ValueError, match="of Borealis"):
        worked(studio.borealis, member=studio.kit, day=NOW.date(), engagement=work)
    with pytest.raises(ValueError, match="another client"):
        hours.add(entries(studio, 2, engagement=work))
    assert not Entry.objects.exists()


def test_struck_hours_leave_the_sum_and_stay_in_the_journal(studio: Studio) -> None:
    worked(studio.borealis, member=studio.kit, day=date(2026, 10, 1))
    entry = worked(studio.borealis, member=studio.kit, day=date(2026, 10, 19))
    with told("hours.strike") as lines:
        hours.strike(entry, by=studio.kit, at=NOW)
    assert sums() == {("Borealis", OCTOBER): 3600}
    assert MonthTotal.objects.get().last_day == date(2026, 10, 1)
    assert lines[0].facts["was"] | {"day": "2026-10-19", "seconds": 3600} == lines[0].facts["was"]


def test_what_was_brought_in_before_is_left_alone(studio: Studio) -> None:
    assert bring_in(studio, entries(studio, 40)) == 40
    before = everything()
    assert bring_in(studio, entries(studio, 40)) == 0
    assert everything() == before
    assert bring_in(studio, entries(studio, 10, start=35)) == 5
    assert hours.add([]) == 0


def test_a_batch_taken_back_leaves_the_hours_as_they_were(studio: Studio) -> None:
    worked(studio.borealis, member=studio.kit, day=date(2026, 9, 2))
    bring_in(studio, entries(studio, 10))
    before = {key: rows for key, rows in everything().items() if key != "journal.Batch"}
    batch = journal.open_batch("time", "september.csv", by=studio.ada, at=NOW)
    bring_in(studio, entries(studio, 40, batch=batch))
    assert Entry.objects.filter(batch=batch).count() == 30
    assert hours.take_back_batch(batch) == 30
    assert {key: rows for key, rows in everything().items() if key != "journal.Batch"} == before
    assert hours.untrue() == []
    assert hours.take_back_batch(batch) == 0


def test_loose_hours_of_that_name_are_gathered(studio: Studio) -> None:
    bring_in(studio, [*entries(studio, 5, project="WEBSITE"), *entries(studio, 2, start=5, project="Logo")])
    website = sold(studio.borealis, by=studio.ada)
    with told("hours.gather"):
        assert hours.gather(website, by=studio.ada, at=NOW) == 5
    with told():
        assert hours.gather(website, by=studio.ada, at=NOW) == 0
    assert MonthTotal.objects.get(engagement=website).seconds == 5 * 3600
    assert MonthTotal.objects.get(engagement=None).seconds == 2 * 3600


def test_hours_are_gathered_for_many_at_once_and_let_go_again(studio: Studio) -> None:
    bring_in(studio, [*entries(studio, 5, project="website"), *entries(studio, 2, start=5, project="LOGO")])
    loose = everything()["hours.Entry"]
    sold_now = [sold(studio.borealis, by=studio.ada, name=name) for name in ("Website", "Logo", "Shop")]
    with told("hours.gather", "hours.gather"):
        assert hours.gather_for(sold_now, by=studio.ada, at=NOW) == 7
    assert not MonthTotal.objects.filter(engagement=None).exists()
    assert hours.let_go([engagement.pk for engagement in sold_now]) == 7
    assert everything()["hours.Entry"] == loose
    assert MonthTotal.objects.get().seconds == 7 * 3600


@pytest.mark.parametrize("tamper", ["seconds", "last_day", "missing", "ghost"])
def test_a_tampered_sum_is_found(studio: Studio, website: Engagement, tamper: str) -> None:
    assert hours.untrue() == []
    totals = MonthTotal.objects.all()
    if tamper == "seconds":
        totals.update(seconds=1)
    elif tamper == "last_day":
        totals.update(last_day=date(2026, 9, 1))
    elif tamper == "missing":
        totals.delete()
    else:
        Entry.objects.all().delete()
    assert hours.untrue() == [(studio.borealis.pk, website.pk, SEPTEMBER)]
    hours.recount(Client.objects.values_list("pk", flat=True))
    assert hours.untrue() == []
