"""Clocks that stand while we wait for them, thank-yous that ask for nothing, and machines that never answer anybody."""

from datetime import timedelta

import pytest

from kept.ledgers.conversations import contradicting, pausing, verbs
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.noticed import About
from kept.ledgers.team.models import KeptOut
from kept.readings.answered import replies
from kept.readings.brief import brief
from kept.readings.calendars import offices
from kept.readings.replies import reply_summaries
from kept.readings.waiting import Waiting, waiting
from tests.acting import thanked, wrote
from tests.studio import NOW, Studio, london

BOTH = pytest.mark.parametrize("replay", [False, True])


def found(studio: Studio, *, at: object = NOW, replay: bool = False, paused: bool = False) -> list[Waiting]:
    return waiting(studio.bo, at=at, offices=offices(), replay=replay, paused=paused)  # type: ignore[arg-type]


def asked(studio: Studio, clock: str = "09:00", *, day: int = 20) -> Conversation:
    return wrote(studio.borealis, by=studio.cleo, at=london(day, clock)).conversation


@BOTH
def test_while_we_wait_for_them_nobody_waits_for_us(studio: Studio, replay: bool) -> None:
    talk = asked(studio, "09:30", day=19)
    row = pausing.pause(talk, reason="their logo", by=studio.bo, at=london(19, "10:00"))
    assert found(studio, replay=replay) == []
    (one,) = found(studio, replay=replay, paused=True)
    assert (one.pause, one.wait.paused, one.wait.late) == (row, True, False)
    assert one.wait.passed == timedelta(minutes=30)


@BOTH
def test_it_runs_on_when_they_write_again_and_nothing_had_to_be_ended(studio: Studio, replay: bool) -> None:
    talk = asked(studio, "09:30", day=19)
    pausing.pause(talk, reason="their logo", by=studio.bo, at=london(19, "10:00"))
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), conversation=talk)
    (one,) = found(studio, replay=replay)
    # 09:30 to 10:00 yesterday, 09:10 to 09:40 today
    assert (one.wait.passed, one.messages, one.pause) == (timedelta(hours=1), 2, None)
    assert one.wait.due == london(20, "12:40")


@BOTH
def test_somebody_lets_the_clock_run_on(studio: Studio, replay: bool) -> None:
    talk = asked(studio, "09:30", day=19)
    row = pausing.pause(talk, reason="their logo", by=studio.bo, at=london(19, "10:00"))
    pausing.end_pause(row, by=studio.kit, at=london(19, "17:00"))
    (one,) = found(studio, replay=replay)
    assert one.wait.passed == timedelta(minutes=30 + 30 + 40)
    pausing.take_back_end(row, by=studio.kit, at=NOW)
    assert found(studio, replay=replay) == []
    pausing.take_back_pause(row, by=studio.kit, at=NOW)
    (one,) = found(studio, replay=replay)
    assert one.wait.passed == timedelta(hours=8, minutes=40)


def test_a_replay_knows_that_it_ran_before_it_stood(studio: Studio) -> None:
    talk = asked(studio, "09:30", day=19)
    row = pausing.pause(talk, reason="their logo", by=studio.bo, at=london(19, "15:00"))
    pausing.end_pause(row, by=studio.bo, at=london(20, "09:30"))
    (before,) = found(studio, at=london(19, "14:00"), replay=True)
    assert (before.wait.late, before.pause) == (True, None)
    assert found(studio, at=london(19, "16:00"), replay=True) == []
    assert [item.kind for item in brief(studio.bo, at=london(19, "14:00"), replay=True).items] == ["waiting"]
    assert brief(studio.bo, at=london(19, "16:00"), replay=True).items == ()


def test_a_second_pause_begins_where_they_ended_the_first(studio: Studio) -> None:
    talk = asked(studio, "09:00", day=19)
    first = pausing.pause(talk, reason="their logo", by=studio.bo, at=london(19, "10:00"))
    wrote(studio.borealis, by=studio.cleo, at=london(19, "12:00"), conversation=talk)
    second = pausing.pause(talk, reason="the right logo", by=studio.bo, at=london(19, "13:00"))
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (london(19, "12:00"), None)
    (one,) = found(studio, paused=True)
    assert (one.pause, one.wait.passed) == (second, timedelta(hours=2))


def test_other_words_replace_the_reason_and_the_clock_stands_since_the_first(studio: Studio) -> None:
    talk = asked(studio)
    first = pausing.pause(talk, reason="their logo", by=studio.bo, at=london(20, "09:10"))
    again = pausing.pause(talk, reason="their logo and a colour", by=studio.kit, at=london(20, "09:20"))
    assert (again.pk, again.at, again.reason) == (first.pk, first.at, "their logo and a colour")


def test_where_nobody_waits_there_is_no_clock_to_stop(studio: Studio) -> None:
    talk = asked(studio)
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:10"), conversation=talk)
    with pytest.raises(verbs.NothingToAnswer):
        pausing.pause(talk, reason="their logo", by=studio.bo, at=NOW)
    with pytest.raises(ValueError, match="what we wait for"):
        pausing.pause(asked(studio), reason=" ", by=studio.bo, at=NOW)


