"""Asking how it felt: on one's own day, after a meeting, after accepted work, by hand; never twice, never in pain."""

from datetime import UTC, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kept.doors.public.pulse_words import TONGUES
from kept.flows import send_pulse
from kept.flows.hear_pulse import hear
from kept.flows.pulse_letters import TAPPED, link_of
from kept.flows.pulse_tongues import LETTERS, language_called
from kept.flows.send_pulse import NotNow, ask, choose
from kept.kit.secrets import open_
from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, ContactRole, Stage
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.deliverables.verbs import hand_over, receive
from kept.ledgers.letters.linking import HERE
from kept.ledgers.letters.models import Letter
from kept.ledgers.pulses import tokens, wishing
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import FollowUp, Invitation, Language, Occasion, Skip, Why
from kept.ledgers.team import verbs as team
from tests.cast import NOW, Studio, london, worked, wrote
from tests.flows.pulse_days import BEGAN, habit, kit_worked, met_by, their_day
from tests.ledgers.telling import everything


@pytest.fixture
def day(studio: Studio) -> Any:
    """Cleo's own day in this quarter; only Borealis is served, and Bo leads it."""
    Client.objects.filter(pk=studio.cassini.pk).update(stage=Stage.PAST)
    habit(studio, Occasion.QUARTER)
    return their_day(studio.cleo)


# a quarter


def test_on_their_own_day_a_person_gets_one_letter_by_itself(studio: Studio, day: Any) -> None:
    asked, skipped = choose(at=day)
    row, letter = Invitation.objects.get(), Letter.objects.get()
    assert (asked, skipped) == ([row], [])
    assert (row.contact, row.occasion, row.by, row.letter) == (studio.cleo, "quarter", studio.bo, letter)
    assert (row.moment, row.closes_at) == ("quarter:2026-4", day + timedelta(days=21))
    assert (letter.automatic, letter.to, letter.client) == (True, [["Cleo North", "cleo@borealis.example"]], row.client)
    assert letter.subject == "How does it feel to work with us?"
    assert letter.words.startswith("Dear Cleo,\n\nhow has it felt")
    assert letter.words.endswith("Bo Field\nLarkfield Studio")
    assert letter.go_at == day + timedelta(seconds=10)


def test_the_link_in_the_letter_is_theirs_and_in_no_row(studio: Studio, day: Any) -> None:
    choose(at=day)
    letter = Letter.objects.get()
    link = open_(letter.link)
    token = link.rstrip("/").rpartition("/")[2]
    assert tokens.redeem(token) == Invitation.objects.get()
    assert link == link_of(tokens.Token(token, "")) == f"http://127.0.0.1:8000{reverse('public:pulse', args=[token])}"
    assert letter.words.count(HERE) == 1
    assert token not in str(everything())


@pytest.mark.parametrize("later", [-1, 0])
def test_before_their_day_nobody_is_asked_and_after_it_once(studio: Studio, day: Any, later: int) -> None:
    choose(at=day + timedelta(days=later))
    assert Invitation.objects.count() == (0 if later else 1)


def test_the_same_day_again_and_every_day_after_changes_nothing(studio: Studio, day: Any) -> None:
    choose(at=day)
    once = everything()
    for later in range(0, 21):
        assert choose(at=day + timedelta(days=later)) == ([], [])
    assert everything() == once


def test_a_day_missed_is_made_up_for_on_the_next_working_day(studio: Studio, day: Any) -> None:
    for later in range(1, 8):
        choose(at=day + timedelta(days=later))
        sunday = (day + timedelta(days=later)).weekday() >= 5
        assert Invitation.objects.exists() != sunday
        if not sunday:
            break


def test_whose_day_was_before_we_began_is_asked_in_the_next_quarter(studio: Studio) -> None:
    day = their_day(studio.cleo)
    habit(studio, Occasion.QUARTER, since=day + timedelta(days=1))
    assert choose(at=day + timedelta(days=3)) == ([], [])


