"""Two people at once: what they do together is what one after the other would have done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from kept.flows.let_in import Said, let_in
from kept.flows.receive_mail import Terms
from kept.ledgers.clients import addresses
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import noting, settling
from kept.ledgers.conversations.models import Channel, Conversation, Message
from kept.ledgers.conversations.noting import Meeting
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.journal.models import Line
from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.promises.verbs import AlreadyEnded
from kept.ledgers.team import keeping_hours, walls
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member, Role
from tests.cast import NOW, Studio, london, promised, set_up_studio, sold, worked, wrote
from tests.flows.post import letter, received
from tests.ledgers.acts_of_mail import account

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 5
LOOKING = 0.5  # seconds in which the second has looked, and waits for the first


@pytest.fixture
def busy(transactional_db: None) -> Studio:
    """The studio, seen by several connections at once."""
    return set_up_studio()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answers, or the refusal it raises, when all begin at one moment on connections of their own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait(timeout=10)
        try:
            return act()
        except ValueError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def just_before(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What `second` answers that looked before `first` was there for it to see, and wrote after."""

    def run() -> Any:
        try:
            return second()
        except ValueError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(run)
            sleep(LOOKING)
        return answer.result(timeout=20)


@pytest.mark.parametrize("_", range(TRIES))
def test_two_who_keep_a_promise_at_once_keep_it_once(busy: Studio, _: int) -> None:
    row = promised(busy.borealis, by=busy.bo, due=london(23))
    pages = [Promise.objects.get(pk=row.pk) for _ in range(2)]
    first, second = at_once(*(lambda page=page: promises.keep(page, by=busy.bo, at=NOW) for page in pages))
    assert first == second == Outcome.objects.get()
    assert Line.objects.filter(verb="promises.keep").count() == 1


@pytest.mark.parametrize("_", range(TRIES))
def test_of_keeping_and_releasing_at_once_one_stands(busy: Studio, _: int) -> None:
    row = promised(busy.borealis, by=busy.bo, due=london(23))
    one, other = Promise.objects.get(pk=row.pk), Promise.objects.get(pk=row.pk)
    answers = at_once(
        lambda: promises.keep(one, by=busy.bo, at=NOW),
        lambda: promises.release(other, by=busy.ada, at=NOW, agreed="Cleo"),
    )
    assert [type(answer) for answer in answers].count(Outcome) == 1
    assert [type(answer) for answer in answers].count(AlreadyEnded) == 1
    assert Outcome.objects.count() == 1
    assert promises.untrue() == []


@pytest.mark.parametrize("_", range(TRIES))
def test_a_promise_moved_and_kept_at_once_is_kept_and_due_when_its_outcomes_say(busy: Studio, _: int) -> None:
    row = promised(busy.borealis, by=busy.bo, due=london(23))
    one, other = Promise.objects.get(pk=row.pk), Promise.objects.get(pk=row.pk)
    at_once(
        lambda: promises.move(one, to=london(26), by=busy.bo, at=NOW),
        lambda: promises.keep(other, by=busy.ada, at=NOW),
    )
    row.refresh_from_db()
    kept = Outcome.objects.get(kind="kept")
    assert (row.due, row.ended_at) == (kept.was_due, NOW)
    assert promises.untrue() == []


@pytest.mark.parametrize("_", range(TRIES))
def test_letters_that_come_at_once_are_all_counted(busy: Studio, _: int) -> None:
    talk = wrote(busy.borealis, by=busy.cleo, at=london(19)).conversation
    pages = [Conversation.objects.get(pk=talk.pk) for _ in range(4)]
    at_once(
        *(
            lambda page=page, late=late: wrote(
                busy.borealis, by=busy.cleo, at=NOW + timedelta(minutes=late), conversation=page
            )
            for late, page in enumerate(pages)
        )
    )
    assert settling.untrue() == []
    assert Conversation.objects.get().their_last_at == NOW + timedelta(minutes=3)


@pytest.mark.parametrize("_", range(TRIES))
def test_hours_logged_at_once_are_all_in_the_sum(busy: Studio, _: int) -> None:
    at_once(*(lambda: worked(busy.borealis, member=busy.kit, day=NOW.date()) for _ in range(4)))
    assert Entry.objects.count() == 4
    assert MonthTotal.objects.get().seconds == 4 * 3600
    assert hours.untrue() == []


