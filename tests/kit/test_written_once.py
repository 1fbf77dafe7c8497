"""A query written once answers what the queryset itself would."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from kept.kit.written_once import written_once
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.promises.verbs import keep, promise
from kept.ledgers.team.models import Member
from tests.cast import Studio
from tests.studio import NOW

DAY = timedelta(days=1)


@pytest.fixture
def promised(studio: Studio) -> list[Promise]:
    found = [
        promise(client, words=f"Words {number}", due=NOW + number * DAY, by=by, at=NOW)
        for number, (client, by) in enumerate(
            [(studio.borealis, studio.bo), (studio.cassini, studio.ada), (studio.borealis, studio.kit)], start=1
        )
    ]
    keep(found[0], by=studio.bo, at=NOW + DAY)
    return found


def built(viewer: Member, before: datetime, among: Sequence[int], *, mine: bool) -> QuerySet[Promise]:
    kept = Outcome.objects.filter(promise=OuterRef("pk"), kind="kept", at__lt=before)
    rows = Promise.objects.seen_by(viewer).filter(pk__in=among, client__in=among_clients(among), due__lt=before)
    rows = rows.annotate(was_kept=Exists(kept), whose=F("by__name")).select_related("client__lead", "contact", "by")
    return (rows.filter(by=viewer) if mine else rows).order_by("due")


def among_clients(among: Sequence[int]) -> QuerySet[Promise, int]:
    return Promise.objects.filter(pk__in=among).values_list("client", flat=True)


once = written_once(built)


def told(rows: Sequence[Promise]) -> list[tuple[object, ...]]:
    return [
        (row.pk, row.words, row.due, row.client.name, row.client.lead, row.by.name, row.was_kept, row.whose)  # type: ignore[attr-defined]
        for row in rows
    ]


@pytest.mark.parametrize("mine", [False, True])
@pytest.mark.parametrize("days", [0, 2, 9])
def test_it_answers_as_the_queryset_does(studio: Studio, promised: list[Promise], days: int, mine: bool) -> None:
    keys, before = [one.pk for one in promised], NOW + days * DAY
    for viewer in (studio.ada, studio.bo, studio.kit):
        for among in (keys, keys[:1], keys[1:], []):
            asked = once(viewer, before, among, mine=mine)
            assert told(asked) == told(built(viewer, before, among, mine=mine))


def test_it_costs_one_query_and_keeps_who_may_know(studio: Studio, promised: list[Promise]) -> None:
    keys = [one.pk for one in promised]
    with CaptureQueriesContext(connection) as asked:
        seen = once(studio.kit, NOW + 9 * DAY, keys, mine=False)
    assert len(asked) == 1
    assert {row.client.name for row in seen} == {"Borealis"}  # Kit is kept from Cassini by a wall
    assert {row.client.name for row in once(studio.ada, NOW + 9 * DAY, keys, mine=False)} == {"Borealis", "Cassini"}


def test_what_the_rows_hold_of_another_call_is_not_shared(studio: Studio, promised: list[Promise]) -> None:
    first = once(studio.ada, NOW + 9 * DAY, [promised[0].pk], mine=False)
    second = once(studio.ada, NOW + 9 * DAY, [promised[1].pk], mine=False)
    assert [row.pk for row in (*first, *second)] == [promised[0].pk, promised[1].pk]
    assert first[0] is not once(studio.ada, NOW + 9 * DAY, [promised[0].pk], mine=False)[0]


@written_once
def days_of(clients: Sequence[int], at: datetime) -> QuerySet[Promise, tuple[int, datetime]]:
    return Promise.objects.filter(client__in=clients, made_at__lte=at).order_by("pk").values_list("pk", "due")


def test_columns_come_as_the_fields_say(studio: Studio, promised: list[Promise]) -> None:
    wanted = [(one.pk, one.due) for one in promised if one.client_id == studio.borealis.pk]
    assert days_of([studio.borealis.pk], NOW) == wanted
    assert days_of([studio.borealis.pk], NOW - DAY) == []


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_by_its_own_connection(studio: Studio, promised: list[Promise]) -> None:
    keys = [studio.borealis.pk, studio.cassini.pk]
    expected, found = days_of(keys, NOW), []

    def ask() -> None:
        found.extend([days_of(keys, NOW), connection.connection is not None])
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [expected, True]
    assert days_of(keys, NOW) == expected
