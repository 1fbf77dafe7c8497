"""Signs that may be there, read from letters, jobs, budgets, ties and bills; none counts until somebody says yes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.bills import verbs as bills
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import TieKind
from kept.ledgers.conversations import following_up
from kept.ledgers.conversations.models import Channel, Conversation
from kept.ledgers.conversations.undelivered import Undelivered
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.journal.verbs import open_batch
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.team.models import Member
from kept.ledgers.touches import verbs as touches
from kept.readings.choices_offer import Offer, Shown
from kept.readings.choices_offered import LATELY, MOST, offered
from kept.readings.standing import grounds_now
from tests.acting import sold, wrote
from tests.studio import NOW, Studio, london

BEFORE = NOW - timedelta(days=70)


def offers(studio: Studio, *, viewer: Member | None = None) -> list[Offer]:
    return offered([studio.borealis.pk], viewer=viewer or studio.bo, at=NOW)[studio.borealis.pk].offers


def kinds(studio: Studio, *, viewer: Member | None = None) -> list[SignKind]:
    return [one.shown.kind for one in offers(studio, viewer=viewer)]


def returned(studio: Studio, *, days: int = 3, **more: Any) -> Any:
    """Cleo writes after two months in which nobody had said a word."""
    wrote(studio.borealis, by=studio.bo, at=BEFORE, subject="Autumn")
    return wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=days), subject="A winter paper?", **more)


def nudged(studio: Studio, *days: int) -> Conversation:
    """Bo asks Cleo, and asks again."""
    talk = wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=60), subject="Spring").conversation
    for day in days:
        row = wrote(studio.borealis, by=studio.bo, at=NOW - timedelta(days=day), conversation=talk, asks=True)
        row.to, row.contact = [["Cleo North", "cleo@borealis.example"]], studio.cleo
        row.save(update_fields=["to", "contact"])
    return talk


def test_of_a_client_who_writes_and_is_answered_nothing_is_offered(studio: Studio) -> None:
    talk = wrote(studio.borealis, by=studio.cleo, at=london(1)).conversation
    wrote(studio.borealis, by=studio.bo, at=london(2), conversation=talk, asks=True)
    sold(studio.borealis, by=studio.ada)
    assert offers(studio) == []


def test_who_writes_after_a_silence_got_in_touch_and_the_letters_show_it(studio: Studio) -> None:
    letter = returned(studio)
    (one,) = offers(studio)
    assert (one.shown.kind, one.shown.source, one.at) == (
        SignKind.GOT_IN_TOUCH, ("conversations.Message", letter.pk), letter.at,
    )  # fmt: skip
    assert one.why == "For 67 days nobody on either side had said a word. Then they wrote first."
    assert (one.contact, one.who) == (studio.cleo.pk, "Cleo North")
    assert next((row.who, row.mark) for row in one.evidence) == ("Cleo North", f"m{letter.pk}")
    assert one.evidence[0].words == "“A winter paper?”: Could you send the new drafts?"


def test_how_long_the_silence_was_is_known_from_before_the_stretch_that_is_read(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=150))
    wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=1))
    (one,) = offers(studio)
    assert "For 149 days" in one.why


def test_the_first_letter_of_all_and_one_of_long_ago_are_none(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=NOW - LATELY - timedelta(days=1))
    assert offers(studio) == []


def test_machines_break_no_silence_and_meetings_do(studio: Studio) -> None:
    returned(studio)
    wrote(studio.borealis, by=studio.cleo, at=london(2), automatic="newsletter")
    assert kinds(studio) == [SignKind.GOT_IN_TOUCH]
    met = touches.plan(studio.borealis, about="Autumn", planned_at=london(1), by=studio.bo, at=BEFORE)
    touches.hold(met, came=[studio.bo], by=studio.bo, at=london(1, "12:00"))
    assert offers(studio) == []


def test_a_note_of_a_meeting_is_ours_whoever_asked_for_it(studio: Studio) -> None:
    letter = returned(studio)
    letter.channel = Channel.NOTE
    letter.save(update_fields=["channel"])
    assert offers(studio) == []


def test_a_letter_and_two_nudges_that_nobody_answered_were_ignored(studio: Studio) -> None:
    talk = nudged(studio, 40, 30, 20)
    (one,) = offers(studio)
    assert one.shown.kind == SignKind.IGNORED_NUDGES
    assert (
        one.why == "Three letters of ours asked for an answer, and since the first of them Cleo North has not written."
    )
    assert (one.who, one.at) == ("Cleo North", NOW - timedelta(days=20))
    assert [(row.who, row.pk) for row in one.evidence] == [("Bo Field", talk.pk)] * 3


def test_a_third_nudge_leaves_it_the_same_sign(studio: Studio) -> None:
    talk = nudged(studio, 40, 30, 20)
    (before,) = offers(studio)
    wrote(studio.borealis, by=studio.bo, at=london(15), conversation=talk, asks=True)
    (after,) = offers(studio)
    assert after.shown == before.shown


def test_an_answer_here_or_elsewhere_ends_it(studio: Studio) -> None:
    nudged(studio, 40, 30, 20)
    wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=25), subject="Something else")
    assert offers(studio) == []


def test_what_did_not_arrive_or_need_not_be_answered_is_no_nudge(studio: Studio) -> None:
    talk = nudged(studio, 40, 30, 20)
    last = talk.messages.order_by("-at")[0]
    lost = Undelivered.objects.create(message=last, at=last.at)
    assert offers(studio) == []
    lost.delete()
    assert kinds(studio) == [SignKind.IGNORED_NUDGES]
    following_up.never(last, by=studio.bo, at=NOW)
    assert offers(studio) == []


def again(studio: Studio, *, name: str = "Shop film", starts: date = date(2026, 10, 1), **more: Any) -> Engagement:
    """A second job, after the website was done in spring."""
    if not studio.borealis.engagements.exists():
        first = sold(studio.borealis, by=studio.ada, starts=date(2025, 10, 1), ends=date(2026, 4, 1))
        engagements.close(first, on=date(2026, 4, 1), by=studio.ada, at=london(1, month=4))
    return sold(studio.borealis, by=studio.bo, name=name, starts=starts, **more)


def test_who_buys_again_when_nothing_ran_came_back(studio: Studio) -> None:
    row = again(studio)
    (one,) = offers(studio)
    assert one.shown == Shown(SignKind.RENEWED_EARLY, "engagements.Engagement", row.pk)
    assert one.why == "Nothing of theirs ran with us any more. Then they came back for “Shop film”."
    assert [each.words for each in one.evidence] == [
        "“Shop film”, from 1 October 2026 on", "“Website”, 1 October 2025 to 1 April 2026",
    ]  # fmt: skip
    assert [each.who for each in one.evidence] == ["Bo Field", "Ada Lark"]


def test_who_buys_beside_what_runs_bought_more(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada, name="Paper", kind=Kind.RETAINER, starts=date(2026, 1, 1))
    again(studio)
    (one,) = offers(studio)
    assert one.why == "“Paper” runs, and beside it they bought “Shop film”."


def test_a_retainer_renewed_before_its_end_was_renewed_early(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada, name="2026", kind=Kind.RETAINER, starts=date(2026, 1, 1),
         ends=date(2026, 12, 31))  # fmt: skip
    engagements.start(
        studio.borealis, name="2027", kind=Kind.RETAINER, starts=date(2027, 1, 1), by=studio.bo, at=london(12)
    )  # fmt: skip
    (one,) = offers(studio)
    assert one.why == "“2027” follows “2026”, and was agreed 80 days before the end."
    Engagement.objects.filter(name="2026").update(notice_days=90)
    assert offers(studio) == []


def test_what_an_import_brought_is_no_choice(studio: Studio) -> None:
    row = again(studio)
    row.batch = open_batch("budget", "jobs.csv", by=studio.bo, at=NOW)
    row.save(update_fields=["batch"])
    assert offers(studio) == []


def retainer(studio: Studio, *, hours: int) -> Budget:
    """The year's hours, and what follows on 1 December."""
    row = sold(studio.borealis, by=studio.ada, kind=Kind.RETAINER, hours=40, fee=4000, starts=date(2026, 1, 1))
    Budget.objects.update(ends=date(2026, 11, 30))
    return engagements.budget(
        row,
        starts=date(2026, 12, 1),
        hours=Decimal(hours),
        fee=Decimal(4000),
        currency="GBP",
        by=studio.bo,
        at=london(5),
    )