@pytest.mark.parametrize("_", range(TRIES))
def test_two_owners_who_go_at_once_leave_one(busy: Studio, _: int) -> None:
    team.change_member(busy.bo, role=Role.OWNER, by=busy.ada, at=NOW)
    answers = at_once(
        lambda: team.leave(busy.ada, on=NOW.date(), by=busy.ada, at=NOW),
        lambda: team.change_member(Member.objects.get(pk=busy.bo.pk), role=Role.LEAD, by=busy.ada, at=NOW),
    )
    assert [type(answer) for answer in answers].count(ValueError) == 1
    assert Member.objects.present().filter(role=Role.OWNER).count() == 1


# ------------------------------------------------------------ what there may be one of, made by two at once

MADE_BY_TWO: dict[str, Callable[[Studio, str], Any]] = {
    "clients.welcome": lambda s, n: clients.welcome(name="DIONE" if n else "Dione", by=s.ada, at=NOW),
    "clients.meet": lambda s, n: clients.meet(s.borealis, name="Nils", emails=("nils@b.example",), by=s.ada, at=NOW),
    "clients.add_address": lambda s, n: addresses.add_address(
        s.cora if n else s.cleo, email="nils@b.example", by=s.ada, at=NOW
    ),
    "clients.change": lambda s, n: clients.change(s.cassini if n else s.borealis, name="Dione", by=s.ada, at=NOW),
    "engagements.start": lambda s, n: sold(s.borealis, by=s.ada, name="Website"),
    "team.join": lambda s, n: team.join(name="Max", email="max@larkfield.example", office=s.office, at=NOW, by=s.ada),
    "team.raise_wall": lambda s, n: walls.raise_wall(name="The wall", by=s.ada, at=NOW),
    "team.open_office": lambda s, n: keeping_hours.open_office(name="York", zone="Europe/London", by=s.ada, at=NOW),
    "mailboxes.add": lambda s, n: mailboxes.add(account(s), by=s.bo, at=NOW),
}


@pytest.mark.parametrize("verb", MADE_BY_TWO)
def test_of_two_who_make_the_same_at_once_the_second_is_told_so(busy: Studio, verb: str) -> None:
    make, told = MADE_BY_TWO[verb], Line.objects.filter(verb=verb).count()
    refusal = just_before(lambda: make(busy, ""), lambda: make(busy, "2"))
    assert isinstance(refusal, ValueError), refusal
    assert "already" in str(refusal)
    assert Line.objects.filter(verb=verb).count() == told + 1


@pytest.mark.parametrize("second", ["mail", "page", "note"])
def test_of_two_who_bring_messages_the_second_waits_and_knows_the_first(busy: Studio, second: str) -> None:
    """Else whoever knows the newest message by its key would never learn of the one below it."""

    def page(key: str) -> int:
        return let_in(Said(Channel.FORM, key=key, at=NOW, words="Could you call me?"), at=NOW).message.pk

    def mail() -> int:
        received(letter("zed@stranger.example", id="second"))
        return Message.objects.get(message_id="second").pk

    def note() -> int:
        return noting.note(busy.borealis, words="We met.", meeting=Meeting(NOW), by=busy.bo, at=NOW).pk

    def brought() -> tuple[int, list[int]]:
        mine = {"mail": mail, "page": lambda: page("second"), "note": note}[second]()
        return mine, list(Message.objects.filter(pk__lt=mine).values_list("pk", flat=True))

    first: list[int] = []
    _, before = just_before(lambda: first.append(page("first")), brought)
    assert before == first


def test_nobody_waits_for_mail_that_is_only_tried(busy: Studio) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one who writes at a time, whatever they write")

    def page() -> Message:
        try:
            return let_in(Said(Channel.FORM, key="page", at=NOW, words="Could you call me?"), at=NOW).message
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        received(letter("zed@stranger.example"), terms=Terms(trial=True))
        assert pool.submit(page).result(timeout=20).pk
        transaction.set_rollback(True)
    assert Message.objects.get().channel == Channel.FORM
