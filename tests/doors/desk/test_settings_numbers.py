"""Settings, numbers: each with its words, a change that shows its effect first, and the way back."""

import pytest
from django.test import Client as Web

from kept.doors.desk.settings_numbers import NAMES, opening
from kept.doors.desk.settings_numbers_preview import TELLS
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.reckoning.models import NumberChange
from kept.ledgers.team.models import Member
from kept.measures.parameters import numbers
from kept.readings.numbers_page import UNCOUNTED
from kept.readings.trust_numbers import parameters_at
from tests.acting import promised
from tests.studio import NOW, Studio, london

KEY = "streams.promise_half_life"
HERE = f"/settings/numbers/{KEY}/"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def ours(client: Web, studio: Studio) -> Web:
    """Signed in as the owner, in a firm with one promise that was kept."""
    row = promised(studio.borealis, by=studio.bo, due=london(9), at=london(2))
    promises.keep(row, by=studio.bo, at=london(8))
    return enter(client, studio.ada)


def enter(client: Web, who: Member) -> Web:
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def shown(client: Web, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_every_number_is_there_with_its_words_origin_and_bounds(ours: Web) -> None:
    said = shown(ours, "/settings/numbers/")
    assert all(f"/settings/numbers/{number.key}/" in said for number in numbers())
    assert "Days in which a promise loses half its weight" in said
    assert "Reasoned, not measured" in said
    assert "1 to 3650" in said
    assert "Nobody has changed a number yet." in said


def test_a_change_shows_what_it_would_do_to_every_client_before_it_counts(ours: Web) -> None:
    answer = ours.post(HERE, {"value": "10"})
    said = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "It would move" in said
    assert "Borealis" in said
    assert not NumberChange.objects.exists()
    assert ours.post(HERE, {"value": "10", "why": "We forget fast", "sure": "1"}).status_code == 303
    assert parameters_at(NOW).streams.promise_half_life == 10.0
    assert Line.objects.filter(verb="reckoning.change_number", said="We forget fast").count() == 1


def test_once_changed_it_is_told_with_who_and_why_and_can_be_taken_back(ours: Web) -> None:
    for _ in range(2):
        ours.post(HERE, {"value": "10", "why": "<b>fast</b>", "sure": "1"})
    change = NumberChange.objects.get()
    said = shown(ours, "/settings/numbers/")
    assert '<b>10</b> <span class="dim">instead of 90</span>' in said
    assert "by Ada on Tuesday 20 October: &lt;b&gt;fast&lt;/b&gt;" in said
    assert "One number differs from what Kept comes with" in said
    for _ in range(2):
        assert ours.delete(f"/settings/numbers/changes/{change.pk}/").status_code == 303
    assert parameters_at(NOW).streams.promise_half_life == 90.0


def test_of_two_changes_the_last_is_taken_back_first(ours: Web) -> None:
    for value in ("10", "20"):
        ours.post(HERE, {"value": value, "sure": "1"})
    first = NumberChange.objects.earliest("pk")
    ours.delete(f"/settings/numbers/changes/{first.pk}/")
    assert NumberChange.objects.count() == 2
    assert "take that back first" in shown(ours, "/settings/numbers/")


@pytest.mark.parametrize(("typed", "why"), [("0", "can be from 1 to 3650"), ("soon", "Enter a number")])
def test_a_value_out_of_bounds_is_not_taken_and_stays_typed(ours: Web, typed: str, why: str) -> None:
    answer = ours.post(HERE, {"value": typed, "sure": "1"})
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert f'value="{typed}"' in answer.content.decode()
    assert not NumberChange.objects.exists()


def test_not_a_number_is_no_number(ours: Web) -> None:
    assert ours.post(HERE, {"value": "nan", "sure": "1"}).status_code == 422
    assert ours.get("/settings/numbers/streams.nonsense/").status_code == 404


def test_every_group_has_a_name_and_every_number_is_told_of() -> None:
    groups = {number.key.partition(".")[0] for number in numbers()}
    assert groups == set(NAMES)
    assert all(number.key in TELLS or number.key.partition(".")[0] in TELLS for number in numbers())


def test_a_value_typed_after_another_was_shown_is_shown_before_it_counts(ours: Web) -> None:
    said = ours.post(HERE, {"value": "10"}).content.decode()
    assert '<input type="hidden" name="shown" value="10">' in said
    again = ours.post(HERE, {"value": "5", "sure": "1", "shown": "10"})
    assert (again.status_code, 'name="shown" value="5"' in again.content.decode()) == (200, True)
    assert not NumberChange.objects.exists()
    assert ours.post(HERE, {"value": "5", "sure": "1", "shown": "5"}).status_code == 303
    assert parameters_at(NOW).streams.promise_half_life == 5.0


def test_a_number_by_which_nothing_is_counted_says_so(ours: Web) -> None:
    said = shown(ours, "/settings/numbers/")
    assert said.count("Nothing is counted by it yet.") == len(UNCOUNTED)
    assert {number.key for number in numbers()} >= UNCOUNTED
    tried = ours.post("/settings/numbers/feeling.one_number_alpha/", {"value": "0.8"}).content.decode()
    assert "It would change nothing: nothing is counted by it yet." in tried


def test_it_is_the_owners_alone(client: Web, studio: Studio) -> None:
    for who in (studio.bo, studio.kit, studio.fin):
        enter(client, who)
        assert client.get("/settings/numbers/").status_code == 403
        assert client.post(HERE, {"value": "10", "sure": "1"}).status_code == 403
    client.logout()
    assert client.get("/settings/numbers/").status_code == 302
    assert not NumberChange.objects.exists()


def test_the_opening_counts_what_differs() -> None:
    assert opening(0, 60) == "All 60 numbers of our own choosing are as Kept comes with them."
    assert opening(1, 60).startswith("One number differs from")
    assert opening(3, 60).startswith("Three numbers differ from")