def test_fewer_hours_from_now_on_are_a_cut_and_only_who_may_see_money_reads_it(studio: Studio) -> None:
    row = retainer(studio, hours=25)
    (one,) = offers(studio)
    assert one.shown == Shown(SignKind.CUT_SCOPE, "engagements.Budget", row.pk)
    assert one.why == "“Website” has 25 h a month from 1 December 2026 on, and had 40 h a month before."
    assert one.words == "Less of “Website” from 1 December 2026 on."
    assert offers(studio, viewer=studio.kit) == []
    assert len(offers(studio, viewer=studio.fin)) == 1


def test_as_many_hours_agreed_early_prolong_it(studio: Studio) -> None:
    retainer(studio, hours=40)
    (one,) = offers(studio)
    assert (one.shown.kind, one.words) == (SignKind.RENEWED_EARLY, "Prolonged “Website” early.")
    assert one.why == "“Website” goes on, which was agreed 56 days before the end."


def test_a_change_that_takes_hours_away_is_a_cut_with_its_reason(studio: Studio) -> None:
    row = sold(studio.borealis, by=studio.ada)
    engagements.budget(
        row, starts=date(2026, 10, 1), hours=Decimal(-20), fee=None, currency="GBP", reason="no photographs",
        by=studio.bo, at=london(1),
    )  # fmt: skip
    (one,) = offers(studio)
    assert one.words == "Less of “Website” from 1 October 2026 on."
    assert one.evidence[0].words == "“Website”, from 1 October 2026 on: −20 h. no photographs"


