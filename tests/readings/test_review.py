"""A client's quarter as they may read it: what is counted, how it is said, and what never stands in it."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.flows.share_review import share_review, told
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind, OverReason
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Size
from kept.ledgers.pulses import answering
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Occasion
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.models import Review
from kept.ledgers.reviews.sharing import Unwritten
from kept.ledgers.reviews.verbs import Words
from kept.ledgers.team import verbs as team
from kept.readings.calendars import offices
from kept.readings.felt import felt_of
from kept.readings.review import paragraphs
from tests.acting import promised, sold, worked, wrote
from tests.ledgers.acts_of_reviews import JUDGED, QUARTER
from tests.studio import LONDON, NOW, Studio


def on(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON)


def begun(s: Studio, client: Client | None = None, **words: Any) -> Review:
    row = reviews.begin(client or s.borealis, quarter=QUARTER, by=s.bo, at=NOW)
    return reviews.write(row, words=Words(**({"judgement": JUDGED} | words)), by=s.bo, at=NOW)


def sheet(row: Review, *, at: datetime = NOW, money: bool = True) -> dict[str, Any]:
    return told(row, at=at, offices=offices(), money=money)


def answered(s: Studio, *, by: Contact | None = None, at: datetime, words: str = "", **marks: int) -> Answer:
    return Answer.objects.create(client=s.borealis, contact=by or s.cleo, at=at, words=words, **marks)


def owe(s: Studio, words: str, due: datetime, *, kept: datetime | None = None, **more: Any) -> Any:
    row = promises.promise(
        s.borealis, words=words, due=due, by=s.kit, at=due - timedelta(days=5), contact=s.cleo, **more
    )
    if kept:
        promises.keep(row, by=s.kit, at=kept)
    return row


@pytest.fixture
def quarter(studio: Studio) -> Studio:
    """Three promises kept, one late, one broken, one released, one moved out of the quarter; one of October."""
    owe(studio, "The trail map", on(7, 10), kept=on(7, 8))
    owe(studio, "The photo library", on(8, 11), kept=on(8, 11, 11))
    owe(studio, "The store finder", on(8, 28), kept=on(8, 28, 11))
    owe(studio, "The size guide", on(9, 8), kept=on(9, 9))
    owe(studio, "The new navigation", on(9, 2), kept=on(9, 25), size=Size.MAJOR)
    released = owe(studio, "A second pair of eyes", on(8, 19))
    promises.release(released, by=studio.bo, at=on(8, 18), agreed="Cleo said so on the phone.")
    moved = owe(studio, "The revised timeline", on(9, 29))
    promises.move(moved, to=on(10, 22), by=studio.bo, at=on(9, 28), agreed="Cleo wrote yes.", reason="Kit is ill")
    owe(studio, "The checkout", on(10, 23))
    return studio


# ------------------------------------------------------------ promises


def test_every_promise_of_the_quarter_stands_with_what_became_of_it(quarter: Studio) -> None:
    rows = sheet(begun(quarter))["promised"]["rows"]
    assert [(row["words"], row["s"], row["said"]) for row in rows] == [
        ("The revised timeline", "moved", "moved with you to Thu 22 Oct"),
        ("The size guide", "late", "late by a day"),
        ("The new navigation", "broken", "broken; done on Fri 25 Sept"),
        ("The store finder", "kept", "kept"),
        ("A second pair of eyes", "moved", "released by Cleo"),
        ("The photo library", "kept", "kept"),
        ("The trail map", "kept", "kept, two days early"),
    ]
    assert {row["by"] for row in rows} == {"Kit"}


def test_they_are_summed_up_in_a_sentence_that_adds_up(quarter: Studio) -> None:
    shown = sheet(begun(quarter))
    assert shown["promised"]["say"] == (
        "Six promises fell due. Three were kept, one came late, one was broken and one you released. "
        "One was moved to a later day, with your yes."
    )
    assert shown["opening"].startswith("We kept three of five promises and broke our word once.")
    assert shown["three"][0]["answer"] == "3 of 5 promises kept."


def test_what_is_still_to_come_stands_ahead(quarter: Studio) -> None:
    ahead = sheet(begun(quarter, ahead="The checkout opens."))["ahead"]
    assert ahead["words"] == ["The checkout opens."]
    assert [(row["words"], row["said"]) for row in ahead["rows"]] == [
        ("The revised timeline", "moved with you to Thu 22 Oct"), ("The checkout", "open"),
    ]  # fmt: skip


def test_a_promise_the_lead_calls_a_change_stands_there_and_not_ahead(quarter: Studio) -> None:
    thursdays = owe(quarter, "A mail every Thursday", on(10, 22))
    shown = sheet(begun(quarter, changes="You hear first.", picks=[("promises.Promise", thursdays.pk)]))
    assert shown["changes"] == {"words": ["You hear first."], "rows": shown["changes"]["rows"]}
    assert [row["words"] for row in shown["changes"]["rows"]] == ["A mail every Thursday"]
    assert "A mail every Thursday" not in [row["words"] for row in shown["ahead"]["rows"]]


def test_promises_of_other_clients_and_quarters_are_not_in_it(quarter: Studio) -> None:
    promised(quarter.cassini, by=quarter.ada, due=on(8, 4), words="The atlas", at=on(8, 1))
    owe(quarter, "Long ago", on(6, 30), kept=on(6, 30, 11))
    text = json.dumps(sheet(begun(quarter)))
    assert "The atlas" not in text
    assert "Long ago" not in text


def test_paper_shows_every_miss_and_the_page_every_promise(studio: Studio) -> None:
    for day in range(1, 15):
        owe(studio, f"Number {day}", on(7, day), kept=on(7, day, 11))
    owe(studio, "Small and missed", on(7, 16), kept=on(7, 20), size=Size.SMALL)
    shown = sheet(begun(studio))["promised"]
    assert len(shown["rows"]) == 15
    on_paper = [row["words"] for row in shown["rows"] if row["large"]]
    assert len(on_paper) == 8
    assert "Small and missed" in on_paper
    assert shown["note"].startswith("The eight that weigh most, every miss first")


def test_a_quarter_without_anything_says_so_and_praises_nobody(studio: Studio) -> None:
    shown = sheet(begun(studio))
    assert shown["opening"] == (
        "No promise fell due this quarter, and nobody wrote to us. How it felt to you we don’t know yet."
    )
    assert [one["answer"] for one in shown["three"]] == [
        "No promise fell due.", "You haven’t told us yet.", "You didn’t need to write.",
    ]  # fmt: skip
    assert (shown["people"], shown["hours"], shown["pledge"]) == (None, None, [])
    assert shown["felt"]["note"] == "We did not ask you this quarter, so we don’t know."


# ------------------------------------------------------------ replies and the pledge


def test_replies_are_counted_by_when_they_were_asked_for(studio: Studio) -> None:
    for day, hours in ((6, 1), (7, 2), (8, 30)):
        asked = wrote(studio.borealis, by=studio.cleo, at=on(7, day, 9), subject=f"Of {day}")
        wrote(
            studio.borealis, by=studio.kit, at=on(7, day, 9) + timedelta(hours=hours), conversation=asked.conversation
        )
    wrote(studio.borealis, by=studio.cleo, at=on(10, 1, 10), subject="In October")
    shown = sheet(begun(studio))
    assert "answered two of three times within four working hours" in shown["opening"]
    replies = shown["pledge"][0]
    assert replies["sentence"] == "You hear from a person within four working hours."
    assert [kept for _, kept in replies["strokes"]] == [True, True, False]
    assert replies["said"].startswith("2 of 3. One was late, by ")


# ------------------------------------------------------------ how it felt


def test_marks_are_those_of_people_with_the_quarter_before_beside_them(studio: Studio) -> None:
    answered(studio, at=on(6, 12), secure=8, mark=9)
    answered(studio, at=on(7, 3), secure=3, mark=3)
    answered(studio, at=on(9, 24), secure=6, mark=9, words="Just tell me.")
    shown = sheet(begun(studio))
    assert [(one["name"], one["value"], one["before"]) for one in shown["felt"]["lines"]] == [
        ("Secure", "6", "8 before")
    ]
    assert shown["opening"].endswith("You mark the work 9 of 10, and being sure of us 6, down from 8.")
    assert shown["three"][1]["answer"] == "You give it 9 of 10."


def test_a_person_who_answers_twice_is_heard_once_with_their_newest_mark_of_each_feeling(studio: Studio) -> None:
    answered(studio, at=on(9, 3), secure=4, cherished=8)
    answered(studio, at=on(9, 9), secure=9)
    shown = sheet(begun(studio))["felt"]
    felt = felt_of([studio.borealis.pk], at=on(9, 30), since=on(7, 1))[studio.borealis.pk]
    assert [(one["name"], one["value"]) for one in shown["lines"]] == [("Secure", "9"), ("Cherished", "8")]
    assert [line.mean for line in felt.lines if line.mean is not None] == [9.0, 8.0]
    assert shown["note"] == "The one of you we asked answered."


def test_what_they_changed_later_is_told_as_it_was_known_then(studio: Studio) -> None:
    Invitation.objects.create(
        client=studio.borealis, contact=studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=on(9, 20),
        closes_at=on(10, 11), token_hash="hers",
    )  # fmt: skip
    invitation = Invitation.objects.get()
    answering.answer(invitation, marks={"secure": 4}, at=on(9, 21))
    row = begun(studio)
    before = sheet(row, at=on(9, 22))["felt"]
    answering.answer(invitation, marks={"secure": 9}, at=on(9, 23))
    assert sheet(row, at=on(9, 22))["felt"] == before
    assert [sheet(row, at=on(9, day))["felt"]["lines"][0]["value"] for day in (22, 24)] == ["4", "9"]


def test_their_words_are_quoted_only_where_the_lead_chose_them(studio: Studio) -> None:
    chosen = answered(studio, at=on(9, 24), secure=6, words="Just tell me before I have to ask.")
    answered(studio, at=on(9, 25), secure=6, words="Between us: our boss is the trouble.")
    shown = sheet(begun(studio, picks=[("pulses.Answer", chosen.pk)]))
    assert shown["felt"]["quotes"] == [
        {"words": "Just tell me before I have to ask.", "who": "Cleo North", "when": "Thu 24 Sept"}
    ]
    assert "Between us" not in json.dumps(shown)


def test_a_range_that_would_be_two_peoples_answers_is_not_drawn(studio: Studio) -> None:
    people = [studio.cleo, *(Contact.objects.create(client=studio.borealis, name=name) for name in ("Arun", "Maya"))]
    for count, (who, mark) in enumerate(zip(people, (4, 7, 9), strict=True), start=1):
        answered(studio, by=who, at=on(9, 20 + count), secure=mark)
        line = sheet(begun(studio))["felt"]["lines"][0]["line"]
        assert (line["low"], line["high"]) == (("40%", "90%") if count == 3 else (None, None))


def test_it_says_how_many_were_heard_and_not_who(studio: Studio) -> None:
    arun = Contact.objects.create(client=studio.borealis, name="Arun Pillai")
    for number, who in enumerate((studio.cleo, arun)):
        Invitation.objects.create(
            client=studio.borealis, contact=who, occasion=Occasion.QUARTER, by=studio.ada, at=on(9, 20),
            closes_at=on(10, 1), token_hash=str(number),
        )  # fmt: skip
    note = sheet(begun(studio))["felt"]["note"]
    assert note == "We asked, and nobody answered. We don’t know how it felt, and take silence for no answer."
    answered(studio, at=on(9, 24), secure=6)
    note = sheet(begun(studio))["felt"]["note"]
    assert note == "One of the two we asked answered. The others we’ll ask in person."


# ------------------------------------------------------------ people and hours


@pytest.fixture
def retainer(studio: Studio) -> Engagement:
    """40 hours a month, 60 in 100 of them promised of Kit; in September 50 were worked, a fifth of them by Kit."""
    row = sold(
        studio.borealis, by=studio.ada, name="Care", kind=Kind.RETAINER, hours=40, fee=4000, starts=date(2026, 1, 1)
    )
    engagements.promise_person(
        row, member=studio.kit, share=Decimal("0.6"), since=date(2026, 1, 1), by=studio.ada, at=NOW
    )
    for month, kit, ada in ((7, 24, 16), (8, 20, 20), (9, 10, 40)):
        for day in (7, 14):
            worked(studio.borealis, member=studio.kit, day=date(2026, month, day), hours=kit / 2, engagement=row)
            worked(studio.borealis, member=studio.ada, day=date(2026, month, day), hours=ada / 2, engagement=row)
    return row


def test_who_was_promised_and_who_came_stands_by_month(studio: Studio, retainer: Engagement) -> None:
    found = sheet(begun(studio))["people"]
    assert found["months"] == ["July", "August", "September"]
    kit = found["rows"][0]
    assert [(one["value"], one["line"]["limit"], one["short"]) for one in kit["months"]] == [
        ("60%", "60%", False), ("50%", "60%", False), ("20%", "60%", True),
    ]  # fmt: skip
    assert found["say"] == "Kit did 20% in September, where we promised 60%."


def test_hours_are_told_only_if_they_are_shared_and_may_be_known(studio: Studio, retainer: Engagement) -> None:
    silent, shared = sheet(begun(studio)), sheet(begun(studio, with_hours=True))
    hidden = sheet(begun(studio, with_hours=True), money=False)
    assert [one["hours"] is None for one in (silent, shared, hidden)] == [True, False, True]
    assert [one["with_hours"] for one in (silent, shared, hidden)] == [False, True, False]
    assert shared["three"][2]["answer"] == "120 hours paid for, 130 worked."
    for one in (silent, hidden):
        assert one["three"][2]["ask"] == "Were we there when you wrote?"
        assert "paid for" not in json.dumps(one)


def test_hours_beyond_are_told_with_what_was_a_gift(studio: Studio, retainer: Engagement) -> None:
    engagements.give(
        retainer, month=date(2026, 9, 1), hours=Decimal(4), purpose="so that they stay", by=studio.bo, at=on(9, 1)
    )
    found = sheet(begun(studio, with_hours=True))["hours"]
    assert found["say"] == "120 hours paid for, 130 worked. September went ten hours over."
    assert [month["worked"] for month in found["months"]] == ["40 h", "40 h", "50 h"]
    assert found["over"] == [
        ["Beyond what you pay for", "10 h"],
        ["of it a gift, chosen beforehand", "4 h"],
        ["of it ours to answer for", "6 h"],
    ]


# ------------------------------------------------------------ what never stands in it


def test_nothing_of_ours_can_be_read_in_it(quarter: Studio, retainer: Engagement) -> None:
    """Rates and costs, why we gave and why we went over, how a move came about, notes on low answers, trust."""
    s = quarter
    for kind, amount in (("cost", "41.17"), ("bill", "93.31")):
        team.set_rate(
            s.kit, kind=kind, from_day=date(2026, 1, 1), per_hour=Decimal(amount), currency="GBP", by=s.ada, at=NOW
        )
    inner = {"by": s.bo, "at": on(9, 30)}
    engagements.give(retainer, month=date(2026, 9, 1), hours=Decimal(4), purpose="INNER they may leave", **inner)
    engagements.explain(
        retainer, month=date(2026, 9, 1), hours=Decimal(6), reason=OverReason.HABIT, words="INNER Cleo is slow", **inner
    )
    low = answered(s, at=on(9, 24), secure=2, words="INNER not for my colleagues")
    call = promises.promise(s.borealis, words="INNER call Cleo back", due=on(9, 25), by=s.bo, at=on(9, 24))
    FollowUp.objects.create(
        answer=low, owner=s.bo, opened_at=on(9, 24), promise=call, spoke_at=on(9, 25), spoke_by=s.bo,
        spoke_words="INNER she was angry", ended_at=on(9, 26), outcome="INNER calmed down",
    )  # fmt: skip
    source = promises.Source("pulses.Answer", 9999)
    taken_back = promises.promise(
        s.borealis, words="INNER was called", due=on(9, 21), by=s.bo, at=on(9, 20), source=source
    )
    promises.keep(taken_back, by=s.bo, at=on(9, 21))
    wrote(s.borealis, by=s.cleo, at=on(9, 1), subject="INNER subject", text="INNER mail")
    row, token = share_review(begun(s, with_hours=True), by=s.bo, at=NOW, offices=offices())
    text = json.dumps(row.content, ensure_ascii=False)
    for never in (
        "INNER",
        "41.17",
        "93.31",
        "4000",
        "4,000",
        "£",
        "Cleo said so",
        "Cleo wrote yes",
        "Kit is ill",
        token,
    ):
        assert never not in text
    for never in ("trust", "margin", "cost", "rate", "leak", "habit", "follow", "score", "profit"):
        assert never not in text.replace(JUDGED, "").lower(), never
    assert "120 hours paid for" in text  # what is theirs to know is there


# ------------------------------------------------------------ sharing, and as of a day


def test_what_was_shared_stays_as_it_was(quarter: Studio) -> None:
    row = begun(quarter)
    share, _ = share_review(row, by=quarter.bo, at=NOW, offices=offices())
    before = json.loads(json.dumps(share.content))
    owe(quarter, "Found later", on(9, 20), kept=on(9, 20, 11))
    reviews.write(row, words=Words(judgement=f"{JUDGED} And more."), by=quarter.bo, at=NOW)
    share.refresh_from_db()
    assert share.content == before
    assert sheet(row) != before


@pytest.mark.parametrize("judgement", ["", "Thank you for your trust."])
def test_it_is_not_shared_without_a_judgement(judgement: str, studio: Studio) -> None:
    row = begun(studio, judgement=judgement)
    with pytest.raises(Unwritten):
        share_review(row, by=studio.bo, at=NOW, offices=offices())


def test_stock_phrases_alone_are_no_judgement(studio: Studio) -> None:
    stock = "I hope this email finds you well. Please do not hesitate to contact us if you have any questions."
    with pytest.raises(Unwritten, match="could have gone to anybody"):
        share_review(begun(studio, judgement=stock), by=studio.bo, at=NOW, offices=offices())


def test_an_earlier_day_knows_nothing_of_what_came_later(quarter: Studio) -> None:
    early = sheet(begun(quarter), at=on(8, 15))
    assert [row["words"] for row in early["promised"]["rows"]] == ["The photo library", "The trail map"]
    assert early["head"]["span"] == "1 July to 15 August 2026"


def test_words_come_as_paragraphs() -> None:
    assert paragraphs("One\r\nline.\r\n\r\n  Another  one. \n\n\n") == ("One line.", "Another one.")


def test_its_queries_are_as_many_however_long_the_history(quarter: Studio, retainer: Engagement) -> None:
    row = Review.objects.select_related("client__lead", "lead").get(pk=begun(quarter, with_hours=True).pk)
    counted = []
    for _ in range(2):
        sheet(row)  # what the pledge was counted from is kept until a ledger moves
        with CaptureQueriesContext(connection) as queries:
            sheet(row)
        counted.append(len(queries))
        for day in range(1, 25):
            owe(quarter, f"More {day}", on(8, day), kept=on(8, day, 11))
            asked = wrote(quarter.borealis, by=quarter.cleo, at=on(8, day, 9), subject=f"More {day}")
            wrote(quarter.borealis, by=quarter.kit, at=on(8, day, 10), conversation=asked.conversation)
            answered(quarter, at=on(8, day), secure=7, words="Fine.")
    assert counted[0] == counted[1] <= 16, counted
