"""Hearing how it felt: a low answer is followed by a call, a reply by mail counts as words, a quoted link is closed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.flows.hear_pulse import call_by, hear
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.letters import verbs as letters
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.promises.models import Promise
from kept.ledgers.pulses import following, tokens
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Occasion, Standing
from kept.ledgers.pulses.tokens import Token
from kept.ledgers.pulses.verbs import Moment
from kept.ledgers.team import verbs as team
from kept.measures.working_time import Calendar
from tests.cast import NOW, Studio, london
from tests.flows.post import letter, received
from tests.ledgers.telling import everything

CLEO = "Cleo North <cleo@borealis.example>"
ASKED = london(19, "09:30")
NIGHT = london(19, "23:00")


@pytest.fixture
def token() -> Token:
    return tokens.mint()


@pytest.fixture
def sent(studio: Studio) -> Letter:
    row = letters.begin(
        form=Form.NEW, by=studio.ada, at=ASKED, client=studio.borealis, to=[("Cleo North", "cleo@borealis.example")],
        subject="How does it feel?", words="Dear Cleo", automatic=True,
    )  # fmt: skip
    return letters.send_off(row, by=studio.ada, at=ASKED)


@pytest.fixture
def asked(studio: Studio, sent: Letter, token: Token) -> Invitation:
    return pulses.invite(
        studio.cleo, moment=Moment(Occasion.QUARTER), hashed=token.hashed, by=studio.ada, at=ASKED,
        closes_at=ASKED + timedelta(days=21), letter=sent,
    )  # fmt: skip


def reply(sent: Letter, *, by: str = CLEO, **more: Any) -> None:
    facts: dict[str, Any] = {
        "at": london(19, "11:00"),
        "after": sent.mail_id,
        "text": "You are kind, and often late.",
    } | more
    received(letter(by, **facts))


# a low answer


@pytest.mark.parametrize(("mark", "opens"), [(7, False), (6, True), (0, True)])
def test_an_answer_up_to_six_is_followed_by_a_call_within_a_working_day(
    mark: int, opens: bool, asked: Invitation, studio: Studio
) -> None:
    row = hear(asked, marks={"cherished": mark, "secure": 9}, at=NOW)
    assert FollowUp.objects.exists() == Promise.objects.exists() == opens
    if opens:
        follow_up = FollowUp.objects.get()
        assert (follow_up.answer, follow_up.owner, follow_up.opened_at) == (row, studio.bo, NOW)
        assert follow_up.promise
        assert follow_up.promise.words == "Speak with Cleo about how it felt"
        assert follow_up.promise.due == london(21, "09:40")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (london(19, "23:00"), london(20, "17:30")),  # nobody is called at eleven at night
        (london(23, "16:00"), london(26, "16:00")),  # Friday to Monday
        (london(24, "12:00"), london(26, "12:00")),
    ],
)
def test_the_call_is_due_within_working_time(at: Any, due: Any, asked: Invitation) -> None:
    hear(asked, marks={"secure": 2}, at=at)
    assert Promise.objects.get().due == due


def test_a_low_mark_for_the_work_and_the_wish_to_be_called_are_followed_too(asked: Invitation) -> None:
    hear(asked, marks={"secure": 9}, at=NOW)
    assert not FollowUp.objects.exists()
    hear(asked, marks={}, at=NOW, call_me=True)
    assert FollowUp.objects.count() == 1


def test_what_was_low_already_opens_nothing_again(asked: Invitation, studio: Studio) -> None:
    hear(asked, marks={"secure": 4}, at=NOW)
    following.take_back_follow_up(FollowUp.objects.get(), by=studio.bo, at=NOW)
    hear(asked, marks={"secure": 3}, at=NOW + timedelta(minutes=1))
    assert not FollowUp.objects.exists()


def test_without_a_lead_who_is_here_an_owner_is_told(asked: Invitation, studio: Studio) -> None:
    team.leave(studio.bo, on=ASKED.date(), by=studio.ada, at=ASKED)
    hear(asked, marks={"secure": 4}, at=NOW)
    assert FollowUp.objects.get().owner == studio.ada


# replies by mail


def test_a_reply_counts_as_words_and_stays_a_message_that_waits(asked: Invitation, sent: Letter) -> None:
    reply(sent)
    row, message = Answer.objects.get(), Message.objects.get(contact=asked.contact)
    assert (row.words, row.secure, row.mark, row.at) == ("You are kind, and often late.", None, None, message.at)
    assert (row.source_noun, row.source_id) == ("conversations.Message", message.pk)
    assert Conversation.objects.waiting_at(NOW).filter(pk=message.conversation_id).exists()
    assert not FollowUp.objects.exists()


def test_words_are_added_to_what_was_marked_before(asked: Invitation, sent: Letter) -> None:
    hear(asked, marks={"secure": 8}, words="All well.", at=ASKED + timedelta(minutes=5))
    reply(sent)
    row = Answer.objects.get()
    assert (row.secure, row.words) == (8, "All well.\n\nYou are kind, and often late.")


def test_the_same_mail_twice_is_heard_once(asked: Invitation, sent: Letter) -> None:
    reply(sent, id="reply@borealis.example")
    reply(sent, id="reply@borealis.example")
    assert Answer.objects.get().words == "You are kind, and often late."


def test_a_reply_to_the_reminder_counts_as_well(asked: Invitation, studio: Studio) -> None:
    again = letters.begin(
        form=Form.NEW, by=studio.ada, at=ASKED, client=studio.borealis, to=[("Cleo North", "cleo@borealis.example")],
        subject="How does it feel?", words="Dear Cleo", automatic=True,
    )  # fmt: skip
    letters.send_off(again, by=studio.ada, at=ASKED)
    pulses.remind(asked, hashed=tokens.mint().hashed, by=None, at=ASKED, letter=again)
    reply(again)
    assert Answer.objects.get().words


@pytest.mark.parametrize(
    "more",
    [
        {"more": "Auto-Submitted: auto-replied", "text": "I am away until Monday."},
        {"by": "Noor Vale <noor@borealis.example>"},
        {"by": "Zed <zed@stranger.example>"},
        {"text": "> Dear Cleo"},
        {"at": ASKED + timedelta(days=22)},
    ],
    ids=["a machine's", "a colleague's", "a stranger's", "nothing but a quote", "too late"],
)
def test_this_is_no_answer(more: dict[str, Any], asked: Invitation, sent: Letter, monkeypatch: Any) -> None:
    monkeypatch.setattr("tests.flows.post.NOW", NOW + timedelta(days=30))
    reply(sent, **more)
    assert not Answer.objects.exists()
    assert Message.objects.count() == 1


def test_what_follows_in_the_thread_is_talk(asked: Invitation, sent: Letter, studio: Studio) -> None:
    reply(sent, id="first@borealis.example")
    received(letter("bo@larkfield.example", to="cleo@borealis.example", id="ours@l.example", at=london(19, "12:00"),
                    after=f"{sent.mail_id} first@borealis.example", text="What was late?"))  # fmt: skip
    reply(sent, after=f"{sent.mail_id} first@borealis.example ours@l.example", text="The map.", at=london(19, "13:00"))
    assert Answer.objects.get().words == "You are kind, and often late."


def test_of_what_was_withdrawn_nothing_is_heard(asked: Invitation, sent: Letter, studio: Studio) -> None:
    pulses.withdraw(asked, by=studio.ada, at=ASKED)
    reply(sent)
    assert not Answer.objects.exists()


# links that others can read


def test_a_reply_that_quotes_the_link_is_heard_and_the_link_closed(
    asked: Invitation, sent: Letter, token: Token
) -> None:
    quoted = f"> Dear Cleo,\n> https://kept.example/pulse/{token.plain}/"
    reply(sent, text=f"All well.\n\nOn 19 October Ada Lark wrote:\n{quoted}")
    asked.refresh_from_db()
    assert asked.standing(NOW) == Standing.RETIRED
    assert Answer.objects.get().words == "All well."


@pytest.mark.parametrize("by", ["Zed <zed@stranger.example>", "Mail <postmaster@borealis.example>"])
def test_whoever_sends_us_the_link_it_is_closed(by: str, asked: Invitation, token: Token) -> None:
    received(letter(by, text=f"Is this yours? https://kept.example/pulse/{token.plain}/?secure=9"))
    asked.refresh_from_db()
    assert asked.standing(NOW) == Standing.RETIRED


@pytest.mark.parametrize("slash", ["%2F", "%2f", "%252F"])
def test_a_link_that_their_program_put_into_its_own_is_closed_too(slash: str, asked: Invitation, token: Token) -> None:
    link = (
        f"https://safe.example/?url=https%3A{slash}{slash}kept.example{slash}pulse{slash}{token.plain}{slash}&data=05"
    )
    received(letter(CLEO, text=f"Is this yours?\n{link}"))
    asked.refresh_from_db()
    assert asked.standing(NOW) == Standing.RETIRED


def test_made_up_links_close_nothing(asked: Invitation) -> None:
    received(letter(CLEO, text=" ".join(f"/pulse/{'x' * 42}{n}/" for n in range(9))))
    asked.refresh_from_db()
    assert asked.standing(NOW) == Standing.OPEN


@pytest.mark.parametrize(
    ("answered", "by"),
    [
        ("2026-11-18T14:20", "2026-11-19T14:20"),  # a Wednesday
        ("2026-11-18T23:10", "2026-11-19T17:30"),
        ("2026-11-18T06:10", "2026-11-18T17:30"),
        ("2026-11-20T15:00", "2026-11-23T15:00"),  # a Friday
        ("2026-11-22T06:00", "2026-11-23T17:30"),  # a Sunday
        ("2026-11-22T20:00", "2026-11-23T17:30"),
    ],
)
def test_a_call_has_a_working_day_and_never_falls_due_before_it_was_asked_for(answered: str, by: str) -> None:
    week = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar = Calendar(zone="Europe/London", windows=week)
    at, due = (datetime.fromisoformat(one).replace(tzinfo=calendar.zone) for one in (answered, by))
    assert call_by(at, calendar) == due


# a link that is pasted into an answer


def test_their_own_link_in_their_words_is_cut_and_goes_on_serving_them(asked: Invitation, token: Token) -> None:
    row = hear(asked, marks={}, words=f"From https://kept.example/pulse/{token.plain}/?secure=9, gladly.", at=NOW)
    assert row.words == "From https://kept.example/pulse/‹a link of their own›/?secure=9, gladly."
    assert token.plain not in str(everything())
    assert asked.standing(NOW) == Standing.OPEN
    assert hear(asked, marks={"secure": 9}, at=NOW).words == row.words


def test_the_link_of_somebody_else_in_their_words_is_cut_and_answers_no_more(asked: Invitation, studio: Studio) -> None:
    other = tokens.mint()
    coras = pulses.invite(
        studio.cora, moment=Moment(Occasion.QUARTER), hashed=other.hashed, by=studio.ada, at=ASKED,
        closes_at=ASKED + timedelta(days=21),
    )  # fmt: skip
    assert other.plain not in hear(asked, marks={}, words=f"/pulse/{other.plain}/ is Cora’s.", at=NOW).words
    coras.refresh_from_db()
    assert coras.standing(NOW) != Standing.OPEN


def test_a_link_that_is_none_of_ours_stays_in_their_words(asked: Invitation) -> None:
    said = f"As on https://elsewhere.example/pulse/{'x' * 43}/."
    assert hear(asked, marks={}, words=said, at=NOW).words == said


def test_a_link_typed_into_a_reply_by_mail_stands_in_no_answer(sent: Letter, asked: Invitation, token: Token) -> None:
    reply(sent, text=f"I never opened https://kept.example/pulse/{token.plain}/ but all is well.")
    assert token.plain not in Answer.objects.get().words
    asked.refresh_from_db()
    assert asked.standing(NOW) != Standing.OPEN, "the mail itself can be read by others"