def sent(studio: Studio) -> None:
    clients.tie(studio.cora, to=studio.cleo, kind=TieKind.REFERRED_BY, by=studio.ada, at=london(12))


def test_who_referred_somebody_sent_us_somebody(studio: Studio) -> None:
    sent(studio)
    clients.tie(studio.cleo, to=studio.cora, kind=TieKind.FRIEND_OF, by=studio.ada, at=london(12))
    (one,) = offers(studio)
    assert (one.shown.kind, one.who, one.words) == (SignKind.SENT_OTHERS, "Cleo North", "")
    assert one.why == "Cora Vale came to us by Cleo North."
    assert one.evidence[0].client == studio.cassini.pk


def test_of_somebody_behind_a_wall_nothing_is_offered_to_whom_it_keeps_out(studio: Studio) -> None:
    sent(studio)
    assert offers(studio, viewer=studio.kit) == []


def test_of_a_client_behind_a_wall_nothing_at_all_is_known(studio: Studio) -> None:
    assert offered([studio.cassini.pk], viewer=studio.kit, at=NOW) == {}
    assert set(offered([studio.cassini.pk], viewer=studio.ada, at=NOW)) == {studio.cassini.pk}


def asked(studio: Studio, *, billed: int, settled: bool = True) -> None:
    amount = bills.Amount(Decimal(billed), "GBP", Decimal(4000))
    bill = bills.send(studio.borealis, number="26-7", amount=amount, sent_on=date(2026, 10, 1), by=studio.fin, at=NOW)
    row = bills.surprise(
        bill, words="Why so much?", opened_at=london(6), contact=studio.cleo, by=studio.bo, at=london(6, "10:00")
    )
    if settled:
        bills.settle(row, how="We went through it; it stands.", by=studio.bo, at=london(7))


def test_a_question_about_a_bill_that_was_as_quoted_may_be_one_about_the_fee(studio: Studio) -> None:
    asked(studio, billed=4000)
    (one,) = offers(studio)
    assert (one.shown.kind, one.who) == (SignKind.QUESTIONED_FEE, "Cleo North")
    assert one.evidence[0].words == "Why so much? Settled: We went through it; it stands."
    assert offers(studio, viewer=studio.kit) == []


@pytest.mark.parametrize(("billed", "settled"), [(4500, True), (4000, False)])
def test_a_wrong_bill_is_ours_to_put_right_and_an_open_question_tells_nothing_yet(
    studio: Studio, billed: int, *, settled: bool
) -> None:
    asked(studio, billed=billed, settled=settled)
    assert offers(studio) == []


def test_the_firms_own_number_says_what_is_as_quoted(studio: Studio) -> None:
    asked(studio, billed=4100)
    assert offers(studio) == []
    reckoning.change_number(key="streams.bill_within", value=0.05, by=studio.ada, at=london(5))
    assert kinds(studio) == [SignKind.QUESTIONED_FEE]


