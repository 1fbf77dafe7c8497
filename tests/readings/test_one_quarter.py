"""One quarter of one client, in which everything happens that could be counted in two ways: all pages say the same."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.conversations import pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.pledges.models import Measure
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from kept.ledgers.reviews import verbs as reviews
from kept.measures.trust_streams import Stream
from kept.readings.calendars import offices
from kept.readings.client_promises import kept as kept_of
from kept.readings.client_promises import recent
from kept.readings.evidence.sources import events_of_all
from kept.readings.pledge import Board, board_between, pledge_board
from kept.readings.promised import judged_rows
from kept.readings.promises_kept import tally
from kept.readings.replies import reply_summaries
from kept.readings.review import Evidence, evidence, sheet
from tests.acting import wrote
from tests.ledgers.acts_of_reviews import QUARTER
from tests.pledging import pledged
from tests.studio import LONDON, NOW, Studio

Verdicts = dict[int, bool]  # by row, whether it was kept


def on(month: int, day: int, hour: float = 12) -> datetime:
    return datetime(2026, month, day, tzinfo=LONDON) + timedelta(hours=hour)


BEGAN, ENDS = on(7, 1, 0), on(10, 1, 0)


def owe(s: Studio, due: datetime, *, kept: datetime | None = None, **source: Any) -> Promise:
    row = promises.promise(
        s.borealis, words=f"Due {due:%d %B}", due=due, by=s.kit, at=due - timedelta(days=20), contact=s.cleo, **source
    )
    if kept:
        promises.keep(row, by=s.kit, at=kept)
    return row


def ask(s: Studio, at: datetime, *, answered: datetime | None = None) -> Any:
    message = wrote(s.borealis, by=s.cleo, at=at, subject=f"Of {at:%d %B %H:%M}")
    if answered:
        wrote(s.borealis, by=s.kit, at=answered, conversation=message.conversation)
    return message


@pytest.fixture
def quarter(studio: Studio) -> Studio:
    """July to September, with what reaches into it and out of it at both ends."""
    pledged(studio, at=on(1, 5))
    _promises(studio)
    _messages(studio)
    return studio


def _promises(s: Studio) -> None:
    owe(s, on(7, 10), kept=on(7, 8))  # early
    owe(s, on(8, 11), kept=on(8, 11, 11))
    owe(s, on(9, 8), kept=on(9, 9))  # a day late
    owe(s, on(9, 2), kept=on(9, 25))  # broken before it was done
    owe(s, on(9, 25))  # never done
    owe(s, on(6, 29), kept=on(7, 2))  # of the quarter before, late into this one
    owe(s, on(9, 30, 17), kept=on(10, 1))  # late into the next one
    owe(s, on(10, 5), kept=on(9, 28))  # of the next one, kept in this one
    with_yes, without, twice, released = owe(s, on(8, 20)), owe(s, on(9, 1)), owe(s, on(6, 24)), owe(s, on(8, 19))
    promises.move(with_yes, to=on(8, 27), by=s.kit, at=on(8, 18), agreed="Cleo wrote yes")
    promises.move(without, to=on(9, 9), by=s.kit, at=on(8, 31))
    promises.move(twice, to=on(9, 28), by=s.kit, at=on(6, 20), agreed="Cleo wrote yes")
    promises.move(twice, to=on(10, 9), by=s.kit, at=on(9, 22))
    for row, day in ((with_yes, on(8, 27, 11)), (without, on(9, 5)), (twice, on(9, 24))):
        promises.keep(row, by=s.kit, at=day)
    promises.release(released, by=s.bo, at=on(8, 18), agreed="Cleo said so")
    to_ourselves = owe(s, on(9, 21), source=promises.Source("pulses.Answer", 9999))
    promises.keep(to_ourselves, by=s.bo, at=on(9, 21, 11))


def _messages(s: Studio) -> None:
    ask(s, on(7, 6, 9), answered=on(7, 6, 10))
    ask(s, on(7, 8, 9), answered=on(7, 9, 15))  # late
    ask(s, on(7, 10, 17), answered=on(7, 13, 10))  # over a weekend
    ask(s, on(6, 29, 10), answered=on(7, 6, 10))  # asked in the quarter before
    ask(s, on(9, 30, 17), answered=on(10, 1, 10))  # answered in time, in the next quarter
    ask(s, on(9, 30, 10), answered=on(10, 5, 10))  # late, into the next quarter
    ask(s, on(6, 12, 10))  # waits since before the quarter
    ask(s, on(9, 14, 10))  # waits since
    ask(s, on(10, 6, 10), answered=on(10, 6, 11))
    closed, put_off, held = ask(s, on(9, 15, 10)), ask(s, on(9, 16, 10)), ask(s, on(9, 17, 10))
    who: dict[str, Any] = {"by": s.bo, "at": on(9, 18, 10)}
    conversations.set_aside(closed.conversation, kind=AsideKind.ELSEWHERE, reason="by phone", **who)
    conversations.set_aside(put_off.conversation, kind=AsideKind.LATER, reason="the fair", until=on(12, 1), **who)
    pausing.pause(held.conversation, reason="We wait for the logo", **who)


def reviewed(s: Studio, at: datetime) -> Evidence:
    row = reviews.begin(s.borealis, quarter=QUARTER, by=s.bo, at=BEGAN)
    return evidence(row, at=at, offices=offices(), money=False)


def board(s: Studio, at: datetime) -> Board:
    found = board_between(s.borealis, at=at, since=BEGAN, until=ENDS - timedelta(seconds=1), offices=offices())
    assert found is not None
    return found


def pledged_rows(found: Board, measure: str, until: datetime = ENDS) -> Verdicts:
    line = next(one for one in found.lines if one.sentence.measure == measure)
    return {row.pk: row.kept for row in line.rows if row.at < until}


def trusted(s: Studio, stream: Stream, at: datetime) -> Verdicts:
    """What trust takes for kept: all that is worth as much as a promise that was moved with a yes."""
    events = events_of_all(at=at, offices=offices())[s.borealis.pk]
    whole = 1.0 if stream is Stream.REPLY else 0.8
    return {one.row: one.x >= whole for one in events if one.stream is stream}


def settled(s: Studio, at: datetime, since: datetime) -> Verdicts:
    """The client's page: what was settled since."""
    rows = judged_rows(recent(s.borealis, since, at), at=at, offices=offices())
    return {one.promise.pk: one.judged.is_kept for one in kept_of(rows, since=since).settled}


