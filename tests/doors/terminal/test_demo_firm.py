"""The demo firm as it lies on the table: its size, its sums, its day; the same every time, and kept until reset."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kept.doors.terminal.demo import story
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation, Message, Request
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Candidate, Outcome, Promise
from kept.ledgers.team.models import Member
from kept.readings.choices_offered import offered
from tests.doors.terminal.homes import laid_out
from tests.doors.terminal.larkfield import A_TUESDAY, brief_of, happened_after, rows
from tests.pace import slowness

SECONDS = 20


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[float]:
    """The demo as of a Tuesday morning, for all tests that only look; answers the seconds of work it took."""
    # not by the clock on the wall: other tests run beside this one
    with django_db_blocker.unblock(), transaction.atomic():
        begun = time.process_time()
        story.tell(at=A_TUESDAY)
        yield time.process_time() - begun
        transaction.set_rollback(True)


@pytest.fixture
def demo(told: float, db: None) -> float:
    return told


def test_the_demo_loads_within_its_limit(demo: float) -> None:
    assert demo < SECONDS * slowness(time.process_time)


def test_the_year_is_as_large_as_a_small_firm_has(demo: float) -> None:
    assert 2000 < Message.objects.count() < 3600
    assert 200 < Promise.objects.count() < 330
    assert 5000 < Entry.objects.count() < 7000
    assert set(Outcome.objects.values_list("kind", flat=True)) == {"kept", "moved", "released"}


def test_every_sum_is_true(demo: float) -> None:
    assert (settling.untrue(), hours.untrue(), promises.untrue()) == ([], [], [])


def test_nothing_has_happened_in_the_future(demo: float) -> None:
    assert happened_after(A_TUESDAY) == {}


def test_nobody_writes_from_a_domain_that_could_exist(demo: float) -> None:
    senders = set(Message.objects.values_list("sender_email", flat=True))
    assert {address for address in senders if not address.endswith(".example")} == set()


def test_today_opens_with_people_waiting_and_one_budget_running_out(demo: float) -> None:
    today = brief_of("ada")
    assert today.counts["waiting"] == 7
    assert today.counts["strangers"] == 2
    assert sorted(item.who for item in today.items if item.kind == "waiting" and item.late) == [
        "Delia Crane",
        "Jonas Rehm",
    ]
    assert sum(item.late for item in today.items if item.kind == "promise") == 2
    assert "Borealis" in {item.client.name for item in today.items if item.kind == "hours" and item.client}


def test_a_few_sentences_wait_for_a_yes_and_none_of_them_was_counted_before(demo: float) -> None:
    offered = Candidate.objects.waiting()
    assert {
        "I'll let you have three packaging lines to choose from as well.",
        "I'll send you the plan for the day tomorrow.",
        "I'll try the whole way through with a real card and tell you on Friday.",
    } <= set(offered.values_list("words", flat=True))
    assert offered.count() < 10
    assert not Promise.objects.filter(source_id__in=offered.values("source_id")).exists()
    assert brief_of("bo").of("candidate")[0].what == "Two sentences to Mina and Delia sound like promises of yours."
    assert Request.objects.standing().exclude(by_at=None).exists()


def test_a_few_signs_of_choice_wait_for_a_yes_with_the_rows_that_show_them(demo: float) -> None:
    ada = Member.objects.get(email="ada@larkfield.example")
    clients = dict(Client.objects.values_list("pk", "name"))
    found = offered(list(clients), viewer=ada, at=A_TUESDAY)
    assert {(clients[key], one.why) for key, own in found.items() for one in own.offers} >= {
        ("Pellam Museum", "Nell Rowe came to us by Hana Ishii."),
        ("Pellam Museum", "Nothing of theirs ran with us any more. Then they came back for “The new wing”."),
    }
    assert all(one.evidence for own in found.values() for one in own.offers)
    assert sum(len(own.offers) for own in found.values()) < 8


def test_kit_never_learns_of_cassini(demo: float) -> None:
    kit = Member.objects.get(email="kit@larkfield.example")
    assert not Client.objects.seen_by(kit).filter(name__startswith="Cassini").exists()
    assert not Conversation.objects.seen_by(kit).filter(client__name__startswith="Cassini").exists()


def test_another_day_keeps_the_demo_and_says_how_old_it_is(demo: float, settings: Any) -> None:
    settings.STATIC_ROOT = laid_out()
    Line.objects.filter(verb=story.LOADED).update(at=datetime.now(UTC) - timedelta(days=3, hours=1))
    before, said = rows(), StringIO()
    call_command("demo", "--no-serve", stdout=said)
    assert "three days ago" in said.getvalue()
    assert "--reset" in said.getvalue()
    assert rows() == before


def test_reset_makes_it_anew_and_the_same_moment_gives_the_same_rows(
    demo: float, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = laid_out()
    before, loaded = rows(), story.loaded_at()
    Line.objects.filter(verb=story.LOADED).update(at=A_TUESDAY - timedelta(days=3))
    Client.objects.filter(name="Borealis").update(name="Renamed")
    assert rows() != before
    monkeypatch.setattr("kept.kit.clock.now", lambda: A_TUESDAY + timedelta(seconds=20))
    call_command("demo", "--no-serve", "--reset", stdout=StringIO())
    assert rows() == before
    assert story.loaded_at() == loaded
    assert Client.objects.filter(name="Borealis").exists()
    assert not Client.objects.filter(name="Renamed").exists()
