"""Felt, as the desk shows it: who is to be called, what was said, who is silent; spoken with, ended, and taken back."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.desk import felt_words
from kept.ledgers.clients import verbs as clients
from kept.ledgers.promises.models import Promise
from kept.ledgers.pulses import following
from kept.ledgers.pulses.following import Call
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Why
from kept.measures.feeling import Feeling
from tests.doors.desk.visiting import HOSTILE, main, page, post, rail, signed_in
from tests.readings.feeling import asked, felt, skipped
from tests.studio import LONDON, NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def low(studio: Studio) -> FollowUp:
    """Cleo's answer of yesterday evening, which Bo is to call her about until noon."""
    answer = felt(
        asked(studio.cleo, by=studio.ada, at=london(18)), at=london(19, "18:00"), secure=3, words="Late again."
    )
    call = Call("Speak with Cleo about how it felt", london(20, "12:00"))
    return following.open_follow_up(answer, owner=studio.bo, call=call, at=london(19, "18:00"))


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


def opening(browser: Browser) -> str:
    text = main(browser, "/felt/").partition('<h1 class="opening">')[2].partition("</h1>")[0]
    return "".join(part.partition(">")[2] if ">" in part else part for part in text.split("<")).strip()


def test_with_nobody_asked_it_says_so_and_what_to_do(bos: Browser) -> None:
    assert opening(bos) == "Nobody was asked how it felt in half a year. It takes one person a minute."
    assert "Nobody was asked in half a year." in main(bos, "/felt/")
    assert 'aria-current="page">Felt' in rail(bos, "/felt/")


def test_the_first_sentence_names_who_must_be_called_who_was_glad_and_who_is_silent(
    bos: Browser, low: FollowUp, studio: Studio
) -> None:
    otter = clients.welcome(name="Little Otter", by=studio.ada, lead=studio.bo, at=NOW)
    asha = clients.meet(otter, name="Asha Pine", by=studio.ada, at=NOW)
    glad = {"secure": 9, "cherished": 10, "delighted": 10}
    felt(asked(asha, by=studio.ada, at=london(12)), words="You listened.", **glad)
    asked(studio.cora, by=studio.ada, at=london(1, month=9))
    said = "Cleo should hear from us by 12:00 today. Asha told us something beautiful. Cassini has stayed silent."
    assert opening(bos) == said


def test_what_is_late_is_said_in_both_places(
    bos: Browser, low: FollowUp, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: london(21))
    assert opening(bos) == "Cleo should have heard from us yesterday."
    assert "since yesterday, 12:00" in main(bos, "/felt/")
    following.spoke(low, by=studio.bo, at=london(21))
    assert opening(bos) == "Nobody needs a call, and nobody whom we asked has stayed silent."


def test_several_calls_name_the_first_and_who_wishes_to_be_called_is_said_so(
    bos: Browser, low: FollowUp, studio: Studio
) -> None:
    answer = felt(asked(studio.cora, by=studio.ada, at=london(18)), call_me=True)
    following.open_follow_up(answer, owner=studio.ada, call=Call("Call Cora", london(20, "11:00")), at=answer.at)
    assert opening(bos) == "Two people should hear from us, Cora first."
    following.spoke(low, by=studio.bo, at=NOW)
    assert opening(bos) == "Cora asked to be called by 11:00 today."


def test_nothing_to_do_is_said_without_praise(bos: Browser, studio: Studio) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=8)
    assert opening(bos) == "Nobody needs a call, and nobody whom we asked has stayed silent."
    asked(studio.cleo, by=studio.ada, at=london(19))
    Answer.objects.all().delete()
    Invitation.objects.all().delete()
    asked(studio.cleo, by=studio.ada, at=london(19))
    assert opening(bos) == "One client may still answer; nobody has yet."


def test_who_spoke_says_so_which_keeps_the_promise_and_takes_it_back(bos: Browser, low: FollowUp) -> None:
    assert "Secure 3, said yesterday, 18:00." in main(bos, "/felt/")
    here = f"/felt/{low.pk}/spoke/"
    for _ in range(2):
        assert post(bos, here, words="We write on Thursdays.").status_code == 303
    text = page(bos, "/felt/")
    assert "You spoke with Cleo; the promise is kept." in text
    assert "Bo spoke with them today" in text
    low.refresh_from_db()
    assert (low.spoke_at, low.spoke_words) == (NOW, "We write on Thursdays.")
    assert Promise.objects.get().outcomes.count() == 1
    post(bos, here, undo="1")
    assert "nobody has spoken with Cleo yet" in page(bos, "/felt/")
    assert not Promise.objects.get().outcomes.exists()


