"""What was deleted leaves a tombstone, also where only a part of a row was."""

from datetime import date, timedelta
from decimal import Decimal

from kept.ledgers.bills import verbs as bills
from kept.ledgers.deliverables import verbs as deliverables
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.touches import verbs as touches
from kept.measures.trust import Trust
from kept.measures.trust_streams import Stream
from kept.readings.trust import trust_of_firm
from tests.acting import sold
from tests.readings.feeling import asked
from tests.studio import NOW, Studio, london

Stone = tuple[Stream, int, str, str]


def trust(studio: Studio) -> Trust:
    return trust_of_firm(NOW).clients[studio.borealis.pk].trust


def stones(studio: Studio) -> list[Stone]:
    return [(each.stream, each.row, each.by, each.reason) for each in trust(studio).excluded if each.until is None]


def test_a_word_on_a_piece_of_work_taken_back_leaves_its_tombstone_and_the_other_words_count(studio: Studio) -> None:
    work = deliverables.hand_over(
        studio.borealis, name="Home", by=studio.bo, at=london(1), handed_at=london(1), rounds=1
    )
    redone = deliverables.receive(work, kind=ReceiptKind.REDONE, said_at=london(2), by=studio.bo, at=london(2))
    deliverables.receive(work, kind=ReceiptKind.ACCEPTED, said_at=london(3), by=studio.bo, at=london(3))
    deliverables.take_back(redone, by=studio.bo, at=london(4))
    assert stones(studio) == [(Stream.DELIVERABLE, work.pk, "Bo Field", "only something that was said of “Home”")]
    assert [each.event.x for each in trust(studio).contributions] == [1.0]


def test_a_surprise_taken_back_leaves_its_tombstone(studio: Studio) -> None:
    bill = bills.send(
        studio.borealis, number="7", amount=bills.Amount(Decimal(900), "EUR", quoted=Decimal(900)),
        sent_on=date(2026, 10, 1), by=studio.bo, at=london(1),
    )  # fmt: skip
    surprise = bills.surprise(bill, words="So much?", opened_at=london(2), by=studio.bo, at=london(2))
    bills.take_back(surprise, by=studio.bo, at=london(3))
    assert stones(studio) == [(Stream.BILL, bill.pk, "Bo Field", "only what they asked about it")]
    assert [each.event.x for each in trust(studio).contributions] == [1.0]


def test_how_a_meeting_went_taken_back_leaves_its_tombstone_and_what_is_said_anew_counts(studio: Studio) -> None:
    meeting = touches.plan(
        studio.borealis, about="Monthly review", planned_at=london(2, "10:00"), promised=[studio.bo],
        by=studio.bo, at=london(1),
    )  # fmt: skip
    touches.take_back(touches.miss(meeting, by=studio.bo, at=london(3)), by=studio.bo, at=london(4))
    touches.hold(meeting, came=[studio.bo], by=studio.bo, at=london(5))
    assert stones(studio) == [(Stream.MEETING, meeting.pk, "Bo Field", "only how “Monthly review” went")]
    assert [each.event.x for each in trust(studio).contributions] == [1.0]


def test_a_meeting_called_off_was_no_evidence_and_leaves_none(studio: Studio) -> None:
    meeting = touches.plan(
        studio.borealis, about="Monthly review", planned_at=london(2, "10:00"), by=studio.bo, at=london(1)
    )
    touches.take_back(touches.call_off(meeting, by_us=True, by=studio.bo, at=london(1)), by=studio.bo, at=london(1))
    assert stones(studio) == []


def test_an_answer_taken_back_leaves_a_tombstone_for_each_feeling(studio: Studio) -> None:
    invitation = asked(studio.cleo, by=studio.bo, at=NOW - timedelta(days=3))
    answer = pulses.answer(invitation, marks={"secure": 3, "mark": 9}, at=NOW - timedelta(days=2))
    row = answer.pk
    pulses.take_back(answer, at=NOW - timedelta(days=1))
    assert sorted(stones(studio)) == [
        (Stream.MARK, row, "the client", ""), (Stream.SECURE, row, "the client", ""),
    ]  # fmt: skip


def test_a_replacement_put_back_leaves_its_tombstone(studio: Studio) -> None:
    engagement = sold(studio.borealis, by=studio.ada, hours=40, kind=Kind.RETAINER, starts=date(2026, 9, 1))
    promised = engagements.promise_person(
        engagement,
        member=studio.kit,
        share=Decimal("0.5"),
        since=date(2026, 9, 1),
        by=studio.ada,
        at=london(1, month=9),
    )
    replaced = replacing.replace(
        promised, instead=studio.bo, since=date(2026, 10, 5), told=None, by=studio.ada, at=london(5)
    )
    row = replaced.pk
    replacing.put_back(replaced, by=studio.ada, at=london(6))
    name = studio.kit.name
    assert (Stream.STAFFING, row, studio.ada.name, f"only that {name} was replaced") in stones(studio)
