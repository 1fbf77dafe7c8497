"""Settings, a number tried: what else it judges, a page of its tables at a time, and all of them as a file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client as Web

from kept.doors.desk.settings_numbers_pages import HEADS, PAGE
from kept.ledgers.clients import verbs as clients
from kept.ledgers.reckoning.models import NumberChange
from kept.ledgers.team import walls
from tests.pledging import pledged
from tests.readings.test_numbers_served import LATE, LOW, WITHIN, billed, met
from tests.readings.trying import said
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def ours(client: Web, studio: Studio) -> Web:
    """Signed in as the owner."""
    client.force_login(studio.ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def trying(web: Web, key: str, **asked: Any) -> str:
    """The page that shows what the number would do, as a link leads there."""
    answer = web.get(f"/settings/numbers/{key}/", asked)
    assert answer.status_code == 200
    assert not NumberChange.objects.exists()
    return " ".join(answer.content.decode().split())


def test_bills_are_shown_now_and_then_in_the_pledge_and_one_by_one(ours: Web, studio: Studio) -> None:
    pledged(studio)
    billed(studio.borealis, "Nine", amount=104)
    page = trying(ours, WITHIN, value=0.05)
    assert "By “No bill surprises you.”, 1 of 1 bill would be as quoted, not 0." in page
    assert "One bill would be judged otherwise, at Borealis." in page
    assert '<h2 id="the-pledge">The pledge</h2>' in page
    assert "0 of 1" in page
    assert "100 in 100" in page
    assert "Nine, Tue 6 Oct" in page
    assert "a surprise" in page
    assert "as quoted" in page
    same = trying(ours, WITHIN, value=0.01)
    assert "The pledge would count the same bills as kept." in same
    assert "No bill would be judged otherwise" in same


def test_without_a_pledge_that_speaks_of_bills_that_is_said(ours: Web, studio: Studio) -> None:
    assert "No pledge in force speaks of bills." in trying(ours, WITHIN, value=0.05)
    assert "pledge" not in trying(ours, LATE, value=15).partition("<main")[2].partition("</main")[0]


def test_meetings_are_shown_as_their_page_judges_them(ours: Web, studio: Studio) -> None:
    met(studio.borealis, "The map", late=12)
    page = trying(ours, LATE, value=15)
    assert "One meeting would be judged otherwise, at Borealis." in page
    assert "The map, Tue 13 Oct" in page
    assert "12 minutes late" in page
    assert "held as promised" in page
    assert "No meeting would be judged otherwise" in trying(ours, LATE, value=11)


def test_complaints_of_the_look_back_are_shown_as_it_would_count_them(ours: Web, studio: Studio) -> None:
    said(studio.borealis, 5, 9, at=london(1, month=3))
    page = trying(ours, LOW, value=5)
    assert "The look back would count one complaint more, at Borealis." in page
    assert "a low answer, Sun 1 Mar" in page
    assert "no complaint" in page
    assert "What was said before a case that is new to the look back is counted by night." in page
    assert "would look back on the same complaints" in trying(ours, LOW, value=4.5)


def test_of_more_than_fifty_each_page_has_its_own_and_the_value_travels_along(ours: Web, studio: Studio) -> None:
    for number in range(PAGE + 2):
        said(clients.welcome(name=f"Client {number:02}", by=studio.ada, at=NOW), 5)
    first = trying(ours, LOW, value=5, why="So & so")
    assert (first.count("Client 00</a>"), first.count("Client 51</a>")) == (2, 0)  # told at once, and looked back on
    assert "?value=5&amp;why=So+%26+so&amp;of=told-at-once&amp;page=2#told-at-once" in first
    assert "1 of 2" in first
    second = trying(ours, LOW, value=5, of="told-at-once", page=2)
    assert (second.count("Client 00</a>"), second.count("Client 51</a>")) == (1, 1)
    assert "of=told-at-once&amp;page=1#told-at-once" in second
    assert trying(ours, LOW, value=5, of="told-at-once", page="x").count("Client 00</a>") == 2
    assert "Two other clients stay as they are." in first


def test_all_rows_of_all_tables_are_one_file(ours: Web, studio: Studio) -> None:
    for number in range(PAGE + 2):
        said(clients.welcome(name=f"=Client {number:02}", by=studio.ada, at=NOW), 5)
    answer = ours.get(f"/settings/numbers/{LOW}/", {"value": "5", "as": "csv"})
    heads, *rows = csv.reader(io.StringIO(answer.content.decode()))
    assert (answer["Content-Type"], tuple(heads), len(rows)) == ("text/csv; charset=utf-8", HEADS, 2 * (PAGE + 2))
    assert rows[0][:2] == ["Told at once", "'=Client 00"]
    assert (rows[0][3], rows[0][5], rows[0][6]) == ("not told", "told", "a low feeling")
    assert {row[0] for row in rows} == {"Told at once", "Did we see it coming?"}


def test_a_link_sets_nothing_even_if_it_says_so(ours: Web, studio: Studio) -> None:
    page = trying(ours, LOW, value=5, sure=1, shown=5)
    assert "Nothing is set yet." in page
    refused = ours.get(f"/settings/numbers/{LOW}/", {"value": "99"})
    assert (refused.status_code, NumberChange.objects.exists()) == (422, False)


def test_of_clients_behind_a_wall_neither_page_nor_file_says_a_word(ours: Web, studio: Studio) -> None:
    pledged(studio)
    billed(studio.cassini, "Nine", amount=104)
    met(studio.cassini, "The map", late=12)
    said(studio.cassini, 5)
    walls.keep_out_of(studio.wall, member=studio.ada, by=studio.bo, at=NOW)
    for key, value in ((WITHIN, 0.05), (LATE, 15), (LOW, 5)):
        for more in ({}, {"as": "csv"}):
            page = trying(ours, key, value=value, **more)
            assert ("Cassini" in page, "Nine" in page, "The map" in page) == (False, False, False), key


def test_names_from_outside_are_only_words(ours: Web, studio: Studio) -> None:
    evil = "<script>alert(1)</script>"
    billed(studio.borealis, evil, amount=104)
    page = trying(ours, WITHIN, value=0.05, why=evil)
    assert (evil in page, "&lt;script&gt;" in page) == (False, True)
