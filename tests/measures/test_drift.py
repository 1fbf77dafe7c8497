"""Drift agrees with the worked steps and run lengths, and says how often it is wrong."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.belief import NEW_FIRM, Prior
from kept.measures.drift import (
    DRIFTING,
    Drift,
    Level,
    drifts,
    failing_steps,
    sums,
    usual_failures,
)
from kept.measures.drift_alarms import (
    MEASURED,
    PAPER,
    RUN_LENGTHS,
    chance_true,
    expected_false,
    false_alarm_sentence,
    rates_at,
    worth_sentence,
)
from kept.measures.drop import Posterior, drop, drop_chance, drop_words
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Part, Stream
from tests.measures.trust_example import NOW, event


def test_the_worked_steps_at_a_tenth_failing() -> None:
    assert failing_steps(0.10) == pytest.approx((1.1239, -0.2624), abs=5.1e-5)


def test_the_worked_sums() -> None:
    found = sums([(failure, 1.0) for failure in (0, 1, 0, 0.5, 1, 1)], usual=0.10)
    assert found == pytest.approx([0, 1.124, 0.862, 1.292, 2.416, 3.540], abs=1e-3)
    assert [total >= DRIFTING.watch for total in found] == [False] * 5 + [True]


def test_light_events_move_the_sum_less_and_heavy_ones_not_more() -> None:
    assert sums([(1, 0.25)], usual=0.1)[0] == pytest.approx(sums([(1, 1)], usual=0.1)[0] / 4)
    assert sums([(1, 2)], usual=0.1) == sums([(1, 1)], usual=0.1)


def run_length(failing: float, *, usual: float, limit: float) -> float:
    """Mean number of events until the limit, exactly: Brook and Evans' chain, its grid fitted to the downward step."""
    up, down = failing_steps(usual)
    grid = -down / round(-down / 0.004)
    states = int(np.ceil(limit / grid))
    chain = np.eye(states)
    for state in range(states):
        chain[state, max(0, state + round(down / grid))] -= 1 - failing
        if state + round(up / grid) < states:
            chain[state, state + round(up / grid)] -= failing
    return float(np.linalg.solve(chain, np.ones(states))[0])


@pytest.mark.parametrize("usual", list(RUN_LENGTHS))
@pytest.mark.parametrize("limit", [3, 4, 5])
def test_the_table_of_run_lengths_is_what_the_chain_gives(usual: float, limit: int) -> None:
    in_control, drifting = RUN_LENGTHS[usual][limit]
    worse = 4 * usual / (1 - usual) / (1 + 4 * usual / (1 - usual))
    assert run_length(usual, usual=usual, limit=limit) == pytest.approx(in_control, rel=0.06)
    assert run_length(worse, usual=usual, limit=limit) == pytest.approx(drifting, rel=0.06)


def test_the_worked_chance_of_a_drop() -> None:
    assert drop_chance(Posterior(36, 4), Posterior(6, 4), by=0.10) == pytest.approx(0.9016, abs=5.1e-5)


def test_a_drop_is_said_as_likely_as_it_is() -> None:
    assert [drop_words(chance) for chance in (0.79, 0.8, 0.89, 0.9)] == ["", "likely", "likely", "very likely"]


def test_eight_false_alarms_a_year_among_fifty_clients() -> None:
    assert expected_false(50, [PAPER]) == pytest.approx(8)


@pytest.mark.parametrize(("dropping", "true"), [(0.03, 0.37), (0.10, 0.68)])
def test_how_far_an_alarm_is_to_be_believed(dropping: float, true: float) -> None:
    assert chance_true(dropping, PAPER) == pytest.approx(true, abs=5.1e-3)


def test_rates_lie_between_those_measured() -> None:
    assert rates_at(6) == rates_at(60) == MEASURED[6]
    assert rates_at(3) == MEASURED[3]
    assert rates_at(2.5).found_in_six_weeks == pytest.approx((0.147 + 0.295) / 2)
    assert rates_at(0.5).weeks_until_found is None


def test_the_firm_is_told_what_its_alarms_are_worth() -> None:
    assert false_alarm_sentence(50, [rates_at(6)]) == (
        "With 50 clients, expect about nine false alarms a year. Of ten real drops, about six are found within six "
        "weeks; half of all after five weeks."
    )
    assert worth_sentence(rates_at(6)) == (
        "If three in a hundred clients really drop in a quarter, about three in ten alarms are true; "
        "if ten in a hundred do, about six in ten."
    )


