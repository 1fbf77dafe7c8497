"""What was answered: the runs, moments and verdicts that every page has, and whatever was answered after all."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.conversations import pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Conversation
from kept.readings.answered import replies
from kept.readings.calendars import offices
from kept.readings.reply_facts import runs
from kept.readings.reply_runs import in_time
from tests.acting import thanked, wrote
from tests.studio import NOW, Studio, london

SINCE = london(1)
Run = tuple[int, int, datetime, int | None, timedelta, bool | None]


def talked(s: Studio, seed: int) -> None:
    """Twenty days of letters to and fro in four conversations, with thanks, nudges and clocks that stood."""
    luck, talks = random.Random(seed), list[Conversation]()
    for hour in range(0, 20 * 24, 5):
        at = SINCE - timedelta(days=5) + timedelta(hours=hour, minutes=luck.randrange(60))
        client, contact = luck.choice(((s.borealis, s.cleo), (s.cassini, s.cora)))
        own = [one for one in talks if one.client_id == client.pk]
        if len(own) < 2:
            talks.append(wrote(client, by=contact, at=at).conversation)
            continue
        talk = luck.choice(own)
        deed = luck.choice(("theirs", "theirs", "ours", "ours", "thanks", "pause", "end"))
        if deed == "thanks":
            thanked(talk, by=contact, at=at)
        elif deed == "pause":
            with suppress(ValueError):  # nobody waits, so there is no clock to stop
                pausing.pause(talk, reason="They look for the file", by=s.bo, at=at)
        elif deed == "end":
            for pause in talk.pauses.filter(ended_at=None):
                pausing.end_pause(pause, by=s.bo, at=at)
        else:
            wrote(client, by=s.bo if deed == "ours" else contact, at=at, conversation=talk)


def as_answered(s: Studio) -> set[Run]:
    house, found = offices(), set()
    for one in replies(s.ada, since=SINCE, at=NOW):
        client = Conversation.objects.get(pk=one.conversation_id).client
        wait = one.judged(client, house)
        took = wait.passed
        found.add((
            one.conversation_id, one.clock.started_by, one.clock.started_at, one.clock.answered_by,
            min(took, wait.pledge), took <= wait.pledge,
        ))  # fmt: skip
    return found


def as_everywhere(s: Studio) -> set[Run]:
    """From the runs that trust and the pledge are counted from."""
    house, found = offices(), set()
    for run in runs(at=NOW, since=SINCE - timedelta(days=90)):
        if run.clock.answered_at is None or run.clock.answered_at < SINCE:
            continue
        client = Conversation.objects.get(pk=run.talk).client
        pledge = house.pledge_to(client)
        took = run.took(house.calendar(client), at=NOW, pledge=pledge)
        found.add((
            run.talk, run.clock.started_by, run.clock.started_at, run.clock.answered_by,
            min(took, pledge), in_time(run, took, pledge=pledge, at=NOW),
        ))  # fmt: skip
    return found


@pytest.mark.parametrize("seed", range(5))
def test_they_are_the_runs_that_trust_and_the_pledge_are_counted_from(seed: int, studio: Studio) -> None:
    talked(studio, seed)
    found = as_answered(studio)
    assert len(found) > 3
    assert {run[:4] for run in found} == {run[:4] for run in as_everywhere(studio)}
    assert {(run[1], run[5]) for run in found} == {(run[1], run[5]) for run in as_everywhere(studio)}


def test_what_needed_no_answer_and_got_one_was_answered(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "10:00"))
    conversations.set_aside(
        message.conversation, message=message, kind=AsideKind.NO_REPLY, reason="For our files", by=studio.bo,
        at=london(19, "11:00"),
    )  # fmt: skip
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:00"), conversation=message.conversation)
    (one,) = replies(studio.bo, since=london(20, "00:00"), at=NOW)
    assert one.clock.started_by == message.pk
    assert as_everywhere(studio) == set()


@pytest.mark.parametrize("many", [1, 9])
def test_two_queries_however_much_was_written(many: int, studio: Studio, django_assert_num_queries: Any) -> None:
    for number in range(many):
        at = london(20, "08:00") + timedelta(minutes=number)
        asked = wrote(studio.borealis, by=studio.cleo, at=at)
        wrote(studio.borealis, by=studio.bo, at=at + timedelta(minutes=30), conversation=asked.conversation)
    with django_assert_num_queries(2):
        assert len(replies(studio.bo, since=london(20, "00:00"), at=NOW)) == many
