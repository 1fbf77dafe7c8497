"""What a client freely does is noted by people; what ties them is judged by people, and the newest judgement counts."""

from datetime import timedelta

import pytest

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Hold, LockKind, Sign, SignKind
from kept.measures.standing_numbers import Lock
from kept.measures.standing_signs import Sign as Meant
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_choices import TODAY, tied


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