def test_a_firm_that_records_little_is_told_that_drift_will_not_be_found() -> None:
    assert false_alarm_sentence(20, [rates_at(rate) for rate in (0.3, 0.5, 0.3)]).endswith(
        "So little is recorded that a slow drop is hardly ever found in time: mind what is told at once."
    )


# --- one client over time ----------------------------------------------------


def promises(worths: list[float], *, every: float = 2.0, weight: float = 1.0, first_row: int = 1) -> list[Event]:
    """One each so many days, the last one today."""
    last = len(worths) - 1
    return [
        event(Stream.PROMISE, first_row + n, x, weight=weight, age=every * (last - n)) for n, x in enumerate(worths)
    ]


def of(events: list[Event], part: Part = Part.CONSISTENCY, **other: object) -> Drift:
    return next(each for each in drifts(events, at=NOW, **other) if each.part is part)  # type: ignore[arg-type]


GOOD_YEARS = [0.0] + [1.0] * 9


def test_a_client_served_as_usual_is_calm() -> None:
    found = of(promises(GOOD_YEARS * 26))
    assert (found.level, found.alarmed_at) == (Level.CALM, None)
    assert found.usual == pytest.approx(0.10, abs=0.02)
    assert found.history > 70


def test_broken_promises_in_a_row_are_watched_then_told() -> None:
    levels = [of(promises(GOOD_YEARS * 26 + [0.0] * broken)).level for broken in (2, 3, 5)]
    assert levels == [Level.CALM, Level.WATCH, Level.ALARM]


def test_an_alarm_names_the_rows_it_rose_on() -> None:
    found = of(promises(GOOD_YEARS * 26 + [1.0] * 20 + [0.0] * 6, first_row=1))
    rows = [each.row for each in found.reasons]
    assert rows == list(range(281, 281 + len(rows)))
    assert found.reasons[-1].at == found.alarmed_at


def test_an_alarm_stays_until_it_is_acknowledged() -> None:
    recovered = promises(GOOD_YEARS * 26 + [0.0] * 6 + [1.0] * 40)
    found = of(recovered)
    assert (found.level, found.sum) == (Level.ALARM, 0)
    assert found.alarmed_at
    seen = of(recovered, acknowledged={Part.CONSISTENCY: found.alarmed_at})
    assert seen.level is Level.CALM


def test_acknowledging_does_not_make_worse_service_usual() -> None:
    falling = promises(GOOD_YEARS * 26 + [0.0] * 20)
    first = of(falling)
    assert first.alarmed_at
    again = of(falling, acknowledged={Part.CONSISTENCY: first.alarmed_at})
    assert again.usual == first.usual
    assert again.level is Level.ALARM


def test_one_pillar_s_drift_is_not_another_s() -> None:
    falling = promises(GOOD_YEARS * 26 + [0.0] * 6)
    assert of(falling, Part.QUALITY).level is Level.CALM
    assert of(falling, Part.QUALITY).steps == ()


def test_what_waits_still_does_not_drift() -> None:
    waiting = [Event(Stream.REPLY, NOW, 0.0, 1.0, 30, row, provisional=True) for row in range(20)]
    assert of(waiting).level is Level.CALM


def test_without_a_past_the_firm_s_average_is_usual() -> None:
    assert usual_failures([]) == pytest.approx(1 - NEW_FIRM.mean)
    assert usual_failures([], prior=Prior(0.99)) == 0.03
    assert usual_failures([], prior=Prior(0.2)) == 0.40


def test_a_recent_drop_is_likely_with_the_evidence_beside_it() -> None:
    falling = promises(GOOD_YEARS * 10, every=2.0)
    older = [each for each in falling if each.at <= NOW - timedelta(days=60)]
    recent = [event(Stream.PROMISE, 900 + n, 0.0, age=n) for n in range(12)]
    found = drop(older + recent, Part.CONSISTENCY, at=NOW)
    assert found.words == "very likely"
    assert (found.older_n, found.recent_n) == (len(older), 12)
    assert drop(falling, Part.CONSISTENCY, at=NOW).words == ""


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 2)), max_size=30), st.floats(0.03, 0.4))
def test_sums_are_never_below_nothing(failures: list[tuple[float, float]], usual: float) -> None:
    assert all(total >= 0 for total in sums(failures, usual=usual))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.data())
def test_doing_better_never_raises_the_sum(failures: list[float], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(failures) - 1))
    better = [*failures[:number], data.draw(st.floats(0, failures[number])), *failures[number + 1 :]]
    worse_sum, better_sum = (sums([(each, 1.0) for each in some], usual=0.1)[-1] for some in (failures, better))
    assert better_sum <= worse_sum + 1e-12
