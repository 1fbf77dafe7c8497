"""What may and may not be said of meetings, work handed over, bills and who came instead."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.models import Surprise
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.deliverables import verbs as deliverables
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements.models import PromisedPerson
from kept.ledgers.engagements.replacing import Told
from kept.ledgers.touches import verbs as touches
from kept.ledgers.touches.models import EndingKind, Meeting
from kept.ledgers.touches.verbs import AlreadyEnded, Held
from tests.cast import NOW, Studio, london, sold
from tests.ledgers.acts_of_served import FEE, MONDAY, TODAY, bo_instead, homepage, kit_promised, october, review
from tests.ledgers.telling import told

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def who(studio: Studio) -> dict[str, Any]:
    return {"by": studio.bo, "at": NOW}


class TestMeetings:
    def test_who_was_promised_and_did_not_come_is_known(self, studio: Studio, who: dict[str, Any]) -> None:
        row = review(studio)
        touches.hold(row, came=[studio.bo, studio.ada], held=Held(12, studio.bo, True, " More time. "), **who)
        people = row.people.values_list("member", "promised", "came")
        assert set(people) == {(studio.bo.pk, True, True), (studio.kit.pk, True, False), (studio.ada.pk, False, True)}
        assert (row.ending.minutes_late, row.ending.help_asked, row.ending.words) == (12, True, "More time.")

    def test_taken_back_it_is_planned_again_and_the_journal_knows_who_came(
        self, studio: Studio, who: dict[str, Any]
    ) -> None:
        row = review(studio)
        ending = touches.hold(row, came=[studio.ada], **who)
        with told("touches.take_back") as lines:
            touches.take_back(ending, **who)
        assert set(row.people.values_list("member", "came")) == {(studio.bo.pk, None), (studio.kit.pk, None)}
        assert ["Ada Lark", False, True] in lines[0].facts["people"]
        assert lines[0].facts["ended"]["kind"] == "held"

    def test_it_ends_in_one_way(self, studio: Studio, who: dict[str, Any]) -> None:
        row = review(studio)
        touches.miss(row, **who)
        with pytest.raises(AlreadyEnded, match="we did not come"):
            touches.hold(row, came=[studio.bo], **who)
        assert row.ending.kind == EndingKind.MISSED

    def test_what_is_to_come_can_be_called_off_and_moved_but_not_held(
        self, studio: Studio, who: dict[str, Any]
    ) -> None:
        row = touches.plan(studio.borealis, about="Plan", planned_at=TOMORROW, **who)
        with pytest.raises(ValueError, match="still to come"):
            touches.hold(row, came=[studio.bo], **who)
        touches.move(row, to=TOMORROW + timedelta(hours=1), **who)
        assert touches.call_off(row, by_us=True, **who).kind == EndingKind.OFF_BY_US
        with pytest.raises(AlreadyEnded, match="take that back"):
            touches.move(row, to=TOMORROW, **who)

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"about": " "}, "about"),
            ({"engagement": "Cassini"}, "engagement of Borealis"),
            ({"promised": "kit"}, "wall"),
        ],
    )
    def test_a_meeting_is_about_something_of_theirs_with_people_who_may_know_them(
        self, studio: Studio, who: dict[str, Any], wrong: dict[str, Any], why: str
    ) -> None:
        client = studio.cassini if "promised" in wrong else studio.borealis
        facts: dict[str, Any] = {"about": "Plan", "planned_at": TOMORROW} | wrong
        if "engagement" in wrong:
            facts["engagement"] = sold(studio.cassini, by=studio.ada)
        if "promised" in wrong:
            facts["promised"] = [studio.kit]
        with pytest.raises(ValueError, match=why):
            touches.plan(client, **facts, **who)
        assert not Meeting.objects.exists()

    def test_somebody_was_there_and_nobody_was_early(self, studio: Studio, who: dict[str, Any]) -> None:
        row = review(studio)
        with pytest.raises(ValueError, match="who of us was there"):
            touches.hold(row, came=[], **who)
        with pytest.raises(ValueError, match="none or more"):
            touches.hold(row, came=[studio.bo], held=Held(-1), **who)
        assert not hasattr(Meeting.objects.get(), "ending")


class TestWork:
    def test_it_is_accepted_once_and_asked_for_again_on_another_day(self, studio: Studio, who: dict[str, Any]) -> None:
        row = homepage(studio)
        for kind in ("extra_round", "extra_round", "accepted", "accepted"):
            deliverables.receive(row, kind=ReceiptKind(kind), said_at=NOW, **who)
        deliverables.receive(row, kind=ReceiptKind.ACCEPTED, said_at=NOW - timedelta(hours=1), **who)
        assert [one.kind for one in row.receipts.order_by("pk")] == ["extra_round", "accepted"]

    @pytest.mark.parametrize("said_at", [MONDAY - timedelta(days=1), TOMORROW])
    def test_nothing_is_said_of_it_before_it_was_there_nor_tomorrow(
        self, studio: Studio, who: dict[str, Any], said_at: Any
    ) -> None:
        with pytest.raises(ValueError, match="between"):
            deliverables.receive(homepage(studio), kind=ReceiptKind.ACCEPTED, said_at=said_at, **who)

    def test_it_has_a_name_and_somebody_of_theirs_says_so(self, studio: Studio, who: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="what was handed over"):
            deliverables.hand_over(studio.borealis, name="", handed_at=MONDAY, **who)
        with pytest.raises(ValueError, match="still to come"):
            deliverables.hand_over(studio.borealis, name="Logo", handed_at=TOMORROW, **who)
        with pytest.raises(ValueError, match="person of this client"):
            deliverables.receive(homepage(studio), kind=ReceiptKind.ACCEPTED, said_at=NOW, contact=studio.cora, **who)


class TestBills:
    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"number": " "}, "number"),
            ({"amount": Amount(Decimal(-1), "GBP")}, "nothing or more"),
            ({"amount": Amount(Decimal(1), "GBP", Decimal(-1))}, "nothing or more"),
            ({"amount": Amount(Decimal(1), "pounds")}, "three letters"),
        ],
    )
    def test_a_bill_has_a_number_and_amounts(
        self, studio: Studio, who: dict[str, Any], wrong: dict[str, Any], why: str
    ) -> None:
        facts: dict[str, Any] = {"number": "7", "amount": FEE, "sent_on": TODAY} | wrong
        with pytest.raises(ValueError, match=why):
            bills.send(studio.borealis, **facts, **who)

    def test_one_surprise_is_open_at_a_time_and_settled_in_words(self, studio: Studio, who: dict[str, Any]) -> None:
        row = october(studio)
        first = bills.surprise(row, words="Why?", opened_at=NOW, **who)
        assert bills.surprise(row, words="Why again?", opened_at=NOW, **who) == first
        with pytest.raises(ValueError, match="how it was settled"):
            bills.settle(first, how=" ", **who)
        bills.settle(first, how="A credit.", **who)
        second = bills.surprise(row, words="And now?", opened_at=NOW, **who)
        with pytest.raises(ValueError, match="Settle that first"):
            bills.open_again(first, **who)
        assert list(Surprise.objects.open()) == [second]

    def test_the_journal_keeps_a_bill_that_was_taken_back(self, studio: Studio, who: dict[str, Any]) -> None:
        row = october(studio)
        bills.surprise(row, words="Why?", opened_at=NOW, **who)
        with told("bills.take_back") as lines:
            bills.take_back(row, **who)
        assert lines[0].facts["was"]["amount"] == "4800.00"
        assert [one["words"] for one in lines[0].facts["surprises"]] == ["Why?"]


class TestInstead:
    def test_the_part_goes_over_whole_from_that_day(self, studio: Studio) -> None:
        row = bo_instead(studio)
        row.promised.refresh_from_db()
        assert row.promised.until == TODAY - timedelta(days=1)
        assert (row.instead.member, row.instead.since, row.instead.share) == (studio.bo, TODAY, Decimal("0.5"))

    @pytest.mark.parametrize(
        ("days", "announced"), [(-1, True), (0, False), (1, False)], ids=["before", "on the day", "after"]
    )
    def test_announced_is_told_before_the_first_day(
        self, studio: Studio, who: dict[str, Any], days: int, announced: bool
    ) -> None:
        told_then = Told(TODAY + timedelta(days=days), "on the phone")
        row = replacing.replace(kit_promised(studio), instead=studio.bo, since=TODAY, told=told_then, **who)
        assert row.announced is announced

    def test_it_is_somebody_else_within_their_time_and_only_once(self, studio: Studio, who: dict[str, Any]) -> None:
        part = kit_promised(studio)
        for instead, since, why in (
            (studio.kit, TODAY, "is the person who was promised"),
            (studio.bo, date(2026, 10, 1), "later day"),
        ):
            with pytest.raises(ValueError, match=why):
                replacing.replace(part, instead=instead, since=since, told=None, **who)
        with pytest.raises(ValueError, match="how they were told"):
            replacing.replace(part, instead=studio.bo, since=TODAY, told=Told(TODAY, " "), **who)
        replacing.replace(part, instead=studio.bo, since=TODAY, told=None, **who)
        with pytest.raises(ValueError, match="Bo Field took over"):
            replacing.replace(part, instead=studio.ada, since=TODAY, told=None, **who)
        assert PromisedPerson.objects.count() == 2

    def test_a_chain_is_taken_back_from_its_end(self, studio: Studio, who: dict[str, Any]) -> None:
        first = bo_instead(studio)
        second = replacing.replace(
            first.instead, instead=studio.ada, since=london(27).date(), told=None, by=studio.bo, at=NOW
        )
        with pytest.raises(ValueError, match="in turn"):
            replacing.put_back(first, **who)
        replacing.put_back(second, **who)
        replacing.put_back(first, **who)
        assert PromisedPerson.objects.get().until is None