def test_without_a_habit_nobody_is_asked(studio: Studio) -> None:
    met_by(studio, at=london(19))
    assert choose(at=their_day(studio.cleo)) == ([], [])


def test_who_neither_deals_with_us_nor_wrote_lately_is_left_in_peace(studio: Studio, day: Any) -> None:
    nils = clients.meet(
        studio.borealis, name="Nils Berg", emails=("nils@borealis.example",), role=ContactRole.FINANCE,
        by=studio.bo, at=BEGAN,
    )  # fmt: skip
    late = london(17, month=12)
    choose(at=late)
    assert {row.contact for row in Invitation.objects.all()} == {studio.cleo}
    wrote(studio.borealis, by=nils, at=late - timedelta(days=80))
    Conversation.objects.update(settled_until=late)  # their message was answered
    choose(at=late)
    assert {row.contact for row in Invitation.objects.all()} == {studio.cleo, nils}


# whom we may not ask


def test_why_not_is_kept_once_and_they_are_asked_when_it_ends(studio: Studio, day: Any) -> None:
    wait = wrote(studio.borealis, by=studio.cleo, at=day - timedelta(days=6))
    assert choose(at=day)[0] == []
    skip = Skip.objects.get()
    assert (skip.contact, skip.why, skip.moment) == (studio.cleo, Why.INCIDENT, "quarter:2026-4")
    assert skip.words.startswith("A message of ")
    assert choose(at=day + timedelta(days=1)) == ([], [])
    assert Skip.objects.count() == 1
    wrote(studio.borealis, by=studio.bo, at=day, conversation=wait.conversation)
    monday = day + timedelta(days=7 - day.weekday())
    assert [row.contact for row in choose(at=monday)[0]] == [studio.cleo]


def test_a_wish_a_missing_address_and_a_dispute_are_kept_as_such(studio: Studio, day: Any) -> None:
    studio.cleo.addresses.all().delete()
    choose(at=day)
    assert Skip.objects.get().why == Why.NO_ADDRESS
    wishing.leave_alone(studio.cleo, by=None, at=day)
    choose(at=day)
    assert set(Skip.objects.values_list("why", flat=True)) == {Why.NO_ADDRESS, Why.WISH}
    assert not Letter.objects.exists()


def test_nobody_is_asked_while_a_bill_is_disputed_and_for_ten_working_days_after(studio: Studio, day: Any) -> None:
    at = day - timedelta(days=20)
    bill = bills.send(
        studio.borealis, number="2026-7", amount=Amount(Decimal(900), "GBP"), sent_on=at.date(), by=studio.fin, at=at
    )
    surprise = bills.surprise(bill, words="Why 900?", opened_at=at, by=studio.fin, at=at)
    choose(at=day)
    skip = Skip.objects.get()
    assert skip.why == Why.DISPUTE
    assert skip.words.startswith("They asked about the bill of ")
    assert "2026-7" not in skip.words  # it is read by those who may not see money
    bills.settle(surprise, how="explained", by=studio.fin, at=day)
    for later in range(1, 30):
        choose(at=day + timedelta(days=later))
        if Invitation.objects.exists():
            break
    assert later == 14


def test_after_a_low_answer_they_are_not_asked_until_it_is_followed_up(studio: Studio, day: Any) -> None:
    row = ask(studio.cleo, occasion=Occasion.MEETING, about="the map", by=studio.bo, at=day - timedelta(days=40))
    hear(row, marks={"secure": 3}, at=day - timedelta(days=39))
    assert FollowUp.objects.exists()
    choose(at=day)
    assert Skip.objects.get().why == Why.INCIDENT


def test_a_relationship_asked_about_less_than_180_days_ago_is_not_asked_about(studio: Studio, day: Any) -> None:
    before = day - timedelta(days=179)
    pulses.invite(studio.cleo, moment=pulses.Moment(Occasion.QUARTER), hashed="0" * 64, by=studio.ada, at=before,
                  closes_at=before + timedelta(days=21))  # fmt: skip
    assert choose(at=day)[0] == []
    assert Skip.objects.get().why == Why.THROTTLED


