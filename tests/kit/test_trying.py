"""When a job that failed is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from kept.kit.trying import LONGEST, Trying, tried, trying_of


def test_each_pause_is_four_times_the_one_before_up_to_an_hour() -> None:
    pauses = [Trying(pause=10).wait(number, luck=0.5).total_seconds() for number in range(1, 8)]
    assert pauses == [10, 40, 160, 640, 2560, 3600, 3600]


@given(some.integers(1, 10_000), some.floats(0, 1))
def test_luck_spreads_a_pause_by_half_either_way(number: int, luck: float) -> None:
    middle = Trying().wait(number, luck=0.5)
    assert middle / 2 <= Trying().wait(number, luck=luck) <= middle * 3 / 2 <= LONGEST * 3 / 2


def test_a_job_that_says_nothing_is_tried_five_times_within_half_an_hour() -> None:
    def job() -> None: ...

    how = trying_of(job)
    assert how.tries == 5
    assert sum((how.wait(number, luck=1.0) for number in range(1, 5)), timedelta()) < timedelta(minutes=30)


def test_a_job_says_itself_how_often_it_is_tried() -> None:
    @tried(12, pause=30, whole=True)
    def job() -> None: ...

    assert trying_of(job) == Trying(tries=12, pause=30, whole=True)
