"""Service reviews at the desk: begun, written, looked at, sent by a link, closed again."""

import csv
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.clients import verbs as clients
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.reviews.verbs import Words
from tests.doors.desk.visiting import HOSTILE, main, page, post, rail, signed_in
from tests.ledgers.acts_of_reviews import JUDGED, QUARTER
from tests.readings.test_review import answered, begun, on, owe, quarter, retainer
from tests.studio import NOW, Studio

__all__ = ["quarter", "retainer"]  # fixtures of the reading's tests


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


def at(row: Review, *more: object) -> str:
    return "/".join(["/reviews", str(row.pk), *map(str, more), ""])


def link_in(answer: Any) -> str:
    """The address of the link that was just made."""
    found = re.search(r'value="(http[^"]+/review/[\w-]+/)"', answer.content.decode())
    assert found, "no link is shown"
    return found.group(1).partition("/review/")[2]


# ------------------------------------------------------------ the list


def test_it_says_who_has_none_yet_for_the_quarter_that_is_over(bos: Browser, studio: Studio) -> None:
    text = main(bos, "/reviews/")
    assert "Of July to September 2026, Borealis and Cassini have none yet." in text
    assert text.count("data-row") == 2
    assert text.count("Begin the review of") == 2
    assert 'aria-current="page">Reviews' in rail(bos, "/reviews/")


@pytest.mark.parametrize(
    ("told", "writing", "says"),
    [
        (0, 1, "one review is being written and Cassini has none yet."),
        (1, 0, "one client was told and Cassini has none yet."),
        (2, 0, "Everybody was told how we served them from July to September 2026."),
        (1, 1, "one client was told and one review is being written."),
    ],
)
def test_the_sentence_counts_who_was_told(told: int, writing: int, says: str, bos: Browser, studio: Studio) -> None:
    for number, client in enumerate((studio.borealis, studio.cassini)[: told + writing]):
        row = begun(studio, client, judgement=f"{JUDGED} {number}")
        if number < told:
            bos.post(at(row, "links"))
    assert says in main(bos, "/reviews/")


def test_beginning_one_leads_to_it_and_twice_is_once(bos: Browser, studio: Studio) -> None:
    for _ in range(2):
        answer = post(bos, "/reviews/", client=studio.borealis.pk, quarter="2026Q3")
        assert answer.status_code == 303
    row = Review.objects.get()
    assert answer["Location"] == at(row)
    assert (row.client, row.quarter, row.lead) == (studio.borealis, QUARTER, studio.bo)


def test_another_quarter_and_only_yours_can_be_looked_at(bos: Browser, studio: Studio) -> None:
    assert "Of April to June 2026" in main(bos, "/reviews/?quarter=2026Q2")
    assert "Of July to September 2026" in main(bos, "/reviews/?quarter=whenever")
    yours = main(bos, "/reviews/?whose=yours")
    assert "Borealis" in yours
    assert "Cassini" not in yours


def test_a_word_that_is_no_quarter_begins_nothing(bos: Browser, studio: Studio) -> None:
    answer = bos.post("/reviews/", {"client": studio.borealis.pk, "quarter": "2026Q9"}, follow=True)
    assert "“2026Q9” is no quarter. Write it like 2026Q3." in answer.content.decode()
    assert not Review.objects.exists()


def test_the_list_is_exported_as_it_is_shown(bos: Browser, studio: Studio) -> None:
    bos.post(at(begun(studio), "links"))
    answer = bos.get("/reviews/?as=csv")
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert [(row["client"], row["review"], row["links open"]) for row in rows] == [
        ("Cassini", "none yet", "0"), ("Borealis", "sent on Tue 20 Oct", "1"),
    ]  # fmt: skip


def test_a_member_reads_the_list_and_begins_nothing(client: Browser, studio: Studio) -> None:
    kits = signed_in(client, studio.kit)
    text = main(kits, "/reviews/")
    assert "Begin the review of" not in text
    assert "Cassini" not in text
    assert post(kits, "/reviews/", client=studio.borealis.pk, quarter="2026Q3").status_code == 403


def test_fifty_stand_on_a_page(bos: Browser, studio: Studio) -> None:
    for number in range(60):
        clients.welcome(name=f"Client {number:02}", by=studio.ada, at=NOW)
    assert main(bos, "/reviews/").count("data-row") == 50
    assert "51 to 62 of 62" in main(bos, "/reviews/?page=2")


# ------------------------------------------------------------ writing


