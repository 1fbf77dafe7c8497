"""Settings, a number tried: what it would do to each client is said, drawn as a table, and nothing is set."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Web
from django.test.utils import CaptureQueriesContext

from kept.doors.desk.settings_numbers import NAMES
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.pulses.models import Occasion
from kept.ledgers.reckoning.models import NumberChange
from kept.ledgers.team import walls
from kept.ledgers.team.models import Member
from kept.measures.parameters import numbers
from tests.flows.pulse_days import habit, met_by
from tests.readings.feeling import asked
from tests.readings.trying import loyal, said, weeks_of_failing
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def ours(client: Web, studio: Studio) -> Web:
    """Signed in as the owner."""
    return enter(client, studio.ada)


def enter(client: Web, who: Member) -> Web:
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def trying(web: Web, key: str, value: float) -> str:
    """The page that shows what the number would do."""
    answer = web.post(f"/settings/numbers/{key}/", {"value": f"{value:g}"})
    assert answer.status_code == 200, key
    assert not NumberChange.objects.exists()
    return " ".join(answer.content.decode().split())


# each group


def test_trust_is_shown_now_and_then_with_its_range_and_evidence(ours: Web, studio: Studio) -> None:
    weeks_of_failing(studio)
    page = trying(ours, "streams.promise_half_life", 10)
    assert "It would move two clients, Borealis most, by −" in page
    assert ">Trust</h2>" in page
    assert f'<a href="/clients/{studio.borealis.pk}/" data-open>Borealis</a>' in page
    assert "No warning would appear, and none would go." in page
    assert "1 to 3650; 90 now" in page


def test_a_number_of_trust_tells_also_which_warnings_would_come_and_go(ours: Web, studio: Studio) -> None:
    weeks_of_failing(studio)
    page = trying(ours, "streams.promise_later", 0.59)
    assert "It would warn no more of drift at Borealis." in page
    assert ">Drift</h2>" in page


def test_drift_is_told_by_client_and_pillar(ours: Web, studio: Studio) -> None:
    weeks_of_failing(studio)
    page = trying(ours, "drifting.alarm", 20)
    assert "It would warn no more of drift at Borealis." in page
    assert '<span class="mid small">Consistency</span>' in page
    assert (
        '<span class="state" data-s="late"><svg aria-hidden="true"><use href="#late" /></svg><span>drifts</span>'
        in page
    )
    assert "One other client stays as it is." in page


def test_what_hurts_is_told_with_its_words_and_day(ours: Web, studio: Studio) -> None:
    said(studio.borealis, 5, 9)
    page = trying(ours, "hurting.feeling", 5)
    assert "Of the last thirty days it would tell one thing more, at Borealis." in page
    assert '<span class="mid small">Borealis: secure 5, cherished 9, yesterday</span>' in page
    assert "Nothing of the last thirty days would be told otherwise." in trying(ours, "hurting.feeling", 4.5)


def test_why_they_stay_is_told_by_kind_with_its_chance_or_its_question(ours: Web, studio: Studio) -> None:
    loyal(studio)
    page = trying(ours, "staying.place_from", 0.95)
    assert "It would call Borealis otherwise." in page
    assert "loyal, sends others" in page
    assert " in 100</span>" in page
    assert "ask if they would choose us" in page
    same = trying(ours, "staying.contract", 0.5)
    assert "It would call no client otherwise today." in same
    assert "All two clients stay as they are." in same


def test_whom_we_ask_is_told_by_person(ours: Web, studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, at=london(1, month=8))
    page = trying(ours, "asking.relationship_days", 60)
    assert "One person more could be asked today." in page
    assert '<span class="mid small">Cleo North</span>' in page
    assert "not before Thu 28 Jan" in page
    assert "One other person stays as they are." in page
    assert "It would change for nobody whether they may be asked." in trying(ours, "asking.moments_a_year", 5)


def test_days_moments_and_reminders_are_told_where_anybody_is_asked_by_itself(ours: Web, studio: Studio) -> None:
    nothing = "It changes nothing for any client today."
    assert nothing in trying(ours, "asking.from_day", 60)
    assert nothing in trying(ours, "asking.moment_within", 14)
    assert "It would move nobody’s reminder today." in trying(ours, "asking.remind_days", 9)
    habit(studio, Occasion.QUARTER, Occasion.MEETING)
    met_by(studio, at=london(10), about="the map")
    assert "It would ask two people on another day of this quarter." in trying(ours, "asking.from_day", 60)
    page = trying(ours, "asking.moment_within", 14)
    assert "People would be asked about one moment more." in page
    assert '<span class="mid small">the map</span>' in page


def test_a_number_that_can_change_no_client_today_says_so_and_why(ours: Web, studio: Studio) -> None:
    page = trying(ours, "asking.open_days", 30)
    assert "It changes nothing for any client today." in page
    assert "Every question that was sent stays open as long as its letter said." in page
    assert "Whoever is asked from now on has 30 days." in page
    said(studio.borealis, 7, 9)
    page = trying(ours, "feeling.call_up_to", 7)
    assert "It changes nothing for any client today; in the last quarter it would have meant one call more." in page
    assert "An answer is judged when it is given" in page
    page = trying(ours, "hiding.firm", 20)
    assert "It concerns our own team alone, and would show or hide nothing today." in page
    assert "We are four people; our team is asked from 20 people on." in page


# all of them


@pytest.mark.parametrize("group", sorted(NAMES))
def test_every_number_can_be_tried_at_both_its_ends(group: str, ours: Web, studio: Studio) -> None:
    habit(studio, Occasion.QUARTER, Occasion.MEETING, Occasion.MILESTONE)
    said(studio.borealis, 3, 9)
    met_by(studio, at=london(16))
    own = [number for number in numbers() if number.key.partition(".")[0] == group]
    assert own
    for number in own:
        for value in (number.told.low, number.told.high):
            assert "Nothing is set yet." in trying(ours, number.key, value)


def test_names_and_words_from_outside_are_only_words(ours: Web, studio: Studio) -> None:
    evil = "<script>alert(1)</script>"
    other = clients.welcome(name=evil, lead=studio.bo, by=studio.ada, at=NOW)
    person = clients.meet(
        other, name=f"Cy {evil}", emails=("cy@evil.example",), role=ContactRole.DAILY, by=studio.ada, at=NOW
    )
    habit(studio, Occasion.MEETING)
    asked(person, by=studio.ada, at=london(1, month=8))
    said(other, 5)
    for key, value in (
        ("hurting.feeling", 5), ("asking.relationship_days", 60), ("feeling.call_up_to", 4), ("staying.felt_bar", 0.5),
    ):  # fmt: skip
        page = trying(ours, key, value)
        assert (evil in page, "&lt;script&gt;" in page) == (False, True), key


def test_of_clients_behind_a_wall_nothing_is_said_to_whom_it_keeps_out(ours: Web, studio: Studio) -> None:
    said(studio.cassini, 5)
    asked(studio.cora, by=studio.ada, at=london(1, month=8))
    walls.keep_out_of(studio.wall, member=studio.ada, by=studio.bo, at=NOW)
    for key, value in (
        ("hurting.feeling", 5), ("feeling.call_up_to", 4), ("asking.relationship_days", 60), ("staying.felt_bar", 0.5),
        ("blend.thin_below", 0),
    ):  # fmt: skip
        page = trying(ours, key, value)
        assert ("Cassini" in page, "Cora" in page, "two clients" in page) == (False, False, False), key


@pytest.mark.parametrize("key", ["drifting.alarm", "staying.place_from", "asking.remind_days", "hiding.firm"])
def test_only_the_owner_tries_a_number(key: str, client: Web, studio: Studio) -> None:
    for who in (studio.bo, studio.kit, studio.fin):
        enter(client, who)
        assert client.post(f"/settings/numbers/{key}/", {"value": "10"}).status_code == 403
    client.logout()
    assert client.post(f"/settings/numbers/{key}/", {"value": "10"}).status_code == 302


@pytest.mark.parametrize(
    ("key", "value"), [("streams.promise_half_life", 10), ("staying.place_from", 0.9), ("asking.relationship_days", 60)]
)
def test_as_many_queries_for_many_clients_as_for_few(
    key: str, value: float, ours: Web, studio: Studio, django_assert_num_queries: Any
) -> None:
    def served(many: int) -> None:
        for number in range(many):
            one = clients.welcome(name=f"Client {many}.{number}", lead=studio.bo, by=studio.ada, at=NOW)
            pat = clients.meet(one, name="Pat", role=ContactRole.DAILY, by=studio.ada, at=NOW)
            said(one, 3, 9)
            asked(pat, by=studio.ada, at=NOW - timedelta(days=100))

    served(2)
    trying(ours, key, value)
    with CaptureQueriesContext(connection) as few:
        trying(ours, key, value)
    served(12)
    with django_assert_num_queries(len(few)):
        trying(ours, key, value)
