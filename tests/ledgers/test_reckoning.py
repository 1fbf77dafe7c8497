"""What the verbs of the reckoning refuse, and in which order numbers count."""

import pytest

from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reckoning.models import RowSetAside
from kept.ledgers.reckoning.verbs import ChangedSince
from tests.cast import NOW, Studio, london

REPLY = "streams.reply_weight"


def test_a_row_is_set_aside_with_a_reason_and_until_a_day_to_come(studio: Studio) -> None:
    for reason, until, why in ((" ", london(30), "Say why"), ("They asked", NOW, "a day still to come")):
        with pytest.raises(ValueError, match=why):
            reckoning.set_aside(
                studio.borealis, stream="promise", row=7, reason=reason, until=until, by=studio.bo, at=NOW
            )
    assert not RowSetAside.objects.exists()


def test_once_its_day_has_passed_a_row_can_be_set_aside_again(studio: Studio) -> None:
    facts = {"stream": "promise", "row": 7, "reason": "They asked", "by": studio.bo}
    first = reckoning.set_aside(studio.borealis, until=london(15), at=london(12), **facts)
    assert reckoning.set_aside(studio.borealis, until=london(30), at=london(13), **facts) == first
    assert reckoning.set_aside(studio.borealis, until=london(30), at=london(16), **facts) != first


def test_of_a_number_changed_twice_the_last_change_is_taken_back_first(studio: Studio) -> None:
    first = reckoning.change_number(REPLY, value=0.5, by=studio.ada, at=london(12))
    second = reckoning.change_number(REPLY, value=0.75, by=studio.ada, at=london(13))
    with pytest.raises(ChangedSince, match="take that back first"):
        reckoning.take_back_change(first, by=studio.ada, at=NOW)
    reckoning.take_back_change(second, by=studio.ada, at=NOW)
    assert reckoning.newest(REPLY) == first
    reckoning.take_back_change(first, by=studio.ada, at=NOW)
    assert reckoning.newest(REPLY) is None
