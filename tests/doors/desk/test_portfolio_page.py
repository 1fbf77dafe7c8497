"""The portfolio as owners and leads read it: one sentence, every client by the lower end of trust, and the map."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client as Browser

from kept.doors.desk.portfolio_map import drawn
from kept.doors.desk.portfolio_words import opening
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import LockKind, SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.pulses.models import Answer
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Role
from kept.readings import budgets, portfolio_trust, standing
from kept.readings.calendars import offices
from kept.readings.portfolio import Wanted, portfolio
from kept.readings.snapshots import taking
from kept.readings.snapshots.beside import A_QUARTER
from tests.acting import sold, wrote
from tests.doors.desk.visiting import HOSTILE, main, page, rail, signed_in
from tests.studio import NOW, Studio, london

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    budgets._kept.cache_clear()
    standing._kept.cache_clear()
    portfolio_trust._kept.cache_clear()


def felt(client: Client, mark: int) -> None:
    for month in range(6):
        at = NOW - timedelta(days=30 * month)
        Answer.objects.create(client=client, at=at, secure=mark, cherished=mark, delighted=mark, dazzled=mark)


def held(studio: Studio, client: Client) -> None:
    felt(client, 4)
    for lock in (LockKind.OUR_DATA, LockKind.MIGRATION, LockKind.NOTICE):
        choices.tie(client, lock=lock, since=TODAY, by=studio.bo, at=NOW)


def loyal(studio: Studio, client: Client) -> None:
    felt(client, 10)
    for kind in (SignKind.SENT_OTHERS, SignKind.INVITED, SignKind.VOUCHED):
        choices.note(client, kind=kind, seen_at=NOW, by=studio.bo, at=NOW)


def said(studio: Studio, **wanted: Any) -> str:
    standing._kept.cache_clear()
    found = portfolio(studio.ada, at=NOW, offices=offices(), wanted=Wanted(**wanted))
    return "".join(piece.words for piece in opening(found))


def test_the_sentence_of_a_firm_of_whom_nothing_is_known(studio: Studio) -> None:
    assert said(studio) == (
        "Two clients. Of none do we know that they would choose us again. Of two we know too little to say."
    )
    assert said(studio, lead=studio.bo.pk) == (
        "One client. Of none do we know that they would choose us again. Of one we know too little to say."
    )
    assert said(studio, lead=studio.fin.pk) == "No client here."


def test_the_sentence_names_who_is_held_and_counts_who_would_choose_us_again(studio: Studio) -> None:
    held(studio, studio.borealis)
    loyal(studio, studio.cassini)
    assert said(studio) == "Two clients. One would choose us again. Borealis stays because leaving is hard."
    assert said(studio, lead=studio.ada.pk) == "One client. They would choose us again. Trust holds."
    for name in ("Deneb", "Electra"):
        held(studio, clients.welcome(name=name, by=studio.ada, at=NOW))
    assert said(studio) == (
        "Four clients. One would choose us again. Borealis and two others stay because leaving is hard."
    )


def test_all_who_would_choose_us_again_are_all(studio: Studio) -> None:
    loyal(studio, studio.borealis)
    loyal(studio, studio.cassini)
    assert said(studio) == "Two clients. All would choose us again. Trust holds."


def test_each_row_says_why_they_stay_who_waits_and_whose_hours_run_out(client: Browser, studio: Studio) -> None:
    held(studio, studio.borealis)
    wrote(studio.borealis, by=studio.cleo, at=london(19))
    sold(studio.borealis, by=studio.ada, ends=date(2026, 12, 31))
    text = main(signed_in(client, studio.ada), "/portfolio/")
    row = text.partition("data-open>Borealis</a>")[2].partition("</tr>")[0]
    assert f'<a href="/clients/{studio.borealis.pk}/standing/">held</a>' in row
    assert "Cleo, " in row
    assert "0 of 100" in row
    assert text.count("data-row") >= 2


def test_who_is_held_is_red_by_name_and_never_pine(client: Browser, studio: Studio) -> None:
    held(studio, studio.borealis)
    text = main(signed_in(client, studio.ada), "/portfolio/")
    figure = text.partition('<figure class="map">')[2].partition("</figure>")[0]
    assert 'class="d-late"' in figure
    assert "d-said" not in figure
    assert "Borealis is held: what only we have, a dear move, a long notice and" in text
    assert "If leaving cost nothing, what would you miss?" in text


def test_the_map_has_its_table_and_names_those_of_whom_one_question_would_tell(client: Browser, studio: Studio) -> None:
    loyal(studio, studio.borealis)
    text = main(signed_in(client, studio.ada), "/portfolio/")
    assert "The map as a table" in text
    assert "never said how it felt" in text.partition("One question would tell")[2]
    assert '<td class="n">nobody judged</td>' in text


def test_who_has_gone_quiet_is_named(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(1, month=5))
    text = main(signed_in(client, studio.ada), "/portfolio/").partition("Gone quiet")[2]
    assert ">Borealis</a>" in text
    assert "unheard since May" in text


def test_it_narrows_by_the_address_and_says_so(client: Browser, studio: Studio) -> None:
    browser = signed_in(client, studio.ada)
    text = main(browser, f"/portfolio/?lead={studio.bo.pk}")
    assert ">Borealis</a>" in text
    assert ">Cassini</a>" not in text
    assert f'<a href="?lead={studio.bo.pk}" aria-current="true">Bo’s</a>' in text
    assert "No client like that." in main(browser, "/portfolio/?why=held")
    assert ">Cassini</a>" in main(browser, "/portfolio/?why=nonsense&lead=x")


def test_what_is_shown_is_exported(client: Browser, studio: Studio) -> None:
    held(studio, studio.borealis)
    answer = signed_in(client, studio.ada).get("/portfolio/?as=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="portfolio.csv"'
    rows = {row["client"]: row for row in csv.DictReader(answer.content.decode().splitlines())}
    assert (rows["Borealis"]["why they stay"], rows["Borealis"]["lead"]) == ("held", "Bo Field")
    assert float(rows["Borealis"]["low"]) <= float(rows["Borealis"]["trust"]) <= float(rows["Borealis"]["high"])
    assert rows["Cassini"]["free to choose, of 100"] == ""
    shown = client.get(f"/portfolio/?as=csv&lead={studio.ada.pk}").content.decode()
    assert "Borealis" not in shown


def test_who_is_kept_out_by_a_wall_reads_nothing_of_the_client_at_all(client: Browser, studio: Studio) -> None:
    held(studio, studio.cassini)
    studio.kit.role = "lead"
    studio.kit.save(update_fields=["role"])
    text = page(signed_in(client, studio.kit), "/portfolio/")
    assert "Cassini" not in text
    assert "Ada’s" not in text  # the lead of the one client they do not know of
    assert "One client." in text
    assert "Cassini" not in client.get("/portfolio/?as=csv").content.decode()


@pytest.mark.parametrize("to", ["/portfolio/", "/portfolio/?as=csv", "/portfolio/?why=held"])
def test_to_the_letter_it_is_as_if_the_walled_client_had_never_been(to: str, client: Browser, studio: Studio) -> None:
    """Once trust was counted, that is: everybody begins at the firm's average, to which all add."""
    for one, contact in ((studio.borealis, studio.cleo), (studio.cassini, studio.cora)):
        wrote(one, by=contact, at=london(19))
        held(studio, one)
    taking.take(at=NOW)
    team.change_member(studio.kit, role=Role.LEAD, by=studio.ada, at=NOW)
    browser = signed_in(client, studio.kit)
    with_it = browser.get(to).content.decode()
    studio.cassini.conversations.all().delete()
    studio.cassini.delete()
    without = browser.get(to).content.decode()
    assert bare(with_it) == bare(without)
    assert "assini" not in with_it