def test_nothing_counts_until_somebody_says_yes(studio: Studio) -> None:
    returned(studio)
    assert grounds_now([studio.borealis.pk], at=NOW)[studio.borealis.pk].signs == ()


def note(studio: Studio, one: Offer, *, at: datetime | None = None, by_hand: bool = False) -> Any:
    source = choices.NO_SOURCE if by_hand else one.shown.source
    return choices.note(
        studio.borealis, kind=one.shown.kind, seen_at=at or one.at, source=source, by=studio.bo, at=NOW
    )  # fmt: skip


def test_what_was_noted_is_not_offered_until_that_is_taken_back(studio: Studio) -> None:
    returned(studio)
    (one,) = offers(studio)
    row = note(studio, one)
    assert offers(studio) == []
    choices.take_back(row, by=studio.bo, at=NOW)
    assert offers(studio) == [one]


def test_what_a_person_wrote_down_by_hand_about_that_time_is_not_offered_again(studio: Studio) -> None:
    returned(studio, days=20)
    (one,) = offers(studio)
    row = note(studio, one, at=one.at + timedelta(days=6), by_hand=True)
    assert offers(studio) == []
    choices.take_back(row, by=studio.bo, at=NOW)
    note(studio, one, at=one.at + timedelta(days=8), by_hand=True)
    assert offers(studio) == [one]


def test_what_was_dismissed_is_remembered_with_who_said_so(studio: Studio) -> None:
    returned(studio)
    (one,) = offers(studio)
    choices.dismiss(
        studio.borealis, kind=one.shown.kind, source=one.shown.source, words=one.words, by=studio.bo, at=NOW
    )  # fmt: skip
    found = offered([studio.borealis.pk], viewer=studio.kit, at=NOW)[studio.borealis.pk]
    assert found.offers == []
    assert [(each.shown, each.words, each.who) for each in found.dismissed] == [(one.shown, one.words, "Bo Field")]


def test_what_money_said_and_was_dismissed_is_for_who_may_see_money(studio: Studio) -> None:
    choices.dismiss(
        studio.borealis, kind=SignKind.CUT_SCOPE, source=("engagements.Budget", 3), by=studio.bo, at=NOW
    )  # fmt: skip
    seen = [
        len(offered([studio.borealis.pk], viewer=viewer, at=NOW)[studio.borealis.pk].dismissed)
        for viewer in (studio.fin, studio.kit)
    ]
    assert seen == [1, 0]


def test_the_newest_come_first_and_not_more_than_can_be_read(studio: Studio) -> None:
    again(studio)
    for number in range(MOST + 3):
        again(studio, name=f"Part {number}", starts=date(2026, 9, 1) + timedelta(days=number))
    moments = [one.at for one in offers(studio)]
    assert len(moments) == MOST
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("key", ["", "praised", "praised-message-", "praised-member-3", "smiled-message-3", "x-y-z"])
def test_an_address_that_names_nothing_is_read_as_nothing(key: str) -> None:
    assert Shown.read(key) is None


def test_what_an_address_names_is_what_it_was_written_from() -> None:
    one = Shown(SignKind.IGNORED_NUDGES, "conversations.Message", 71)
    assert one.key == "ignored_nudges-message-71"
    assert Shown.read(one.key) == one


@pytest.mark.parametrize("more", [0, 4])
def test_a_constant_number_of_queries_for_many_clients(
    more: int, studio: Studio, django_assert_num_queries: Any
) -> None:
    asked(studio, billed=4000)
    again(studio)
    for number in range(more):
        client = clients.welcome(name=f"Client {number}", by=studio.ada, at=NOW)
        sold(client, by=studio.ada, name="First", starts=date(2026, 2, 1))
        wrote(client, by=studio.ada, at=BEFORE)
        for day in range(1, 9):
            wrote(client, by="zed@stranger.example", at=NOW - timedelta(days=day))
    keys = [*studio.borealis._meta.model.objects.values_list("pk", flat=True)]
    with django_assert_num_queries(9):
        found = offered(keys, viewer=studio.bo, at=NOW)
    assert sum(len(each.offers) for each in found.values()) == 2 + more
