"""Who answered low is on Today the same day, for whoever promised to speak with them and for the owner."""

from datetime import timedelta

import pytest

from kept.flows.hear_pulse import hear
from kept.ledgers.pulses import following
from kept.ledgers.pulses.models import FollowUp, Occasion
from kept.ledgers.pulses.verbs import Moment
from kept.readings.brief import Brief, brief
from kept.readings.brief_sentence import plain
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_pulses import invited


@pytest.fixture
def low(studio: Studio) -> FollowUp:
    """Cleo answered 3 half an hour ago."""
    hear(invited(studio), marks={"secure": 3}, at=NOW - timedelta(minutes=30))
    return FollowUp.objects.get()


def kinds(one: Brief) -> list[str]:
    return [item.kind for item in one.items]


def test_the_lead_and_the_owner_are_told_the_same_minute_and_nobody_else(low: FollowUp, studio: Studio) -> None:
    assert kinds(brief(studio.bo, at=NOW)) == kinds(brief(studio.ada, at=NOW)) == ["felt"]
    assert kinds(brief(studio.kit, at=NOW)) == []


def test_it_says_who_and_by_when(low: FollowUp, studio: Studio) -> None:
    one = brief(studio.bo, at=NOW)
    (item,) = one.items
    assert plain(one.sentence) == (
        "Good morning, Bo. Nobody is waiting for you; Cleo is to be spoken with about how it felt."
    )
    assert (item.who, item.act, item.says, item.late) == ("Cleo North", "Speak with Cleo", "by tomorrow, 09:10", False)
    assert item.why == "Cleo answered today, and it asks for a human word. You speak with them."
    assert item.place == ("desk:client_felt", studio.borealis.pk)
    assert one.counts["promises"] == 1


def test_several_are_counted_and_the_first_is_named(low: FollowUp, studio: Studio) -> None:
    second = invited(studio, moment=Moment(Occasion.MEETING, "the map"), hashed="2" * 64)
    hear(second, marks={"mark": 1}, at=NOW - timedelta(minutes=10))
    said = plain(brief(studio.bo, at=NOW).sentence)
    assert "two people are to be spoken with about how it felt, Cleo first" in said


def test_a_late_word_comes_with_the_late_promises(low: FollowUp, studio: Studio) -> None:
    item = brief(studio.ada, at=london(22)).items[0]
    assert (item.late, item.says) == (True, "nobody has spoken with Cleo yet")
    assert "Bo speaks with them." in item.why


def test_once_somebody_spoke_it_is_off_the_page(low: FollowUp, studio: Studio) -> None:
    following.spoke(low, by=studio.bo, at=NOW)
    assert kinds(brief(studio.bo, at=NOW)) == []
    following.take_back_spoke(low, by=studio.bo, at=NOW)
    assert kinds(brief(studio.bo, at=NOW)) == ["felt"]
