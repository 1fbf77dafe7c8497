"""The pledge on the desk: read by all, drafted by leads, published by the owner; every act with its way back."""

import csv
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.models import Edition, Measure, Sentence, Showing, Variation
from kept.ledgers.pledges.verbs import Difference
from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind
from kept.ledgers.reflections.verbs import After, Learned
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.ledgers.telling import everything
from tests.pledging import EIGHT, FIVE, drafted, pledged, sentence
from tests.studio import NOW, Studio, london

BOARD, DRAFT, SENTENCES = "/our-pledge/", "/our-pledge/draft/", "/our-pledge/draft/sentences/"
PUBLICATION, PAGE = "/our-pledge/publication/", "/our-pledge/page/"
TYPED = {"words": "Bills are as we said.", "measure": "bills", "target": 97, "window_days": 180, "within": ""}


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def undo_line(browser: Browser, at: str = BOARD) -> str:
    """The address that the line at the foot of the page offers."""
    return main(browser, at).partition("data-undo")[2].partition('action="')[2].partition('"')[0].replace("&amp;", "&")


def undone(browser: Browser, at: str = BOARD) -> Any:
    address = undo_line(browser, at)
    assert address
    return post(browser, address, undo="1")


def a_late_reply(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(15, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(15, "15:00"), conversation=message.conversation)


def test_before_anything_is_pledged_the_page_says_how_to_begin(client: Browser, studio: Studio) -> None:
    text = main(signed_in(client, studio.ada), BOARD)
    assert "We have pledged nothing yet." in text
    assert "Write the first sentences" in text
    assert "Owners and leads write the sentences" in main(signed_in(client, studio.kit), BOARD)


def test_each_sentence_stands_with_its_figures_and_misses_that_open(client: Browser, studio: Studio) -> None:
    pledged(studio)
    a_late_reply(studio)
    text = main(signed_in(client, studio.kit), BOARD)
    assert FIVE[0].words in text
    assert "0 of 1 message since 22 July; we said at least 1. One late." in text
    assert "Kept <b>0</b> in 100" in text
    assert "Cleo North</a>" in text
    assert "1 h late" in text
    assert "Nothing to count yet: no bill since 22 July." in text
    assert "Change a sentence" not in text
    assert f'href="/our-pledge/{sentence(Edition.objects.get(), Measure.REPLIES).pk}/"' in text


def test_one_sentence_opens_to_everything_it_was_counted_from(client: Browser, studio: Studio) -> None:
    row = sentence(pledged(studio), Measure.REPLIES)
    a_late_reply(studio)
    message = wrote(studio.borealis, by=studio.cleo, at=london(16, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(16, "11:00"), conversation=message.conversation)
    signed_in(client, studio.bo)
    missed, kept = (main(client, f"/our-pledge/{row.pk}/{query}") for query in ("", "?show=kept"))
    assert ("15 Oct" in missed, "16 Oct" in missed) == (True, False)
    assert ("15 Oct" in kept, "16 Oct" in kept) == (False, True)
    answer = client.get(f"/our-pledge/{row.pk}/?as=csv")
    assert list(csv.reader(answer.content.decode().splitlines()))[1:] == [
        ["2026-10-15", "Cleo North", "Borealis", "1 h late"]
    ]
    assert client.get("/our-pledge/999999/").status_code == 404


def test_a_sentence_shows_what_was_learned_of_it_to_those_who_may_know_the_client(
    client: Browser, studio: Studio
) -> None:
    edition = pledged(studio)
    row, other = sentence(edition, Measure.REPLIES), sentence(edition, Measure.BILLS)
    for whose, change in ((studio.borealis, "We say when."), (studio.cassini, "Ada calls.")):
        reflections.reflect(
            whose, kind=Kind.DISAPPOINTMENT, after=After("A reply came late"), learned=Learned("They wait.", change),
            sentence=row, by=studio.ada, at=london(19),
        )  # fmt: skip
    ada = main(signed_in(client, studio.ada), f"/our-pledge/{row.pk}/")
    kit = main(signed_in(client, studio.kit), f"/our-pledge/{row.pk}/")
    assert [said in ada for said in ("We say when.", "Ada calls.")] == [True, True]
    assert [said in kit for said in ("We say when.", "Ada calls.", "Cassini")] == [True, False, False]
    assert f'href="/clients/{studio.borealis.pk}/reflections/"' in kit
    assert "What we learned" not in main(client, f"/our-pledge/{other.pk}/")


def test_the_board_can_be_taken_away_as_a_table(client: Browser, studio: Studio) -> None:
    pledged(studio)
    a_late_reply(studio)
    rows = list(csv.DictReader(signed_in(client, studio.bo).get(f"{BOARD}?as=csv").content.decode().splitlines()))
    assert [row["measure"] for row in rows][:2] == ["reply time", "promises kept"]
    assert (rows[0]["kept"], rows[0]["of"], rows[0]["stands"]) == ("0", "1", "too little to say")


@pytest.mark.parametrize(("day", "words"), [("2026-10-14", "on Wednesday 14 October"), ("2026-13-40", ""), ("x", "")])
def test_an_earlier_day_can_be_looked_at(day: str, words: str, client: Browser, studio: Studio) -> None:
    pledged(studio)
    a_late_reply(studio)
    text = main(signed_in(client, studio.bo), f"{BOARD}?at={day}")
    assert ("as it stood" in text) == bool(words)
    assert words in text
    assert ("1 h late" in text) == (not words)


def test_an_earlier_day_is_counted_to_its_end_over_as_many_days_as_in_the_terminal(
    client: Browser, studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    pledged(studio, at=london(1, month=1))
    asked = wrote(studio.borealis, by=studio.cleo, at=london(17, "10:00", month=7))
    wrote(studio.borealis, by=studio.bo, at=london(17, "11:00", month=7), conversation=asked.conversation)
    call_command("pledge", at="2026-10-15", json=True)
    told = next(one for one in json.loads(capsys.readouterr().out)["sentences"] if one["measure"] == "replies")
    asked_of = f"{BOARD}?at=2026-10-15&as=csv"
    rows = list(csv.DictReader(signed_in(client, studio.bo).get(asked_of).content.decode().splitlines()))
    assert (told["since"], told["of"]) == ("2026-07-17", 1)
    assert [row["of"] for row in rows if row["measure"] == "reply time"] == ["1"]


def test_a_lead_drafts_and_the_owner_publishes(client: Browser, studio: Studio) -> None:
    signed_in(client, studio.bo)
    assert post(client, DRAFT)["Location"] == DRAFT
    for number in range(4):
        post(client, SENTENCES, **(TYPED | {"words": f"Sentence {number}."}))
    text = main(client, DRAFT)
    assert "The draft has four sentences; it takes one more before anybody reads it." in text
    assert "Make it our pledge" not in text
    assert post(client, PUBLICATION).status_code == 403
    signed_in(client, studio.ada)
    answer = post(client, PUBLICATION)
    assert answer.status_code == 422
    assert "A pledge has five to nine sentences; this draft has four sentences." in answer.content.decode()
    post(client, SENTENCES, **(TYPED | {"words": "The fifth.", "measure": ""}))
    assert "“The fifth.” is held against nothing yet." in post(client, PUBLICATION).content.decode()
    row = Sentence.objects.get(words="The fifth.")
    post(client, f"{SENTENCES}{row.pk}/", **(TYPED | {"words": "The fifth.", "measure": "calls", "within": "1.5"}))
    row.refresh_from_db()
    assert (row.measure, row.within) == ("calls", 90)
    assert post(client, PUBLICATION)["Location"] == BOARD
    assert "Our pledge, first wording, since 20 October" in main(client, BOARD)


def test_publishing_is_undone_to_the_draft_it_was(client: Browser, studio: Studio) -> None:
    drafted(studio)
    signed_in(client, studio.ada)
    before = everything()
    post(client, PUBLICATION)
    undone(client)
    assert everything() == before


def test_a_second_wording_says_why(client: Browser, studio: Studio) -> None:
    pledged(studio)
    signed_in(client, studio.ada)
    post(client, DRAFT)
    assert "Say in a sentence why it changes" in post(client, PUBLICATION, why=" ").content.decode()
    post(client, PUBLICATION, why="People asked about bills.")
    text = main(client, "/our-pledge/wordings/")
    assert "We have worded our pledge twice" in text
    assert "People asked about bills." in text


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        (SENTENCES, TYPED | {"words": "One more."}),
        ("{words}", TYPED),
        ("{words}", {"undo": "1"}),
        ("{words}place/", {"after": "0"}),
        (DRAFT, {"undo": "1"}),
    ],
)
def test_every_act_on_the_draft_is_undone(address: str, typed: dict[str, Any], client: Browser, studio: Studio) -> None:
    pledged(studio)
    row = drafting.draft(by=studio.bo, at=london(19)).sentences.get(measure="bills")
    signed_in(client, studio.bo)
    before = everything()
    answer = post(client, address.format(words=f"{SENTENCES}{row.pk}/"), **typed)
    assert answer.status_code == 303
    assert everything() != before
    undone(client)
    assert everything() == before


def test_a_fault_keeps_what_was_typed_and_says_how_to_mend_it(client: Browser, studio: Studio) -> None:
    row = drafted(studio).sentences.get(measure="bills")
    signed_in(client, studio.bo)
    answer = post(client, f"{SENTENCES}{row.pk}/", **(TYPED | {"words": "Half typed", "target": "101"}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "More than all of them nobody can keep." in text
    assert "Half typed" in text
    assert "Write the sentence as a client would read it." in post(client, SENTENCES).content.decode()


def test_every_field_of_the_draft_has_a_name(client: Browser, studio: Studio) -> None:
    drafted(studio, EIGHT)
    text = main(signed_in(client, studio.bo), DRAFT)
    assert "Answered within, in working hours</label>" in text
    assert "Time, where it takes one</label>" in text
    assert '"></label>' not in text


def test_a_published_sentence_is_no_draft_any_more(client: Browser, studio: Studio) -> None:
    row = pledged(studio).sentences.get(measure="bills")
    signed_in(client, studio.ada)
    assert post(client, f"{SENTENCES}{row.pk}/", **TYPED).status_code == 404
    assert post(client, SENTENCES, **TYPED).status_code == 404


def test_the_owner_opens_and_closes_the_public_page(client: Browser, studio: Studio) -> None:
    pledged(studio)
    assert post(signed_in(client, studio.bo), PAGE).status_code == 403
    signed_in(client, studio.ada)
    before = everything()
    post(client, PAGE)
    opened = everything()
    assert "As the public sees it" in main(client, BOARD)
    post(client, PAGE, undo="1")
    assert "As the public sees it" not in main(client, BOARD)
    Showing.objects.update(closed_at=None)
    assert everything() == opened
    post(client, PAGE, undo="1")
    undone(client)
    assert everything() == opened
    Showing.objects.all().delete()
    post(client, PAGE)
    undone(client)
    assert everything() == before


def test_a_difference_is_agreed_shown_ended_and_taken_back(client: Browser, studio: Studio) -> None:
    row = sentence(pledged(studio), Measure.REPLIES)
    there = f"/clients/{studio.borealis.pk}/pledge/"
    typed = {"sentence": row.pk, "within": "2", "since": "2026-10-01", "reason": "print days"}
    signed_in(client, studio.bo)
    before = everything()
    post(client, there, **typed)
    text = main(client, there)
    assert "within 2 working hours" in text
    assert "since 1 October 2026" in text
    one = Variation.objects.get()
    agreed = everything()
    post(client, f"{there}{one.pk}/")
    assert Variation.objects.get().until == date(2026, 10, 20)
    undone(client, there)
    assert everything() == agreed
    assert "One difference is agreed, with Borealis." in main(client, "/our-pledge/differences/")
    post(client, f"{there}{one.pk}/", undo="1")
    assert everything() == before


def test_a_difference_without_a_difference_is_refused_kindly(client: Browser, studio: Studio) -> None:
    row = sentence(pledged(studio), Measure.REPLIES)
    signed_in(client, studio.bo)
    answer = post(
        client, f"/clients/{studio.borealis.pk}/pledge/", sentence=row.pk, since="2026-10-01", reason="they asked"
    )
    assert answer.status_code == 422
    assert "Say what is different" in answer.content.decode()
    assert "they asked" in answer.content.decode()


def test_what_differs_behind_a_wall_is_not_there_for_who_is_kept_out(client: Browser, studio: Studio) -> None:
    row = sentence(pledged(studio), Measure.REPLIES)
    pledges.vary(
        studio.cassini, sentence=row, difference=Difference(target=80), since=NOW.date(), reason="they asked",
        by=studio.ada, at=NOW,
    )  # fmt: skip
    signed_in(client, studio.kit)
    assert "Differences agreed with clients: 0" in main(client, BOARD)
    assert "The pledge is the same for every client." in main(client, "/our-pledge/differences/")
    assert client.get(f"/clients/{studio.cassini.pk}/pledge/").status_code == 404


def test_hostile_words_are_only_words(client: Browser, studio: Studio) -> None:
    drafted(studio)
    signed_in(client, studio.ada)
    row = Sentence.objects.get(measure="bills")
    post(client, f"{SENTENCES}{row.pk}/", **(TYPED | {"words": HOSTILE}))
    assert HOSTILE not in page(client, DRAFT)
    post(client, PUBLICATION)
    for address in (BOARD, f"/our-pledge/{row.pk}/", "/our-pledge/wordings/", f"/clients/{studio.borealis.pk}/pledge/"):
        assert HOSTILE not in page(client, address)
        assert "&lt;script&gt;" in page(client, address)


@pytest.mark.parametrize("messages", [2, 30])
def test_the_pages_take_the_same_number_of_queries_whatever_the_history(
    messages: int, client: Browser, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    row = sentence(pledged(studio, EIGHT, at=london(1, month=1)), Measure.REPLIES)
    for number in range(messages):
        wrote(studio.borealis, by=studio.cleo, at=london(1 + number % 19, "09:30"), subject=f"No {number}")
    drafting.draft(by=studio.bo, at=NOW)
    signed_in(client, studio.ada)
    for address in (BOARD, f"/our-pledge/{row.pk}/", DRAFT, f"/clients/{studio.borealis.pk}/pledge/"):
        with django_assert_max_num_queries(20):
            client.get(address)