def test_it_ends_in_words_after_somebody_spoke_and_goes_on_when_taken_back(bos: Browser, low: FollowUp) -> None:
    here = f"/felt/{low.pk}/end/"
    post(bos, here, words="All is well.")
    assert "Say first who spoke with them" in page(bos, "/felt/")
    post(bos, f"/felt/{low.pk}/spoke/")
    post(bos, here, words=" ")
    assert "Say in a few words what came of it." in page(bos, "/felt/")
    post(bos, here, words="We write on Thursdays.")
    text = page(bos, "/felt/")
    assert "“We write on Thursdays.”" in text
    assert "To speak with" not in text
    bos.delete(here)
    assert "To speak with" in page(bos, "/felt/")


def test_a_stranger_to_the_client_reads_that_nothing_is_there(client: Browser, studio: Studio) -> None:
    answer = felt(asked(studio.cora, by=studio.ada, at=london(18)), secure=3, words="A secret.")
    row = FollowUp.objects.create(answer=answer, owner=studio.ada, opened_at=answer.at)
    skipped(studio.cora, words="A secret too.")
    kits = signed_in(client, studio.kit)
    text = page(kits, "/felt/") + page(kits, "/felt/?as=csv")
    assert not [told for told in ("Cassini", "Cora", "secret") if told in text]
    assert opening(kits).startswith("Nobody was asked")
    invitation = Invitation.objects.get()
    for here in (f"/felt/{row.pk}/spoke/", f"/felt/{row.pk}/end/", f"/felt/asking/{invitation.pk}/"):
        assert post(kits, here, words="x").status_code == 404
    assert kits.get(f"/clients/{studio.cassini.pk}/felt/").status_code == 404
    assert post(kits, "/felt/asking/", contact=studio.cora.pk).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(client: Browser, studio: Studio) -> None:
    for here in ("/felt/", f"/clients/{studio.borealis.pk}/felt/"):
        assert client.get(here).headers["Location"].startswith("/account/login/")


def test_words_from_outside_are_words(bos: Browser, studio: Studio) -> None:
    asks = asked(studio.cleo, by=studio.ada, at=london(1), about=HOSTILE)
    felt(asks, secure=8, words=HOSTILE)
    skipped(studio.cleo, words=HOSTILE)
    for here in ("/felt/", f"/clients/{studio.borealis.pk}/felt/", f"/clients/{studio.borealis.pk}/"):
        text = page(bos, here)
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_the_page_draws_each_feeling_and_names_whom_it_passed_over(bos: Browser, studio: Studio) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=8, mark=9, words="Well.")
    asked(studio.cora, by=studio.ada, at=london(1, month=9))
    skipped(studio.cora, why=Why.DISPUTE)
    text = main(bos, "/felt/")
    assert "1 of 2 people answered in half a year, 50%." in text
    assert text.count('class="d-said" cx="80%"') == 2
    assert "A bill is disputed." in text
    assert "nobody answered" in text


def test_who_may_not_see_money_reads_no_number_of_a_bill(client: Browser, studio: Studio) -> None:
    skipped(studio.cleo, why=Why.DISPUTE, words="They asked about bill 2026-7.")  # as it was once written down
    skipped(studio.cleo, why=Why.DISPUTE, words="They asked about the bill of 5 October.")
    kits = main(signed_in(client, studio.kit), "/felt/")
    assert "2026-7" not in kits
    assert "A bill is disputed." in kits
    assert "They asked about the bill of 5 October." in kits
    assert "They asked about bill 2026-7." in main(signed_in(client, studio.fin), "/felt/")


def test_a_promoter_score_comes_with_its_range(bos: Browser, studio: Studio) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), delighted=9)
    assert "+25, between −48 and +98, from one answer to" in main(bos, "/felt/")


def test_it_is_exported_as_a_table(bos: Browser, studio: Studio) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1, month=3)), secure=6)
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=8, words="=1+1")
    (row,) = csv.DictReader(bos.get("/felt/?as=csv").content.decode().splitlines())
    assert (row["client"], row["lead"], row["answered"]) == ("Borealis", "Bo Field", "1")
    assert (row["secure"], row["secure before"], row["mark"]) == ("8.0", "6.0", "")
    rows = list(csv.DictReader(bos.get(f"/clients/{studio.borealis.pk}/felt/?as=csv").content.decode().splitlines()))
    assert [each["words"] for each in rows] == ["'=1+1", ""]


