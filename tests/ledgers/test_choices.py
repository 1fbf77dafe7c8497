"""What a client freely does is noted by people; what ties them is judged by people, and the newest judgement counts."""

from datetime import timedelta

import pytest

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Dismissal, Hold, LockKind, Sign, SignKind
from kept.measures.standing_numbers import Lock
from kept.measures.standing_signs import Sign as Meant
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_choices import TODAY, tied

LETTER = ("conversations.Message", 7)


def test_the_ledger_and_the_measure_know_the_same_signs_but_for_the_one_that_is_counted() -> None:
    assert {kind.upper() for kind in SignKind.values} == {each.name for each in Meant} - {Meant.GONE_QUIET.name}


def test_the_ledger_and_the_measure_know_the_same_ties() -> None:
    assert [kind.upper() for kind in LockKind.values] == [each.name for each in Lock]


def test_what_lies_ahead_is_no_sign_yet(studio: Studio) -> None:
    with pytest.raises(ValueError, match="still ahead"):
        choices.note(studio.borealis, kind=SignKind.PRAISED, seen_at=london(21), by=studio.bo, at=NOW)
    assert not Sign.objects.exists()


def test_a_sign_of_somebody_at_another_client_is_refused_with_their_name(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Cora Vale is not at Borealis"):
        choices.note(
            studio.borealis, kind=SignKind.PRAISED, seen_at=NOW, contact=studio.cora, by=studio.bo, at=NOW
        )  # fmt: skip


def test_one_row_shows_a_kind_of_sign_once_whoever_notes_it(studio: Studio) -> None:
    noted = choices.note(
        studio.borealis, kind=SignKind.PRAISED, seen_at=london(19), source=LETTER, by=studio.bo, at=NOW
    )  # fmt: skip
    other = choices.note(
        studio.borealis, kind=SignKind.PRAISED, seen_at=NOW, contact=studio.cleo, source=LETTER, by=studio.kit, at=NOW
    )  # fmt: skip
    assert noted == other == Sign.objects.get()


def test_what_was_noted_by_hand_does_not_stand_for_what_a_row_shows(studio: Studio) -> None:
    for source in (choices.NO_SOURCE, LETTER):
        choices.note(studio.borealis, kind=SignKind.PRAISED, seen_at=NOW, source=source, by=studio.bo, at=NOW)
    assert sorted(Sign.objects.values_list("source_noun", flat=True)) == ["", LETTER[0]]


def test_what_was_dismissed_is_noted_only_once_that_is_taken_back(studio: Studio) -> None:
    said = {"kind": SignKind.PRAISED, "source": LETTER, "by": studio.bo, "at": NOW}
    row = choices.dismiss(studio.borealis, words="“Lovely.”", **said)
    with pytest.raises(ValueError, match="no sign; take that back first"):
        choices.note(studio.borealis, seen_at=NOW, **said)
    choices.reconsider(row, by=studio.bo, at=NOW)
    choices.note(studio.borealis, seen_at=NOW, **said)
    with pytest.raises(ValueError, match="wrote it down as a sign; take that back first"):
        choices.dismiss(studio.borealis, **said)
    assert not Dismissal.objects.exists()


def test_a_tie_that_ends_before_it_begins_is_refused(studio: Studio) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        choices.tie(
            studio.borealis, lock=LockKind.CONTRACT, since=TODAY, until=TODAY - timedelta(days=1), by=studio.bo, at=NOW
        )  # fmt: skip


def test_a_judgement_is_one_row_more_and_nothing_is_overwritten(studio: Studio) -> None:
    tied(studio)
    free = choices.find_free(studio.borealis, since=TODAY, by=studio.ada, at=NOW)
    again = choices.tie(studio.borealis, lock=LockKind.OUR_DATA, since=TODAY, by=studio.bo, at=NOW)
    assert [row.ties for row in Hold.objects.all()] == [True, False, True]
    choices.take_back(again, by=studio.bo, at=NOW)
    assert Hold.objects.last() == free
