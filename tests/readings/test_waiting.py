"""Who waits for us: when a clock starts, what stops it, who looks after it; and that a replay says what live said."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import contradicting, pausing, settling, verbs
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.noticed import About
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.waiting import Waiting, waiting
from tests.acting import thanked, wrote
from tests.studio import NOW, Studio, london

BOTH = pytest.mark.parametrize("replay", [False, True])


def who_waits(
    viewer: Member, *, at: datetime = NOW, replay: bool = False, near: bool = False, paused: bool = False
) -> list[Waiting]:
    return waiting(viewer, at=at, offices=offices(), replay=replay, near=near, paused=paused)


def the_one(viewer: Member, *, at: datetime = NOW, replay: bool = False) -> Waiting:
    (one,) = who_waits(viewer, at=at, replay=replay)
    return one


@BOTH
def test_the_clock_starts_at_the_first_message_nobody_answered(studio: Studio, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(19, "15:00"))
    nudge = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), conversation=first.conversation)
    one = the_one(studio.bo, replay=replay)
    assert (one.first, one.last, one.messages) == (first, nudge, 2)
    # 15:00 to 17:30 yesterday and 09:00 to 09:40 today
    assert one.wait.passed == timedelta(hours=3, minutes=10)
    assert (one.wait.due, one.wait.late) == (london(20, "10:30"), False)


@BOTH
def test_our_answer_stops_it_and_their_next_message_starts_another(studio: Studio, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(19, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(19, "11:00"), conversation=first.conversation)
    assert who_waits(studio.bo, replay=replay) == []
    again = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), conversation=first.conversation)
    one = the_one(studio.bo, replay=replay)
    assert (one.first, one.messages, one.wait.due) == (again, 1, london(20, "13:00"))


@BOTH
def test_a_machine_neither_starts_nor_stops_a_clock(studio: Studio, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:01"), conversation=first.conversation, automatic="away")
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:02"), conversation=first.conversation, automatic="away")
    wrote(None, by="news@stranger.example", at=london(20, "09:00"), automatic="bulk")
    one = the_one(studio.bo, replay=replay)
    assert (one.first, one.last, one.messages) == (first, first, 1)


@BOTH
def test_history_has_no_clock_but_what_comes_after_it_has(studio: Studio, replay: bool) -> None:
    old = wrote(studio.borealis, by=studio.cleo, at=london(1, month=5), quiet=True)
    assert who_waits(studio.bo, replay=replay) == []
    new = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), conversation=old.conversation)
    one = the_one(studio.bo, replay=replay)
    assert (one.first, one.messages) == (new, 1)


@BOTH
def test_an_answer_of_the_same_moment_comes_last(studio: Studio, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:00"), conversation=first.conversation)
    assert who_waits(studio.bo, replay=replay) == []


@BOTH
@pytest.mark.parametrize("kind", [AsideKind.NO_REPLY, AsideKind.ELSEWHERE])
def test_a_mark_closes_what_was_read_and_nothing_newer(studio: Studio, kind: AsideKind, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    mark = verbs.set_aside(first.conversation, kind=kind, reason="Called", by=studio.bo, at=london(20, "09:05"))
    assert who_waits(studio.bo, replay=replay) == []
    newer = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), conversation=first.conversation)
    assert the_one(studio.bo, replay=replay).first == newer
    verbs.bring_back(mark, by=studio.bo, at=london(20, "09:20"))
    one = the_one(studio.bo, replay=replay)
    assert (one.first, one.messages) == (first, 2)


@BOTH
def test_what_is_put_off_comes_back_on_its_day_with_its_clock(studio: Studio, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00"))
    until = london(20, "09:30")
    verbs.set_aside(
        first.conversation, kind=AsideKind.LATER, reason="Proofs", by=studio.bo, at=london(19, "10:00"), until=until
    )
    assert who_waits(studio.bo, at=until - timedelta(seconds=1), replay=replay) == []
    one = the_one(studio.bo, at=until, replay=replay)
    assert (one.first, one.wait.late) == (first, True)


@BOTH
def test_a_newer_message_opens_again_what_was_put_off(studio: Studio, replay: bool) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    verbs.set_aside(
        first.conversation, kind=AsideKind.LATER, reason="Proofs", by=studio.bo, at=london(20, "09:05"),
        until=london(23),
    )  # fmt: skip
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:30"), conversation=first.conversation)
    one = the_one(studio.bo, replay=replay)
    assert (one.first, one.messages) == (first, 2)


@BOTH
def test_who_was_asked_looks_after_it_else_the_lead(studio: Studio, replay: bool) -> None:
    talk = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00")).conversation
    assert the_one(studio.ada, replay=replay).member_id == studio.bo.pk
    verbs.assign(talk, to=studio.kit, by=studio.bo, at=london(20, "09:05"))
    assert the_one(studio.ada, replay=replay).member_id == studio.kit.pk
    verbs.assign(talk, to=None, by=studio.kit, at=london(20, "09:10"))
    assert the_one(studio.ada, replay=replay).member_id is None


@BOTH
def test_who_has_left_looks_after_nobody(studio: Studio, replay: bool) -> None:
    talk = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00")).conversation
    team.leave(studio.bo, on=london(19).date(), by=studio.ada, at=NOW)
    assert the_one(studio.ada, replay=replay).member_id is None
    verbs.assign(talk, to=studio.kit, by=studio.ada, at=london(20, "09:05"))
    assert the_one(studio.ada, replay=replay).member_id == studio.kit.pk
    team.leave(studio.kit, on=london(20).date(), by=studio.ada, at=NOW)
    assert the_one(studio.ada, replay=replay).member_id is None


@BOTH
def test_behind_a_wall_nobody_waits(studio: Studio, replay: bool) -> None:
    talk = wrote(studio.cassini, by=studio.cora, at=london(20, "09:00")).conversation
    assert who_waits(studio.kit, replay=replay) == []
    assert the_one(studio.bo, replay=replay).conversation == talk


def test_the_clients_own_pledge_and_the_longest_past_it_first(studio: Studio) -> None:
    clients.change(studio.borealis, pledge_minutes=60, by=studio.ada, at=NOW)
    cleo = wrote(studio.borealis, by=studio.cleo, at=london(19, "16:00"))
    cora = wrote(studio.cassini, by=studio.cora, at=london(19, "14:00"))
    found = who_waits(studio.ada)
    # 2 h 10 of one hour is worse than 4 h 10 of four
    assert [one.first for one in found] == [cleo, cora]
    assert [one.wait.left for one in found] == [timedelta(minutes=-70), timedelta(minutes=-10)]


def test_a_person_is_called_by_their_name_or_what_the_mail_says(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    wrote(None, by=studio.zed, at=london(20, "09:10"))
    assert [one.who for one in who_waits(studio.ada)] == ["Cleo North", studio.zed]


def test_near_leaves_out_only_what_somebody_else_looks_after(studio: Studio) -> None:
    """Read nearer or from the whole house: what is one's own, handed over, or nobody's is found either way."""
    dice = Random(7)
    delos = clients.welcome(name="Delos", by=studio.ada, at=NOW)
    for minute in range(24):
        client = dice.choice([studio.borealis, studio.cassini, delos, None])
        talk = wrote(client, by=studio.zed, at=london(20, "09:00") + timedelta(minutes=minute)).conversation
        to = dice.choice([None, studio.ada, studio.bo, studio.fin, "nobody was asked"])
        if not isinstance(to, str):
            verbs.assign(talk, to=to, by=studio.ada, at=NOW)
    team.leave(studio.fin, on=london(20).date(), by=studio.ada, at=NOW)
    for viewer in (studio.ada, studio.bo, studio.kit):
        mine = {one.conversation for one in who_waits(viewer) if one.member_id in {None, viewer.pk}}
        near = {one.conversation for one in who_waits(viewer, near=True)}
        assert mine <= near
    assert len(who_waits(studio.kit, near=True)) < len(who_waits(studio.kit))


@pytest.mark.parametrize("seed", range(8))
def test_a_replay_says_what_live_said_at_every_moment(studio: Studio, seed: int) -> None:
    """A random fortnight, judged live after each step; then each of these moments again, with all that came later."""
    dice = Random(seed)
    at, talks = london(5, "08:00"), list[Conversation]()
    said: list[tuple[datetime, Member, list[Any]]] = []
    for _ in range(45):
        at += timedelta(minutes=dice.choice([1, 7, 30, 90, 240, 900]))
        step(studio, talks, at=at, dice=dice)
        looking = at + timedelta(seconds=dice.randrange(50))
        viewer = dice.choice([studio.ada, studio.bo, studio.kit])
        said.append((looking, viewer, facts(who_waits(viewer, at=looking, paused=True))))
    assert sum(len(found) for _, _, found in said) > 30
    assert settling.untrue() == []
    for moment, viewer, live in said:
        assert facts(who_waits(viewer, at=moment, replay=True, paused=True)) == live


def facts(found: list[Waiting]) -> list[Any]:
    return [
        (one.conversation.pk, one.first.pk, one.last.pk, one.messages, one.member_id, one.wait, one.pause)
        for one in found
    ]


def step(studio: Studio, talks: list[Conversation], *, at: datetime, dice: Random) -> None:
    """One thing that happens: somebody writes or is asked, or a message is set aside."""
    if not talks or dice.random() < 0.2:
        client, by = dice.choice([(studio.borealis, studio.cleo), (studio.cassini, studio.cora), (None, studio.zed)])
        talks.append(wrote(client, by=by, at=at, quiet=dice.random() < 0.2).conversation)
        return
    talk = dice.choice(talks)
    acts = [they_write, they_write, we_write, we_write, a_machine_writes, set_aside, set_aside, hand_on]
    act = dice.choice([*acts, they_thank, pause, pause, end_pause, contradict])
    act(studio, talk, at=at, dice=dice)


def they_write(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    wrote(talk.client, by=studio.zed, at=at, conversation=talk, quiet=dice.random() < 0.1)


def we_write(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    wrote(talk.client, by=dice.choice([studio.ada, studio.bo]), at=at, conversation=talk)


def a_machine_writes(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    wrote(talk.client, by=dice.choice([studio.bo, studio.zed]), at=at, conversation=talk, automatic="away")


def set_aside(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    """In any way; but once put off, another day is a mark in place of the first, which then was never there."""
    newest = Message.objects.filter(conversation=talk, direction="in", automatic="").order_by("at", "pk").last()
    kind = dice.choice(list(AsideKind))
    if newest is not None and not newest.asides.filter(kind=kind).exists():
        until = at + timedelta(minutes=dice.choice([5, 400, 3000])) if kind == AsideKind.LATER else None
        verbs.set_aside(talk, kind=kind, reason="Because", by=studio.bo, at=at, until=until)


def they_thank(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    thanked(talk, by=studio.zed, at=at)


def pause(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    with suppress(verbs.NothingToAnswer):
        pausing.pause(talk, reason="Their logo", by=studio.bo, at=at)


def end_pause(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    for row in talk.pauses.filter(ended_at=None):
        pausing.end_pause(row, by=studio.bo, at=at)


def contradict(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    noticed = Message.objects.filter(conversation=talk).exclude(closing="", automatic="")
    if message := noticed.order_by("-pk").first():
        about = About.CLOSING if message.closing else About.AUTOMATIC
        contradicting.contradict(message, about=about, by=studio.bo, at=at)


def hand_on(studio: Studio, talk: Conversation, *, at: datetime, dice: Random) -> None:
    verbs.assign(talk, to=dice.choice([None, studio.ada, studio.bo, studio.fin]), by=studio.ada, at=at)


@BOTH
@pytest.mark.parametrize("history", [1, 40])
def test_as_many_queries_however_long_the_history(
    studio: Studio, history: int, replay: bool, django_assert_num_queries: Any
) -> None:
    talk = wrote(studio.borealis, by=studio.cleo, at=london(5, "09:00")).conversation
    for number in range(history):
        at = london(6, "09:00") + timedelta(hours=number)
        wrote(studio.borealis, by=studio.cleo, at=at, conversation=talk)
        wrote(studio.borealis, by=studio.bo, at=at + timedelta(minutes=5), conversation=talk)
        wrote(studio.borealis, by=studio.cleo, at=at)
    house = offices()
    with django_assert_num_queries(5 if replay else 4):
        found = waiting(studio.bo, at=NOW, offices=house, replay=replay)
        assert {one.who for one in found} == {"Cleo North"}
    assert len(found) == history