def test_only_ones_own_clients_on_demand(bos: Browser, studio: Studio) -> None:
    for contact in (studio.cleo, studio.cora):
        felt(asked(contact, by=studio.ada, at=london(1)), secure=8)
    assert "Cassini" in main(bos, "/felt/")
    assert "Cassini" not in main(bos, "/felt/?whose=mine").partition('id="ask"')[0]


def test_the_clients_page_says_how_it_felt_and_leads_to_every_answer(
    bos: Browser, low: FollowUp, studio: Studio
) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1, month=3)), secure=9, words="Splendid.")
    text = main(bos, f"/clients/{studio.borealis.pk}/")
    assert "1 of 1 answered, last yesterday." in text
    assert "9 in March" in text
    assert "Late again." in text
    assert "Bo is to speak with Cleo." in text
    every = main(bos, f"/clients/{studio.borealis.pk}/felt/")
    assert "Borealis feels secure least: 3 of 10, 9 before." in every
    assert every.index("Late again.") < every.index("Splendid.")


def test_a_client_of_whom_nobody_said_anything_is_not_known(bos: Browser, studio: Studio) -> None:
    text = main(bos, f"/clients/{studio.borealis.pk}/felt/")
    assert "How it feels to Borealis is not known." in text
    assert "Nobody there has said how it felt yet." in text


def test_somebody_is_asked_by_one_letter_which_can_be_taken_back(bos: Browser, studio: Studio) -> None:
    post(bos, "/felt/asking/", contact=studio.cleo.pk, occasion="meeting", about=" our  meeting ")
    assert "Cleo is asked, in Bo’s name." in page(bos, "/felt/")
    row = Invitation.objects.get()
    assert (row.occasion, row.about, row.letter and row.letter.to) == (
        "meeting", "our meeting", [["Cleo North", "cleo@borealis.example"]],
    )  # fmt: skip
    for _ in range(2):
        post(bos, f"/felt/asking/{row.pk}/", undo="1")
    assert "Taken back: Cleo is not asked." in page(bos, "/felt/")
    row.refresh_from_db()
    assert row.withdrawn_at == NOW


def test_a_moment_without_a_name_is_asked_about_in_general(bos: Browser, studio: Studio) -> None:
    post(bos, "/felt/asking/", contact=studio.cleo.pk, occasion="milestone", about=" ")
    assert Invitation.objects.get().occasion == "quarter"


def test_who_may_not_be_asked_now_is_not_and_it_says_why(bos: Browser, studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, at=london(10))
    post(bos, "/felt/asking/", contact=studio.cleo.pk)
    assert "Nobody was asked." in page(bos, "/felt/")
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("many", [1, 12])
def test_however_much_was_said_the_queries_are_few(
    bos: Browser, studio: Studio, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        one = clients.welcome(name=f"Client {number}", by=studio.ada, lead=studio.bo, at=NOW)
        contact = clients.meet(one, name=f"Person {number}", by=studio.ada, at=NOW)
        for back in range(3):
            answer = felt(asked(contact, by=studio.ada, at=NOW - timedelta(days=30 * back + 3)), secure=2, words="No.")
            FollowUp.objects.create(answer=answer, owner=studio.bo, opened_at=answer.at)
        skipped(contact)
    page(bos, "/felt/")
    with django_assert_max_num_queries(13):
        page(bos, "/felt/")
    with django_assert_max_num_queries(12):
        page(bos, f"/clients/{studio.borealis.pk}/felt/")


def test_a_talk_without_a_word_of_what_came_of_it_is_late_after_a_week(low: FollowUp, studio: Studio) -> None:
    following.spoke(low, by=studio.bo, at=NOW)
    week = low.opened_at + timedelta(days=7)
    assert felt_words.call_state(low, week, LONDON).s == "kept"
    late = felt_words.call_state(low, week + timedelta(minutes=1), LONDON)
    assert (late.s, late.words.endswith("what came of it is not written yet")) == ("late", True)


def test_what_asks_for_a_word_is_what_the_firm_calls_after_and_at_least_the_lowest(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada, at=london(18)), secure=3, dazzled=5, mark=8)
    call = FollowUp(answer=answer, owner=studio.bo)
    said = [felt_words.low_marks(call, numbers=Feeling(call_up_to=up_to)) for up_to in (8, 5, 4, 1)]
    assert said == ["secure 3, dazzled 5 and the work 8", "secure 3 and dazzled 5", "secure 3", "secure 3"]
