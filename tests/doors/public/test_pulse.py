"""How it felt, as whoever was asked finds it: quick, in their language, and counted only once it is sent."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.public.pulse_form import LONGEST
from kept.doors.public.pulse_words import TONGUES
from kept.kit.logs import Blanked
from kept.ledgers.journal.models import Line
from kept.ledgers.pulses import tokens, verbs
from kept.ledgers.pulses.models import Answer, Invitation, Language, Occasion, Wish
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.team.models import Firm
from tests.doors.test_safe_pages import check
from tests.readings.feeling import asked
from tests.studio import NOW, Studio, london

HOSTILE = "<script>alert('x')</script>"
TOKEN = tokens.Token("a-token-of-cleos", tokens.hashed("a-token-of-cleos"))
HERE = f"/pulse/{TOKEN.plain}/"


@pytest.fixture
def invitation(studio: Studio) -> Invitation:
    return asked(studio.cleo, by=studio.ada, at=london(18), token_hash=TOKEN.hashed)


def page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    text: str = answer.content.decode()
    return text


def marks(answer: Answer) -> list[int | None]:
    return [answer.secure, answer.cherished, answer.delighted, answer.dazzled, answer.mark]


def test_the_page_asks_by_name_with_nothing_marked(client: Browser, invitation: Invitation) -> None:
    text = page(client.get(HERE))
    assert "Cleo, how does it feel to work with us?" in text
    assert "You do what you say." in text
    assert "How good is the work itself?" in text
    assert "checked" not in text
    assert "<script" not in text
    assert "Kept" not in text


def test_it_says_since_when_where_they_were_asked_before(
    client: Browser, invitation: Invitation, studio: Studio
) -> None:
    asked(studio.cleo, by=studio.ada, at=london(3, month=4))
    assert "Cleo, how has it felt to work with us since April?" in page(client.get(HERE))


def test_a_moment_is_asked_about_by_its_name(client: Browser, studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, occasion=Occasion.MILESTONE, about=HOSTILE, token_hash=TOKEN.hashed)
    text = page(client.get(HERE))
    assert "Cleo, how did that feel?" in text
    assert "It is about: &lt;script&gt;" in text


def test_what_is_sent_is_kept_and_what_was_not_touched_stays_open(client: Browser, invitation: Invitation) -> None:
    sent = {"secure": "7", "cherished": "9", "mark": "10", "words": " Lovely.\r\nReally. "}
    answer = client.post(HERE, sent, follow=True)
    assert answer.redirect_chain == [(f"{HERE}thanks/", 303)]
    text = page(answer)
    assert "Thank you, Cleo." in text
    assert "You can change it until Sunday 8 November." in text
    assert "left open" in text
    row = Answer.objects.get()
    assert (marks(row), row.words, row.at) == ([7, 9, None, None, 10], "Lovely.\nReally.", NOW)


def test_a_low_answer_is_told_that_somebody_will_speak_with_them(client: Browser, invitation: Invitation) -> None:
    text = page(client.post(HERE, {"secure": "3"}, follow=True))
    assert "That was not good enough." in text


def test_nobody_is_told_of_a_call_after_an_answer_that_the_firm_does_not_call_after(
    client: Browser, invitation: Invitation, studio: Studio
) -> None:
    reckoning.change_number("feeling.call_up_to", value=2, by=studio.ada, at=NOW - timedelta(days=1), why="Few of us")
    text = page(client.post(HERE, {"secure": "3"}, follow=True))
    assert ("That was not good enough." in text, Answer.objects.get().secure) == (False, 3)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_records_nothing_however_it_is_looked(client: Browser, invitation: Invitation, method: str) -> None:
    for _ in range(3):
        getattr(client, method)(f"{HERE}?secure=8&words=x")
        getattr(client, method)(f"{HERE}thanks/")
    assert not Answer.objects.exists()


def test_a_tap_in_the_mail_marks_and_does_not_send(client: Browser, invitation: Invitation) -> None:
    text = page(client.get(f"{HERE}?cherished=8"))
    assert 'name="cherished" value="8" checked' in text
    assert text.count(" checked") == 1
    assert "You tapped 8. It counts once you send it." in text
    assert text.index("I matter to you.") < text.index("You do what you say.")


@pytest.mark.parametrize("tapped", ["secure=11", "secure=-1", "secure=x", "other=5", "secure=", "secure=07"])
def test_a_tap_that_is_none_marks_nothing(client: Browser, invitation: Invitation, tapped: str) -> None:
    assert " checked" not in page(client.get(f"{HERE}?{tapped}"))


def test_they_may_change_their_mind_until_it_closes(
    client: Browser, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(HERE, {"secure": "7", "words": "Well."})
    text = page(client.get(HERE))
    assert "Cleo, this is what you said." in text
    assert 'name="secure" value="7" checked' in text
    assert ">Well.</textarea>" in text
    later = NOW + timedelta(days=2)
    monkeypatch.setattr("kept.kit.clock.now", lambda: later)
    client.post(HERE, {"secure": "", "dazzled": "9", "words": ""})
    row = Answer.objects.get()
    assert (marks(row), row.words, row.changed_at) == ([None, None, None, 9, None], "", later)


def test_sending_it_twice_is_sending_it_once(client: Browser, invitation: Invitation) -> None:
    for _ in range(2):
        assert client.post(HERE, {"secure": "7"}).status_code == 303
    assert Answer.objects.get().changed_at is None


def test_who_would_rather_be_called_need_not_mark_anything(client: Browser, invitation: Invitation) -> None:
    text = page(client.post(HERE, {"call": "1"}, follow=True))
    assert "Somebody at Larkfield Studio will call you." in text
    client.post(HERE, {"secure": "8"})
    assert Answer.objects.get().call_me


def test_who_does_not_want_to_be_asked_says_so_and_may_take_it_back(client: Browser, invitation: Invitation) -> None:
    text = page(client.post(HERE, {"wish": "leave", "secure": "6"}))
    assert "We won’t ask you again." in text
    assert 'name="secure" value="6" checked' in text
    assert Wish.objects.get().by is None
    page(client.post(HERE, {"wish": "ask"}))
    assert not Wish.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({}, "Nothing was sent yet: choose a mark"),
        ({"secure": "11"}, "did not lie between 0 and 10"),
        ({"secure": "8", "words": "x" * 2001}, "That is more than 2,000 letters."),
    ],
)
def test_a_fault_is_said_and_what_was_typed_is_kept(
    client: Browser, invitation: Invitation, sent: dict[str, str], fault: str
) -> None:
    text = page(client.post(HERE, sent), 422)
    assert fault in text
    assert sent.get("words", "") in text
    assert not Answer.objects.exists()


def test_a_form_that_is_too_large_is_not_taken(client: Browser, invitation: Invitation) -> None:
    assert "too much to take in" in page(client.post(HERE, {"words": "x" * 60_000}), 413)


def test_too_many_sendings_wait_a_while_and_keep_what_was_said(client: Browser, invitation: Invitation) -> None:
    for mark in range(10):
        assert client.post(HERE, {"secure": str(mark)}).status_code == 303
    text = page(client.post(HERE, {"secure": "4"}), 429)
    assert 'name="secure" value="4" checked' in text
    assert Answer.objects.get().secure == 9


def test_a_wish_taken_up_and_back_without_end_fills_no_journal(client: Browser, invitation: Invitation) -> None:
    for _ in range(5):
        client.post(HERE, {"wish": "leave"})
        client.post(HERE, {"wish": "ask"})
    before = Line.objects.count()
    text = page(client.post(HERE, {"wish": "leave", "secure": "6"}), 429)
    assert 'name="secure" value="6" checked' in text
    assert Line.objects.count() == before


def test_a_form_of_another_site_records_nothing(invitation: Invitation) -> None:
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post(HERE, {"secure": "1"}).status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("code", "lang", "asks", "fault", "thanks"),
    [
        (
            "de",
            "de",
            "Cleo North, wie fühlt sich die Arbeit mit uns an?",
            "Noch wurde nichts gesendet",
            "Danke, Cleo North.",
        ),
        (
            "fr",
            "fr",
            "Cleo North, comment vivez-vous le travail avec nous",
            "Rien n’a encore été envoyé",
            "Merci, Cleo North.",
        ),
        (
            "es",
            "es",
            "Cleo North, ¿cómo se siente al trabajar",
            "Todavía no se ha enviado nada",
            "Gracias, Cleo North.",
        ),
        ("en", "en-GB", "Cleo, how does it feel", "Nothing was sent yet", "Thank you, Cleo."),
    ],
)
def test_the_whole_page_speaks_the_language_of_the_invitation(
    client: Browser, invitation: Invitation, code: str, lang: str, asks: str, fault: str, thanks: str
) -> None:
    Invitation.objects.update(language=code)
    text = page(client.get(HERE))
    assert f'<html lang="{lang}"' in text
    assert asks in text
    assert fault in page(client.post(HERE, {}), 422)
    assert thanks in page(client.post(HERE, {"secure": "8"}, follow=True))


def test_a_closed_link_is_kind_and_tells_nothing(
    client: Browser, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(HERE, {"secure": "7", "words": "A secret."})
    monkeypatch.setattr("kept.kit.clock.now", lambda: invitation.closes_at)
    for address in (HERE, f"{HERE}thanks/"):
        text = page(client.get(address, headers={"accept-language": "de-AT,de;q=0.9"}), 410)
        assert "Diese Frage ist geschlossen." in text
        assert not [told for told in ("Cleo", "secret", "Borealis") if told in text]
    assert page(client.post(HERE, {"secure": "1"}), 410)
    assert Answer.objects.get().secure == 7


def test_a_withdrawn_link_and_one_that_was_passed_on_are_closed_too(
    client: Browser, invitation: Invitation, studio: Studio
) -> None:
    verbs.withdraw(invitation, by=studio.ada, at=NOW)
    assert "This question is closed." in page(client.get(HERE), 410)
    Invitation.objects.update(withdrawn_at=None, retired_at=NOW)
    assert "This question is closed." in page(client.get(HERE), 410)


@pytest.mark.parametrize("token", ["never-was", "x" * 500, "%00", "ünïcode"])
def test_an_unknown_link_is_not_found_and_helps_on(client: Browser, studio: Studio, token: str) -> None:
    Firm.objects.update(has_help_page=True)
    text = page(client.get(f"/pulse/{token}/"), 404)
    assert "There is nothing to answer here." in text
    assert 'href="/help/"' in text


def test_hostile_words_are_shown_as_they_were_typed(client: Browser, invitation: Invitation) -> None:
    text = page(client.post(HERE, {"words": HOSTILE}, follow=True))
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_nobody_is_told_the_address_and_no_machine_keeps_it(client: Browser, invitation: Invitation) -> None:
    answers: list[Any] = [client.get(HERE), client.post(HERE, {"secure": "8"}), client.get(f"{HERE}thanks/")]
    answers += [client.post(HERE, {}), client.get("/pulse/never-was/")]
    assert [answer.status_code for answer in answers] == [200, 303, 200, 422, 404]
    for answer in answers:
        check(answer)
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]


def test_the_log_keeps_no_token(settings: Any) -> None:
    secret = settings.LOGGING["filters"]["blanked"]["secret"]
    record = logging.LogRecord("django.request", 30, "x", 1, "Not Found: %s", (f"{HERE}thanks/",), None)
    Blanked(secret).filter(record)
    assert record.getMessage() == "Not Found: /pulse/…/thanks/"


def test_every_language_has_every_word() -> None:
    assert set(TONGUES) == set(Language.values)
    for tongue in TONGUES.values():
        assert (len(tongue.months), len(tongue.days)) == (12, 7)
        assert list(tongue.ask.scales) == ["secure", "cherished", "delighted", "dazzled", "mark"]
        parts = (tongue.ask, tongue.told, tongue.faults)
        assert all(getattr(part, name) for part in parts for name in part.__slots__)
        assert str(LONGEST) in "".join(filter(str.isdigit, tongue.faults.long))


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("fr-CA, en;q=0.8", "fr"),
        ("pl, es;q=0.5, de;q=0.7", "de"),
        ("", "en-GB"),
        ("de;q=0", "en-GB"),
        ("x;;q", "en-GB"),
    ],
)
def test_of_whom_nothing_is_known_the_browser_says_the_language(
    client: Browser, studio: Studio, accepted: str, lang: str
) -> None:
    text = page(client.get("/pulse/never-was/", headers={"accept-language": accepted}), 404)
    assert f'<html lang="{lang}"' in text
