"""Some facts are told the same day, without waiting for a trend."""

from datetime import timedelta

from kept.measures.incidents import Incident, Kind, Replaced, incidents
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Stream
from tests.measures.trust_example import NOW, event, major

SINCE = NOW - timedelta(days=1)


def kinds(*events: Event, replaced: tuple[Replaced, ...] = ()) -> list[Kind]:
    return [each.kind for each in incidents(events, since=SINCE, at=NOW, replaced=replaced)]


def test_a_major_promise_broken() -> None:
    assert kinds(major(event(Stream.PROMISE, 1, 0, weight=2))) == [Kind.MAJOR_BROKEN]
    assert kinds(event(Stream.PROMISE, 1, 0), major(event(Stream.PROMISE, 2, 0.25, weight=2))) == []


def test_a_major_promise_is_one_whatever_it_weighs() -> None:
    assert kinds(major(event(Stream.PROMISE, 1, 0, weight=0.5))) == [Kind.MAJOR_BROKEN]
    assert kinds(event(Stream.PROMISE, 1, 0, weight=2)) == []


def test_any_feeling_of_four_or_less() -> None:
    assert kinds(event(Stream.DAZZLED, 1, 0.4)) == [Kind.LOW_FEELING]
    assert kinds(event(Stream.DAZZLED, 1, 0.5), event(Stream.MARK, 1, 0.2)) == []


def test_a_promised_person_replaced_unannounced() -> None:
    assert kinds(replaced=(Replaced(1, NOW, announced=False),)) == [Kind.REPLACED]
    assert kinds(replaced=(Replaced(1, NOW, announced=True),)) == []


def test_a_message_unanswered_for_three_times_the_pledge() -> None:
    waiting = Event(Stream.REPLY, NOW, 0.0, 0.25, 30, 1, provisional=True)
    assert kinds(waiting) == [Kind.UNANSWERED]
    assert kinds(event(Stream.REPLY, 1, 0.0)) == []


def test_the_newest_comes_first_with_its_row_and_old_ones_not_again() -> None:
    old = event(Stream.SECURE, 1, 0.1, age=1)
    early, late = event(Stream.SECURE, 2, 0.1, age=0.5), event(Stream.SECURE, 3, 0.1)
    found = incidents([old, early, late], since=SINCE, at=NOW)
    assert found[0] == Incident(Kind.LOW_FEELING, Stream.SECURE, 3, NOW)
    assert [each.row for each in found] == [3, 2]
