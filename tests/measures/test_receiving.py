"""How work was received: the worst that was said decides, and silence says nothing."""

from datetime import UTC, datetime, timedelta

from kept.measures.receiving import Received, Said, received
from kept.measures.trust_events import Accepted

MONDAY = datetime(2026, 10, 19, 9, tzinfo=UTC)
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


def test_silence_is_no_acceptance() -> None:
    assert received([]) is None


def test_accepted_at_once() -> None:
    assert received([(Said.ACCEPTED, TUESDAY)]) == Received(Accepted.AT_ONCE, TUESDAY)


def test_one_more_round_stays_one_however_glad_they_were_in_the_end() -> None:
    said = [(Said.EXTRA_ROUND, TUESDAY), (Said.ACCEPTED, FRIDAY)]
    assert received(said) == received(reversed(said)) == Received(Accepted.EXTRA_ROUND, TUESDAY)


def test_what_was_done_again_counts_from_when_that_was_first_said() -> None:
    said = [(Said.EXTRA_ROUND, MONDAY), (Said.REDONE, FRIDAY), (Said.REDONE, TUESDAY), (Said.ACCEPTED, FRIDAY)]
    assert received(said) == Received(Accepted.REDONE, TUESDAY)
