"""Why one client stays: three quantities with their rows; signs are noted, ties are judged, and all is taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.desk.standing_said import standing_fact
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Hold, LockKind, Sign, SignKind
from kept.ledgers.pulses.models import Answer
from kept.readings.standing import grounds_now
from tests.acting import sold, wrote
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def at(studio: Studio) -> str:
    return f"/clients/{studio.borealis.pk}"


def felt(studio: Studio, mark: int) -> None:
    for month in range(6):
        at = NOW - timedelta(days=30 * month)
        Answer.objects.create(
            client=studio.borealis, contact=studio.cleo, at=at, secure=mark, cherished=mark, delighted=mark,
            dazzled=mark,
        )  # fmt: skip


def test_of_whom_nothing_is_known_the_page_says_so_and_asks(client: Browser, studio: Studio, at: str) -> None:
    text = main(signed_in(client, studio.bo), f"{at}/standing/")
    assert "It is too early to say why Borealis stays." in text
    assert "Ask the one question that would tell. Ask: “How has it felt to work with us lately?”" in text
    for words in ("Nobody there has said how it felt.", "Nobody has seen them choose yet.", "Nobody has judged it."):
        assert words in text
    assert text.count("not judged") == 6  # five ties, and their sum


def test_the_held_are_told_what_holds_them_and_what_to_do(client: Browser, studio: Studio, at: str) -> None:
    felt(studio, 4)
    for lock in (LockKind.OUR_DATA, LockKind.MIGRATION, LockKind.NOTICE):
        choices.tie(studio.borealis, lock=lock, since=TODAY, words="So it is.", by=studio.bo, at=NOW)
    text = main(signed_in(client, studio.bo), f"{at}/standing/")
    assert "Borealis is held: they stay because leaving is hard" in text
    assert "offer no discount" in text
    assert "What only we have, a dear move and a long notice." in text
    assert text.count("Bo judged it: “So it is.”") == 3
    assert "Cleo: secure 4" in text
    assert 'data-s="kept"' not in text


def test_a_sign_is_noted_once_and_taken_back(client: Browser, studio: Studio, at: str) -> None:
    browser = signed_in(client, studio.kit)
    typed = {"kind": "sent_others", "contact": studio.cleo.pk, "on": "2026-10-12", "words": "Her brother wrote."}
    for _ in range(2):
        assert post(browser, f"{at}/signs/", **typed).status_code == 303
    row = Sign.objects.get()
    assert (row.kind, row.contact, row.by, row.at.date()) == (
        SignKind.SENT_OTHERS, studio.cleo, studio.kit, date(2026, 10, 12),
    )  # fmt: skip
    text = main(browser, f"{at}/standing/")
    assert "Sent us somebody (Cleo North). Her brother wrote." in text
    assert "for us" in text
    for _ in range(2):
        assert browser.delete(f"{at}/signs/{row.pk}/").status_code == 303
    assert not Sign.objects.exists()


def test_what_is_missing_in_a_sign_is_said_and_the_words_are_kept(client: Browser, studio: Studio, at: str) -> None:
    browser = signed_in(client, studio.bo)
    answer = post(browser, f"{at}/signs/", kind="praised", words="She said it twice.")
    assert answer.status_code == 422
    assert "Say on which day." in answer.content.decode()
    assert "She said it twice." in answer.content.decode()
    ahead = post(browser, f"{at}/signs/", kind="praised", on="2026-10-21").content.decode()
    assert "It lies still ahead." in ahead
    assert not Sign.objects.exists()


def test_the_form_says_that_a_question_about_a_wrong_bill_is_no_sign(client: Browser, studio: Studio, at: str) -> None:
    text = main(signed_in(client, studio.bo), f"{at}/signs/")
    assert "a bill that really was wrong is no sign" in text
    assert "has gone quiet" not in text  # that is counted
    assert "Cora Vale" not in text


def test_one_tap_says_what_ties_them_and_another_that_it_does_not(client: Browser, studio: Studio, at: str) -> None:
    browser = signed_in(client, studio.bo)
    for _ in range(2):
        assert post(browser, f"{at}/ties/", lock="specialist", ties="yes").status_code == 303
    post(browser, f"{at}/ties/", lock="specialist", ties="no")
    assert [(row.lock, row.ties) for row in Hold.objects.all()] == [("specialist", True), ("specialist", False)]
    last = Hold.objects.last()
    assert last is not None
    for _ in range(2):
        assert browser.delete(f"{at}/ties/{last.pk}/").status_code == 303
    assert "What would leaving cost?" in main(browser, f"{at}/standing/")
    assert [row.ties for row in Hold.objects.all()] == [True]


def test_that_nothing_ties_them_is_one_tap_and_stands_there_to_be_taken_back(
    client: Browser, studio: Studio, at: str
) -> None:
    browser = signed_in(client, studio.bo)
    post(browser, f"{at}/ties/", lock="our_data")
    post(browser, f"{at}/ties/", lock="nothing", words="They could go tomorrow.")
    text = main(browser, f"{at}/standing/")
    assert "Nothing ties them." in text
    assert "Bo judged that nothing ties them: “They could go tomorrow.”" in text
    free = Hold.objects.get(lock="")
    assert f'action="{at}/ties/{free.pk}/"' in text


def test_what_a_contract_says_is_contradicted_by_a_person(client: Browser, studio: Studio, at: str) -> None:
    sold(studio.borealis, by=studio.ada, starts=date(2026, 1, 1), ends=date(2027, 12, 31))
    browser = signed_in(client, studio.bo)
    assert "“Website” runs until 31 December 2027" in main(browser, f"{at}/standing/")
    post(browser, f"{at}/ties/", lock="contract", ties="no", words="They may leave each March.")
    text = main(browser, f"{at}/standing/")
    assert "Bo judged it: “They may leave each March.”" in text
    assert "Nothing ties them." in text


def test_a_day_that_is_over_ties_nobody(client: Browser, studio: Studio, at: str) -> None:
    answer = post(signed_in(client, studio.bo), f"{at}/ties/", lock="contract", until="2026-10-01", words="Till then.")
    assert answer.status_code == 422
    assert "Till then." in answer.content.decode()


def test_a_stranger_to_the_client_reads_that_it_is_not_there(client: Browser, studio: Studio) -> None:
    browser, walled = signed_in(client, studio.kit), f"/clients/{studio.cassini.pk}"
    row = choices.note(studio.cassini, kind=SignKind.PRAISED, seen_at=NOW, by=studio.ada, at=NOW)
    assert browser.get(f"{walled}/standing/").status_code == 404
    assert post(browser, f"{walled}/signs/", kind="praised", on="2026-10-20").status_code == 404
    assert post(browser, f"{walled}/ties/", lock="nothing").status_code == 404
    assert browser.delete(f"{walled}/signs/{row.pk}/").status_code == 404
    assert Sign.objects.get() == row


def test_a_sign_is_taken_back_at_its_own_client_only(client: Browser, studio: Studio, at: str) -> None:
    row = choices.note(studio.cassini, kind=SignKind.PRAISED, seen_at=NOW, by=studio.ada, at=NOW)
    signed_in(client, studio.kit).delete(f"{at}/signs/{row.pk}/")
    assert Sign.objects.get() == row


def test_who_is_signed_out_is_sent_to_the_door(client: Browser, studio: Studio, at: str) -> None:
    assert client.get(f"{at}/standing/")["Location"].startswith("/account/login/")


def test_words_from_outside_stay_words(client: Browser, studio: Studio, at: str) -> None:
    choices.note(studio.borealis, kind=SignKind.PRAISED, seen_at=NOW, words=HOSTILE, by=studio.bo, at=NOW)
    choices.tie(studio.borealis, lock=LockKind.CONTRACT, since=TODAY, words=HOSTILE, by=studio.bo, at=NOW)
    text = page(signed_in(client, studio.bo), f"{at}/standing/")
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert") >= 2


def test_the_fact_on_the_clients_page_says_the_kind_with_its_chance(studio: Studio) -> None:
    unknown = standing_fact(7, grounds_now([studio.borealis.pk], at=NOW)[studio.borealis.pk])
    assert (unknown.name, unknown.state.s, unknown.state.words) == ("Would choose us again", "unknown", "not known")
    felt(studio, 10)
    choices.note(studio.borealis, kind=SignKind.SENT_OTHERS, seen_at=NOW, by=studio.bo, at=NOW)
    choices.note(studio.borealis, kind=SignKind.VOUCHED, seen_at=NOW, by=studio.bo, at=NOW)
    fact = standing_fact(7, grounds_now([studio.borealis.pk], at=NOW)[studio.borealis.pk])
    assert fact.state.words.startswith("loyal, sends others, ")
    assert fact.state.words.endswith(" in 100")
    assert fact.to == "/clients/7/standing/"


@pytest.mark.parametrize("more", [0, 12])
def test_a_constant_number_of_queries(
    more: int, client: Browser, studio: Studio, at: str, django_assert_max_num_queries: Any
) -> None:
    for each in range(more):
        day = NOW - timedelta(days=each)
        choices.note(studio.borealis, kind=SignKind.PRAISED, seen_at=day, contact=studio.cleo, by=studio.bo, at=NOW)
        Answer.objects.create(client=studio.borealis, contact=studio.cleo, at=day, secure=9)
        wrote(studio.borealis, by=studio.cleo, at=day)
    browser = signed_in(client, studio.bo)
    with django_assert_max_num_queries(18):
        browser.get(f"{at}/standing/")
