"""Looking back: who left or complained, on which day and how one knows."""

from datetime import date, timedelta
from decimal import Decimal

from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.models import Bill
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind
from kept.ledgers.promises.models import Size
from kept.ledgers.reckoning import verbs as reckoning
from kept.measures.backtest import What
from kept.measures.trust_streams import Stream
from kept.readings.backtest_losses import Loss, losses, told_once
from kept.readings.calendars import offices
from tests.acting import sold
from tests.cast import NOW, Studio, london
from tests.readings.looking_back import answer, broken


def lost() -> list[tuple[str, What, str]]:
    names = dict(Client.objects.values_list("pk", "name"))
    return [(names[one.client], one.what, one.how) for one in losses(at=NOW, offices=offices())]


def test_a_client_left_on_the_day_somebody_said_so(studio: Studio) -> None:
    clients.part(studio.borealis, by=studio.bo, at=london(1))
    (one,) = losses(at=NOW, offices=offices())
    assert (one.client, one.what, one.at, one.how) == (
        studio.borealis.pk, What.LEFT, london(1), "no longer a client",
    )  # fmt: skip


def test_one_who_came_back_has_not_left(studio: Studio) -> None:
    clients.part(studio.borealis, by=studio.bo, at=london(1))
    clients.change(studio.borealis, stage=Stage.ACTIVE, by=studio.bo, at=london(5))
    assert lost() == []


def test_asking_for_a_handover_is_leaving_and_being_cross_about_a_fee_is_not(studio: Studio) -> None:
    choices.note(studio.borealis, kind=SignKind.ASKED_FOR_HANDOVER, seen_at=london(2), by=studio.bo, at=london(2))
    choices.note(studio.cassini, kind=SignKind.QUESTIONED_FEE, seen_at=london(2), by=studio.ada, at=london(2))
    assert lost() == [("Borealis", What.LEFT, "asked for their data, rights or a handover")]


def test_a_retainer_that_ended_for_nothing_is_leaving_and_one_renewed_is_not(studio: Studio) -> None:
    for client in (studio.borealis, studio.cassini):
        row = sold(client, by=studio.ada, name="Care", kind=Kind.RETAINER, starts=date(2026, 1, 1))
        engagements.close(row, on=date(2026, 8, 31), by=studio.ada, at=london(1))
    sold(studio.cassini, by=studio.ada, name="More care", kind=Kind.RETAINER, starts=date(2026, 9, 20))
    assert lost() == [("Borealis", What.LEFT, "Care ended and was not renewed")]


def test_a_fixed_job_that_is_done_is_no_departure(studio: Studio) -> None:
    row = sold(studio.borealis, by=studio.ada, starts=date(2026, 1, 1))
    engagements.close(row, on=date(2026, 8, 31), by=studio.ada, at=london(1))
    assert lost() == []


def test_a_low_feeling_and_a_major_promise_broken_are_complaints(studio: Studio) -> None:
    answer(studio, london(1, month=3), secure=4, dazzled=9)
    answer(studio, london(1, month=5), secure=5, mark=2)  # the mark for the work is no feeling
    broken(studio, due=london(1, month=7))
    broken(studio, due=london(1, month=2), size=Size.NORMAL)
    assert lost() == [
        ("Borealis", What.COMPLAINED, "a low answer"), ("Borealis", What.COMPLAINED, "a major promise broken"),
    ]  # fmt: skip


def test_what_follows_within_ninety_days_of_the_first_is_the_same_story(studio: Studio) -> None:
    days = (0, 40, 100, 130, 300)
    found = [Loss(1, What.COMPLAINED, NOW - timedelta(days=500 - day), "a low answer") for day in days]
    assert [(NOW - one.at).days for one in told_once(found)] == [500, 400, 200]
    assert len(told_once([*found, Loss(2, What.COMPLAINED, NOW, ""), Loss(1, What.LEFT, NOW, "")])) == 5


def test_what_comes_again_and_again_is_a_new_story_each_time_ninety_days_have_gone_by(studio: Studio) -> None:
    found = [Loss(1, What.COMPLAINED, NOW - timedelta(days=back), "a low answer") for back in range(640, 0, -80)]
    assert [(NOW - one.at).days for one in told_once(found)] == [640, 480, 320, 160]


def test_everything_that_happened_is_known_also_what_is_one_story(studio: Studio) -> None:
    for day in (1, 2, 3):
        answer(studio, london(day), secure=2)
    assert len(lost()) == 3


def test_what_hurts_is_by_the_firms_own_number(studio: Studio) -> None:
    answer(studio, london(3, month=3), secure=3)
    reckoning.change_number("hurting.feeling", value=2, by=studio.ada, at=london(1, month=4))
    assert lost() == []
    reckoning.change_number("hurting.feeling", value=3, by=studio.ada, at=london(1, month=5))
    assert lost() == [("Borealis", What.COMPLAINED, "a low answer")]


def test_a_major_promise_broken_is_a_complaint_whatever_it_weighs(studio: Studio) -> None:
    reckoning.change_number("streams.promise_major", value=1, by=studio.ada, at=london(1, month=2))
    broken(studio, due=london(1, month=7))
    assert lost() == [("Borealis", What.COMPLAINED, "a major promise broken")]


def test_a_row_set_aside_is_no_complaint_while_it_is(studio: Studio) -> None:
    low, row = answer(studio, london(3, month=3), secure=3), broken(studio, due=london(1, month=7))
    for stream, pk in ((Stream.SECURE, low.pk), (Stream.PROMISE, row.pk)):
        reckoning.set_aside(
            studio.borealis, stream=stream, row=pk, reason="Meant for others", until=london(28), by=studio.bo, at=NOW
        )
    assert lost() == []
    later = losses(at=london(29), offices=offices())
    assert [one.how for one in later] == ["a low answer", "a major promise broken"]


def billed(studio: Studio) -> Bill:
    """One that surprised them in August, of which we heard in October."""
    amount = bills.Amount(Decimal(900), "GBP")
    bill = bills.send(
        studio.borealis, number="2026-104", amount=amount, sent_on=date(2026, 8, 3), by=studio.fin, at=london(3)
    )
    bills.surprise(bill, words="Why is it more?", opened_at=london(5, month=8), by=studio.bo, at=london(5))
    return bill


def test_a_bill_that_surprised_them_is_a_complaint_of_the_day_they_said_so(studio: Studio) -> None:
    bill = billed(studio)
    bills.settle(bill.surprises.get(), how="We explained it", by=studio.bo, at=london(6))
    (one,) = losses(at=NOW, offices=offices())
    assert (one.client, one.what, one.at, one.how) == (
        studio.borealis.pk, What.COMPLAINED, london(5, month=8), "a bill that surprised them",
    )  # fmt: skip
    assert losses(at=london(4), offices=offices()) == []  # nobody had written it down


def test_a_bill_set_aside_is_no_complaint(studio: Studio) -> None:
    bill = billed(studio)
    reckoning.set_aside(
        studio.borealis, stream=Stream.BILL, row=bill.pk, reason="Ours to mend", until=london(28), by=studio.bo, at=NOW
    )
    assert lost() == []


def test_a_question_taken_back_leaves_the_other_about_the_same_bill(studio: Studio) -> None:
    bill = billed(studio)
    bills.settle(bill.surprises.get(), how="We explained it", by=studio.bo, at=london(6))
    again = bills.surprise(bill, words="Still?", opened_at=london(7), by=studio.bo, at=london(7))
    assert len(lost()) == 2
    bills.take_back(again, by=studio.bo, at=london(8))
    assert [one.at for one in losses(at=NOW, offices=offices())] == [london(5, month=8)]
