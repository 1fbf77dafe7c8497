"""What may and may not be done with a promise, and with what only seems to be one."""

from datetime import datetime, timedelta

import pytest

from kept.ledgers.promises import candidates
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Candidate, Outcome, OutcomeKind, Promise
from kept.ledgers.promises.verbs import AlreadyEnded
from tests.cast import NOW, Studio, london, promised, sold
from tests.ledgers.acts_of_work import FRIDAY, seems, will_send
from tests.ledgers.telling import everything, told

MONDAY, WEDNESDAY = london(26, "12:00"), london(28, "12:00")


@pytest.fixture
def drafts(studio: Studio) -> Promise:
    """Bo promised Cleo the drafts for Friday."""
    return will_send(studio)


def copy(row: Promise) -> Promise:
    """The same promise as another page loaded it."""
    return Promise.objects.get(pk=row.pk)


def test_a_promise_needs_words(studio: Studio) -> None:
    with pytest.raises(ValueError, match="in the words it was said in"):
        promised(studio.borealis, by=studio.bo, due=FRIDAY, words="  ")


def test_a_promise_names_people_and_work_of_its_own_client(studio: Studio) -> None:
    with pytest.raises(ValueError, match="of Borealis"):
        promised(studio.borealis, by=studio.bo, due=FRIDAY, contact=studio.cora)
    work = sold(studio.cassini, by=studio.ada)
    with pytest.raises(ValueError, match="of Borealis"):
        promises.promise(studio.borealis, words="x", due=FRIDAY, by=studio.bo, at=NOW, engagement=work)


def test_moving_tells_the_old_day_and_the_new(studio: Studio, drafts: Promise) -> None:
    with told("promises.move"):
        moved = promises.move(drafts, to=MONDAY, by=studio.bo, at=NOW, reason="Kit is ill", agreed="Cleo, by phone")
    assert (moved.was_due, moved.new_due, moved.agreed) == (FRIDAY, MONDAY, "Cleo, by phone")
    assert (copy(drafts).due, copy(drafts).first_due) == (MONDAY, FRIDAY)


