"""Money as those who may see it: every budget by what it will likely cost, as a page and as a table."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind, OverReason
from kept.ledgers.team import walls
from kept.readings import budgets, overservice
from tests.acting import sold, worked
from tests.doors.desk.visiting import HOSTILE, main, page, signed_in
from tests.studio import NOW, Studio

FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    budgets._kept.cache_clear()
    overservice._kept.cache_clear()


def retainer(
    studio: Studio, client: Client, *, october: float, name: str = "Care", september: float = 40
) -> Engagement:
    """Forty hours a month for 4,000 since July."""
    row = sold(client, by=studio.ada, name=name, kind=Kind.RETAINER, hours=40, fee=4000, starts=date(2026, 7, 1))
    for month, hours in [(9, september), (10, october)]:
        for day in (2, 9, 16, 19) if hours else ():
            worked(client, engagement=row, member=studio.ada, day=date(2026, month, day), hours=hours / 4)
    return row


def table(browser: Browser, address: str = "/money/?as=csv") -> list[dict[str, str]]:
    answer = browser.get(address)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="money.csv"'
    return list(csv.DictReader(answer.content.decode().splitlines()))


def test_rows_stand_by_what_they_will_likely_cost_then_by_what_is_near(client: Browser, studio: Studio) -> None:
    retainer(studio, studio.borealis, october=60)
    retainer(studio, studio.borealis, october=18, name="Search")
    sold(studio.cassini, by=studio.ada, name="Logo", starts=date(2026, 8, 1), ends=date(2026, 9, 30))
    text = main(signed_in(client, studio.ada), "/money/")
    assert "October, 13 of 22 working days gone" in text
    assert "One budget will likely be crossed, " in text
    order = ["over by 20 h", "Likely to stay within, nearest first", "Search, retainer", ">Ended<", "ended with 100 h"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert text.count("data-row") == 3


def test_each_row_opens_its_client(client: Browser, studio: Studio) -> None:
    retainer(studio, studio.borealis, october=60)
    address = f'href="/clients/{studio.borealis.pk}/"'
    assert main(signed_in(client, studio.bo), "/money/").count(address) == 2


def test_the_year_is_drawn_with_its_reasons(client: Browser, studio: Studio) -> None:
    care = retainer(studio, studio.borealis, october=46, september=52)
    engagements.give(care, month=date(2026, 9, 1), hours=Decimal(4), purpose="Thanks", by=studio.ada, at=NOW)
    engagements.explain(
        care, month=date(2026, 9, 1), hours=Decimal(5), reason=OverReason.REWORK, by=studio.ada, at=NOW
    )  # fmt: skip
    text = main(signed_in(client, studio.fin), "/money/")
    assert "18 hours beyond the budgets since January, worth £1,800 as sold." in text
    assert "4 hours were gifts. 14 nobody chose, 8 of them in September." in text
    for name, hours in [("Not yet said", "9 h"), ("Rework, ours", "5 h"), ("Gift", "4 h")]:
        assert f'<th scope="row">{name}</th>' in text
        assert f'<td class="n">{hours}</td>' in text


def test_one_may_look_at_ones_own_clients_only(client: Browser, studio: Studio) -> None:
    retainer(studio, studio.borealis, october=60)
    retainer(studio, studio.cassini, october=70)
    signed_in(client, studio.bo)
    assert "Cassini" in main(client, "/money/")
    mine = main(client, "/money/?whose=mine")
    assert "Cassini" not in mine
    assert "20 hours beyond the budgets" in mine
    assert [row["client"] for row in table(client, "/money/?as=csv&whose=mine")] == ["Borealis"]


def test_nothing_sold_says_how_it_comes_in(client: Browser, studio: Studio) -> None:
    text = main(signed_in(client, studio.ada), "/money/")
    assert "No budget is running." in text
    assert "kept import budget" in text
    assert "beyond the budgets" not in text


def test_the_table_holds_what_the_page_shows(client: Browser, studio: Studio) -> None:
    retainer(studio, studio.borealis, october=60)
    retainer(studio, studio.borealis, october=18, name="Search")
    over, within = table(signed_in(client, studio.ada))
    assert (over["client"], over["engagement"], over["kind"]) == ("Borealis", "Care", "retainer")
    assert (float(over["hours paid for"]), float(over["worked"])) == (40, 60)
    assert float(over["low"]) <= float(over["likely"]) <= float(over["high"])
    assert float(over["likely cost"]) == pytest.approx((float(over["likely"]) - 40) * 100, abs=1)
    assert (over["currency"], over["stands"]) == ("GBP", "over by 20 h")
    assert (within["likely cost"], within["currency"]) == ("", "")


@pytest.mark.parametrize("name", [FORMULA, "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_no_cell_of_the_table_is_a_formula(client: Browser, studio: Studio, name: str) -> None:
    # as it may come by an import, past every verb that trims
    Client.objects.filter(pk=studio.borealis.pk).update(name=name)
    studio.borealis.refresh_from_db()
    row = retainer(studio, studio.borealis, october=60)
    Engagement.objects.filter(pk=row.pk).update(name=name)
    budgets._kept.cache_clear()
    signed_in(client, studio.ada)
    _, row_as_told = csv.reader(StringIO(client.get("/money/?as=csv").content.decode(), newline=""))
    assert row_as_told[:2] == [f"'{name}"] * 2
    assert not [cell for cell in row_as_told if cell[:1] in set("=+-@\t\r")]


def test_hostile_names_stay_names(client: Browser, studio: Studio) -> None:
    clients.change(studio.borealis, name=HOSTILE, by=studio.ada, at=NOW)
    retainer(studio, studio.borealis, october=60, name=f"{HOSTILE} care")
    text = page(signed_in(client, studio.ada), "/money/")
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("address", ["/money/", "/money/?as=csv", "/money/?whose=mine"])
def test_a_member_reads_that_money_is_for_others(client: Browser, studio: Studio, address: str) -> None:
    retainer(studio, studio.borealis, october=60)
    answer = signed_in(client, studio.kit).get(address)
    assert answer.status_code == 403
    assert "This is for other roles in the firm." in answer.content.decode()
    assert "Borealis" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/money/", "/money/?as=csv", "/money/?whose=mine"])
def test_behind_a_wall_there_is_no_sum_of_it_either(client: Browser, studio: Studio, address: str) -> None:
    """Fin, who sees all other money, is kept out of Cassini: no row, no name, nothing in sentence, chart and sums."""
    walls.keep_out_of(studio.wall, member=studio.fin, by=studio.ada, at=NOW)
    signed_in(client, studio.fin)
    before = client.get(address).content.decode()
    care = retainer(studio, studio.cassini, october=70)
    engagements.give(care, month=date(2026, 10, 1), hours=Decimal(4), purpose="Thanks", by=studio.ada, at=NOW)
    engagements.explain(care, month=date(2026, 10, 1), hours=Decimal(5), reason=OverReason.ASKED, by=studio.ada, at=NOW)
    after = client.get(address).content.decode()
    assert "Cassini" not in after
    assert without_tokens(after) == without_tokens(before)
    assert "Cassini" in signed_in(client, studio.bo).get("/money/").content.decode()


def without_tokens(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_signed_out_one_is_sent_to_the_door(client: Browser, studio: Studio) -> None:
    answer = client.get("/money/?as=csv")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_nothing_can_be_done_here(client: Browser, studio: Studio) -> None:
    assert signed_in(client, studio.ada).post("/money/").status_code == 405


def test_a_long_list_comes_in_pages_of_fifty(client: Browser, studio: Studio) -> None:
    for number in range(53):
        sold(studio.borealis, by=studio.ada, name=f"Job {number}", ends=date(2026, 12, 1))
    signed_in(client, studio.ada)
    first, second = main(client, "/money/"), main(client, "/money/?page=2")
    assert (first.count("data-row"), second.count("data-row")) == (50, 3)
    assert "51 to 53 of 53" in second
    assert main(client, "/money/?page=nonsense").count("data-row") == 50
    assert len(table(client)) == 53


@pytest.mark.parametrize("much", [1, 20])
@pytest.mark.parametrize("address", ["/money/", "/money/?as=csv"])
def test_its_cost_does_not_grow_with_history(
    client: Browser, studio: Studio, address: str, much: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(much):
        retainer(studio, studio.borealis, october=number * 4, name=f"Care {number}")
    signed_in(client, studio.ada)
    with django_assert_max_num_queries(17):
        client.get(address)
