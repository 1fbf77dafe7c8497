"""Evidence for trust from the ledgers: the reading's events are those one would write down by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import contradicting, pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.noticed import About
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Stream
from kept.readings.calendars import offices
from kept.readings.evidence import Told
from kept.readings.evidence.sources import events_of_all, told_of
from tests.acting import promised, thanked, wrote
from tests.studio import NOW, Studio, london


def seen(studio: Studio, *, at: Any = NOW, **more: Any) -> list[Event]:
    """Borealis' evidence, oldest first."""
    found = events_of_all(at=at, offices=offices(), **more).get(studio.borealis.pk, [])
    return sorted(found, key=lambda each: (each.at, each.row))


def shape(events: list[Event]) -> list[tuple[str, float, float, float, bool]]:
    return [(each.stream, each.x, each.weight, each.half_life, each.provisional) for each in events]


def kept(studio: Studio, due: int, done: int, *, size: Size = Size.NORMAL) -> Promise:
    row = promises.promise(
        studio.borealis, words=f"Drafts by the {due}th", due=london(due, "17:00"), by=studio.bo, at=london(1), size=size
    )
    promises.keep(row, by=studio.bo, at=london(done, "16:00"))
    return row


def test_a_promise_counts_when_it_was_settled_by_how_it_was_kept(studio: Studio) -> None:
    in_time = kept(studio, 5, 5, size=Size.MAJOR)
    a_day_late = kept(studio, 6, 7)
    later = kept(studio, 7, 12, size=Size.SMALL)
    found = seen(studio)
    assert [(each.row, each.at) for each in found] == [
        (in_time.pk, london(5, "16:00")),
        (a_day_late.pk, london(7, "16:00")),
        (later.pk, london(12, "16:00")),
    ]
    assert shape(found) == [
        (Stream.PROMISE, 1.0, 2.0, 90.0, False),
        (Stream.PROMISE, 0.5, 1.0, 90.0, False),
        (Stream.PROMISE, 0.25, 0.5, 180.0, False),
    ]


def test_a_promise_nobody_kept_breaks_ten_working_days_past_its_day(studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(1, "12:00"), at=london(1, "09:00"))
    assert seen(studio, at=london(15, "11:59")) == []
    assert [(each.at, each.x) for each in seen(studio, at=london(15, "12:01"))] == [(london(15, "12:00"), 0.0)]


def test_a_promise_moved_in_time_with_consent_is_worth_most_of_one(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(6), at=london(1))
    promises.move(row, to=london(9), by=studio.bo, at=london(5), agreed="Cleo, on the phone")
    promises.keep(row, by=studio.bo, at=london(8))
    assert [each.x for each in seen(studio)] == [0.8]


def test_one_the_client_released_and_one_still_open_are_no_evidence(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(6), at=london(1))
    promises.release(row, by=studio.bo, at=london(5), agreed="Cleo said so")
    promised(studio.borealis, by=studio.bo, due=london(19), at=london(1))
    assert seen(studio) == []


def test_a_reply_counts_when_it_was_given_by_how_long_it_took_in_working_time(studio: Studio) -> None:
    for day, answer in ((12, "12:00"), (13, "16:00")):
        first = wrote(studio.borealis, by=studio.cleo, at=london(day, "10:00"))
        wrote(studio.borealis, by=studio.bo, at=london(day, answer), conversation=first.conversation)
    found = seen(studio)
    assert shape(found) == [(Stream.REPLY, 1.0, 0.25, 30.0, False), (Stream.REPLY, 0.75, 0.25, 30.0, False)]
    assert found[1].at == london(13, "16:00")


def test_over_a_weekend_only_working_time_counts(studio: Studio) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(16, "16:30"))  # a Friday
    wrote(studio.borealis, by=studio.bo, at=london(19, "10:00"), conversation=first.conversation)
    assert [each.x for each in seen(studio)] == [1.0]


def test_one_that_waits_past_the_pledge_counts_provisionally_and_is_replaced_when_answered(studio: Studio) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00"))
    assert seen(studio, at=london(19, "12:00")) == []
    waiting = seen(studio, at=london(19, "15:00"))
    assert [(each.row, each.x, each.provisional, each.at) for each in waiting] == [
        (first.pk, 0.75, True, london(19, "15:00"))
    ]
    wrote(studio.borealis, by=studio.bo, at=london(19, "17:00"), conversation=first.conversation)
    assert [(each.row, each.x, each.provisional) for each in seen(studio)] == [(first.pk, 0.5, False)]
    assert seen(studio, at=london(19, "15:00")) == waiting


def closes(studio: Studio, message: Any) -> None:
    conversations.set_aside(
        message.conversation, kind=AsideKind.NO_REPLY, reason="it is news", by=studio.bo, at=london(19, "10:00")
    )


def later(studio: Studio, message: Any) -> None:
    conversations.set_aside(
        message.conversation,
        kind=AsideKind.LATER,
        reason="after the fair",
        until=london(23),
        by=studio.bo,
        at=london(19, "10:00"),
    )


