"""Who stands in which group of the inbox, for whom; and what counts as answered today."""

from datetime import timedelta
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import pausing, verbs
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Message
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.inbox import Group, Inbox, Whose, as_rows, inbox
from kept.readings.inbox_aside import glance, unheard
from tests.acting import thanked, wrote
from tests.studio import NOW, Studio, london


def seen(viewer: Member, *, whose: Whose = Whose.YOURS, channel: str = "") -> Inbox:
    return inbox(viewer, at=NOW, offices=offices(), whose=whose, channel=channel)


def groups(found: Inbox) -> list[tuple[Group, str]]:
    return [(row.group, row.who) for row in found.rows]


def test_each_reader_finds_the_same_conversation_where_it_is_theirs(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    assert groups(seen(studio.bo)) == [(Group.WAITING, "Cleo North")]
    assert groups(seen(studio.kit)) == [(Group.OTHERS, "Cleo North")]
    assert groups(seen(studio.kit, whose=Whose.EVERYONE)) == [(Group.WAITING, "Cleo North")]
    assert groups(seen(studio.kit, whose=Whose.NOBODY)) == []


def test_a_stranger_is_everybodys_until_somebody_takes_them(studio: Studio) -> None:
    letter = wrote(None, by=studio.zed, at=london(20, "09:00"))
    assert groups(seen(studio.fin)) == [(Group.STRANGERS, studio.zed)]
    verbs.assign(letter.conversation, to=studio.kit, by=studio.ada, at=NOW)
    assert groups(seen(studio.fin)) == [(Group.OTHERS, studio.zed)]
    assert groups(seen(studio.kit)) == [(Group.STRANGERS, studio.zed)]
    assert seen(studio.kit).nobodys == 0


def test_who_has_left_looks_after_nobody(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    team.leave(studio.bo, on=london(19).date(), by=studio.ada, at=NOW)
    assert groups(seen(studio.ada)) == [(Group.NOBODY, "Cleo North")]
    assert seen(studio.ada).nobodys == 1


def test_a_mark_stands_until_they_write_again(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "08:00"))
    verbs.set_aside(
        asked.conversation, kind=AsideKind.NO_REPLY, reason="A thank-you", by=studio.bo, at=london(20, "08:30")
    )
    assert groups(seen(studio.bo)) == [(Group.ASIDE, "Cleo North")]
    assert groups(seen(studio.kit)) == []
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), conversation=asked.conversation)
    assert groups(seen(studio.bo)) == [(Group.WAITING, "Cleo North")]


def test_what_we_answered_after_all_is_no_longer_set_aside(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "08:00"))
    verbs.set_aside(
        asked.conversation, kind=AsideKind.NO_REPLY, reason="A thank-you", by=studio.bo, at=london(20, "08:30")
    )
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:00"), conversation=asked.conversation)
    assert groups(seen(studio.bo)) == []


def test_set_aside_until_a_day_comes_back_by_itself(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(19, "14:00"))
    until = london(20, "09:40")
    verbs.set_aside(
        asked.conversation, kind=AsideKind.LATER, reason="Later", by=studio.bo, at=london(19, "15:00"), until=until
    )
    assert groups(seen(studio.bo)) == [(Group.WAITING, "Cleo North")]
    before = inbox(studio.bo, at=until - timedelta(seconds=1), offices=offices())
    assert groups(before) == [(Group.ASIDE, "Cleo North")]


def test_answered_today_counts_each_answer_once_and_judges_it(studio: Studio) -> None:
    late = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00"))
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:05"), conversation=late.conversation)
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:10"), conversation=late.conversation)
    called = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:15"))
    verbs.set_aside(
        called.conversation, kind=AsideKind.ELSEWHERE, reason="Called", by=studio.bo, at=london(20, "09:20")
    )
    before = wrote(studio.borealis, by=studio.cleo, at=london(19, "15:00"))
    wrote(studio.borealis, by=studio.bo, at=london(19, "16:00"), conversation=before.conversation)
    found = seen(studio.bo)
    assert len(found.answered) == 2
    rows = as_rows(found.answered, members=found.members, offices=offices())
    assert [row.wait.late if row.wait else None for row in rows] == [True, None]
    assert seen(studio.kit).answered == []
    assert len(seen(studio.kit, whose=Whose.EVERYONE).answered) == 2


def test_a_machine_of_ours_answers_nobody(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "08:00"))
    wrote(studio.borealis, by=studio.bo, at=london(20, "08:01"), conversation=asked.conversation, automatic="report")
    assert seen(studio.bo).answered == []
    assert groups(seen(studio.bo)) == [(Group.WAITING, "Cleo North")]


