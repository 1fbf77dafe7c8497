"""What moved trust is said in words a client would use."""

import pytest

from kept.measures.belief import Confidence
from kept.measures.intervals import Interval
from kept.measures.trust_attribution import Contribution, log_mean
from kept.measures.trust_streams import Stream
from kept.measures.trust_words import called, reasons, sentence
from tests.measures.trust_example import event, major


@pytest.mark.parametrize(
    ("stream", "x", "weight", "words"),
    [
        (Stream.PROMISE, 1, 1, "kept promise"),
        (Stream.PROMISE, 0.8, 1, "promise moved in time"),
        (Stream.PROMISE, 0.25, 1, "late promise"),
        (Stream.PROMISE, 0, 2, "broken promise"),
        (Stream.REPLY, 0.99, 0.25, "slow reply"),
        (Stream.MEETING, 0, 0.5, "meeting we missed"),
        (Stream.DELIVERABLE, 0.5, 1, "extra round because of us"),
        (Stream.BILL, 0, 0.5, "bill that surprised"),
        (Stream.REQUEST, 0.4, 0.5, "request refused"),
    ],
)
def test_each_row_has_its_name(stream: Stream, x: float, weight: float, words: str) -> None:
    assert called(event(stream, 1, x, weight=weight))[0] == words


def test_a_major_promise_is_called_so_whatever_it_weighs() -> None:
    assert called(major(event(Stream.PROMISE, 1, 0, weight=0.5)))[0] == "major broken promise"


@pytest.mark.parametrize("stream", list(Stream))
@pytest.mark.parametrize("x", [0.0, 0.3, 1.0])
def test_no_stream_is_without_words(stream: Stream, x: float) -> None:
    one, many = called(event(stream, 1, x))
    assert one != many


def test_rows_of_a_kind_are_told_together() -> None:
    slow = [Contribution(event(Stream.REPLY, row, 0.5), -0.4) for row in (1, 2, 3)]
    kept = Contribution(event(Stream.PROMISE, 9, 1), 1.0)
    first, second = reasons([*slow, kept])
    assert (first.words, first.rows) == ("three slow replies", tuple((Stream.REPLY, row) for row in (1, 2, 3)))
    assert first.points == pytest.approx(-1.2)
    assert second.words == "one kept promise"


def test_only_what_weighs_is_said() -> None:
    why = reasons([Contribution(event(Stream.PROMISE, 1, 1), 1.5), Contribution(event(Stream.REPLY, 2, 0.5), -0.4)])
    said = sentence(88.2, Interval(81, 94), evidence=Confidence.FAIR, why=why)
    assert said == "88 (81-94), fair evidence. 1.5 above for one kept promise."


def test_the_logarithmic_mean_holds_where_both_are_alike() -> None:
    assert log_mean(0.5, 0.5) == 0.5
    assert log_mean(0.5, 0.5 + 1e-15) == pytest.approx(0.5)
    assert log_mean(1, 2.718281828459045) == pytest.approx(1.718281828459045)