def pauses(studio: Studio, message: Any) -> None:
    pausing.pause(message.conversation, reason="We wait for the logo", by=studio.bo, at=london(19, "10:00"))


def thanks(studio: Studio, message: Any) -> None:
    message.closing = "It only says thanks."
    message.save(update_fields=["closing"])


@pytest.mark.parametrize("said", [closes, later, pauses, thanks])
def test_what_needs_no_answer_now_is_no_evidence(studio: Studio, said: Callable[[Studio, Any], None]) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00"))
    assert len(seen(studio)) == 1
    said(studio, message)
    assert seen(studio) == []


def test_a_thank_you_after_our_answer_opens_nothing(studio: Studio) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(12, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(12, "11:00"), conversation=first.conversation)
    thanked(first.conversation, by=studio.cleo, at=london(12, "11:30"))
    assert [each.provisional for each in seen(studio)] == [False]


def test_history_machines_and_strangers_are_no_evidence(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(12), quiet=True)
    wrote(studio.borealis, by=studio.cleo, at=london(12), automatic="bulk")
    wrote(None, by=studio.zed, at=london(12))
    assert events_of_all(at=NOW, offices=offices()) == {}


def test_a_clients_own_pledge_counts(studio: Studio) -> None:
    clients.change(studio.borealis, pledge_minutes=60, by=studio.ada, at=NOW)
    first = wrote(studio.borealis, by=studio.cleo, at=london(12, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(12, "12:00"), conversation=first.conversation)
    assert [each.x for each in seen(studio)] == [0.5]


def test_what_comes_later_does_not_change_an_earlier_day(studio: Studio) -> None:
    done = promised(studio.borealis, by=studio.bo, due=london(5), at=london(1))
    outcome = promises.keep(done, by=studio.bo, at=london(2))
    broken = promised(studio.borealis, by=studio.bo, due=london(1, "10:00"), at=london(1, "09:00"))
    first = wrote(studio.borealis, by=studio.cleo, at=london(15, "09:00"))
    then = seen(studio, at=london(16))
    assert len(then) == 3
    promises.take_back(outcome, by=studio.bo, at=london(17))
    promises.withdraw(broken, by=studio.bo, at=london(17))
    wrote(studio.borealis, by=studio.bo, at=london(17), conversation=first.conversation)
    again = wrote(studio.borealis, by=studio.cleo, at=london(17, "11:00"), conversation=first.conversation)
    closes(studio, again)
    assert seen(studio, at=london(16)) == then
    assert broken.pk not in [each.row for each in seen(studio) if each.stream is Stream.PROMISE]


def test_what_was_still_taken_for_a_thank_you_then_was_no_evidence_then(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00"))
    thanks(studio, message)
    contradicting.contradict(message, about=About.CLOSING, by=studio.bo, at=london(20, "09:30"))
    assert seen(studio, at=london(20, "09:20")) == []
    assert [event.row for event in seen(studio)] == [message.pk]


def test_what_weighs_less_than_a_thousandth_is_not_read_unless_drift_looks_at_it(studio: Studio) -> None:
    old, older = (london(1, year=year) for year in (2025, 2024))
    for at in (old, older):
        first = wrote(studio.borealis, by=studio.cleo, at=at)
        wrote(studio.borealis, by=studio.bo, at=at + timedelta(hours=1), conversation=first.conversation)
    assert [each.at.year for each in seen(studio)] == [2025]


def test_asking_for_some_clients_reads_no_other(studio: Studio) -> None:
    promises.keep(promised(studio.cassini, by=studio.ada, due=london(5), at=london(1)), by=studio.ada, at=london(2))
    wrote(studio.cassini, by=studio.cora, at=london(15))
    kept(studio, 5, 5)
    found = events_of_all(at=NOW, offices=offices(), clients=[studio.borealis.pk])
    assert set(found) == {studio.borealis.pk}
    assert found[studio.borealis.pk] == events_of_all(at=NOW, offices=offices())[studio.borealis.pk]


def test_rows_are_told_in_their_words_with_what_to_open(studio: Studio) -> None:
    row = kept(studio, 5, 5)
    message = wrote(studio.borealis, by=studio.cleo, at=london(12), subject="The launch")
    said = told_of([(Stream.PROMISE, row.pk), (Stream.REPLY, message.pk), (Stream.PROMISE, 10**9)])
    assert said == {
        (Stream.PROMISE, row.pk): Told("“Drafts by the 5th”", "promises.Promise", row.pk),
        (Stream.REPLY, message.pk): Told("“The launch”", "conversations.Conversation", message.conversation_id),
    }


def test_the_queries_are_as_many_however_long_the_history(studio: Studio, django_assert_num_queries: Any) -> None:
    def ask() -> dict[int, list[Event]]:
        return events_of_all(at=NOW, offices=offices())

    kept(studio, 5, 5)
    with CaptureQueriesContext(connection) as few:
        ask()
    for day in range(1, 16):
        kept(studio, day, day)
        pauses(studio, wrote(studio.cassini, by=studio.cora, at=london(day)))
    with django_assert_num_queries(len(few)):
        assert len(ask()[studio.borealis.pk]) == 16
