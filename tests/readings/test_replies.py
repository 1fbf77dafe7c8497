"""How our replies to a client go: the clocks of half a year, in one query."""

from datetime import timedelta
from typing import Any

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.readings.calendars import offices
from kept.readings.replies import Replies, reply_summaries
from tests.acting import wrote
from tests.cast import NOW, Studio, london

HOUR = timedelta(hours=1)


def read(studio: Studio, client: Client | None = None) -> Replies:
    client = client or studio.borealis
    return reply_summaries([client], at=NOW, offices=offices())[client.pk]


def ask(studio: Studio, day: int, asked: str, answered: str = "", **other: Any) -> Any:
    message = wrote(studio.borealis, by=studio.cleo, at=london(day, asked), **other)
    if answered:
        wrote(studio.borealis, by=studio.bo, at=london(day, answered), conversation=message.conversation)
    return message


def test_half_and_nine_in_ten_count_those_who_wait_as_well(studio: Studio) -> None:
    ask(studio, 12, "10:00", "11:00")
    ask(studio, 13, "10:00", "12:00")
    ask(studio, 14, "10:00", "16:00")  # past four hours
    ask(studio, 20, "09:10")
    found = read(studio)
    assert (found.summary.n, found.summary.waiting, found.summary.within, found.summary.judged) == (4, 1, 2, 3)
    assert found.summary.median == 2 * HOUR
    assert [reply.asked for reply in found.waiting] == ["Cleo North"]
    assert [(reply.wait.passed, reply.answered) for reply in found.late] == [(6 * HOUR, "Bo Field")]


def test_the_rows_behind_the_numbers_are_as_many_as_the_numbers_say(studio: Studio) -> None:
    for day in (12, 13, 14):
        ask(studio, day, "10:00", "11:00")
    found = read(studio)
    assert len(found.each) == found.summary.n == 3
    assert [reply.wait.clock.started_at.day for reply in found.each] == [14, 13, 12]


def test_a_clients_own_pledge_counts(studio: Studio) -> None:
    clients.change(studio.borealis, pledge_minutes=60, by=studio.ada, at=NOW)
    ask(studio, 12, "10:00", "12:00")
    assert read(studio).summary.within == 0


def test_what_was_answered_elsewhere_has_no_time_to_judge(studio: Studio) -> None:
    message = ask(studio, 13, "10:00")
    conversations.set_aside(
        message.conversation, kind=AsideKind.ELSEWHERE, reason="by phone", by=studio.bo, at=london(13, "11:00")
    )
    assert (read(studio).summary.n, read(studio).waiting) == (0, [])


def test_a_mark_settles_only_what_was_written_before_it(studio: Studio) -> None:
    message = ask(studio, 13, "10:00")
    conversations.set_aside(
        message.conversation, kind=AsideKind.NO_REPLY, reason="a thank you", by=studio.bo, at=london(13, "11:00")
    )
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), conversation=message.conversation)
    assert [reply.wait.clock.started_at for reply in read(studio).waiting] == [london(20, "09:10")]


def test_what_was_put_off_does_not_wait_now_but_still_counts(studio: Studio) -> None:
    message = ask(studio, 20, "09:00")
    conversations.set_aside(
        message.conversation, kind=AsideKind.LATER, reason="after the fair", until=london(27), by=studio.bo, at=NOW
    )
    found = read(studio)
    assert (found.waiting, found.summary.waiting) == ([], 1)


def test_what_was_put_off_past_the_pledge_or_is_paused_is_neither_kept_nor_missed(studio: Studio) -> None:
    late: dict[str, Any] = {"by": studio.bo, "at": london(19, "16:00")}
    conversations.set_aside(
        ask(studio, 19, "09:00").conversation, kind=AsideKind.LATER, reason="after the fair", until=london(27), **late
    )
    pausing.pause(ask(studio, 19, "09:10").conversation, reason="We wait for the logo", **late)
    found = read(studio)
    assert (found.summary.waiting, found.summary.judged, found.late) == (2, 0, [])
    ask(studio, 19, "09:20")
    assert (read(studio).summary.judged, len(read(studio).late)) == (1, 1)


def test_machines_and_history_run_no_clock(studio: Studio) -> None:
    ask(studio, 12, "10:00", automatic="auto-reply")
    ask(studio, 13, "10:00", quiet=True)
    assert read(studio).summary.n == 0


def test_only_half_a_year_counts_but_who_still_waits_is_never_forgotten(studio: Studio) -> None:
    answered = wrote(studio.borealis, by=studio.cleo, at=london(5, "10:00", month=1))
    wrote(studio.borealis, by=studio.bo, at=london(5, "11:00", month=1), conversation=answered.conversation)
    wrote(studio.borealis, by=studio.cleo, at=london(6, "10:00", month=1), subject="The old question")
    found = read(studio)
    assert [reply.subject for reply in found.waiting] == ["The old question"]
    assert found.summary.n == 1


def test_each_client_has_its_own_and_many_cost_two_queries(studio: Studio, django_assert_num_queries: Any) -> None:
    ask(studio, 12, "10:00", "11:00")
    message = wrote(studio.cassini, by=studio.cora, at=london(12, "10:00"))
    wrote(studio.cassini, by=studio.ada, at=london(13, "10:00"), conversation=message.conversation)
    places = offices()
    both = list(Client.objects.select_related("lead"))
    with django_assert_num_queries(2):
        found = reply_summaries(both, at=NOW, offices=places)
    assert {found[studio.borealis.pk].summary.within, found[studio.cassini.pk].summary.within} == {0, 1}
    assert found[studio.borealis.pk].summary.median == HOUR