def bare(text: str) -> str:
    return re.sub('name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|hx-headers="[^"]*"', "", text)


@pytest.mark.parametrize("who", ["kit", "fin"])
def test_members_and_finance_have_no_portfolio_nor_a_way_to_it(client: Browser, studio: Studio, who: str) -> None:
    browser = signed_in(client, getattr(studio, who))
    assert browser.get("/portfolio/").status_code == 403
    assert "Portfolio" not in rail(browser, "/")


def test_leads_find_it_in_the_rail(client: Browser, studio: Studio) -> None:
    assert 'href="/portfolio/" aria-current="page"' in rail(signed_in(client, studio.bo), "/portfolio/")


def test_who_is_signed_out_is_sent_to_the_door(client: Browser, studio: Studio) -> None:
    assert client.get("/portfolio/")["Location"].startswith("/account/login/")


def test_names_from_outside_stay_words(client: Browser, studio: Studio) -> None:
    hostile = clients.welcome(name=HOSTILE, by=studio.ada, at=NOW)
    held(studio, hostile)
    text = page(signed_in(client, studio.ada), "/portfolio/")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_many_clients_are_heaps_and_pages_and_only_the_held_have_names(client: Browser, studio: Studio) -> None:
    for k in range(70):
        clients.welcome(name=f"Client {k:02}", by=studio.ada, at=NOW)
    held(studio, studio.borealis)
    text = main(signed_in(client, studio.ada), "/portfolio/")
    assert "1 to 50 of 72" in text
    assert 'href="?page=2" rel="next"' in text
    assert "And 63 more" in text
    figure = text.partition('<figure class="map">')[2].partition("</figure>")[0]
    assert figure.count('class="d-') == 1
    assert 'class="heap"' in figure
    found = portfolio(studio.ada, at=NOW, offices=offices())
    assert sum(heap.count for heap in drawn(found).heaps) == 71
    assert "51 to 72 of 72" in main(client, "/portfolio/?page=2")


@pytest.mark.parametrize("more", [0, 12])
def test_a_constant_number_of_queries(
    more: int, client: Browser, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    for k in range(more):
        one = clients.welcome(name=f"Client {k:02}", lead=studio.bo, by=studio.ada, at=NOW)
        wrote(one, by=clients.meet(one, name="Pat", by=studio.ada, at=NOW), at=london(19))
        held(studio, one)
        sold(one, by=studio.ada)
    taking.take(at=NOW)
    browser = signed_in(client, studio.ada)
    with django_assert_max_num_queries(20):
        browser.get("/portfolio/")


def test_a_number_changed_in_settings_changes_why_they_stay_on_every_page(client: Browser, studio: Studio) -> None:
    loyal(studio, studio.borealis)
    browser = signed_in(client, studio.ada)
    pages = (f"/clients/{studio.borealis.pk}/", f"/clients/{studio.borealis.pk}/standing/", "/portfolio/?why=loyal")
    told = ("loyal, sends others", "Borealis would choose us again", "Borealis")
    assert all(words in main(browser, at) for words, at in zip(told, pages, strict=True))
    at = "/settings/numbers/staying.place_from/"
    assert browser.post(at, {"value": "0.95", "why": "Only the surest.", "sure": "1"}).status_code == 303
    assert not any(words in main(browser, at) for words, at in zip(told, pages, strict=True))


def test_how_long_a_quarter_is_is_named_as_on_a_clients_page() -> None:
    named = f"Dashed tick: a quarter ago, to the day ({A_QUARTER.days} days)."
    for name in ("desk/portfolio.html", "desk/parts/trust_pillars.html"):
        assert named in Path(get_template(name).origin.name).read_text(), name