def test_what_is_written_is_kept_and_stands_below_as_they_will_see_it(bos: Browser, studio: Studio) -> None:
    row = reviews.begin(studio.borealis, quarter=QUARTER, by=studio.bo, at=NOW)
    assert "Borealis waits to be told of July to September 2026" in main(bos, at(row))
    words = {"judgement": JUDGED, "changes": "You hear from us first.", "ahead": "The checkout.", "with_hours": "on"}
    answer = bos.post(at(row, "words"), words, headers={"referer": f"http://testserver{at(row)}"}, follow=True)
    text = answer.content.decode()
    seen = text.partition('class="as-sent"')[2]
    for said in words.values():
        assert said == "on" or said in seen
    row.refresh_from_db()
    assert (row.judgement, row.with_hours) == (JUDGED, True)
    assert "Kept as you wrote it." in text


def test_it_is_put_back_as_it_was(bos: Browser, studio: Studio) -> None:
    row = begun(studio)
    post(bos, at(row, "words"), judgement="Other words.")
    for _ in range(2):
        assert post(bos, at(row, "words"), undo="1").status_code == 303
    row.refresh_from_db()
    assert row.judgement == JUDGED


def test_words_that_are_too_long_are_kept_in_the_field(bos: Browser, studio: Studio) -> None:
    row = begun(studio)
    answer = post(bos, at(row, "words"), judgement="Long. " * 2000, changes="This stays here.")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "That is more than 6,000 letters." in text
    assert "This stays here." in text
    row.refresh_from_db()
    assert row.judgement == JUDGED


def test_quotes_and_changes_are_chosen_from_what_there_is(bos: Browser, studio: Studio) -> None:
    said = answered(studio, at=on(9, 24), secure=6, words="Just tell me first.")
    vow = owe(studio, "A mail every Thursday", on(10, 22))
    row = begun(studio)
    post(bos, at(row, "words"), judgement=JUDGED, quotes=[said.pk], vows=[vow.pk])
    assert set(row.picks.values_list("noun", "row_id")) == {("pulses.Answer", said.pk), ("promises.Promise", vow.pk)}
    seen = main(bos, at(row)).partition('class="as-sent"')[2]
    assert "Just tell me first." in seen
    elsewhere = owe_elsewhere(studio)
    answer = post(bos, at(row, "words"), judgement=JUDGED, vows=[elsewhere])
    assert answer.status_code == 422


def owe_elsewhere(studio: Studio) -> int:
    """A promise to somebody else."""
    from tests.acting import promised

    return promised(studio.cassini, by=studio.ada, due=on(10, 30), words="The atlas").pk


def test_whoever_may_not_know_of_hours_reads_none_and_is_not_asked(
    client: Browser, studio: Studio, retainer: Any
) -> None:
    row = begun(studio, with_hours=True)
    for member, knows in ((studio.kit, False), (studio.fin, True), (studio.bo, True)):
        text = page(signed_in(client, member), at(row))
        assert ("120 hours paid for" in text) == knows
        assert ("Show them the hours" in text) == (member == studio.bo)
        assert ("120 hours paid for" in page(client, at(row, "seen"))) == knows


@pytest.mark.parametrize("who", ["kit", "fin"])
def test_only_leads_and_owners_write_and_send(who: str, client: Browser, studio: Studio) -> None:
    row = begun(studio)
    theirs = signed_in(client, getattr(studio, who))
    assert "<textarea" not in main(theirs, at(row))
    for act in ("words", "links"):
        assert theirs.post(at(row, act)).status_code == 403
    assert theirs.delete(at(row)).status_code == 403
    assert not Share.objects.exists()


def test_hostile_words_are_only_words(bos: Browser, studio: Studio) -> None:
    clients.change(studio.borealis, name=HOSTILE, by=studio.ada, at=NOW)
    answer = answered(studio, at=on(9, 24), secure=6, words=HOSTILE)
    owe(studio, HOSTILE, on(9, 2), kept=on(9, 1))
    row = begun(studio, changes=HOSTILE, picks=[("pulses.Answer", answer.pk)])
    for address in (at(row), at(row, "seen"), "/reviews/"):
        text = page(bos, address)
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text
    assert bos.get(at(row, "paper")).content.startswith(b"%PDF-")


# ------------------------------------------------------------ sending


