"""We wrote, and nobody answered: what comes back, when, to whom; and what does not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.conversations import following_up
from kept.ledgers.conversations.models import Message
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings import rhythm
from kept.readings.calendars import offices
from kept.readings.follow_ups import Unanswered, unanswered
from tests.acting import wrote
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _a_new_process() -> None:
    rhythm.forget()


def ask(studio: Studio, at: datetime, *, asks: bool = True, **more: Any) -> Message:
    message = wrote(studio.borealis, by=more.pop("by", studio.bo), at=at, asks=asks, **more)
    Message.objects.filter(pk=message.pk).update(to=[["Cleo North", "Cleo@borealis.example"]])
    return message


def back(viewer: Member, *, at: datetime = NOW) -> list[Unanswered]:
    return unanswered(viewer, at=at, offices=offices())


def test_a_question_of_ours_comes_back_after_three_working_days_while_we_know_no_rhythm(studio: Studio) -> None:
    message = ask(studio, london(13, "11:00"))
    assert back(studio.bo, at=london(16, "10:59")) == []
    (one,) = back(studio.bo, at=london(16, "11:00"))
    assert (one.message, one.who, one.member_id) == (message, "Cleo North", studio.bo.pk)
    assert "three working days" in one.why


def test_who_answers_within_the_hour_is_asked_again_the_next_day(studio: Studio) -> None:
    for day in (5, 6, 7, 8, 9, 12):
        letter = ask(studio, london(day, "10:00"))
        wrote(studio.borealis, by=studio.cleo, at=london(day, "10:30"), conversation=letter.conversation)
    ask(studio, london(13, "11:00"))
    (one,) = back(studio.bo, at=london(14, "11:00"))
    assert one.why == "Cleo usually answers within an hour."
    assert back(studio.bo, at=london(14, "10:59")) == []


def test_what_asked_for_nothing_comes_back_on_a_chosen_day_only(studio: Studio) -> None:
    message = ask(studio, london(5, "11:00"), asks=False)
    assert back(studio.bo) == []
    following_up.choose_day(message, due_at=london(20, "09:00"), by=studio.kit, at=london(19))
    (one,) = back(studio.bo)
    assert (one.due_at, one.why) == (london(20, "09:00"), "Kit chose this day.")
    assert back(studio.bo, at=london(20, "08:59")) == []


def test_a_chosen_day_goes_before_the_rhythm_and_never_is_never(studio: Studio) -> None:
    message = ask(studio, london(5, "11:00"))
    assert len(back(studio.bo)) == 1
    row = following_up.choose_day(message, due_at=london(23), by=studio.bo, at=london(19))
    assert back(studio.bo) == []
    # what was chosen later was not known then
    assert len(back(studio.bo, at=london(16))) == 1
    following_up.take_back_follow_up(row, by=studio.bo, at=NOW)
    assert len(back(studio.bo)) == 1
    following_up.never(message, by=studio.bo, at=london(20, "09:30"))
    assert back(studio.bo) == []


@pytest.mark.parametrize("thanked", [False, True])
def test_an_answer_of_any_person_ends_it_and_an_absence_does_not(studio: Studio, thanked: bool) -> None:
    message = ask(studio, london(5, "11:00"))
    wrote(studio.borealis, by=studio.cleo, at=london(5, "11:01"), conversation=message.conversation, automatic="away")
    assert len(back(studio.bo)) == 1
    answer = wrote(studio.borealis, by=studio.cleo, at=london(6), conversation=message.conversation)
    Message.objects.filter(pk=answer.pk).update(closing="It only says thanks." if thanked else "")
    assert back(studio.bo) == []
    assert len(back(studio.bo, at=london(12))) == 0
    # of a moment before the answer it is told as it was
    assert len(back(studio.bo, at=london(5, "12:00"))) == 0


def test_a_past_moment_knows_nothing_of_the_answer_to_come(studio: Studio) -> None:
    message = ask(studio, london(5, "11:00"))
    wrote(studio.borealis, by=studio.cleo, at=london(14), conversation=message.conversation)
    assert [one.message for one in back(studio.bo, at=london(12))] == [message]
    assert back(studio.bo) == []


def test_a_second_letter_of_ours_takes_the_place_of_the_first(studio: Studio) -> None:
    first = ask(studio, london(5, "11:00"))
    second = ask(studio, london(12, "11:00"), conversation=first.conversation)
    assert [one.message for one in back(studio.bo)] == [second]


def test_history_machines_and_what_is_long_past_stay_away(studio: Studio) -> None:
    ask(studio, london(5, "11:00"), quiet=True)
    ask(studio, london(5, "11:00"), automatic="away")
    ask(studio, london(5, "11:00", month=6))
    assert back(studio.bo) == []


def test_what_somebody_left_behind_is_their_leads(studio: Studio) -> None:
    ask(studio, london(5, "11:00"), by=studio.kit)
    assert back(studio.ada)[0].member_id == studio.kit.pk
    team.leave(studio.kit, on=NOW.date(), by=studio.ada, at=NOW)
    assert back(studio.ada)[0].member_id == studio.bo.pk


def test_behind_a_wall_nothing_comes_back(studio: Studio) -> None:
    wrote(studio.cassini, by=studio.ada, at=london(5), asks=True)
    assert back(studio.kit) == []
    assert len(back(studio.ada)) == 1


@pytest.mark.parametrize("letters", [1, 25])
def test_three_queries_whatever_the_history_and_fewer_afterwards(
    studio: Studio, letters: int, django_assert_num_queries: Any
) -> None:
    for number in range(letters):
        ask(studio, london(5, "11:00") + timedelta(minutes=number))
    house = offices()
    with django_assert_num_queries(3):
        assert len(unanswered(studio.bo, at=NOW, offices=house)) == letters
    with django_assert_num_queries(2):
        unanswered(studio.bo, at=NOW, offices=house)


def test_only_our_own_letters_can_wait_and_only_for_a_day_to_come(studio: Studio) -> None:
    theirs = wrote(studio.borealis, by=studio.cleo)
    with pytest.raises(ValueError, match="ourselves"):
        following_up.never(theirs, by=studio.bo, at=NOW)
    with pytest.raises(ValueError, match="still to come"):
        following_up.choose_day(ask(studio, london(5)), due_at=NOW, by=studio.bo, at=NOW)
