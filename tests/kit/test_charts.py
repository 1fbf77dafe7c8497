"""Places on a line: always on it, and no label over another."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.kit.charts import (
    Axis,
    BurnWords,
    Course,
    Label,
    Moment,
    Span,
    burn,
    day_line,
    place,
    range_line,
    round_steps,
    strokes,
    ticks,
)

NINE = datetime(2025, 10, 20, 9, tzinfo=UTC)
DAY = Axis(NINE, NINE + timedelta(hours=9))
numbers = st.floats(-1e6, 1e6, allow_nan=False)
amounts = st.floats(0, 1e4, allow_nan=False)
labels = st.lists(
    st.builds(Label, st.floats(0, 100), st.text("abc ", max_size=40), st.integers(-1, 3), st.booleans(), st.just(0.0)),
    max_size=30,
)
moments = st.lists(
    st.builds(
        Moment,
        st.integers(-600, 1200).map(lambda m: NINE + timedelta(minutes=m)),
        st.text("Dana ", min_size=1, max_size=24),
        st.sampled_from(["late", "soon", "calm", "unknown"]),
    ),
    max_size=25,
)
courses = st.builds(
    lambda worked, ahead, limit, spread: Course(
        worked=[(float(x), y) for x, y in enumerate(worked)],
        likely=[(float(len(worked) + x), y) for x, y in enumerate(ahead)],
        bands=[[(float(len(worked) + x), y * (1 - spread), y * (1 + spread)) for x, y in enumerate(ahead)]],
        limit=limit,
    ),
    st.lists(amounts, min_size=1, max_size=12),
    st.lists(amounts, max_size=12),
    st.none() | st.floats(1, 1e4),
    st.floats(0, 1),
)


def share(text: str) -> float:
    assert re.fullmatch(r"\d+(\.\d{1,2})?%", text), text
    return float(text[:-1])


def pairs(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (one.split(",") for one in points.split())]


@given(numbers, st.floats(0.001, 1e6), numbers)
def test_a_place_is_always_on_the_line(low: float, length: float, value: float) -> None:
    axis = Axis(low, low + length)

    assert 0 <= share(axis.at(value)) <= 100


@given(numbers, st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_what_is_more_stands_further_right(low: float, length: float, one: float, other: float) -> None:
    axis = Axis(low, low + length)
    less, more = sorted([low + one * length, low + other * length])

    assert axis.share(less) <= axis.share(more)


def test_an_axis_of_moments_knows_its_middle() -> None:
    assert DAY.at(NINE + timedelta(hours=4, minutes=30)) == "50%"
    assert DAY.at(NINE - timedelta(days=1)) == "0%"


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0), (float("nan"), 1.0)])
def test_an_axis_without_length_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="an axis runs from"):
        Axis(low, high)


@given(st.floats(1e-6, 1e9))
def test_round_steps_reach_just_above_what_is_drawn(high: float) -> None:
    steps = round_steps(high)

    assert steps[0] == 0
    assert steps[-1] >= high * (1 - 1e-6)
    assert steps[-2] < high
    assert 2 <= len(steps) <= 5


@pytest.mark.parametrize(
    ("high", "steps"), [(110, (0, 40, 80, 120)), (120, (0, 40, 80, 120)), (9, (0, 4, 8, 12)), (0.5, (0, 0.2, 0.4, 0.6))]
)
def test_steps_are_ones_a_person_would_choose(high: float, steps: tuple[float, ...]) -> None:
    assert round_steps(high) == pytest.approx(steps)


def test_ticks_at_the_ends_stay_inside() -> None:
    found = ticks(Axis(0.0, 10.0), [(0.0, "a"), (5.0, "b"), (10.0, "c"), (11.0, "d")])

    assert [(one.x, one.anchor) for one in found] == [("0%", "start"), ("50%", "middle"), ("100%", "end")]


@given(labels, st.floats(50, 1500))
def test_labels_never_lie_over_each_other_nor_outside(wanted: list[Label], width: float) -> None:
    found = place(wanted, width=width)

    assert all(one.left >= 0 and one.right <= width for one in found)
    for one in found:
        for other in found:
            apart = one.right <= other.left or other.right <= one.left
            assert one is other or one.row != other.row or apart


def test_the_more_urgent_label_wins_and_the_next_goes_above() -> None:
    wanted = [Label(50, "Bo", 2), Label(50, "Ada", 0), Label(50, "Kit", 1)]

    assert [(one.label.words, one.row) for one in place(wanted)] == [("Ada", 0), ("Kit", 1)]


@given(moments)
def test_a_day_keeps_every_mark_that_is_not_after_it(due: list[Moment]) -> None:
    line = day_line(DAY, now=NINE + timedelta(hours=1), moments=due)

    assert len(line.moments) == sum(one.at <= DAY.high for one in due)
    assert all(0 <= share(one.x) <= 100 for one in line.moments)
    assert all(one.label is None or 0 < one.label.y < line.y for one in line.moments)


def test_a_day_is_drawn_as_one_would_by_hand() -> None:
    line = day_line(
        DAY,
        now=NINE + timedelta(minutes=40),
        moments=[
            Moment(NINE + timedelta(minutes=2), "Cleo", "late"),
            Moment(NINE + timedelta(hours=6), "the plan", "soon"),
        ],
        spans=[Span(NINE + timedelta(hours=4), NINE + timedelta(hours=5), "call")],
    )

    assert [tick.words for tick in line.ticks] == [f"{hour}:00" for hour in range(9, 19)]
    assert (line.now, line.late_from) == ("7.41%", "0.37%")
    assert line.moments[0].label is not None
    assert (line.moments[0].label.anchor, line.moments[0].label.y) == ("start", line.y - 12)
    assert (line.spans[0].x1, line.spans[0].x2) == ("44.44%", "55.56%")


def test_a_day_seen_before_it_begins_has_no_now() -> None:
    line = day_line(DAY, now=NINE - timedelta(hours=2), moments=[Moment(NINE, "Cleo", "late")])

    assert (line.now, line.now_label, line.late_from) == (None, None, None)


@given(courses)
def test_a_course_is_always_inside_its_sheet(course: Course) -> None:
    chart = burn(Axis(0.0, 30.0), course, words=BurnWords("w", "l", "lo", "hi", "limit", "Tue", "pace", "hours"))

    drawn = [chart.worked, chart.likely, chart.pace, *chart.bands]
    assert all(0 <= x <= 100 and 0 <= y <= 100 for points in drawn for x, y in pairs(points))
    heights = [float(place[1]) for place in (chart.here, chart.crossing) if place]
    assert all(chart.top <= y <= chart.floor for y in heights)


@given(courses)
def test_the_words_at_the_end_of_a_forecast_keep_apart(course: Course) -> None:
    words = burn(Axis(0.0, 30.0), course, words=BurnWords(likely="l", low="lo", high="hi")).words

    ys = [float(one.y) for one in (words.high, words.likely, words.low) if one]
    assert all(below - above >= 14.9 for above, below in pairwise(ys))
    assert all(10 <= y <= 220 for y in ys)


def test_the_crossing_lies_where_the_forecast_meets_the_limit() -> None:
    course = Course(worked=[(0, 0), (10, 50)], likely=[(20, 110)], limit=80)

    assert course.crossing == (15, 80)
    assert burn(Axis(0.0, 20.0), course).crossing == ("75%", burn(Axis(0.0, 20.0), course).limit)


def test_what_stays_below_its_limit_crosses_nothing() -> None:
    chart = burn(Axis(0.0, 20.0), Course(worked=[(0, 0), (10, 20)], likely=[(20, 40)], limit=80))

    assert chart.crossing is None
    assert chart.words.crossing is None


def test_a_course_without_a_limit_or_a_forecast_is_still_drawn() -> None:
    chart = burn(Axis(0.0, 20.0), Course(worked=[(0, 0), (10, 12)]), words=BurnWords(unit="hours"))

    assert (chart.limit, chart.likely, chart.bands, chart.pace) == (None, "", (), "")
    assert chart.grid[-1].words == "12 hours"


def test_a_range_knows_when_its_mark_is_over_the_limit() -> None:
    axis = Axis(0.0, 140.0)

    crossed = range_line(axis, span=(102.5, 137.5), mark=120, used=72, limit=100)
    within = range_line(axis, span=(80, 105), mark=95, limit=100, thin=True)

    assert (crossed.over, crossed.limit, crossed.used) == (True, "71.43%", "51.43%")
    assert (within.over, within.thin, within.used) == (False, True, None)


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="a range runs from"):
        range_line(Axis(0.0, 1.0), span=(0.6, 0.4))


@given(st.lists(st.tuples(st.text("ab", max_size=4), amounts, amounts), min_size=1, max_size=24))
def test_bars_have_room_on_both_sides(periods: list[tuple[str, float, float]]) -> None:
    chart = strokes(periods)

    for one in chart.strokes:
        assert 0 <= share(one.left) < share(one.x) <= 100
        assert float(one.up_top) >= 18
        assert chart.base + float(one.down) < chart.foot


def test_bars_of_both_sides_share_one_scale() -> None:
    first = strokes([("Jan", 2, 14), ("Feb", 3, 36)]).strokes[0]

    assert float(first.down) / float(first.up) == pytest.approx(7, rel=0.01)
    assert (first.up_words, first.down_words) == ("2", "14")


def test_only_the_last_period_can_still_run() -> None:
    assert [one.open for one in strokes([("Jan", 1, 1), ("Feb", 1, 1)], last_is_open=True).strokes] == [False, True]


@pytest.mark.parametrize("periods", [[], [("Jan", -1.0, 0.0)]])
def test_bars_of_nothing_or_below_nothing_are_refused(periods: list[tuple[str, float, float]]) -> None:
    with pytest.raises(ValueError, match="bars need"):
        strokes(periods)