@pytest.mark.parametrize(
    ("to", "why"), [(FRIDAY, "due already"), (NOW, "still to come"), (london(19), "still to come")]
)
def test_moving_needs_a_new_day_that_is_to_come(studio: Studio, drafts: Promise, to: datetime, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        promises.move(drafts, to=to, by=studio.bo, at=NOW)


def test_moves_are_taken_back_last_first(studio: Studio, drafts: Promise) -> None:
    first = promises.move(drafts, to=MONDAY, by=studio.bo, at=NOW)
    second = promises.move(drafts, to=WEDNESDAY, by=studio.bo, at=NOW)
    with pytest.raises(AlreadyEnded, match="take that back first"):
        promises.take_back(first, by=studio.bo, at=NOW)
    promises.take_back(second, by=studio.bo, at=NOW)
    assert copy(drafts).due == MONDAY
    promises.take_back(first, by=studio.bo, at=NOW)
    assert copy(drafts).due == FRIDAY


def test_a_move_stays_while_the_promise_is_kept(studio: Studio, drafts: Promise) -> None:
    moved = promises.move(drafts, to=MONDAY, by=studio.bo, at=NOW)
    promises.keep(drafts, by=studio.bo, at=NOW)
    with pytest.raises(AlreadyEnded):
        promises.take_back(moved, by=studio.bo, at=NOW)


def test_a_kept_promise_is_neither_released_nor_moved_nor_withdrawn(studio: Studio, drafts: Promise) -> None:
    stale = [copy(drafts) for _ in range(3)]
    promises.keep(drafts, by=studio.bo, at=NOW)
    before = everything()
    with pytest.raises(AlreadyEnded, match="was kept before"):
        promises.release(stale[0], by=studio.bo, at=NOW, agreed="Cleo")
    with pytest.raises(AlreadyEnded, match="has ended"):
        promises.move(stale[1], to=MONDAY, by=studio.bo, at=NOW)
    with pytest.raises(AlreadyEnded, match="has come of"):
        promises.withdraw(stale[2], by=studio.bo, at=NOW)
    assert everything() == before


def test_being_released_needs_to_be_said_by_the_client(studio: Studio, drafts: Promise) -> None:
    with pytest.raises(ValueError, match="who, and where"):
        promises.release(drafts, by=studio.bo, at=NOW, agreed=" ")


def test_a_page_loaded_before_a_move_keeps_the_moved_promise(studio: Studio, drafts: Promise) -> None:
    stale = copy(drafts)
    promises.move(drafts, to=MONDAY, by=studio.bo, at=NOW)
    assert promises.keep(stale, by=studio.bo, at=NOW).was_due == MONDAY
    assert copy(drafts).due == MONDAY


def test_an_undo_from_an_old_page_does_not_open_what_was_ended_again(studio: Studio, drafts: Promise) -> None:
    kept = promises.keep(drafts, by=studio.bo, at=NOW)
    old_page = Outcome.objects.get(pk=kept.pk)
    promises.take_back(kept, by=studio.bo, at=NOW)
    promises.release(drafts, by=studio.bo, at=NOW, agreed="Cleo, by phone")
    with told():
        promises.take_back(old_page, by=studio.bo, at=NOW)
    assert copy(drafts).ended_at == NOW
    assert promises.untrue() == []


def test_what_is_withdrawn_stays_in_the_journal(studio: Studio, drafts: Promise) -> None:
    with told("promises.withdraw") as lines:
        promises.withdraw(drafts, by=studio.bo, at=NOW)
    assert lines[0].said == "I will send you the drafts"
    assert datetime.fromisoformat(lines[0].facts["was"]["due"]) == FRIDAY
    assert lines[0].client_id == studio.borealis.pk


def test_a_taken_back_outcome_stays_in_the_journal(studio: Studio, drafts: Promise) -> None:
    released = promises.release(drafts, by=studio.bo, at=NOW, agreed="Cleo, by phone")
    with told("promises.take_back") as lines:
        promises.take_back(released, by=studio.ada, at=london(20, "10:00"))
    assert lines[0].facts["was"] | {"kind": "released", "agreed": "Cleo, by phone"} == lines[0].facts["was"]


def test_a_late_keeping_is_kept_and_nothing_more(studio: Studio, drafts: Promise) -> None:
    outcome = promises.keep(drafts, by=studio.bo, at=FRIDAY + timedelta(days=9))
    assert outcome.kind == OutcomeKind.KEPT
    assert outcome.at > outcome.was_due


def test_an_accepted_candidate_is_a_promise_made_when_it_was_said(studio: Studio) -> None:
    candidate = seems(studio)
    with told("promises.promise", "promises.accept") as lines:
        row = candidates.accept(candidate, due=FRIDAY, by=studio.ada, at=london(20, "11:00"))
    assert (row.made_at, row.by, row.source_id) == (NOW, studio.bo, candidate.source_id)
    assert {line.at for line in lines} == {london(20, "11:00")}
    assert candidates.accept(Candidate.objects.get(), due=MONDAY, by=studio.bo, at=NOW) == row


def test_a_dismissed_candidate_is_accepted_only_after_thinking_again(studio: Studio) -> None:
    candidate = seems(studio)
    stale = Candidate.objects.get()
    candidates.dismiss(candidate, by=studio.bo, at=NOW)
    with pytest.raises(AlreadyEnded, match="dismissed"):
        candidates.accept(stale, due=FRIDAY, by=studio.bo, at=NOW)
    candidates.reconsider(candidate, by=studio.bo, at=NOW)
    assert Candidate.objects.waiting().get() == candidate
    assert candidates.accept(stale, due=FRIDAY, by=studio.bo, at=NOW).words == candidate.words


def test_an_accepted_candidate_is_not_dismissed(studio: Studio) -> None:
    candidate = seems(studio)
    candidates.accept(candidate, due=FRIDAY, by=studio.bo, at=NOW)
    with told():
        candidates.dismiss(candidate, by=studio.bo, at=NOW)


def test_withdrawing_an_accepted_promise_lets_the_candidate_wait_again(studio: Studio) -> None:
    row = candidates.accept(seems(studio), due=FRIDAY, by=studio.bo, at=NOW)
    promises.withdraw(row, by=studio.bo, at=NOW)
    assert Candidate.objects.waiting().count() == 1
