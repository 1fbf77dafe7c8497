"""What was only noticed counts nowhere: every page, number and export reads as if nothing had been noticed at all.

But for the places that offer it: a line on Today and on the promises page, beneath the messages, and its own page.
"""

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from kept.ledgers.conversations.models import Request
from kept.ledgers.promises.models import Candidate
from kept.readings.brief import brief
from kept.readings.calendars import offices
from kept.readings.client_page import client_page, found
from kept.readings.export import KINDS
from kept.readings.kept_lately import kept_lately
from kept.readings.waiting import waiting
from tests.doors.test_who_may_see import LISTS, ask, body
from tests.doors.two_clients import BACKEND, Side, side
from tests.studio import NOW, Studio

# what offers: its own page, and these lines
OFFERS = re.compile(
    r'<p class="small mid offers-line">.*?</p>|<p class="spaced-x"><a href="/promises/noticed/">.*?</p>'
    r'|<ul class="seen".*?</ul>',
    re.DOTALL,
)
ELSEWHERE = [to for to in LISTS if to != "/promises/noticed/"]


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def both(studio: Studio) -> list[Side]:
    """Two clients, each with a sentence of ours and one of theirs that were noticed."""
    return [side(client, contact, by=studio.ada) for client, contact in (
        (studio.borealis, studio.cleo), (studio.cassini, studio.cora),
    )]  # fmt: skip


def forget_all() -> None:
    """Let nothing have been noticed."""
    assert Candidate.objects.all().delete()[0]
    assert Request.objects.all().delete()[0]


def read(browser: Browser, to: str) -> str:
    return re.sub(r"\s+", " ", OFFERS.sub("", body(ask(browser, "get", to))))


@pytest.mark.parametrize("who", ["ada", "bo", "kit", "fin"])
def test_every_page_and_file_reads_the_same_without_it(
    who: str, client: Browser, studio: Studio, both: list[Side]
) -> None:
    client.force_login(getattr(studio, who), backend=BACKEND)
    own = [f"/clients/{studio.borealis.pk}/", f"/inbox/{both[0].conversation.pk}/", f"/promises/{both[0].promise.pk}/"]
    before = {to: read(client, to) for to in [*ELSEWHERE, *own]}
    forget_all()
    assert {to: read(client, to) for to in before} == before


def test_it_is_offered_in_the_places_that_offer_it(client: Browser, studio: Studio, both: list[Side]) -> None:
    client.force_login(studio.ada, backend=BACKEND)
    for to in ("/", "/promises/", f"/inbox/{both[0].conversation.pk}/"):
        assert OFFERS.search(body(ask(client, "get", to))), to


def test_no_export_knows_of_it(studio: Studio, both: list[Side]) -> None:
    def exported() -> str:
        return json.dumps({kind: list(rows(studio.ada, at=NOW)) for kind, rows in KINDS.items()}, default=str)

    before = exported()
    forget_all()
    assert exported() == before


def test_no_count_of_the_brief_knows_of_it(studio: Studio, both: list[Side]) -> None:
    def told() -> dict[str, Any]:
        out = StringIO()
        call_command("brief", "--json", stdout=out)
        found: dict[str, Any] = json.loads(out.getvalue())
        return {**found, "items": [one for one in found["items"] if one["kind"] != "candidate"]}

    before = told()
    forget_all()
    assert told() == before


def test_no_reading_judges_by_it(studio: Studio, both: list[Side]) -> None:
    def judged() -> list[str]:
        house = offices()
        page = client_page(found(studio.ada).get(pk=studio.borealis.pk), viewer=studio.ada, at=NOW, offices=house)
        return [
            repr(page.promises), repr(page.replies.summary), repr(page.story.facts),
            repr(kept_lately(brief(studio.ada, at=NOW))),
            repr([(one.conversation.pk, one.wait) for one in waiting(studio.ada, at=NOW, offices=house)]),
        ]  # fmt: skip

    before = judged()
    forget_all()
    assert judged() == before
