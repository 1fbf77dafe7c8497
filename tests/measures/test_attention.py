"""Today begins with the people who have waited too long, and ends with what can wait."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.attention import Band, Deserves, Kind, Matter, Reason, deserves, ordered

NOW = datetime(2026, 10, 20, 9, 40, tzinfo=UTC)
MIDNIGHT = datetime(2026, 10, 21, tzinfo=UTC)
AFTER_TOMORROW = datetime(2026, 10, 22, tzinfo=UTC)
FOUR_HOURS = timedelta(hours=4)


def today(*matters: Matter) -> tuple[Deserves, ...]:
    return ordered(matters, at=NOW, today_ends=MIDNIGHT, tomorrow_ends=AFTER_TOMORROW)


def rows(*matters: Matter) -> list[int]:
    return [each.matter.row for each in today(*matters)]


def one(matter: Matter) -> Deserves:
    return deserves(matter, at=NOW, today_ends=MIDNIGHT, tomorrow_ends=AFTER_TOMORROW)


def late_reply(row: int, past: timedelta, *, pledge: timedelta = FOUR_HOURS, kind: Kind = Kind.WAITING) -> Matter:
    return Matter(kind, row, due=NOW - past, late=True, left=-past, pledge=pledge)


def reply(row: int, left: timedelta) -> Matter:
    return Matter(Kind.WAITING, row, due=NOW + left, left=left, pledge=FOUR_HOURS)


def promise(row: int, due: datetime, *, broken: bool = False, weight: float = 1.0) -> Matter:
    return Matter(Kind.PROMISE, row, due=due, late=due < NOW, broken=broken, weight=weight)


def hours(row: int, chance: float, over: float) -> Matter:
    return Matter(Kind.HOURS, row, chance=chance, over=over)


def test_a_morning_is_in_the_order_of_its_bands() -> None:
    matters = (
        Matter(Kind.TOUCH, 7),
        hours(6, 0.9, 16),
        promise(5, AFTER_TOMORROW - timedelta(hours=6)),
        promise(4, NOW + timedelta(hours=5)),
        reply(3, timedelta(minutes=50)),
        promise(2, NOW - timedelta(days=4)),
        late_reply(1, timedelta(minutes=38)),
    )
    found = today(*matters)
    assert [each.matter.row for each in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [each.band for each in found] == [
        Band.LATE_REPLY,
        Band.LATE_PROMISE,
        Band.DUE_TODAY,
        Band.DUE_TODAY,
        Band.TOMORROW,
        Band.HOURS,
        Band.CALM,
    ]
    assert [each.pressing for each in found] == [True] * 4 + [False] * 3


def test_late_is_measured_by_the_pledge_that_was_made() -> None:
    day_pledge = late_reply(1, timedelta(hours=3), pledge=timedelta(hours=8))
    hour_pledge = late_reply(2, timedelta(hours=2), pledge=timedelta(hours=1))
    assert rows(day_pledge, hour_pledge) == [2, 1]


def test_a_stranger_who_waits_too_long_stands_among_clients() -> None:
    stranger = late_reply(2, timedelta(hours=5), kind=Kind.STRANGER)
    assert rows(late_reply(1, timedelta(hours=1)), stranger) == [2, 1]


def test_a_late_reply_says_by_how_much() -> None:
    found = one(late_reply(1, timedelta(minutes=38)))
    assert (found.reason, found.by) == (Reason.PAST_PLEDGE, timedelta(minutes=38))


def test_a_major_promise_comes_before_a_longer_overdue_small_one() -> None:
    small = promise(1, NOW - timedelta(days=5), weight=0.5)
    major = promise(2, NOW - timedelta(days=1), weight=2.0)
    assert rows(small, major) == [2, 1]


def test_of_two_alike_the_one_due_first_comes_first() -> None:
    assert rows(promise(1, NOW - timedelta(days=1)), promise(2, NOW - timedelta(days=5))) == [2, 1]
    assert rows(reply(1, timedelta(hours=3)), reply(2, timedelta(hours=1))) == [2, 1]


@pytest.mark.parametrize(("broken", "reason"), [(True, Reason.BROKEN), (False, Reason.OVERDUE)])
def test_a_promise_past_its_day_says_whether_it_is_broken(broken: bool, reason: Reason) -> None:
    found = one(promise(1, NOW - timedelta(days=20), broken=broken))
    assert (found.reason, found.by) == (reason, timedelta(days=20))


def test_a_promise_said_to_be_broken_before_its_day_is_past_by_nothing() -> None:
    found = one(promise(1, NOW + timedelta(days=2), broken=True))
    assert (found.band, found.by) == (Band.LATE_PROMISE, timedelta(0))


def test_hours_rank_by_chance_times_size_and_only_when_likely() -> None:
    assert rows(hours(1, 0.95, 4), hours(2, 0.7, 16), hours(3, 0.5, 400)) == [2, 1, 3]
    assert one(hours(3, 0.5, 400)).reason is Reason.CAN_WAIT


def test_hours_that_run_over_today_still_stand_with_the_hours() -> None:
    assert one(Matter(Kind.HOURS, 1, due=NOW, chance=0.9, over=3)).band is Band.HOURS


def test_what_has_no_day_can_wait() -> None:
    assert one(Matter(Kind.CANDIDATE, 1)).reason is Reason.CAN_WAIT


MATTERS = st.lists(
    st.builds(
        Matter,
        kind=st.sampled_from(Kind),
        row=st.integers(1, 5),
        due=st.none() | st.integers(-99, 99).map(lambda count: NOW + timedelta(hours=count)),
        late=st.booleans(),
        left=st.none() | st.integers(-99, 99).map(lambda count: timedelta(hours=count)),
        pledge=st.none() | st.integers(0, 9).map(lambda count: timedelta(hours=count)),
        chance=st.floats(0, 1),
        over=st.floats(0, 100),
    ),
    max_size=25,
    unique_by=lambda matter: (matter.kind, matter.row),
)


@given(MATTERS, st.randoms())
def test_the_same_facts_give_the_same_order_however_they_come(matters: list[Matter], random: Random) -> None:
    shuffled = matters.copy()
    random.shuffle(shuffled)
    assert today(*shuffled) == today(*matters)


@given(MATTERS)
def test_nothing_is_lost_and_bands_never_mix(matters: list[Matter]) -> None:
    found = today(*matters)
    assert len(found) == len(matters)
    assert [each.band for each in found] == sorted(each.band for each in found)
