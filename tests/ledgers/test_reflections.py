"""Reflections: what is asked of one, and that every wording of it stays."""

import pytest

from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind, Reflection
from kept.ledgers.reflections.verbs import After, Learned
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_reflections import BETTER, HAPPENED, LEARNED, written


@pytest.mark.parametrize(("words", "change", "why"), [("", "Call", "learn"), ("Calling helps", " ", "one thing")])
def test_what_we_learn_and_the_one_change_are_both_asked(words: str, change: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Learned(words, change)


def test_it_says_after_what(studio: Studio) -> None:
    with pytest.raises(ValueError, match="what happened"):
        reflections.reflect(studio.borealis, kind=Kind.DELIGHT, after=After(" "), learned=LEARNED, by=studio.bo, at=NOW)


def test_the_rows_of_trust_stay_as_they_were_shown(studio: Studio) -> None:
    rows = [{"words": "Menu live", "points": -3.9, "noun": "promises.Promise", "pk": 3}]
    reflections.reflect(
        studio.borealis, kind=Kind.DISAPPOINTMENT, after=HAPPENED, learned=LEARNED, moved=rows, by=studio.bo, at=NOW
    )
    assert Reflection.objects.get().moved == rows


def test_an_earlier_wording_stays_beneath_the_newest(studio: Studio) -> None:
    row = written(studio)
    reflections.reword(row, learned=BETTER, by=studio.bo, at=NOW)
    assert [wording.learned for wording in row.wordings.all()] == [BETTER.words, LEARNED.words]


def test_the_only_wording_is_not_taken_back_alone(studio: Studio) -> None:
    row = written(studio)
    with pytest.raises(ValueError, match="whole reflection"):
        reflections.take_back_wording(row.wordings.get(), by=studio.bo, at=NOW)


def test_two_people_may_learn_the_same(studio: Studio) -> None:
    written(studio)
    reflections.reflect(
        studio.borealis, kind=Kind.DISAPPOINTMENT, after=HAPPENED, learned=LEARNED, by=studio.bo, at=london(19)
    )
    assert Reflection.objects.count() == 2