def test_a_link_is_shown_once_and_opens_what_was_seen(bos: Browser, studio: Studio, quarter: Studio) -> None:
    row = begun(studio)
    answer = bos.post(at(row, "links"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    token = link_in(answer)
    assert token not in page(bos, at(row))
    told = Browser().get(f"/review/{token}").content.decode()
    assert JUDGED in told
    assert "The new navigation" in told


def test_a_link_is_refused_until_somebody_judged(bos: Browser, studio: Studio) -> None:
    row = begun(studio, judgement="")
    answer = bos.post(at(row, "links"), headers={"referer": f"http://testserver{at(row)}"}, follow=True)
    assert "Write your judgement first" in answer.content.decode()
    assert not Share.objects.exists()


def test_a_closed_link_opens_nothing_and_can_be_opened_again(bos: Browser, studio: Studio) -> None:
    row = begun(studio)
    token = link_in(bos.post(at(row, "links")))
    share = Share.objects.get()
    for _ in range(2):
        assert bos.delete(at(row, "links", share.pk)).status_code == 303
    assert Browser().get(f"/review/{token}").status_code == 404
    assert "no link to it is open any more" in main(bos, at(row))
    for _ in range(2):
        assert post(bos, at(row, "links", share.pk)).status_code == 303
    assert Browser().get(f"/review/{token}").status_code == 200


def test_the_line_that_offers_undo_opens_a_closed_link_again(bos: Browser, studio: Studio) -> None:
    row = begun(studio)
    bos.post(at(row, "links"))
    share = Share.objects.get()
    bos.delete(at(row, "links", share.pk), headers={"referer": f"http://testserver{at(row)}"})
    undo = re.search(r'<form method="post" action="(/reviews/[^"]+back=1)"', page(bos, at(row)))
    assert undo
    post(bos, undo.group(1), undo="1")
    share.refresh_from_db()
    assert share.revoked_at is None


def test_what_was_sent_can_be_looked_at_and_says_when_it_was_changed_since(
    bos: Browser, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begun(studio)
    bos.post(at(row, "links"))
    share = Share.objects.get()
    monkeypatch.setattr("kept.kit.clock.now", lambda: on(10, 21))
    post(bos, at(row, "words"), judgement=f"{JUDGED} And then some.")
    assert "You changed it since." in main(bos, at(row))
    assert "And then some." not in page(bos, at(row, "links", share.pk, "seen"))
    assert bos.get(f"{at(row, 'links', share.pk, 'seen')}?as=pdf").content.startswith(b"%PDF-")


def test_what_tells_hours_is_shown_to_nobody_who_may_not_know_them(
    client: Browser, studio: Studio, retainer: Any
) -> None:
    row = begun(studio, with_hours=True)
    signed_in(client, studio.bo).post(at(row, "links"))
    address = at(row, "links", Share.objects.get().pk, "seen")
    assert signed_in(client, studio.kit).get(address).status_code == 403
    assert signed_in(client, studio.fin).get(address).status_code == 200


def test_what_was_begun_is_taken_out_and_what_was_sent_is_not(bos: Browser, studio: Studio) -> None:
    row = begun(studio)
    bos.post(at(row, "links"))
    answer = bos.post(at(row), {"undo": "1"}, headers={"referer": f"http://testserver{at(row)}"}, follow=True)
    assert "This review was sent." in answer.content.decode()
    Share.objects.all().delete()
    answer = post(bos, at(row), undo="1")
    assert (answer.status_code, answer["Location"]) == (303, "/reviews/?quarter=2026Q3")
    assert not Review.objects.exists()
    assert bos.get(at(row)).status_code == 404


def test_a_review_behind_a_wall_is_not_there(client: Browser, studio: Studio) -> None:
    row = begun(studio, studio.cassini)
    kits = signed_in(client, studio.kit)
    for address in (at(row), at(row, "seen"), at(row, "paper")):
        assert kits.get(address).status_code == 404


def test_who_is_signed_out_is_led_to_the_door(studio: Studio) -> None:
    row = begun(studio)
    for address in ("/reviews/", at(row), at(row, "seen"), at(row, "paper")):
        assert Browser().get(address)["Location"].startswith("/account/login/")


# ------------------------------------------------------------ paper, and how much it takes


def test_the_paper_is_shown_in_its_place_and_kept_by_no_store(bos: Browser, quarter: Studio) -> None:
    answer = bos.get(at(begun(quarter), "paper"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="review-2026Q3.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_the_list_takes_as_many_queries_however_many_clients(
    bos: Browser, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        client = clients.welcome(name=f"Client {number:02}", by=studio.ada, at=NOW)
        reviews.begin(client, quarter=date(2026, 7, 1), by=studio.ada, at=NOW)
    with django_assert_max_num_queries(12):
        bos.get("/reviews/")


def test_one_review_takes_at_most_twenty_queries(
    bos: Browser, quarter: Studio, retainer: Any, django_assert_max_num_queries: Any
) -> None:
    row = reviews.write(begun(quarter), words=Words(judgement=JUDGED, with_hours=True), by=quarter.bo, at=NOW)
    for address in (at(row), at(row, "seen")):
        bos.get(address)  # the pledge is counted when a ledger moved
        with django_assert_max_num_queries(20):
            bos.get(address)
