"""All clients on one page: by the lowest end of trust, with why they stay, and who has gone quiet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import LockKind, SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.pulses.models import Answer
from kept.ledgers.team import keeping_hours
from kept.measures.standing import Kind
from kept.readings import budgets, portfolio_trust, standing
from kept.readings.calendars import offices
from kept.readings.portfolio import Portfolio, Sort, Wanted, portfolio
from kept.readings.portfolio_trust import Trusted
from kept.readings.snapshots import taking
from kept.readings.snapshots.models import Snapshot
from tests.acting import promised, wrote
from tests.readings.feeling import asked
from tests.studio import NOW, Studio, london

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    budgets._kept.cache_clear()
    standing._kept.cache_clear()
    portfolio_trust._kept.cache_clear()


def read(studio: Studio, viewer: Any = None, **wanted: Any) -> Portfolio:
    return portfolio(viewer or studio.ada, at=NOW, offices=offices(), wanted=Wanted(**wanted))


def names(found: Portfolio) -> list[str]:
    return [row.client.name for row in found.rows]


def felt(client: Client, mark: int, *, times: int = 4) -> None:
    for month in range(times):
        at = NOW - timedelta(days=30 * month)
        Answer.objects.create(client=client, at=at, secure=mark, cherished=mark, delighted=mark, dazzled=mark)


def held(studio: Studio, client: Client) -> None:
    felt(client, 4)
    for lock in (LockKind.OUR_DATA, LockKind.MIGRATION, LockKind.NOTICE):
        choices.tie(client, lock=lock, since=TODAY, by=studio.bo, at=NOW)


def kept(client: Client, day: date, value: float, *, evidence: str = "firm") -> None:
    """What was counted of a client on a day."""
    facts = {"value": value, "low": value - 5, "high": value + 5, "baseline": 85.0, "evidence": evidence}
    at = datetime.combine(day, datetime.min.time(), UTC)
    Snapshot.objects.update_or_create(
        client=client, day=day,
        defaults={"at": at, "weight": 9.0, "n": 9, "priors": {}, "told": {}} | facts,
    )  # fmt: skip


def test_the_lowest_end_of_trust_comes_first(studio: Studio) -> None:
    for _ in range(6):
        promised(studio.borealis, by=studio.bo, due=london(1), at=london(1, "09:00", month=9))
    found = read(studio)
    assert names(found) == ["Borealis", "Cassini"]
    assert found.rows[0].trust.low < found.rows[1].trust.low


def test_who_is_no_client_yet_or_no_more_is_not_there(studio: Studio) -> None:
    for name, stage in (("Soon", Stage.PROSPECT), ("Once", Stage.PAST), ("Resting", Stage.PAUSED)):
        clients.welcome(name=name, stage=stage, by=studio.ada, at=NOW)
    assert sorted(names(read(studio))) == ["Borealis", "Cassini", "Resting"]


def test_behind_a_wall_a_client_is_not_there_in_rows_leads_or_offices(studio: Studio) -> None:
    clients.change(studio.borealis, lead=studio.bo, by=studio.ada, at=NOW)
    found = read(studio, studio.kit)
    assert names(found) == ["Borealis"]
    assert found.leads == ((studio.bo.pk, "Bo Field"),)


def test_it_narrows_to_a_lead_an_office_and_a_way_of_staying(studio: Studio) -> None:
    held(studio, studio.cassini)
    assert names(read(studio, lead=studio.bo.pk)) == ["Borealis"]
    assert names(read(studio, office=studio.office.pk)) == names(read(studio))
    assert names(read(studio, office=studio.office.pk + 1)) == []
    assert names(read(studio, sort=Sort.HELD)) == ["Cassini"]
    assert names(read(studio, sort=Sort.UNCLEAR)) == ["Borealis"]
    assert [row.client.name for row in read(studio).of(Kind.HELD)] == ["Cassini"]


def test_whoever_wrote_lately_is_not_silent_and_whoever_never_did_is(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(1))
    assert [row.client.name for row in read(studio).silent] == ["Cassini"]


def test_a_pause_is_no_silence(studio: Studio) -> None:
    clients.change(studio.cassini, stage=Stage.PAUSED, by=studio.ada, at=NOW)
    assert "Cassini" not in [row.client.name for row in read(studio).silent]


def test_who_is_asked_and_does_not_answer_is_silent(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(1))
    asked(studio.cleo, by=studio.ada, at=NOW - timedelta(days=60))
    assert [row.client.name for row in read(studio, lead=studio.bo.pk).silent] == ["Borealis"]
    standing._kept.cache_clear()
    felt(studio.borealis, 8, times=1)
    assert read(studio, lead=studio.bo.pk).silent == []


def test_trust_is_read_as_it_was_counted_with_a_quarter_ago_and_the_year(studio: Studio) -> None:
    taking.take(at=NOW)
    taking.take(at=NOW - timedelta(days=91), past=True)
    taking.take(at=NOW - timedelta(days=30), past=True)
    for day, value in ((91, 90.0), (30, 84.0), (0, 80.0)):
        kept(studio.borealis, TODAY - timedelta(days=day), value)
    row = next(row for row in read(studio).rows if row.client.name == "Borealis")
    assert (row.trust.value, row.trust.low, row.trust.high, row.trust.before) == (80.0, 75.0, 85.0, 90.0)
    assert [(day, value) for day, value, _ in row.trust.year] == [(TODAY - timedelta(days=30), 84.0), (TODAY, 80.0)]
    assert row.trust.moved == -10
    assert [one.client.name for one in read(studio).fallen] == ["Borealis"]


def test_the_past_is_the_main_offices_wherever_the_viewer_sits(studio: Studio) -> None:
    far = keeping_hours.open_office(name="Apia", zone="Pacific/Apia", by=studio.ada, at=NOW)
    studio.bo.office = far
    evening = london(20, "18:00")  # tomorrow there
    for back in (91, 30):
        taking.take(at=evening - timedelta(days=back), past=True)
        kept(studio.borealis, TODAY - timedelta(days=back), 90.0)
    taking.take(at=evening)
    kept(studio.borealis, TODAY, 80.0)
    here, there = (portfolio(one, at=evening, offices=offices()) for one in (studio.ada, studio.bo))
    assert there.day == TODAY + timedelta(days=1)
    seen = [next(row.trust for row in one.rows if row.client.pk == studio.borealis.pk) for one in (here, there)]
    assert (seen[1].before, seen[1].moved, len(seen[1].year)) == (90.0, -10.0, 2)
    assert seen[0] == seen[1]


def test_little_evidence_moves_nothing(studio: Studio) -> None:
    taking.take(at=NOW)
    taking.take(at=NOW - timedelta(days=91), past=True)
    kept(studio.borealis, TODAY - timedelta(days=91), 90.0)
    kept(studio.borealis, TODAY, 80.0, evidence="thin")
    row = next(row for row in read(studio).rows if row.client.name == "Borealis")
    assert (row.trust.thin, row.trust.moved) == (True, 0.0)


def test_who_came_since_trust_was_counted_stands_there_at_the_average(studio: Studio) -> None:
    taking.take(at=NOW - timedelta(hours=2))
    clients.welcome(name="Fresh", by=studio.ada, at=NOW)
    row = next(row for row in read(studio).rows if row.client.name == "Fresh")
    assert isinstance(row.trust, Trusted)
    assert row.trust.thin
    assert row.trust.value == pytest.approx(85, abs=0.5)


@pytest.mark.parametrize("more", [0, 15])
def test_a_constant_number_of_queries_and_fewer_when_nothing_moved(
    more: int, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    for each in range(more):
        client = clients.welcome(name=f"Client {each}", lead=studio.bo, by=studio.ada, at=NOW)
        contact = clients.meet(client, name="Pat", by=studio.ada, at=NOW)
        wrote(client, by=contact, at=london(19))
        choices.note(client, kind=SignKind.PRAISED, seen_at=NOW, by=studio.bo, at=NOW)
        held(studio, client)
    taking.take(at=NOW)
    house = offices()
    with django_assert_max_num_queries(17):
        portfolio(studio.ada, at=NOW, offices=house)
    with django_assert_max_num_queries(9):
        portfolio(studio.ada, at=NOW, offices=house)