def test_what_stood_still_is_not_held_against_us(studio: Studio) -> None:
    talk = asked(studio, "09:00", day=13)
    pausing.pause(talk, reason="their logo", by=studio.bo, at=london(13, "10:00"))
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), conversation=talk)
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:30"), conversation=talk)
    (each,) = reply_summaries([studio.borealis], at=NOW, offices=offices())[studio.borealis.pk].each
    assert (each.wait.passed, each.wait.late) == (timedelta(hours=1, minutes=30), False)
    (reply,) = replies(studio.bo, since=london(20, "00:00"), at=NOW)
    assert reply.judged(studio.borealis, offices()).passed == timedelta(hours=1, minutes=30)


def test_the_paused_do_not_count_as_waiting_on_the_clients_page(studio: Studio) -> None:
    talk = asked(studio)
    assert len(reply_summaries([studio.borealis], at=NOW, offices=offices())[studio.borealis.pk].waiting) == 1
    pausing.pause(talk, reason="their logo", by=studio.bo, at=london(20, "09:30"))
    assert reply_summaries([studio.borealis], at=NOW, offices=offices())[studio.borealis.pk].waiting == []
    assert Conversation.objects.waiting_at(NOW).count() == 0


# ------------------------------------------------------------ thanks


@BOTH
def test_a_thank_you_starts_no_clock(studio: Studio, replay: bool) -> None:
    talk = asked(studio)
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:10"), conversation=talk)
    thanked(talk, by=studio.cleo, at=london(20, "09:20"))
    assert found(studio, replay=replay) == []
    assert reply_summaries([studio.borealis], at=NOW, offices=offices())[studio.borealis.pk].waiting == []


@BOTH
def test_a_thank_you_does_not_settle_what_they_asked_before(studio: Studio, replay: bool) -> None:
    talk = asked(studio)
    first = talk.messages.get()
    thanked(talk, by=studio.cleo, at=london(20, "09:20"))
    (one,) = found(studio, replay=replay)
    assert (one.first, one.last) == (first, first)


def test_a_mark_on_a_thank_you_is_meant_for_what_they_asked_before_it(studio: Studio) -> None:
    talk = asked(studio)
    thanks = thanked(talk, by=studio.cleo, at=london(20, "09:20"))
    verbs.set_aside(talk, kind=AsideKind.LATER, reason="Proofs", by=studio.bo, at=NOW, until=london(23), message=thanks)
    assert found(studio) == []
    verbs.set_aside(talk, kind=AsideKind.ELSEWHERE, reason="Called", by=studio.bo, at=NOW, message=thanks)
    talk.refresh_from_db()
    assert talk.settled_until == talk.their_last_at == london(20, "09:00")


@BOTH
def test_it_does_need_a_reply_after_all(studio: Studio, replay: bool) -> None:
    talk = asked(studio)
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:10"), conversation=talk)
    thanks = thanked(talk, by=studio.cleo, at=london(20, "09:20"))
    row = contradicting.contradict(thanks, about=About.CLOSING, by=studio.bo, at=london(20, "09:30"))
    (one,) = found(studio, replay=replay)
    assert (one.first, one.wait.due) == (thanks, london(20, "13:20"))
    # before somebody said so, nobody knew
    assert found(studio, at=london(20, "09:25"), replay=True) == []
    contradicting.take_back_contradiction(row, by=studio.bo, at=NOW)
    assert found(studio, replay=replay) == []


@BOTH
def test_a_person_wrote_it_after_all(studio: Studio, replay: bool) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), automatic="away")
    contradicting.contradict(message, about=About.AUTOMATIC, by=studio.bo, at=london(20, "09:30"))
    assert [one.first for one in found(studio, replay=replay)] == [message]
    assert found(studio, at=london(20, "09:20"), replay=True) == []


def test_what_is_contradicted_stays_so_whoever_reads_the_mail_again(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), automatic="away")
    other = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), automatic="away")
    contradicting.contradict(message, about=About.AUTOMATIC, by=studio.bo, at=NOW)
    assert contradicting.contradicted([message.pk, other.pk]) == {message.pk: {"automatic", "automatic_why"}}


def test_only_what_was_noticed_can_be_contradicted(studio: Studio) -> None:
    message = asked(studio).messages.get()
    for about in About:
        with pytest.raises(contradicting.NothingNoticed):
            contradicting.contradict(message, about=about, by=studio.bo, at=NOW)
    assert Message.objects.get().contradictions.count() == 0


# ------------------------------------------------------------ what never stops a clock


@BOTH
def test_neither_an_acknowledgement_nor_an_absence_stops_a_clock(studio: Studio, replay: bool) -> None:
    talk = asked(studio)
    verbs.acknowledge(talk, by=studio.bo, at=london(20, "09:05"))
    for minute, kind in enumerate(["away", "receipt", "auto_reply"]):
        at = london(20, "09:10") + timedelta(minutes=minute)
        wrote(studio.borealis, by=studio.bo, at=at, conversation=talk, automatic=kind)
    (one,) = found(studio, replay=replay)
    assert (one.first.at, one.wait.due) == (london(20, "09:00"), london(20, "13:00"))


def test_whoever_a_wall_keeps_out_looks_after_nobody_behind_it(studio: Studio) -> None:
    talk = wrote(studio.cassini, by=studio.cora, at=london(20, "09:00")).conversation
    verbs.assign(talk, to=studio.fin, by=studio.ada, at=NOW - timedelta(minutes=5))
    KeptOut.objects.create(wall=studio.wall, member=studio.fin, since=NOW, by_name="Ada")
    (one,) = waiting(studio.ada, at=NOW, offices=offices())
    assert one.member_id is None