def test_behind_a_wall_nothing_is_counted(studio: Studio) -> None:
    asked = wrote(studio.cassini, by=studio.cora, at=london(20, "08:00"))
    told = wrote(studio.cassini, by=studio.cora, at=london(20, "08:00"))
    wrote(studio.cassini, by=studio.ada, at=london(20, "08:30"), conversation=told.conversation)
    verbs.set_aside(asked.conversation, kind=AsideKind.NO_REPLY, reason="Secret", by=studio.ada, at=london(20, "08:30"))
    found = seen(studio.kit, whose=Whose.EVERYONE)
    assert (found.rows, found.answered, found.everyones) == ((), [], 0)
    assert unheard(studio.kit, before=NOW + timedelta(days=1)) == []


def test_a_glance_knows_how_they_like_to_be_spoken_to(studio: Studio) -> None:
    clients.agree(studio.cleo, on=NOW.date(), by=studio.bo, at=NOW, channel="By phone.")
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), text="x" * 2000)
    one = glance(seen(studio.bo).rows[0])
    assert one.cut
    assert len(one.words) == 1500
    assert one.agreement is not None
    assert one.agreement.lines() == ["By phone."]


def test_the_longest_silence_comes_first_and_your_own_clients_before_others(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(1, month=5), quiet=True)
    wrote(studio.cassini, by=studio.cora, at=london(1, month=3), quiet=True)
    before = NOW - timedelta(days=42)
    assert [one.client.name for one in unheard(studio.bo, before=before)] == ["Borealis"]
    assert [one.client.name for one in unheard(studio.fin, before=before)] == ["Cassini", "Borealis"]


@pytest.mark.parametrize("history", [1, 40])
def test_ten_queries_whatever_the_history(studio: Studio, history: int, django_assert_num_queries: Any) -> None:
    for number in range(history):
        asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "08:00") + timedelta(seconds=number))
        if number % 3 == 0:
            wrote(studio.borealis, by=studio.bo, at=london(20, "09:00"), conversation=asked.conversation)
    places = offices()
    wrote(None, by=studio.zed, at=london(20, "09:00"))
    with django_assert_num_queries(10):
        found = inbox(studio.bo, at=NOW, offices=places)
        assert len([row.who for row in found.rows]) == len(found.rows)


# ------------------------------------------------------------ what stands still, and what nobody answered


def test_while_we_wait_for_them_it_stays_in_sight(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    pausing.pause(asked.conversation, reason="their logo", by=studio.bo, at=london(20, "09:10"))
    assert groups(seen(studio.bo)) == [(Group.THEM, "Cleo North")]
    assert groups(seen(studio.kit)) == [(Group.OTHERS, "Cleo North")]
    assert seen(studio.bo).everyones == 0


def test_what_only_says_thanks_can_be_looked_at_for_a_week(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00"))
    wrote(studio.borealis, by=studio.bo, at=london(19, "10:00"), conversation=asked.conversation)
    thanked(asked.conversation, by=studio.cleo, at=london(19, "11:00"))
    assert groups(seen(studio.bo)) == [(Group.ASIDE, "Cleo North")]
    assert groups(seen(studio.kit)) == []
    later = inbox(studio.bo, at=london(26, "11:01"), offices=offices())
    assert groups(later) == []


def test_a_mark_of_who_has_left_is_seen_by_all(studio: Studio) -> None:
    letter = wrote(None, by=studio.zed, at=london(20, "09:00"))
    verbs.set_aside(letter.conversation, kind=AsideKind.LATER, reason="Later", by=studio.kit, at=NOW, until=london(23))
    assert groups(seen(studio.fin)) == []
    team.leave(studio.kit, on=london(20).date(), by=studio.ada, at=NOW)
    assert groups(seen(studio.fin)) == [(Group.ASIDE, studio.zed)]


def test_of_very_many_marks_the_newest_are_shown_and_the_rest_is_owned_up_to(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("kept.readings.inbox_marked.MOST", "kept.readings.inbox.MOST"):
        monkeypatch.setattr(module, 2)
    for number in range(3):
        letter = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject=f"{number}")
        at = london(20, "09:10") + timedelta(minutes=number)
        verbs.set_aside(letter.conversation, kind=AsideKind.NO_REPLY, reason="Thanks", by=studio.bo, at=at)
        assert seen(studio.bo).cut is (number == 2)
    assert {row.conversation.subject for row in seen(studio.bo).rows} == {"1", "2"}


def test_our_letter_that_nobody_answered_is_its_writers(studio: Studio) -> None:
    letter = wrote(studio.borealis, by=studio.bo, at=london(6, "09:00"), asks=True)
    Message.objects.filter(pk=letter.pk).update(to=[["Cleo North", "cleo@borealis.example"]])
    assert groups(seen(studio.bo)) == [(Group.UNANSWERED, "Cleo North")]
    assert groups(seen(studio.kit)) == []
    assert groups(seen(studio.kit, whose=Whose.EVERYONE)) == [(Group.UNANSWERED, "Cleo North")]
