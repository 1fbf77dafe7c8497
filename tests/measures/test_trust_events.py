"""Each stream's row is worth what the pledge says, weighs by its kind, and fades in its own time."""

from datetime import UTC, datetime, timedelta

import pytest

from kept.measures.promises import Promised, judge
from kept.measures.trust_events import (
    Accepted,
    Answer,
    Event,
    Held,
    bill,
    deliverable,
    held,
    mark,
    meeting,
    onboarding,
    promise,
    reply,
    reply_worth,
    request,
    staffing,
)
from kept.measures.trust_streams import FEELINGS, PART_OF, Part, Stream, Streams
from kept.measures.working_time import Calendar

CALENDAR = Calendar(zone="UTC", windows={day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")})
DUE = datetime(2026, 10, 2, 17, tzinfo=UTC)  # a Friday
HOUR = timedelta(hours=1)


def parts(event: Event | None) -> tuple[float, float, float]:
    assert event
    return event.x, event.weight, event.half_life


def promised(**facts: object) -> Event | None:
    told = Promised(**({"row": 1, "made_at": DUE - timedelta(days=9), "due": DUE} | facts))  # type: ignore[arg-type]
    found = judge(told, at=DUE + timedelta(days=60), calendar=CALENDAR)
    return promise(told, found, calendar=CALENDAR)


def test_promises_are_worth_what_became_of_them() -> None:
    assert parts(promised(kept_at=DUE)) == (1, 1, 90)
    assert parts(promised(kept_at=DUE + timedelta(days=3))) == (0.5, 1, 90)
    assert parts(promised(kept_at=DUE + timedelta(days=5))) == (0.25, 1, 180)
    assert parts(promised(size="major")) == (0, 2, 180)
    assert parts(promised(size="small", kept_at=DUE)) == (1, 0.5, 90)


def test_a_major_promise_says_so_whatever_it_weighs() -> None:
    told = Promised(row=1, made_at=DUE - timedelta(days=9), due=DUE, size="major")
    found = judge(told, at=DUE + timedelta(days=60), calendar=CALENDAR)
    broken = promise(told, found, calendar=CALENDAR, streams=Streams(promise_major=1))
    assert broken
    assert (parts(broken), broken.major) == ((0, 1, 180), True)
    assert [each.major for size in ("normal", "small") if (each := promised(size=size))] == [False, False]


def test_a_promise_made_and_kept_within_hours_weighs_little() -> None:
    assert parts(promised(made_at=DUE - 3 * HOUR, kept_at=DUE, size="major")) == (1, 0.25, 90)


def test_an_open_or_released_promise_is_no_evidence_yet() -> None:
    told = Promised(row=1, made_at=DUE - timedelta(days=9), due=DUE)
    assert promise(told, judge(told, at=DUE, calendar=CALENDAR), calendar=CALENDAR) is None
    assert promised(released_at=DUE - timedelta(days=1)) is None


@pytest.mark.parametrize(("took", "worth"), [(3, 1), (4, 1), (6, 0.75), (8, 0.5), (12, 0), (50, 0)])
def test_a_reply_falls_to_nothing_at_three_times_the_pledge(took: float, worth: float) -> None:
    assert reply_worth(took * HOUR, 4 * HOUR) == pytest.approx(worth)


def test_a_reply_weighs_a_quarter_for_a_month() -> None:
    assert parts(reply(1, at=DUE, took=6 * HOUR, pledge=4 * HOUR)) == (0.75, 0.25, 30)


def test_a_message_counts_while_it_waits_past_the_pledge() -> None:
    waiting = reply(1, at=DUE, took=8 * HOUR, pledge=4 * HOUR, waiting=True)
    assert waiting
    assert (waiting.x, waiting.provisional) == (0.5, True)
    assert reply(1, at=DUE, took=4 * HOUR, pledge=4 * HOUR, waiting=True) is None


def test_without_a_pledge_no_reply_can_be_judged() -> None:
    with pytest.raises(ValueError, match="pledge"):
        reply_worth(HOUR, timedelta(0))


def test_meetings() -> None:
    assert [meeting(1, at=DUE, held=how).x for how in Held] == [1, 0.5, 0]
    assert parts(meeting(1, at=DUE, held=Held.LACKING)) == (0.5, 0.5, 60)
    ten = timedelta(minutes=10)
    assert held(came=True, substitute=False, late=ten) is Held.AS_PROMISED
    assert held(came=True, substitute=False, late=ten + timedelta(seconds=1)) is Held.LACKING
    assert held(came=True, substitute=True, late=timedelta(0)) is Held.LACKING
    assert held(came=False, substitute=False, late=timedelta(0)) is Held.MISSED


def test_work() -> None:
    assert [deliverable(1, at=DUE, accepted=how).x for how in Accepted] == [1, 0.5, 0]
    assert parts(deliverable(1, at=DUE, accepted=Accepted.AT_ONCE)) == (1, 1, 120)


@pytest.mark.parametrize("stream", [*FEELINGS, Stream.MARK])
def test_marks_out_of_ten(stream: Stream) -> None:
    assert parts(mark(stream, 1, at=DUE, out_of_ten=7)) == (0.7, 1, 120)


def test_nobody_marks_a_promise() -> None:
    with pytest.raises(ValueError, match="promise"):
        mark(Stream.PROMISE, 1, at=DUE, out_of_ten=7)


def test_promised_people() -> None:
    assert parts(staffing(1, at=DUE, worked=41, promised=60)) == (pytest.approx(41 / 60), 1, 90)
    assert parts(staffing(1, at=DUE, worked=70, promised=60)) == (1, 1, 90)
    assert staffing(1, at=DUE, worked=5, promised=0) is None


def test_the_first_month() -> None:
    assert parts(onboarding(1, at=DUE, in_time=9, steps=12)) == (0.75, 2, 180)
    assert onboarding(1, at=DUE, in_time=0, steps=0) is None


def test_fair_dealing() -> None:
    assert parts(bill(1, at=DUE, as_quoted=True)) == (1, 0.5, 90)
    assert parts(bill(1, at=DUE, as_quoted=False)) == (0, 0.5, 90)
    assert [request(1, at=DUE, answer=how).x for how in Answer] == [1, 0.8, 0.4, 0]


def test_trust_lost_can_be_set_to_fade_like_trust_won() -> None:
    told = Promised(row=1, made_at=DUE - timedelta(days=9), due=DUE)
    found = judge(told, at=DUE + timedelta(days=60), calendar=CALENDAR)
    even = Streams(promise_bad_half_life=90)
    assert parts(promise(told, found, calendar=CALENDAR, streams=even)) == (0, 1, 90)


def test_every_stream_bears_the_pillar_it_should() -> None:
    bears = {part: {str(each) for each in Stream if PART_OF[each] is part} for part in Part}
    assert bears == {
        Part.QUALITY: {"deliverable", "mark", "dazzled"},
        Part.CONSISTENCY: {"promise", "reply", "meeting", "secure"},
        Part.MERIT: {"staffing", "onboarding", "cherished", "delighted", "bill", "request"},
    }
