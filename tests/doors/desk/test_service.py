"""How a client was served: written down in short forms, shown row by row, taken back, and without sums for members."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.clients.models import Client
from kept.ledgers.deliverables import verbs as work
from kept.ledgers.deliverables.models import Deliverable, Receipt, ReceiptKind
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind, PromisedPerson, Replacement
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.touches import verbs as touches
from kept.ledgers.touches.models import Ending, EndingKind, Meeting
from kept.ledgers.touches.verbs import Held
from kept.measures.trust_streams import Stream
from kept.readings.evidence.sources import told_of
from kept.readings.export_served import bills as exported
from kept.readings.trust_numbers import parameters_at
from tests.acting import sold, worked
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio, london

QUERIES = 18
ESCAPED = "&lt;script&gt;"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def here(client: Client, more: str = "") -> str:
    return f"/clients/{client.pk}/{more or 'service/'}"


def promised(s: Studio, kind: Kind = Kind.RETAINER) -> PromisedPerson:
    row = sold(s.borealis, by=s.ada, kind=kind, hours=40, starts=date(2026, 7, 1))
    return engagements.promise_person(row, member=s.kit, share=Decimal("0.5"), since=date(2026, 7, 1), by=s.ada, at=NOW)


def billed(s: Studio, amount: str = "4812.50", number: str = "7") -> Bill:
    sums = Amount(Decimal(amount), "GBP", Decimal(4500))
    return bills.send(s.borealis, number=number, amount=sums, sent_on=date(2026, 10, 5), by=s.fin, at=NOW)


class TestMeetings:
    def test_we_met_and_who_was_promised_did_not_come(self, client: Browser, studio: Studio) -> None:
        bo = signed_in(client, studio.bo)
        typed = {
            "about": "October", "day": "2026-10-19", "time": "10:00", "promised": [studio.kit.pk],
            "came": [studio.bo.pk], "minutes_late": "12", "help_asked": "yes", "words": "More time",
        }  # fmt: skip
        assert post(bo, here(studio.borealis, "meetings/"), **typed).status_code == 303
        row = Meeting.objects.get()
        assert (row.planned_at, row.ending.kind, row.ending.held_by) == (london(19, "10:00"), "held", studio.bo)
        said = main(bo, here(studio.borealis))
        assert "We met Borealis once in half a year, not as promised." in said
        assert "Bo instead of Kit; 12 minutes late" in said
        assert "“More time”" in said
        assert bo.delete(here(studio.borealis, f"meetings/{row.pk}/")).status_code == 303
        assert not Meeting.objects.exists()

    def test_one_is_planned_and_then_said_to_have_gone_somehow(self, client: Browser, studio: Studio) -> None:
        kit = signed_in(client, studio.kit)
        post(kit, here(studio.borealis, "meetings/planned/"), about="Plan", day="2026-10-22", promised=[studio.kit.pk])
        row = Meeting.objects.get()
        assert row.planned_at == london(22, "12:00")
        assert "planned" in main(kit, here(studio.borealis))
        Meeting.objects.update(planned_at=london(19))
        assert "nobody has said how it went" in main(kit, here(studio.borealis))
        ending = here(studio.borealis, f"meetings/{row.pk}/ending/")
        assert f'value="{studio.kit.pk}" checked' in page(kit, ending)
        assert post(kit, ending, how="missed").status_code == 303
        assert "we did not come" in main(kit, here(studio.borealis))
        assert kit.delete(ending).status_code == 303
        assert kit.delete(ending).status_code == 303
        assert not Ending.objects.exists()

    @pytest.mark.parametrize(
        ("how", "kind"), [("off_by_us", EndingKind.OFF_BY_US), ("off_by_them", EndingKind.OFF_BY_THEM)]
    )
    def test_one_is_called_off(self, client: Browser, studio: Studio, how: str, kind: EndingKind) -> None:
        row = touches.plan(studio.borealis, about="Plan", planned_at=london(22), by=studio.bo, at=NOW)
        post(signed_in(client, studio.bo), here(studio.borealis, f"meetings/{row.pk}/ending/"), how=how, words="ill")
        assert (Ending.objects.get().kind, Ending.objects.get().words) == (kind, "ill")

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"about": ""}, "Say what it is about"),
            ({"day": "2026-10-21"}, "today or a day before"),
            ({"time": "23:00", "day": "2026-10-20"}, "still to come"),
            ({"came": []}, "Say who of us was there"),
            ({"minutes_late": "soon"}, "whole minutes"),
        ],
    )
    def test_faults_are_said_and_what_was_typed_stays(
        self, client: Browser, studio: Studio, wrong: dict[str, Any], why: str
    ) -> None:
        typed = {"about": HOSTILE, "day": "2026-10-19", "came": [studio.bo.pk]} | wrong
        answer = post(signed_in(client, studio.bo), here(studio.borealis, "meetings/"), **typed)
        said = answer.content.decode()
        assert answer.status_code == 422
        assert why in said
        assert HOSTILE not in said
        assert not Meeting.objects.exists()

    def test_the_same_form_sent_twice_is_one_meeting(self, client: Browser, studio: Studio) -> None:
        bo = signed_in(client, studio.bo)
        for _ in range(2):
            post(bo, here(studio.borealis, "meetings/"), about="October", day="2026-10-19", came=[studio.bo.pk])
        assert Meeting.objects.count() == Ending.objects.count() == 1


class TestWork:
    def test_it_is_handed_over_and_received(self, client: Browser, studio: Studio) -> None:
        kit = signed_in(client, studio.kit)
        post(kit, here(studio.borealis, "deliverables/"), name="Homepage", day="2026-10-16", rounds="2")
        row = Deliverable.objects.get()
        assert (row.rounds, row.by) == (2, studio.kit)
        assert "nobody has said a word yet" in main(kit, here(studio.borealis))
        said = {"kind": "extra_round", "day": "2026-10-19", "contact": studio.cleo.pk, "words": HOSTILE}
        post(kit, here(studio.borealis, f"deliverables/{row.pk}/receipts/"), **said)
        text = main(kit, here(studio.borealis))
        assert "one more round because of us, not accepted yet" in text
        assert ESCAPED in text
        assert HOSTILE not in text
        receipt = Receipt.objects.get()
        undo = here(studio.borealis, f"deliverables/{row.pk}/receipts/{receipt.pk}/")
        assert post(kit, undo, undo="1").status_code == 303
        assert not Receipt.objects.exists()

    def test_received_on_the_day_it_was_handed_over_is_not_before_it(self, client: Browser, studio: Studio) -> None:
        row = work.hand_over(studio.borealis, name="Logo", handed_at=london(19, "16:00"), by=studio.kit, at=NOW)
        address = here(studio.borealis, f"deliverables/{row.pk}/receipts/")
        assert post(signed_in(client, studio.bo), address, kind="accepted", day="2026-10-19").status_code == 303
        assert Receipt.objects.get().said_at == row.handed_at


class TestBills:
    def test_one_goes_out_surprises_and_is_settled(self, client: Browser, studio: Studio) -> None:
        fin = signed_in(client, studio.fin)
        assert 'value="GBP"' in page(fin, here(studio.borealis, "bills/"))
        typed = {"number": "7", "sent_on": "2026-10-05", "amount": "4812.50", "quoted": "4500", "currency": "gbp"}
        post(fin, here(studio.borealis, "bills/"), link="https://bills.example/7", **typed)
        row = Bill.objects.get()
        assert (row.amount, row.quoted, row.currency) == (Decimal("4812.50"), Decimal(4500), "GBP")
        text = main(fin, here(studio.borealis))
        assert "One bill surprised them." in text
        assert "£4,812.50" in text
        assert "https://bills.example/7" in text
        asked = {"words": "Why more?", "day": "2026-10-06", "contact": studio.cleo.pk}
        post(fin, here(studio.borealis, f"bills/{row.pk}/surprises/"), **asked)
        assert "One bill surprised them, and is not settled." in main(fin, here(studio.borealis))
        said = Surprise.objects.get()
        settling = here(studio.borealis, f"bills/{row.pk}/surprises/{said.pk}/settling/")
        assert "“Why more?”" in page(fin, settling)
        post(fin, settling, how="Taken off.")
        assert "a surprise, settled" in main(fin, here(studio.borealis))
        fin.delete(settling)
        assert Surprise.objects.open().exists()

    def test_told_beforehand_it_is_none(self, client: Browser, studio: Studio) -> None:
        typed = {"number": "7", "sent_on": "2026-10-05", "amount": "4812.50", "quoted": "4500", "currency": "GBP"}
        fin = signed_in(client, studio.fin)
        post(fin, here(studio.borealis, "bills/"), told="yes", **typed)
        text = main(fin, here(studio.borealis))
        assert "No bill surprised them." in text
        assert "told of the difference beforehand" in text

    def test_a_member_reads_what_it_was_to_them_and_no_sum_number_or_word(
        self, client: Browser, studio: Studio
    ) -> None:
        row = billed(studio, number="LF-1")
        bills.surprise(row, words="Those 312 again?", opened_at=NOW, by=studio.bo, at=NOW)
        kit = signed_in(client, studio.kit)
        for address in (here(studio.borealis), here(studio.borealis, "service/?as=csv&of=bills")):
            text = page(kit, address)
            assert "a surprise" in text
            assert not [secret for secret in ("4,812", "4812", "4,500", "4500", "LF-1", "312") if secret in text]
        story = page(kit, f"/clients/{studio.borealis.pk}/")
        assert "LF-1" not in story
        bills.settle(Surprise.objects.get(), how="We gave 312 back.", by=studio.fin, at=NOW)
        assert "a surprise, settled" in page(kit, here(studio.borealis))
        assert "312" not in page(kit, here(studio.borealis))

    def test_a_member_may_say_that_one_surprised_them(self, client: Browser, studio: Studio) -> None:
        row = billed(studio)
        address = here(studio.borealis, f"bills/{row.pk}/surprises/")
        assert "bill of 5 October" in page(signed_in(client, studio.kit), address)
        assert post(client, address, words="Cleo frowned", day="2026-10-19").status_code == 303
        assert Surprise.objects.get().by == studio.kit


class TestPromisedPeople:
    def test_somebody_else_instead_and_they_are_told_later(self, client: Browser, studio: Studio) -> None:
        part, bo = promised(studio), signed_in(client, studio.bo)
        address = here(studio.borealis, f"promised/{part.pk}/replacement/")
        assert "Kit Marsh was promised 50% of Website." in page(bo, address)
        assert post(bo, address, instead=studio.bo.pk, since="2026-10-12").status_code == 303
        text = main(bo, here(studio.borealis))
        assert "Kit was replaced in October, and nobody told them before." in text
        assert "Bo since Mon 12 Oct; nobody told them" in text
        telling = here(studio.borealis, f"promised/{part.pk}/telling/")
        post(bo, telling, day="2026-10-19", how="Bo called Cleo")
        assert "told only yesterday" in main(bo, here(studio.borealis))
        bo.delete(telling)
        bo.delete(address)
        assert not Replacement.objects.exists()

    def test_half_a_word_of_how_they_were_told_is_asked_for_whole(self, client: Browser, studio: Studio) -> None:
        part = promised(studio)
        typed = {"instead": studio.bo.pk, "since": "2026-10-12", "told_on": "2026-10-09"}
        address = here(studio.borealis, f"promised/{part.pk}/replacement/")
        answer = post(signed_in(client, studio.bo), address, **typed)
        assert "Say both, when they were told and how, or neither." in answer.content.decode()

    def test_who_gave_fewer_hours_than_promised_is_named(self, client: Browser, studio: Studio) -> None:
        part = promised(studio)
        worked(studio.borealis, member=studio.kit, day=date(2026, 9, 3), hours=11, engagement=part.engagement)
        text = main(signed_in(client, studio.bo), here(studio.borealis))
        assert "Kit gave 11 of the 20 hours promised in September." in text
        assert "9 short" in text
        assert "not known" in text  # of July and August nobody wrote hours


class TestThePage:
    def test_a_quiet_client_is_told_kindly(self, client: Browser, studio: Studio) -> None:
        text = main(signed_in(client, studio.bo), here(studio.borealis))
        assert "Nothing is written down yet of meetings with Borealis, work handed over, or bills." in text
        assert "Nobody was promised by name." in text

    def test_its_sentence_counts_what_was_and_what_was_amiss(self, client: Browser, studio: Studio) -> None:
        who: dict[str, Any] = {"by": studio.bo, "at": NOW}
        for number in range(3):
            day = london(12 + number, "10:00")
            came = [studio.kit if number else studio.bo]
            touches.met(studio.borealis, about="Review", met_at=day, promised=[studio.kit], came=came, **who)
            row = work.hand_over(studio.borealis, name="Pages", handed_at=day, **who)
            work.receive(row, kind=ReceiptKind.ACCEPTED, said_at=NOW, **who)
        for number in ("1", "2"):
            said = bills.surprise(billed(studio, number=number), words="Why?", opened_at=NOW, **who)
        bills.settle(said, how="A credit.", **who)
        assert (
            "We met Borealis three times in half a year, once not as promised; "
            "all three pieces of work were right at once; two bills surprised them, one not settled."
        ) in main(signed_in(client, studio.bo), here(studio.borealis))

    def test_what_is_written_is_mended_only_where_asked_for(self, client: Browser, studio: Studio) -> None:
        row = billed(studio)
        bo = signed_in(client, studio.bo)
        take_out = f'formaction="{here(studio.borealis, f"bills/{row.pk}/")}"'
        assert take_out not in main(bo, here(studio.borealis))
        assert take_out in main(bo, here(studio.borealis, "service/?mend=bills"))

    def test_a_table_is_given_whole_and_no_cell_of_it_runs(self, client: Browser, studio: Studio) -> None:
        who: dict[str, Any] = {"by": studio.bo, "at": NOW}
        for number in range(52):
            touches.plan(studio.borealis, about=f"={number}", planned_at=NOW - timedelta(days=number), **who)
        bo = signed_in(client, studio.bo)
        text = main(bo, here(studio.borealis))
        assert "The newest 50." in text
        file = bo.get(here(studio.borealis, "service/?as=csv&of=meetings")).content.decode()
        assert len(file.splitlines()) == 53
        assert "'=51" in file

    def test_the_story_tells_it_and_the_client_page_leads_here(self, client: Browser, studio: Studio) -> None:
        who: dict[str, Any] = {"by": studio.bo, "at": NOW}
        held = Held(minutes_late=30)
        touches.met(studio.borealis, about="October", met_at=london(19), came=[studio.kit], held=held, **who)
        row = work.hand_over(studio.borealis, name="Homepage", handed_at=london(19), **who)
        work.receive(row, kind=ReceiptKind.REDONE, said_at=NOW, contact=studio.cleo, **who)
        replacing.replace(promised(studio), instead=studio.bo, since=NOW.date(), told=None, **who)
        bills.surprise(billed(studio, number="LF-1"), words="Why?", opened_at=NOW, **who)
        story = main(signed_in(client, studio.bo), f"/clients/{studio.borealis.pk}/")
        for words in ("met them:", "Kit there", "30 minutes late", "sent back", "came instead of Kit", "LF-1"):
            assert words in story
        assert f'href="{here(studio.borealis)}"' in story

    def test_its_words_go_by_the_numbers_the_firm_has_chosen(self, client: Browser, studio: Studio) -> None:
        touches.met(
            studio.borealis, about="October", met_at=london(19), came=[studio.kit], held=Held(minutes_late=30),
            by=studio.bo, at=NOW,
        )  # fmt: skip
        billed(studio)  # seven in a hundred above the quote
        story = f"/clients/{studio.borealis.pk}/"
        bo = signed_in(client, studio.bo)
        assert "30 minutes late" in main(bo, story)
        before = main(bo, here(studio.borealis))
        assert "We met Borealis once in half a year, not as promised" in before
        assert "<span>a surprise</span>" in before
        for key, value in (("streams.meeting_late_minutes", 45.0), ("streams.bill_within", 0.1)):
            reckoning.change_number(key, value=value, by=studio.ada, at=NOW)
        assert "30 minutes late" not in main(bo, story)
        table = main(bo, here(studio.borealis))
        assert "30 minutes late" not in table
        assert "not as promised" not in table
        assert "<span>a surprise</span>" not in table
        rows = [(Stream.MEETING, Meeting.objects.get().pk), (Stream.BILL, Bill.objects.get().pk)]
        told = [one.words.partition(": ")[2] for one in told_of(rows, streams=parameters_at(NOW).streams).values()]
        assert told == ["held as promised", "as quoted"]
        assert [row["verdict"] for row in exported(studio.bo, at=NOW)] == ["as quoted"]


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_the_same_number_of_questions_whatever_the_history(
    client: Browser, studio: Studio, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    who: dict[str, Any] = {"by": studio.bo, "at": NOW}
    part = promised(studio)
    worked(studio.borealis, member=studio.kit, day=date(2026, 9, 3), engagement=part.engagement)
    for number in range(many):
        day = NOW - timedelta(days=number)
        touches.met(studio.borealis, about="Review", met_at=day, promised=[studio.bo], came=[studio.kit], **who)
        row = work.hand_over(studio.borealis, name="Pages", handed_at=day, **who)
        work.receive(row, kind=ReceiptKind.REDONE, said_at=NOW, contact=studio.cleo, **who)
        bills.surprise(billed(studio, number=str(number)), words="Why?", opened_at=NOW, contact=studio.cleo, **who)
    replacing.replace(part, instead=studio.bo, since=NOW.date(), told=None, **who)
    bo = signed_in(client, studio.bo)
    main(bo, here(studio.borealis))
    with django_assert_max_num_queries(QUERIES):
        main(bo, here(studio.borealis))
