"""All clients at a glance: who stands first, and what nobody may learn from it."""

from datetime import date
from typing import Any

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Stage
from kept.ledgers.engagements.models import Kind
from kept.readings.calendars import offices
from kept.readings.client_list import ClientList, Wanted, client_list
from kept.readings.clients_overdue import first_overdue
from tests.acting import promised, sold, worked, wrote
from tests.cast import NOW, Studio, london


def read(studio: Studio, viewer: Any = None, **wanted: Any) -> ClientList:
    return client_list(viewer or studio.ada, at=NOW, offices=offices(), wanted=Wanted(**wanted))


def names(found: ClientList) -> list[str]:
    return [row.client.name for row in found.rows]


def welcome(studio: Studio, name: str, **other: Any) -> Any:
    return clients.welcome(name=name, by=studio.ada, at=NOW, **other)


def test_who_waits_past_our_pledge_stands_before_a_late_promise_and_that_before_the_calm(studio: Studio) -> None:
    calm, late = welcome(studio, "Aldous"), welcome(studio, "Brindle")
    wrote(calm, by="al@aldous.example", at=london(20, "09:00"), automatic="bulk")
    promised(late, by=studio.bo, due=london(19), at=london(12))
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    assert names(read(studio)) == ["Borealis", "Brindle", "Aldous", "Cassini"]


def test_a_budget_that_runs_over_stands_before_the_calm(studio: Studio) -> None:
    engagement = sold(studio.cassini, by=studio.ada, kind=Kind.RETAINER, hours=20, starts=date(2026, 10, 1))
    for day in (1, 2, 5, 6):
        worked(studio.cassini, engagement=engagement, member=studio.ada, day=date(2026, 10, day), hours=7)
    found = read(studio)
    assert names(found) == ["Cassini", "Borealis"]
    assert found.rows[0].is_over
    assert found.rows[0].jobs == 1


def test_the_calm_stand_by_silence_the_longest_first(studio: Studio) -> None:
    for client, day in ((studio.borealis, 16), (studio.cassini, 2)):
        message = wrote(client, by="one@else.example", at=london(day, "10:00"))
        wrote(client, by=studio.ada, at=london(day, "11:00"), conversation=message.conversation)
    found = read(studio)
    assert names(found) == ["Cassini", "Borealis"]
    assert found.rows[0].last is not None
    assert found.rows[0].last.at == london(2, "11:00")


def test_whom_we_no_longer_work_with_is_left_out_unless_asked_for(studio: Studio) -> None:
    welcome(studio, "Gone", stage=Stage.PAST)
    assert names(read(studio)) == ["Borealis", "Cassini"]
    assert names(read(studio, stage="past")) == ["Gone"]


def test_the_list_is_narrowed_by_lead_and_name(studio: Studio) -> None:
    assert names(read(studio, lead=studio.bo.pk)) == ["Borealis"]
    assert names(read(studio, name="cass")) == ["Cassini"]
    assert names(read(studio, name="%")) == []


def test_a_wall_hides_the_client_from_list_and_counts(studio: Studio) -> None:
    wrote(studio.cassini, by=studio.cora, at=london(19))
    promised(studio.cassini, by=studio.ada, due=london(19), at=london(12))
    assert names(read(studio, studio.kit)) == ["Borealis"]
    assert names(read(studio, studio.bo)) == ["Cassini", "Borealis"]


def test_hours_are_only_for_those_who_may_see_money(studio: Studio, website: Any) -> None:
    assert read(studio, studio.bo).rows[0].hours is not None
    assert all(row.hours is None for row in read(studio, studio.kit).rows)


def test_the_oldest_late_promise_is_named_with_whom_it_was_made_to(studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(16), at=london(12), words="second")
    promised(studio.borealis, by=studio.bo, due=london(14), at=london(12), words="first", contact=studio.cleo)
    found = first_overdue(read(studio).rows)
    assert (found[studio.borealis.pk].first, found[studio.borealis.pk].words) == ("Cleo", "first")


def test_many_clients_and_a_long_history_ask_no_more_of_the_database(
    studio: Studio, django_assert_max_num_queries: Any
) -> None:
    places = offices()
    for length in (1, 15):
        for number in range(length):
            client = welcome(studio, f"Client {length} {number}")
            wrote(client, by=f"c{number}@client{length}.example", at=london(1 + number))
            promised(client, by=studio.bo, due=london(1 + number, "17:00"), at=london(1 + number))
        client_list(studio.ada, at=NOW, offices=places)  # what a process keeps of the forecasts is warm
        with django_assert_max_num_queries(10):
            first_overdue(client_list(studio.ada, at=NOW, offices=places).rows)
