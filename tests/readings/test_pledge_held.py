"""What a process holds of the facts behind the pledge is what a full count finds, whatever moved in between."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import contradicting, pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.noticed import About
from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Line
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.models import Measure, Sentence
from kept.ledgers.pledges.verbs import Difference
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.team import keeping_hours
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings import pledge, pledge_held
from kept.readings.calendars import offices
from kept.readings.pledge import Board, board_lately, pledge_board
from kept.readings.pledge_in_force import in_force
from tests.acting import promised, thanked, wrote
from tests.pledging import EIGHT, pledged
from tests.studio import Studio, london

NINE = london(20, "09:00")  # an hour in which nothing is read whole again
Act = Callable[[Studio, datetime], object]


def lately(s: Studio, at: datetime, viewer: Member | None = None) -> Board:
    """The board from what is held, as it is counted when its page was kept long enough."""
    pledge._kept.cache_clear()
    return board_lately(in_force(at), at=at, offices=offices(), viewer=viewer or s.ada)


def whole(s: Studio, at: datetime, viewer: Member | None = None) -> Board:
    found = pledge_board(at=at, viewer=viewer or s.ada)
    assert found is not None
    return found


def ask(s: Studio, at: datetime, subject: str) -> Message:
    return wrote(s.borealis, by=s.cleo, at=at, subject=subject)


@pytest.fixture
def held(studio: Studio) -> Studio:
    """A firm with something of every kind, and its facts held at nine."""
    pledged(studio, EIGHT)
    for day in (12, 13):
        message = ask(studio, london(day, "10:00"), f"Of {day}")
        wrote(studio.borealis, by=studio.bo, at=london(day, "15:30"), conversation=message.conversation)
        other = wrote(studio.cassini, by=studio.cora, at=london(day, "10:00"), subject=f"Of {day}")
        wrote(studio.cassini, by=studio.ada, at=london(day, "11:00"), conversation=other.conversation)
    ask(studio, london(19, "10:00"), "Waits")
    ask(studio, london(19, "15:30"), "Becomes late")
    for client in (studio.borealis, studio.cassini):
        for words, day in (("Kept", 14), ("Late", 15), ("Overdue", 16), ("Early", 20), ("Ahead", 23)):
            due = london(day, "09:20") if day == 20 else london(day, "17:00")
            row = promised(client, by=studio.bo, due=due, at=london(12), words=f"{words} {client.pk}")
            if words in {"Kept", "Late", "Early"}:
                promises.keep(row, by=studio.bo, at=london(16 if words == "Late" else 13, "12:00"))
    promised(studio.borealis, by=studio.bo, due=london(6, "09:10"), at=london(1), words="Breaks")
    put_off = ask(studio, london(19, "10:10"), "Put off").conversation
    until = london(20, "09:15")
    conversations.set_aside(
        put_off, kind=AsideKind.LATER, reason="soon", until=until, by=studio.bo, at=london(19, "11:00")
    )
    pausing.pause(
        ask(studio, london(16, "10:00"), "Held").conversation, reason="logo", by=studio.bo, at=london(16, "11:00")
    )
    assert lately(studio, NINE).lines == whole(studio, NINE).lines
    return studio


def talk(subject: str) -> Conversation:
    return Conversation.objects.get(subject=subject, client__name="Borealis")


def said(words: str) -> Promise:
    return Promise.objects.get(words__startswith=words, client__name="Borealis")


def answers(s: Studio, at: datetime) -> None:
    wrote(s.borealis, by=s.bo, at=at, conversation=talk("Waits"))


def writes_again(s: Studio, at: datetime) -> None:
    wrote(s.borealis, by=s.cleo, at=at, conversation=talk("Held"))


def needs_none(s: Studio, at: datetime) -> None:
    conversations.set_aside(talk("Waits"), kind=AsideKind.NO_REPLY, reason="news", by=s.bo, at=at)


def needs_one_after_all(s: Studio, at: datetime) -> None:
    conversations.bring_back(Aside.objects.get(), by=s.bo, at=at)


def goes_on(s: Studio, at: datetime) -> None:
    pausing.end_pause(Pause.objects.get(), by=s.bo, at=at)


def keeps(s: Studio, at: datetime) -> None:
    promises.keep(said("Overdue"), by=s.bo, at=at)


def takes_back(s: Studio, at: datetime) -> None:
    promises.take_back(Outcome.objects.get(promise=said("Kept")), by=s.bo, at=at)


def moves(s: Studio, at: datetime) -> None:
    promises.move(said("Ahead"), to=london(28), by=s.bo, at=at, agreed="Cleo wrote yes")


def releases(s: Studio, at: datetime) -> None:
    promises.release(said("Overdue"), by=s.bo, at=at, agreed="Cleo said so")


def changes_their_pledge(s: Studio, at: datetime) -> None:
    clients.change(s.borealis, pledge_minutes=30, by=s.ada, at=at)


def agrees_on_another(s: Studio, at: datetime) -> None:
    row = Sentence.objects.get(measure=Measure.REPLIES)
    pledges.vary(
        s.borealis,
        sentence=row,
        difference=Difference(within=480),
        since=date(2026, 9, 1),
        reason="print",
        by=s.ada,
        at=at,
    )


def gives_it_to_another(s: Studio, at: datetime) -> None:
    conversations.belong_to(talk("Waits"), client=s.cassini, by=s.ada, at=at)


def closes_the_office(s: Studio, at: datetime) -> None:
    keeping_hours.close_on(s.office, day=date(2026, 10, 19), name="Fair", by=s.ada, at=at)


def moves_the_lead(s: Studio, at: datetime) -> None:
    there = keeping_hours.open_office(name="Oslo", zone="Asia/Tokyo", by=s.ada, at=at)
    team.change_member(s.bo, office=there, by=s.ada, at=at)


def brings_mail_in(s: Studio, at: datetime) -> None:
    batch = journal.open_batch("mail", "a box", by=s.ada, at=at)
    Message.objects.filter(conversation=talk("Of 12")).update(quiet=True)
    journal.close_batch(batch, counts={}, by=s.ada)


def welcomes(s: Studio, at: datetime) -> None:
    client = clients.welcome(name="Delta", lead=s.bo, by=s.ada, at=at)
    wrote(client, by="them@delta.example", at=london(19, "10:00"))


ACTS = [
    answers, writes_again, needs_none, needs_one_after_all, goes_on, keeps, takes_back, moves, releases,
    changes_their_pledge, agrees_on_another, gives_it_to_another, closes_the_office, moves_the_lead, brings_mail_in,
    welcomes,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_after_every_act_what_is_held_is_what_a_full_count_finds(act: Act, held: Studio) -> None:
    act(held, london(20, "09:01"))
    for clock in ("09:02", "09:30", "09:59"):
        assert lately(held, london(20, clock)).lines == whole(held, london(20, clock)).lines
    assert lately(held, london(20, "09:59"), held.kit).lines == whole(held, london(20, "09:59"), held.kit).lines


def test_after_many_acts_as_well(held: Studio) -> None:
    for minute, act in enumerate([answers, takes_back, moves, goes_on, changes_their_pledge, keeps, welcomes], start=1):
        at = NINE + timedelta(minutes=3 * minute)
        act(held, at)
        assert lately(held, at).lines == whole(held, at).lines


def test_time_alone_makes_late_breaks_and_ends_what_was_put_off(held: Studio) -> None:
    before = lately(held, NINE)
    after = [lately(held, london(20, clock)) for clock in ("09:12", "09:17", "09:25", "10:05")]
    assert [one.lines for one in after] == [whole(held, one.at).lines for one in after]
    assert len({tuple(line.share.n for line in one.lines) for one in (before, *after)}) >= 3


def test_mail_tells_the_journal_nothing_and_is_counted_all_the_same(held: Studio) -> None:
    lines = Line.objects.count()
    answers(held, london(20, "09:05"))
    assert Line.objects.count() == lines
    assert lately(held, london(20, "09:06")).lines == whole(held, london(20, "09:06")).lines


def test_a_message_whose_clock_is_ahead_counts_from_its_own_moment(held: Studio) -> None:
    pledge_held.forget()
    wrote(held.borealis, by=held.bo, at=london(20, "09:40"), conversation=talk("Waits"))
    for clock in ("09:10", "09:50"):
        assert lately(held, london(20, clock)).lines == whole(held, london(20, clock)).lines


def test_what_was_written_first_and_seen_later_is_read_again(held: Studio) -> None:
    """A line of a lower key becomes visible after one of a higher key was read."""
    keeps(held, london(20, "09:01"))
    line = Line.objects.latest("pk")
    Line.objects.filter(pk=line.pk).delete()
    late = Line.objects.create(
        pk=line.pk + 1,
        at=line.at,
        verb="clients.change",
        noun="clients.Client",
        client_id=held.cassini.pk,
        by_name="Ada",
    )
    lately(held, london(20, "09:02"))
    line.save(force_insert=True)
    assert line.pk < late.pk
    assert lately(held, london(20, "09:03")).lines == whole(held, london(20, "09:03")).lines


def test_what_was_being_written_while_all_was_read_is_read_again(held: Studio) -> None:
    with transaction.atomic():
        keeps(held, london(20, "09:01"))
        line = Line.objects.latest("pk")
        Line.objects.filter(pk=line.pk).delete()
        Line.objects.create(pk=line.pk + 1, at=line.at, verb="clients.change", noun="clients.Client")
        Outcome.objects.filter(promise=said("Overdue")).delete()
        Promise.objects.filter(pk=said("Overdue").pk).update(ended_at=None)
    pledge_held.forget()
    lately(held, london(20, "09:02"))
    line.save(force_insert=True)
    row = said("Overdue")
    Outcome.objects.create(promise=row, kind="kept", at=line.at, was_due=row.due)
    Promise.objects.filter(pk=row.pk).update(ended_at=line.at)
    assert lately(held, london(20, "09:03")).lines == whole(held, london(20, "09:03")).lines


def test_another_journal_is_another_firm(held: Studio) -> None:
    """After a restore the same keys are other acts; what was held of them is let go."""
    keeps(held, london(20, "09:01"))
    lately(held, london(20, "09:02"))
    row = said("Overdue")
    Outcome.objects.filter(promise=row).delete()
    Promise.objects.filter(pk=row.pk).update(ended_at=None)
    Line.objects.filter(verb="promises.keep", client_id=held.borealis.pk).delete()
    assert lately(held, london(20, "09:06")).lines == whole(held, london(20, "09:06")).lines


def test_a_reply_that_was_contradicted_counts_again(held: Studio) -> None:
    message = thanked(talk("Of 12"), by=held.cleo, at=london(19, "09:00"))
    assert lately(held, london(20, "09:01")).lines == whole(held, london(20, "09:01")).lines
    contradicting.contradict(message, about=About.CLOSING, by=held.bo, at=london(20, "09:02"))
    assert lately(held, london(20, "09:03")).lines == whole(held, london(20, "09:03")).lines


def test_who_is_kept_from_a_client_finds_nothing_of_it_in_what_is_held(held: Studio) -> None:
    for viewer in (held.ada, held.kit):
        assert lately(held, london(20, "09:02"), viewer).lines == whole(held, london(20, "09:02"), viewer).lines
    assert held.cassini.pk not in {row.client for line in lately(held, NINE, held.kit).lines for row in line.rows}


def test_while_nothing_moved_neither_messages_nor_what_ended_is_read(held: Studio) -> None:
    for clock in ("09:03", "09:06"):
        lately(held, london(20, clock))
    with CaptureQueriesContext(connection) as queries:
        lately(held, london(20, "09:07"))
    read = " ".join(query["sql"] for query in queries.captured_queries)
    assert len(queries) <= 15
    assert '"conversations_message"."direction"' not in read


def test_what_was_rolled_back_is_not_held(held: Studio) -> None:
    class Over(Exception):
        pass

    def fails() -> None:
        with transaction.atomic():
            keeps(held, london(20, "09:01"))
            lately(held, london(20, "09:02"))
            raise Over

    with pytest.raises(Over):
        fails()
    now: Any = london(20, "09:07")
    assert lately(held, now).lines == whole(held, now).lines