def answered(s: Studio, at: datetime) -> Verdicts:
    """The client's page: every run of half a year that can be judged."""
    found = reply_summaries([s.borealis], at=at, offices=offices())[s.borealis.pk]
    judged = {one.wait.clock.started_by: one.in_time for one in found.each if one.in_time is not None}
    assert (found.summary.judged, found.summary.within) == (len(judged), sum(judged.values()))
    return judged


def within(found: Verdicts, rows: Verdicts) -> Verdicts:
    return {pk: kept for pk, kept in found.items() if pk in rows}


def test_every_page_has_the_same_verdict_on_every_promise_of_the_quarter(quarter: Studio) -> None:
    theirs = pledged_rows(board(quarter, NOW), Measure.PROMISES)
    assert (sum(theirs.values()), len(theirs)) == (4, 9)
    assert {one.promise.pk: one.judged.is_kept for one in reviewed(quarter, NOW).owed.counted} == theirs
    assert within(settled(quarter, NOW, on(4, 1)), theirs) == theirs
    assert within(trusted(quarter, Stream.PROMISE, NOW), theirs) == theirs


def test_every_page_has_the_same_verdict_on_every_message_of_the_quarter(quarter: Studio) -> None:
    theirs = pledged_rows(board(quarter, NOW), Measure.REPLIES)
    assert (sum(theirs.values()), len(theirs)) == (3, 7)
    assert {one.row: one.in_time for one in reviewed(quarter, NOW).replies} == theirs
    assert within(answered(quarter, NOW), theirs) == theirs
    assert within(trusted(quarter, Stream.REPLY, NOW), theirs) == theirs


def test_the_pages_that_count_what_was_settled_count_the_same(quarter: Studio) -> None:
    by_client = settled(quarter, NOW, BEGAN)
    opened = judged_rows(recent(quarter.borealis, BEGAN, NOW), at=NOW, offices=offices())
    waits: Any = [one for one in opened if one.ending is None]
    listed = tally(Promise.objects.all(), standing=waits, since=BEGAN, at=NOW, offices=offices())
    events = events_of_all(at=NOW, offices=offices())[quarter.borealis.pk]
    lately = {one.row for one in events if one.stream is Stream.PROMISE and one.at >= BEGAN}
    assert (listed.kept, listed.settled) == (sum(by_client.values()), len(by_client))
    assert within(trusted(quarter, Stream.PROMISE, NOW), by_client) == by_client
    assert lately == set(by_client)


@pytest.mark.parametrize("measure", [Measure.PROMISES, Measure.REPLIES])
def test_the_pledge_of_the_client_counts_the_quarter_as_its_review_does(measure: str, quarter: Studio) -> None:
    since_july = pledge_board(at=NOW, client=quarter.borealis, window=NOW.date() - BEGAN.date())
    assert since_july is not None
    assert pledged_rows(since_july, measure) == pledged_rows(board(quarter, NOW), measure)


@pytest.mark.parametrize("at", [on(8, 15), on(9, 15), on(9, 30, 17.5), on(10, 1, 9.5), on(10, 20), on(12, 20)])
def test_in_a_review_the_rows_of_the_pledge_say_what_its_sections_say(at: datetime, quarter: Studio) -> None:
    found = reviewed(quarter, at)
    row = reviews.begin(quarter.borealis, quarter=QUARTER, by=quarter.bo, at=BEGAN)
    rows = {one.sentence: [kept for _, kept in one.strokes] for one in sheet(row, found, offices=offices()).pledge}
    assert rows["A person answers you within four working hours."] == [one.in_time for one in found.replies]
    kept = rows["We keep what we promise, or ask you before it’s due."]
    assert (sum(kept), len(kept)) == (found.owed.kept, found.owed.settled)


def test_they_agree_still_when_a_message_becomes_late_within_the_hour(quarter: Studio) -> None:
    ask(quarter, on(9, 29, 9.5))
    for at in (on(9, 29, 13.25), on(9, 29, 13.75)):
        found = reviewed(quarter, at)
        replies = next(one for one in found.pledge if one.sentence.startswith("A person answers"))
        assert [kept for _, kept in replies.strokes] == [one.in_time for one in found.replies]


def test_what_is_late_and_open_is_missed_where_it_fell_due_and_settled_nowhere_yet(quarter: Studio) -> None:
    late = owe(quarter, on(9, 14))
    at = on(9, 16)
    assert pledged_rows(board(quarter, at), Measure.PROMISES)[late.pk] is False
    assert late.pk in [one.promise.pk for one in reviewed(quarter, at).owed.counted]
    assert late.pk not in settled(quarter, at, BEGAN)
    assert late.pk not in trusted(quarter, Stream.PROMISE, at)
