"""The pledge as everybody reads it: live, misses included, no client named; nothing where the firm keeps it closed."""

from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.clients import verbs as clients
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.team import verbs as team
from kept.readings import pledge as reading
from tests.acting import wrote
from tests.pledging import FIVE, pledged
from tests.studio import NOW, Studio, london

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def opened(studio: Studio) -> Studio:
    """The page is open, six clients wrote and were answered, the last of them late."""
    pledged(studio)
    pledges.open_page(by=studio.ada, at=london(2, month=9))
    for number in range(6):
        one = clients.welcome(name=f"Secret client {number}", lead=studio.bo, by=studio.ada, at=london(1))
        person = clients.meet(one, name=f"Secret person {number}", by=studio.ada, at=london(1))
        asked = wrote(one, by=person, at=london(14, "10:00"), subject=HOSTILE)
        wrote(one, by=studio.bo, at=london(14, "15:00" if number == 5 else "11:00"), conversation=asked.conversation)
    return studio


def read(client: Browser) -> str:
    reading._kept.cache_clear()
    answer: Any = client.get("/pledge/")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_without_a_page_or_a_pledge_nothing_is_here(client: Browser, studio: Studio) -> None:
    assert client.get("/pledge/").status_code == 404
    row = pledges.open_page(by=studio.ada, at=NOW)
    assert client.get("/pledge/").status_code == 404
    pledged(studio)
    assert client.get("/pledge/").status_code == 200
    pledges.close_page(row, by=studio.ada, at=NOW)
    assert client.get("/pledge/").status_code == 404


def test_every_sentence_stands_with_its_figures_and_misses_and_names_nobody(client: Browser, opened: Studio) -> None:
    text = read(client)
    assert "Five things you can hold us to, and how we did since 22 July, the misses included." in text
    assert all(wording.words in text for wording in FIVE)
    assert "5 of 6 messages since 22 July; we said at least 6. One late." in text
    assert '<td class="d">14 Oct</td><td>1 h late</td>' in text
    assert "Secret" not in text
    assert "script" not in text
    assert "Kept</a>" not in text


def test_nobody_learns_from_it_of_a_client_behind_a_wall(client: Browser, opened: Studio) -> None:
    before = read(client)
    wrote(opened.cassini, by=opened.cora, at=london(14, "10:00"))
    assert read(client) == before


def test_a_figure_on_few_clients_is_not_told(client: Browser, opened: Studio) -> None:
    for number in (0, 1):
        clients.put_behind(
            clients.Client.objects.get(name=f"Secret client {number}"), wall=opened.wall, by=opened.ada, at=NOW
        )
    text = read(client)
    assert "Too few clients stand behind this to say it here." in text
    assert "messages since" not in text


def test_strangers_make_it_count_once_an_hour(
    client: Browser, opened: Studio, django_assert_max_num_queries: Any
) -> None:
    read(client)
    with django_assert_max_num_queries(6):
        client.get("/pledge/")


def test_the_door_for_help_stands_where_it_is_open(client: Browser, opened: Studio) -> None:
    assert 'href="/help/"' in read(client)
    team.change_firm(opened.firm, has_help_page=False, by=opened.ada, at=NOW)
    assert 'href="/help/"' not in read(client)


def test_it_can_only_be_read(client: Browser, opened: Studio) -> None:
    assert client.post("/pledge/").status_code == 405