# in whose name


def test_whoever_did_the_work_does_not_ask(studio: Studio, day: Any) -> None:
    worked(studio.borealis, member=studio.bo, day=day.date() - timedelta(days=5))
    choose(at=day)
    assert Invitation.objects.get().by == studio.ada


def test_where_nobody_logs_hours_whoever_wrote_to_them_does_not_ask(studio: Studio, day: Any) -> None:
    wrote(studio.borealis, by=studio.bo, at=day - timedelta(days=5))
    choose(at=day)
    assert Invitation.objects.get().by == studio.ada


def test_where_nobody_else_could_ask_nobody_does_and_that_is_kept(studio: Studio, day: Any) -> None:
    for member in (studio.bo, studio.ada):
        worked(studio.borealis, member=member, day=day.date() - timedelta(days=5))
    choose(at=day)
    assert (Skip.objects.get().why, Invitation.objects.exists()) == (Why.NOBODY_ELSE, False)


def test_nobody_asks_across_a_wall(studio: Studio) -> None:
    habit(studio, Occasion.QUARTER)
    day = their_day(studio.cora)
    team.change_member(studio.kit, role="owner", by=studio.ada, at=BEGAN)
    worked(studio.cassini, member=studio.ada, day=day.date() - timedelta(days=5))
    worked(studio.cassini, member=studio.bo, day=day.date() - timedelta(days=5))
    choose(at=day)
    assert not Invitation.objects.filter(client=studio.cassini).exists()


# moments


def test_after_a_meeting_the_next_day_by_one_tap_and_not_by_who_was_there(studio: Studio) -> None:
    habit(studio, Occasion.MEETING)
    met_by(studio, at=london(19, "14:00"))
    kit_worked(studio, day=london(19))
    assert choose(at=london(19, "17:00")) == ([], [])
    choose(at=london(20))
    row, letter = Invitation.objects.get(), Letter.objects.get()
    assert (row.occasion, row.about, row.by, row.contact) == ("meeting", "the map", studio.bo, studio.cleo)
    assert letter.subject == "How did it feel: the map"
    assert "“I matter to you.”" in letter.words
    assert "‹0 to 10: cherished›" in letter.words
    assert choose(at=london(21)) == ([], [])


def test_about_a_meeting_of_two_weeks_ago_nobody_is_asked(studio: Studio) -> None:
    habit(studio, Occasion.MEETING)
    met_by(studio, at=london(6))
    assert choose(at=london(20)) == ([], [])


def test_after_work_was_accepted_who_accepted_it_is_asked(studio: Studio) -> None:
    habit(studio, Occasion.MILESTONE)
    nils = clients.meet(
        studio.borealis, name="Nils Berg", emails=("nils@borealis.example",), role=ContactRole.SPONSOR,
        by=studio.bo, at=BEGAN,
    )  # fmt: skip
    work = hand_over(studio.borealis, name="the [new] checkout", handed_at=london(15), by=studio.kit, at=london(15))
    receive(work, kind=ReceiptKind.ACCEPTED, said_at=london(19), by=studio.bo, at=london(19), contact=nils)
    choose(at=NOW)
    row = Invitation.objects.get()
    assert (row.contact, row.occasion, row.about) == (nils, "milestone", "the [new] checkout")
    assert Letter.objects.get().subject == "How did it feel: the (new) checkout"


def test_two_moments_within_a_month_ask_once_and_say_why(studio: Studio) -> None:
    habit(studio, Occasion.MEETING)
    met_by(studio, at=london(14), about="the map")
    choose(at=london(15))
    met_by(studio, at=london(19), about="the legend")
    choose(at=london(20))
    assert Invitation.objects.get().about == "the map"
    assert (Skip.objects.get().why, Skip.objects.get().about) == (Why.THROTTLED, "the legend")


# by hand


