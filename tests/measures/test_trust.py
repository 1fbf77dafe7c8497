"""Trust agrees with the worked example to its digits, and moves only as evidence moves it."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.belief import Confidence, Prior
from kept.measures.trust import Trust, trust, trust_of_all
from kept.measures.trust_blend import Blend
from kept.measures.trust_events import Event
from kept.measures.trust_excluded import Excluded, sentence
from kept.measures.trust_streams import Part, Stream
from tests.measures.trust_example import CONSISTENCY, EXAMPLE, MERIT, NOW, PRIORS, QUALITY, event


def judged(events: list[Event], **other: object) -> Trust:
    return trust(events, at=NOW, priors=PRIORS, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part.QUALITY, (8.5536, 1.6536, 2.2071, 0.8380, 0.684, 0.960)),
        (Part.CONSISTENCY, (9.3721, 3.2100, 4.5821, 0.7449, 0.583, 0.889)),
        (Part.MERIT, (7.6, 1.9, 1.5, 0.8000, 0.627, 0.942)),
    ],
)
def test_each_pillar_of_the_worked_example(part: Part, expected: tuple[float, ...]) -> None:
    found = judged(EXAMPLE).pillar(part)
    got = (found.alpha, found.beta, found.weight, found.mean, found.low, found.high)
    assert got == pytest.approx(expected, abs=1e-3)
    assert (found.alpha, found.beta) == pytest.approx(expected[:2], abs=5.1e-5)


def test_the_worked_trust_is_79_between_69_and_88() -> None:
    found = judged(EXAMPLE)
    assert (found.value, found.baseline) == pytest.approx((79.34, 84.27), abs=5.1e-3)
    assert (found.low, found.high) == pytest.approx((69.4, 88.5), abs=0.051)
    assert found.evidence is Confidence.FAIR
    assert not found.thin
    assert found.n == 11
    assert found.weight == pytest.approx(2.2071 + 4.5821 + 1.5, abs=1e-4)


def test_the_worked_contributions_to_three_digits() -> None:
    points = {each.row: each.points for each in judged(EXAMPLE).contributions}
    expected = [0.475, -0.783, -0.079, 0.321, 0.227, -0.508, -4.704, 0.040, 0.080, 0.359, -0.359]
    assert [points[row] for row in range(1, 12)] == pytest.approx(expected, abs=5.1e-4)
    assert sum(points.values()) == pytest.approx(-4.932, abs=5.1e-4)


def test_the_worked_sentence() -> None:
    assert judged(EXAMPLE).sentence == "79 (69-88), fair evidence. 4.7 below for one major broken promise."


def test_the_broken_promise_is_the_first_reason_and_opens_to_its_row() -> None:
    first = judged(EXAMPLE).reasons[0]
    assert first.rows == ((Stream.PROMISE, 7),)
    assert first.points == pytest.approx(-4.704, abs=1e-3)


@pytest.mark.parametrize(("count", "expected"), [(3, (0.913, 0.800, 0.991)), (30, (0.975, 0.941, 0.997))])
def test_three_promises_of_three_are_less_than_thirty_of_thirty(
    count: int, expected: tuple[float, float, float]
) -> None:
    kept = [event(Stream.PROMISE, row, 1, age=7 * row, half_life=1e12) for row in range(count)]
    found = judged(kept).pillar(Part.CONSISTENCY)
    assert (found.mean, found.low, found.high) == pytest.approx(expected, abs=1e-3)


def test_without_evidence_trust_is_the_firm_s_own_and_thin() -> None:
    found = judged([])
    assert found.value == pytest.approx(found.baseline)
    assert [each.mean for each in found.pillars] == pytest.approx([0.85, 0.88, 0.80])
    assert found.thin
    assert found.sentence == f"{found.low:.0f}-{found.high:.0f}, mostly the firm's average so far."


def test_much_of_the_same_is_firm() -> None:
    many = [
        event(stream, row, 0.9, age=row / 2, half_life=360)
        for stream in (Stream.DELIVERABLE, Stream.PROMISE, Stream.STAFFING)
        for row in range(300)
    ]
    assert judged(many).evidence is Confidence.FIRM


def test_little_evidence_is_thin_however_narrow_its_range() -> None:
    sure = {part: Prior(0.9, 400.0) for part in Part}
    found = trust(QUALITY, at=NOW, priors=sure)
    assert found.high - found.low < 10
    assert found.thin


def test_twenty_replies_of_one_week_weigh_three() -> None:
    replies = [event(Stream.REPLY, row, 1, weight=0.25, half_life=1e12) for row in range(20)]
    assert judged(replies).weight == pytest.approx(3)
    assert judged(replies[:12]).weight == pytest.approx(3)
    assert judged(replies[:11]).weight == pytest.approx(2.75)


def test_a_burst_of_replies_does_not_damp_the_promises_beside_it() -> None:
    replies = [event(Stream.REPLY, row, 1, weight=0.25, half_life=1e12) for row in range(40)]
    broken = event(Stream.PROMISE, 99, 0, weight=2, half_life=1e12)
    assert judged([*replies, broken]).weight == pytest.approx(5)


def test_a_week_ends_on_sunday_night_by_utc() -> None:
    monday = event(Stream.REPLY, 1, 1).at.replace(day=19, hour=0)
    both = [Event(Stream.DELIVERABLE, monday - timedelta(seconds=n), 1, 2, 1e12, n) for n in (0, 1)]
    same = [Event(Stream.DELIVERABLE, monday + timedelta(seconds=n), 1, 2, 1e12, n) for n in (0, 1)]
    assert judged(both).weight == pytest.approx(4)
    assert judged(same).weight == pytest.approx(3)


def test_what_happens_later_is_not_known_yet() -> None:
    later = Event(Stream.PROMISE, NOW + timedelta(seconds=1), 0, 2, 180, 1)
    assert judged([*EXAMPLE, later]) == judged(EXAMPLE)


def test_evidence_that_is_not_a_share_is_refused() -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        event(Stream.PROMISE, 1, 1.2)
    with pytest.raises(ValueError, match="out of bounds"):
        event(Stream.PROMISE, 1, 1, half_life=0)


def test_pillars_weigh_in_proportion() -> None:
    only_quality = Blend(quality=1.0, consistency=0.01, merit=0.01)
    servqual = Blend(quality=0.365, consistency=0.38, merit=0.255)
    q, c, m = (judged(EXAMPLE).pillar(part).mean for part in Part)
    assert judged(EXAMPLE, blend=servqual).value == pytest.approx(100 * q**0.365 * c**0.38 * m**0.255)
    assert judged(EXAMPLE, blend=only_quality).value == pytest.approx(100 * q, abs=0.5)


# --- rows that do not count --------------------------------------------------


def aside(row: int, by: str = "Bo", *, days_ago: float = 1, until_in: float | None = 30) -> Excluded:
    until = None if until_in is None else NOW + timedelta(days=until_in)
    return Excluded(Stream.PROMISE, row, by, "a holiday nobody told us of", NOW - timedelta(days=days_ago), until)


def test_a_row_set_aside_counts_for_nothing_and_is_shown() -> None:
    found = judged(EXAMPLE, excluded=[aside(7)])
    without = judged([each for each in EXAMPLE if each.row != 7])
    assert found.value == without.value > judged(EXAMPLE).value
    assert [each.row for each in found.excluded] == [7]


def test_a_row_set_aside_comes_back_on_its_day() -> None:
    found = judged(EXAMPLE, excluded=[aside(7, until_in=0)])
    assert found.value == judged(EXAMPLE).value
    assert found.excluded == ()


def test_setting_aside_does_not_change_what_trust_was_before() -> None:
    then = NOW - timedelta(days=3)
    plain = trust(EXAMPLE, at=then, priors=PRIORS)
    assert trust(EXAMPLE, at=then, priors=PRIORS, excluded=[aside(5)]) == plain


def test_a_row_of_another_stream_with_the_same_number_still_counts() -> None:
    reply = event(Stream.REPLY, 7, 0)
    assert reply in [each.event for each in judged([*EXAMPLE, reply], excluded=[aside(7)]).contributions]


def test_who_excluded_how_many_is_said() -> None:
    assert sentence([aside(1), aside(2), aside(3)]) == "Three rows excluded by Bo."
    assert sentence([aside(1), aside(2, "Ada", until_in=None)]) == "One row excluded by Ada, one row by Bo."
    assert sentence([]) == ""


# --- invariants --------------------------------------------------------------

STREAMS = st.sampled_from(list(Stream))


@st.composite
def events(draw: st.DrawFn, most: int = 25) -> list[Event]:
    drawn = draw(
        st.lists(
            st.tuples(
                STREAMS,
                st.floats(0, 1),
                st.sampled_from([0.25, 0.5, 1.0, 2.0]),
                st.integers(0, 700),
                st.sampled_from([30.0, 60.0, 90.0, 120.0, 180.0]),
            ),
            max_size=most,
        )
    )
    return [
        event(stream, row, x, weight=weight, age=age, half_life=half_life)
        for row, (stream, x, weight, age, half_life) in enumerate(drawn)
    ]


@given(events())
def test_the_points_of_all_rows_add_up_to_the_whole_move(given_: list[Event]) -> None:
    found = judged(given_)
    assert sum(each.points for each in found.contributions) == pytest.approx(found.value - found.baseline, abs=1e-9)


@given(events(), st.randoms())
def test_the_order_in_which_evidence_comes_changes_not_one_bit(given_: list[Event], random: Random) -> None:
    shuffled = given_.copy()
    random.shuffle(shuffled)
    assert judged(shuffled) == judged(given_)


@given(events().filter(bool), st.data())
def test_doing_better_never_lowers_trust(given_: list[Event], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(given_) - 1))
    old = given_[number]
    better = Event(old.stream, old.at, data.draw(st.floats(old.x, 1)), old.weight, old.half_life, old.row)
    raised = [*given_[:number], better, *given_[number + 1 :]]
    assert judged(raised).value >= judged(given_).value - 1e-9


@given(events())
def test_in_the_end_everything_is_forgotten(given_: list[Event]) -> None:
    found = trust(given_, at=NOW + timedelta(days=365 * 60), priors=PRIORS)
    assert found.value == pytest.approx(found.baseline, abs=1e-3)


@given(STREAMS, st.integers(1, 30))
def test_more_evidence_of_the_same_mean_narrows_the_range(stream: Stream, count: int) -> None:
    at_mean = {part: Prior(0.8) for part in Part}
    few, more = (
        trust([event(stream, row, 0.8, age=7 * row, half_life=1e12) for row in range(n)], at=NOW, priors=at_mean)
        for n in (count, count + 1)
    )
    assert more.high - more.low < few.high - few.low
    assert more.value == pytest.approx(few.value)


@given(events())
def test_the_range_holds_the_value(given_: list[Event]) -> None:
    found = judged(given_)
    assert 0 < found.low <= found.value <= found.high <= 100


@pytest.mark.parametrize("gone", EXAMPLE, ids=lambda each: str(each.row))
def test_taking_any_row_out_of_the_ledger_changes_trust(gone: Event) -> None:
    assert judged([each for each in EXAMPLE if each is not gone]).value != judged(EXAMPLE).value


def test_one_client_by_the_kept_priors_is_the_same_as_among_all() -> None:
    firm = {1: EXAMPLE, 2: QUALITY, 3: CONSISTENCY, 4: MERIT, 5: [], 6: EXAMPLE[3:]}
    everyone, priors = trust_of_all(firm, at=NOW)
    assert trust(EXAMPLE, at=NOW, priors=priors.of(1)) == everyone[1]
    assert everyone[5].value == pytest.approx(everyone[5].baseline)
