"""What stands beside reflections, as of a moment."""

from kept.readings.reflections import reflecting
from tests.pledging import pledged
from tests.studio import NOW, Studio, london


def test_the_pledge_is_the_one_in_force_at_that_moment(studio: Studio) -> None:
    edition = pledged(studio, at=london(10))
    assert reflecting(studio.borealis, at=london(9)).sentences == ()
    assert list(reflecting(studio.borealis, at=NOW).sentences) == list(edition.sentences.all())