def test_by_hand_in_ones_own_name_or_anothers_where_one_did_the_work(studio: Studio) -> None:
    assert ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=NOW).by == studio.ada
    worked(studio.cassini, member=studio.ada, day=NOW.date())
    assert ask(studio.cora, occasion=Occasion.QUARTER, by=studio.ada, at=NOW).by == studio.bo


def test_by_hand_the_same_guards_say_why_not_and_nothing_is_sent(studio: Studio) -> None:
    ask(studio.cleo, occasion=Occasion.MEETING, about="the map", by=studio.ada, at=NOW)
    with pytest.raises(NotNow, match="asked not long ago") as refused:
        ask(studio.cleo, occasion=Occasion.MEETING, about="the map", by=studio.ada, at=NOW)
    assert refused.value.until == NOW.astimezone(UTC) + timedelta(days=30)  # by the clock of the world, not of a town
    with pytest.raises(NotNow, match="cannot write to this client"):
        ask(studio.cora, occasion=Occasion.QUARTER, by=studio.kit, at=NOW)
    assert Letter.objects.count() == Invitation.objects.count() == 1


def test_a_day_with_enough_automatic_letters_waits_for_the_next(studio: Studio, day: Any) -> None:
    for number in range(3):
        Letter.objects.create(
            by=studio.ada, form="new", made_at=day, changed_at=day, automatic=True, sent_off_at=day, go_at=day,
            mail_id=f"{number}@larkfield.example", to=[["Cleo North", "cleo@borealis.example"]],
        )  # fmt: skip
    assert choose(at=day + timedelta(minutes=1)) == ([], [])
    with pytest.raises(NotNow, match="three automatic letters today"):
        ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=day + timedelta(minutes=1))
    assert Letter.objects.count() == 3
    tomorrow = day + timedelta(days=1 if day.weekday() < 4 else 3)
    assert len(choose(at=tomorrow + timedelta(hours=1))[0]) == 1


def test_at_night_the_letter_waits_for_the_morning(studio: Studio) -> None:
    row = ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=london(20, "23:00"))
    assert row.letter
    assert row.letter.go_at == london(21, "09:00")


# killed anywhere


@pytest.mark.parametrize("step", ["write", "invite"])
def test_cut_off_anywhere_it_neither_loses_nor_doubles(
    step: str, studio: Studio, day: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(send_pulse if step == "write" else pulses, step, cut)
        with pytest.raises(KeyboardInterrupt):
            choose(at=day)
    assert everything() == before
    choose(at=day)
    choose(at=day)
    assert Letter.objects.count() == Invitation.objects.count() == 1


# languages


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("occasion", list(Occasion))
def test_in_every_language_the_letter_is_whole(language: Language, occasion: Occasion, studio: Studio) -> None:
    clients.agree(studio.cleo, on=BEGAN.date(), language=language.label, by=studio.bo, at=BEGAN)
    row = ask(studio.cleo, occasion=occasion, about="the map", by=studio.ada, at=NOW)
    assert row.language == language
    assert row.letter
    assert "{" not in row.letter.words + row.letter.subject
    assert row.letter.words.count(HERE) == 1
    assert ("‹0 to 10: " in row.letter.words) == (occasion in TAPPED)
    assert row.letter.words.splitlines()[0].strip(":,").endswith("Cleo North" if language != "en" else "Cleo")


@pytest.mark.parametrize("language", list(Language))
def test_the_letter_says_it_as_the_page_does(language: Language) -> None:
    for name, scale in LETTERS[language].scales.items():
        page = TONGUES[language].ask.scales[name]
        assert scale == (page.says, page.low, page.high)


@pytest.mark.parametrize(
    ("said", "language"),
    [("Deutsch, bitte", "de"), ("fr-CH", "fr"), ("ES", "es"), ("English", "en"), ("Dansk", "en"), ("", "en")],
)
def test_a_language_is_known_by_what_it_was_called(said: str, language: str) -> None:
    assert language_called(said) == language
