"""Meeting notes: kept as what was said, without a clock anywhere; what was promised in them is noticed."""

from datetime import timedelta

import pytest

from kept.flows.note_meeting import note, take_back
from kept.ledgers.conversations import following_up, settling
from kept.ledgers.conversations.models import Channel, Conversation, Message
from kept.ledgers.conversations.noting import Meeting
from kept.ledgers.promises import candidates
from kept.ledgers.promises.models import Candidate
from kept.readings.answered import replies
from kept.readings.calendars import offices
from kept.readings.client_page import client_page, found, last_of
from kept.readings.replies import reply_summaries
from kept.readings.waiting import waiting
from tests.acting import wrote
from tests.cast import NOW, Studio, london
from tests.flows.post import home, letter, received
from tests.ledgers.telling import everything, told

HELD = london(19, "15:00")
WORDS = "We went through the site. Kit will send the map by Thursday. I'll draft the note for Cleo."


def noted(studio: Studio, words: str = WORDS) -> Message:
    meeting = Meeting(held_at=HELD, contacts=[studio.cleo], members=[studio.kit])
    return note(studio.borealis, words=words, meeting=meeting, by=studio.bo, at=NOW)


def test_a_note_is_kept_with_who_was_there_and_when(studio: Studio) -> None:
    row = noted(studio)
    assert (row.channel, row.direction, row.at) == (Channel.NOTE, "out", HELD)
    assert (row.subject, row.conversation.subject) == ("Meeting of 19 October", "Meeting of 19 October")
    assert (row.contact, row.member) == (studio.cleo, studio.bo)
    assert [name for name, _ in row.to] == ["Cleo North", "Kit Marsh"]
    assert row.body.visible == WORDS


def test_what_was_promised_is_noticed_also_of_colleagues(studio: Studio) -> None:
    noted(studio)
    by_kit, by_bo = Candidate.objects.order_by("pk")
    assert (by_kit.by, by_kit.words, by_kit.due) == (
        studio.kit, "Kit will send the map by Thursday.", london(22, "17:30"),
    )  # fmt: skip
    assert (by_bo.by, by_bo.contact, by_bo.due_is_explicit) == (studio.bo, studio.cleo, False)


def test_a_note_starts_and_stops_no_clock(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "10:00"))
    house = offices()
    before = waiting(studio.bo, at=NOW, offices=house)
    summary = reply_summaries([studio.borealis], at=NOW, offices=house)[studio.borealis.pk].summary
    noted(studio)
    assert [(one.conversation, one.wait) for one in waiting(studio.bo, at=NOW, offices=house)] == [
        (one.conversation, one.wait) for one in before
    ]
    assert reply_summaries([studio.borealis], at=NOW, offices=house)[studio.borealis.pk].summary == summary
    assert replies(studio.bo, since=london(19, "00:00"), at=NOW) == []
    assert settling.untrue() == []


def test_nobody_is_asked_to_answer_a_note(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Only what we wrote"):
        following_up.choose_day(noted(studio), due_at=NOW + timedelta(days=1), by=studio.bo, at=NOW)


def test_mail_never_joins_a_note(studio: Studio) -> None:
    row = noted(studio)
    received(letter("Cleo North <cleo@borealis.example>", id="one", subject="Re: Meeting of 19 October"))
    assert home("one") != row.conversation_id


def test_a_note_is_the_last_time_we_spoke_and_stands_in_the_story(studio: Studio) -> None:
    row = noted(studio)
    client = found(studio.bo).get(pk=studio.borealis.pk)
    last = last_of(client)
    assert last
    assert (last.at, last.conversation_id) == (HELD, row.conversation_id)
    page = client_page(client, viewer=studio.bo, at=NOW, offices=offices())
    (fact,) = [one for one in page.story.facts if getattr(one, "conversation_id", None) == row.conversation_id]
    assert (fact.channel, fact.ours, fact.theirs) == ("note", ("Bo Field",), ())  # type: ignore[union-attr]


def test_sent_twice_it_is_one_note(studio: Studio) -> None:
    noted(studio)
    once = everything()
    noted(studio)
    assert everything() == once


def test_taken_back_nothing_is_left_but_words_in_the_journal(studio: Studio) -> None:
    before = everything()
    row = noted(studio)
    with told("conversations.take_back_note") as lines:
        take_back(row, by=studio.bo, at=NOW)
    assert everything() == before
    assert lines[0].said == WORDS


def test_a_note_in_which_something_was_promised_stays(studio: Studio) -> None:
    row = noted(studio)
    candidates.accept(Candidate.objects.earliest("pk"), due=london(22, "17:30"), by=studio.bo, at=NOW)
    with pytest.raises(ValueError, match="was promised in it"):
        take_back(row, by=studio.bo, at=NOW)


def test_only_notes_are_taken_back_and_only_while_nothing_followed(studio: Studio) -> None:
    row = noted(studio)
    wrote(studio.borealis, by=studio.cleo, at=NOW, conversation=row.conversation)
    with pytest.raises(ValueError, match="More was said"):
        take_back(row, by=studio.bo, at=NOW)
    with pytest.raises(ValueError, match="what was sent was sent"):
        take_back(wrote(studio.borealis, by=studio.bo), by=studio.bo, at=NOW)


@pytest.mark.parametrize(
    ("words", "held", "why"),
    [("  ", HELD, "Write what was said"), ("We met.", NOW + timedelta(hours=1), "still to come")],
)
def test_a_note_needs_words_and_a_meeting_that_was(studio: Studio, words: str, held: object, why: str) -> None:
    meeting = Meeting(held_at=held)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=why):
        note(studio.borealis, words=words, meeting=meeting, by=studio.bo, at=NOW)
    assert not Conversation.objects.exists()


def test_people_of_another_client_were_not_there(studio: Studio) -> None:
    meeting = Meeting(held_at=HELD, contacts=[studio.cora])
    with pytest.raises(ValueError, match="people of Borealis"):
        note(studio.borealis, words="We met.", meeting=meeting, by=studio.bo, at=NOW)
