"""Signs that may be there, on the page of why a client stays: a person says yes or no, and takes either back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.desk.standing_offers import none
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Dismissal, Sign, SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import TieKind
from kept.ledgers.conversations.models import Message
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.journal.models import Line
from tests.acting import sold, wrote
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio, london

YES, NO = "Yes, that is a sign", "No, it isn’t"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def at(studio: Studio) -> str:
    return f"/clients/{studio.borealis.pk}"


@pytest.fixture
def letter(studio: Studio) -> Message:
    """Cleo writes after two months in which nobody had said a word."""
    wrote(studio.borealis, by=studio.bo, at=NOW - timedelta(days=70), subject="Autumn")
    return wrote(studio.borealis, by=studio.cleo, at=london(17), subject="A winter paper?", text="Shall we?")


@pytest.fixture
def offer(letter: Message, at: str) -> str:
    """Where one says that it is a sign."""
    return f"{at}/offered/got_in_touch-message-{letter.pk}/"


@pytest.fixture
def cut(studio: Studio, at: str) -> str:
    """Where one says so of hours that were taken away."""
    row = engagements.budget(
        sold(studio.borealis, by=studio.ada), starts=date(2026, 10, 1), hours=Decimal(-20), fee=Decimal(-2000),
        currency="GBP", reason="no photographs", by=studio.bo, at=london(1),
    )  # fmt: skip
    return f"{at}/offered/cut_scope-budget-{row.pk}/"


def test_where_nothing_shows_a_sign_nothing_is_said_of_one(client: Browser, studio: Studio, at: str) -> None:
    assert "Signs that may be there" not in main(signed_in(client, studio.bo), f"{at}/standing/")


def test_what_may_be_a_sign_stands_there_with_the_letters_that_show_it(
    client: Browser, studio: Studio, at: str, letter: Message, offer: str
) -> None:
    text = page(signed_in(client, studio.bo), f"{at}/standing/")
    assert "Signs that may be there" in text
    assert "Got in touch of their own accord, not to complain (Cleo North)" in text
    assert "For 67 days nobody on either side had said a word." in text
    assert "It would speak <b>for us</b>." in text
    assert f'<a href="/inbox/{letter.conversation_id}/#m{letter.pk}">“A winter paper?”: Shall we?</a>' in text
    assert f'action="{offer}"' in text
    assert f'action="{offer}dismissal/"' in text
    assert (text.count(YES), text.count(NO)) == (1, 1)
    assert "Nobody has seen them choose yet." in text  # it counts for nothing yet


def test_a_yes_writes_it_down_once_with_the_row_that_shows_it(
    client: Browser, studio: Studio, at: str, letter: Message, offer: str
) -> None:
    browser = signed_in(client, studio.kit)
    for _ in range(2):
        assert post(browser, offer).status_code == 303
    row = Sign.objects.get()
    assert (row.kind, row.contact, row.by, row.at) == (SignKind.GOT_IN_TOUCH, studio.cleo, studio.kit, letter.at)
    assert (row.source_noun, row.source_id) == ("conversations.Message", letter.pk)
    text = main(browser, f"{at}/standing/")
    assert YES not in text
    assert "After 67 days without a word: “A winter paper?”." in text
    assert "noted by Kit" in text


def test_a_yes_is_taken_back_and_it_is_offered_again(client: Browser, studio: Studio, at: str, offer: str) -> None:
    browser = signed_in(client, studio.bo)
    post(browser, offer)
    for _ in range(2):
        assert browser.delete(offer).status_code == 303
    assert not Sign.objects.exists()
    assert YES in main(browser, f"{at}/standing/")


def test_a_no_is_remembered_with_who_said_so_and_taken_back(
    client: Browser, studio: Studio, at: str, offer: str
) -> None:
    browser = signed_in(client, studio.bo)
    for _ in range(2):
        assert post(browser, f"{offer}dismissal/").status_code == 303
    assert Dismissal.objects.get().by == studio.bo
    assert Line.objects.filter(verb="choices.dismiss").count() == 1
    text = main(browser, f"{at}/standing/")
    assert YES not in text
    assert "One of them was said to be none</summary>" in text
    assert "not to complain. After 67 days without a word: “A winter paper?”." in text
    for _ in range(2):
        assert post(browser, f"{offer}dismissal/", undo="1").status_code == 303
    assert not Dismissal.objects.exists()
    assert YES in main(browser, f"{at}/standing/")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "One of them was said to be none"),
        (3, "Three of them were said to be none"),
        (14, "14 of them were said to be none"),
    ],
)
def test_how_many_were_said_to_be_none_is_said_in_words(number: int, said: str) -> None:
    assert none(number) == said


def test_after_a_no_a_yes_says_what_to_do_first(client: Browser, studio: Studio, at: str, offer: str) -> None:
    browser = signed_in(client, studio.bo)
    post(browser, f"{offer}dismissal/")
    post(browser, offer)
    assert not Sign.objects.exists()
    assert "Somebody said that it is no sign; take that back first." in page(browser, f"{at}/standing/")


def test_after_a_yes_a_no_says_what_to_do_first(client: Browser, studio: Studio, at: str, offer: str) -> None:
    browser = signed_in(client, studio.bo)
    post(browser, offer)
    post(browser, f"{offer}dismissal/")
    assert not Dismissal.objects.exists()
    assert "Somebody wrote it down as a sign; take that back first." in page(browser, f"{at}/standing/")


def test_what_nothing_shows_any_more_is_not_written_down(
    client: Browser, studio: Studio, at: str, letter: Message, offer: str
) -> None:
    wrote(studio.borealis, by=studio.bo, at=london(1))
    browser = signed_in(client, studio.bo)
    for act in (offer, f"{offer}dismissal/", f"{at}/offered/praised-message-{letter.pk}/"):
        assert post(browser, act).status_code == 303
        assert "What showed it has changed since, so nothing was written down." in page(browser, f"{at}/standing/")
    assert not Sign.objects.exists()
    assert not Dismissal.objects.exists()


def test_a_row_of_another_client_shows_nothing_of_this_one(client: Browser, studio: Studio, at: str) -> None:
    wrote(studio.cassini, by=studio.ada, at=NOW - timedelta(days=70))
    theirs = wrote(studio.cassini, by=studio.cora, at=london(17))
    post(signed_in(client, studio.bo), f"{at}/offered/got_in_touch-message-{theirs.pk}/")
    assert not Sign.objects.exists()


def test_what_money_says_is_for_who_may_see_money(client: Browser, studio: Studio, at: str, cut: str) -> None:
    browser = signed_in(client, studio.kit)
    assert "Signs that may be there" not in page(browser, f"{at}/standing/")
    for act in (cut, f"{cut}dismissal/"):
        assert post(browser, act).status_code == 403
        assert browser.delete(act).status_code == 403
    assert not Sign.objects.exists()
    finance = signed_in(Browser(), studio.fin)
    assert "−20 h. no photographs" in page(finance, f"{at}/standing/")
    post(finance, cut)
    assert Sign.objects.get().words == "Less of “Website” from 1 October 2026 on."


def test_a_stranger_to_the_client_reads_that_it_is_not_there(client: Browser, studio: Studio) -> None:
    wrote(studio.cassini, by=studio.ada, at=NOW - timedelta(days=70))
    letter = wrote(studio.cassini, by=studio.cora, at=london(17))
    browser, act = (
        signed_in(client, studio.kit),
        f"/clients/{studio.cassini.pk}/offered/got_in_touch-message-{letter.pk}/",
    )
    for there in (act, f"{act}dismissal/"):
        assert post(browser, there).status_code == 404
        assert browser.delete(there).status_code == 404
    assert not Sign.objects.exists()


def test_whom_a_wall_hides_is_named_to_nobody_it_keeps_out(client: Browser, studio: Studio, at: str) -> None:
    clients.tie(studio.cora, to=studio.cleo, kind=TieKind.REFERRED_BY, by=studio.ada, at=london(12))
    seen = signed_in(Browser(), studio.bo)
    assert "Cora Vale at Cassini: referred by Cleo North" in page(seen, f"{at}/standing/")
    text = page(signed_in(client, studio.kit), f"{at}/standing/")
    assert "Cora" not in text
    assert "Cassini" not in text
    post(seen, f"{at}/offered/sent_others-tie-{studio.cora.ties.get().pk}/")
    noted = page(client, f"{at}/standing/")
    assert "Sent us somebody (Cleo North)." in noted
    assert "Cora" not in noted


def test_an_address_that_names_no_sign_is_not_there(client: Browser, studio: Studio, at: str) -> None:
    browser = signed_in(client, studio.bo)
    for key in ("smiled-message-3", "praised-member-3", "praised-message-x"):
        assert post(browser, f"{at}/offered/{key}/").status_code == 404


def test_looking_at_where_one_says_yes_changes_nothing(client: Browser, studio: Studio, offer: str) -> None:
    browser = signed_in(client, studio.bo)
    assert browser.get(offer).status_code == 405
    assert browser.get(f"{offer}dismissal/").status_code == 405
    assert not Sign.objects.exists()


def test_who_is_signed_out_is_sent_to_the_door(client: Browser, offer: str) -> None:
    for act in (offer, f"{offer}dismissal/"):
        assert client.post(act)["Location"].startswith("/account/login/")


def test_words_from_outside_stay_words(client: Browser, studio: Studio, at: str, letter: Message, offer: str) -> None:
    Message.objects.filter(pk=letter.pk).update(subject=HOSTILE, snippet=HOSTILE)
    type(studio.cleo).objects.filter(pk=studio.cleo.pk).update(name=HOSTILE)
    browser = signed_in(client, studio.bo)
    offered = page(browser, f"{at}/standing/")
    post(browser, offer)
    noted = page(browser, f"{at}/standing/")
    choices.take_back(Sign.objects.get(), by=studio.bo, at=NOW)
    post(browser, f"{offer}dismissal/")
    for text in (offered, noted, page(browser, f"{at}/standing/")):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize("more", [0, 8])
def test_a_constant_number_of_queries(
    more: int, client: Browser, studio: Studio, at: str, offer: str, cut: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(more):
        sold(studio.borealis, by=studio.ada, name=f"Part {number}", starts=date(2026, 9, 1))
        wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(hours=number))
        source = ("conversations.Message", 900 + number)
        choices.dismiss(studio.borealis, kind=SignKind.PRAISED, source=source, by=studio.bo, at=NOW)
    browser = signed_in(client, studio.bo)
    with django_assert_max_num_queries(18):
        browser.get(f"{at}/standing/")
