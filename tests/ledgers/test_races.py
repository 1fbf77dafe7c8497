"""Two people at once: what they do together is what one after the other would have done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.promises.verbs import AlreadyEnded
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member, Role
from tests.cast import NOW, Studio, london, promised, set_up_studio, worked, wrote

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 5


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
