"""Answering a round in a browser: asked by name, answered without, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from kept.doors.desk import round_pace
from kept.doors.desk.round_pace import MOST, WITHIN, Pace, pace
from kept.doors.desk.team_tasks import ask_the_team
from kept.flows.ask_team import ask_team, close_due
from kept.kit import secrets
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.box import unseal
from kept.ledgers.rounds.models import Round, Tally
from kept.readings.calendars import offices
from tests.doors.desk.visiting import HOSTILE, main, signed_in
from tests.ledgers.large_firm import A_WEEK, a_round, answered, twelve
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture(autouse=True)
def _nobody_has_answered_yet() -> None:
    pace.clear()


@pytest.fixture
def asked(studio: Studio) -> Round:
    return a_round(twelve(studio), at=NOW - timedelta(days=1))


def token_on(text: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', text)
    assert found
    return found[1]


def given(row: Round) -> list[Any]:
    row.refresh_from_db()
    return unseal(row.box, key=secrets.open_(row.key)).given


def test_one_is_asked_taps_and_is_thanked(client: Browser, studio: Studio, asked: Round) -> None:
    kit = signed_in(client, studio.kit)
    text = main(kit, "/team/round/")
    assert "How is it for you these days?" in text
    assert "Open until Mon 26 Oct." in text
    answer = kit.post(f"/team/round/{asked.pk}/", {"token": token_on(text), "proud": "8", "words": "busy"})
    assert (answer.status_code, answer["Location"]) == (303, "/team/round/")
    assert [(one.marks, one.words) for one in given(asked)] == [((("proud", 8),), "busy")]
    assert "Thank you. Your answer lies in the box with the others." in main(kit, "/team/round/")


def test_nothing_stands_chosen_before_one_taps(client: Browser, studio: Studio, asked: Round) -> None:
    assert " checked" not in main(signed_in(client, studio.kit), "/team/round/")


def test_looking_at_the_page_changes_nothing(client: Browser, studio: Studio, asked: Round) -> None:
    kit = signed_in(client, studio.kit)
    before = list(Round.objects.values())
    assert token_on(main(kit, "/team/round/")) == token_on(main(kit, "/team/round/"))
    assert list(Round.objects.values()) == before


def test_what_takes_the_answer_reads_neither_session_nor_member(client: Browser, studio: Studio, asked: Round) -> None:
    kit = signed_in(client, studio.kit)
    token = token_on(main(kit, "/team/round/"))
    sessions = list(Session.objects.values())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        kit.post(f"/team/round/{asked.pk}/", {"token": token, "proud": "8"})
    tables = set(re.findall(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"', " ".join(query["sql"] for query in queries)))
    assert tables == {"rounds_round", "rounds_asked"}
    assert list(Session.objects.values()) == sessions


def test_a_browser_that_is_signed_out_can_answer_with_a_token(studio: Studio, client: Browser, asked: Round) -> None:
    """Which shows that no name is needed: the token is all there is."""
    token = token_on(main(signed_in(client, studio.kit), "/team/round/"))
    assert Browser().post(f"/team/round/{asked.pk}/", {"token": token, "proud": "8"}).status_code == 303


def test_twice_is_said_to_be_given_already(client: Browser, studio: Studio, asked: Round) -> None:
    kit = signed_in(client, studio.kit)
    facts = {"token": token_on(main(kit, "/team/round/")), "proud": "8"}
    kit.post(f"/team/round/{asked.pk}/", facts)
    again = kit.post(f"/team/round/{asked.pk}/", facts)
    assert again.status_code == 410
    assert "This answer was given already." in again.content.decode()
    assert len(given(asked)) == 1


@pytest.mark.parametrize("marks", [{}, {"proud": "eleven"}, {"proud": "11"}, {"proud": "²"}])
def test_a_fault_is_said_and_the_words_typed_are_kept(
    marks: dict[str, str], client: Browser, studio: Studio, asked: Round
) -> None:
    kit = signed_in(client, studio.kit)
    facts = {"token": token_on(main(kit, "/team/round/")), "words": HOSTILE} | marks
    answer = kit.post(f"/team/round/{asked.pk}/", facts)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in text
    assert "&lt;script&gt;" in text
    assert HOSTILE not in text
    assert given(asked) == []


def test_too_many_at_once_from_one_place_are_asked_to_wait_and_nothing_is_lost(
    client: Browser, studio: Studio, asked: Round
) -> None:
    kit = signed_in(client, studio.kit)
    facts = {"token": token_on(main(kit, "/team/round/")), "proud": "8", "words": "busy"}
    for _ in range(MOST):
        assert Browser().post(f"/team/round/{asked.pk}/", {"token": "guessed", "proud": "8"}).status_code == 410
    with CaptureQueriesContext(connection) as queries:
        answer = kit.post(f"/team/round/{asked.pk}/", facts)
    text = answer.content.decode()
    assert answer.status_code == 429
    assert "Yours still stands here; put it in again in a minute." in text
    assert ">busy</textarea>" in text
    assert text.count(" checked") == 1
    assert given(asked) == []
    assert "cache" not in " ".join(query["sql"] for query in queries)  # it would keep when, and from where
    assert kit.post(f"/team/round/{asked.pk}/", facts, REMOTE_ADDR="192.0.2.7").status_code == 303


def test_a_place_may_answer_again_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    one, now = Pace(), [0.0]
    monkeypatch.setattr(round_pace, "monotonic", lambda: now[0])
    assert all(one.takes("here") for _ in range(MOST))
    now[0] = WITHIN - 1
    assert (one.takes("here"), one.takes("there")) == (False, True)
    now[0] = WITHIN
    assert one.takes("here")


def test_nobody_is_asked_who_was_not_there_when_it_opened(client: Browser, studio: Studio) -> None:
    a_round(twelve(studio)[1:], at=NOW - timedelta(days=1))
    assert "Nobody is asking you just now." in main(signed_in(client, studio.ada), "/team/round/")


def test_after_its_time_the_round_takes_nothing(
    client: Browser, studio: Studio, asked: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = signed_in(client, studio.kit)
    token = token_on(main(kit, "/team/round/"))
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW + A_WEEK)
    answer = kit.post(f"/team/round/{asked.pk}/", {"token": token, "proud": "8"})
    assert answer.status_code == 410
    assert "Nobody is asking you just now." in main(kit, "/team/round/")


# ------------------------------------------------------------ by the clock


def test_the_clock_opens_a_round_closes_it_after_a_week_and_opens_the_next_after_two(studio: Studio) -> None:
    twelve(studio)
    first = ask_team(at=NOW, offices=offices())
    assert first is not None
    assert ask_team(at=NOW + timedelta(days=3), offices=offices()) == first
    assert ask_team(at=NOW + A_WEEK, offices=offices()) is None
    first.refresh_from_db()
    assert first.closed_at == NOW + A_WEEK
    assert ask_team(at=NOW + timedelta(days=13), offices=offices()) is None
    second = ask_team(at=NOW + timedelta(days=14), offices=offices())
    assert second not in (None, first)


def test_none_is_opened_on_a_day_off_nor_in_a_small_firm(studio: Studio) -> None:
    assert ask_team(at=NOW, offices=offices()) is None
    twelve(studio)
    assert ask_team(at=london(18, "10:00"), offices=offices()) is None  # a Sunday
    assert not Round.objects.exists()


def test_whoever_joins_later_or_has_left_is_not_asked(studio: Studio) -> None:
    from kept.ledgers.team import verbs as team

    people = twelve(studio)
    team.leave(people[-1], on=NOW.date() - timedelta(days=1), by=studio.ada, at=NOW)
    team.join(
        name="Zia Hart", email="zia@larkfield.example", office=studio.office, by=studio.ada, at=NOW,
        on=NOW.date() + timedelta(days=1),
    )  # fmt: skip
    row = ask_team(at=NOW, offices=offices())
    assert row is not None
    assert row.asked.count() == 11


def test_the_job_may_run_twice(studio: Studio) -> None:
    twelve(studio)
    assert ask_the_team.call()
    assert ask_the_team.call()
    assert Round.objects.count() == 1


def test_what_is_due_is_closed_once(studio: Studio) -> None:
    row = a_round(twelve(studio))
    answered(row, {studio.kit: (7, 7, 7)})
    assert (close_due(at=NOW), close_due(at=NOW)) == (1, 0)
    with pytest.raises(rounds.NotOpen):
        rounds.answer(row, token="x", marks={"proud": 1}, at=NOW)


def test_a_round_closes_by_the_numbers_the_firm_has_chosen(studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    answered(row, dict.fromkeys(people[:7], (7, 7, 7)))
    reckoning.change_number("hiding.people", value=8.0, by=studio.ada, at=NOW)
    reckoning.change_number("hiding.firm", value=13.0, by=studio.ada, at=NOW)
    assert close_due(at=NOW) == 1
    assert not Tally.objects.exists()
    assert ask_team(at=NOW + timedelta(days=14), offices=offices()) is None
