"""The list of clients, and the welcome of a new one."""

import csv
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Web
from django.urls import reverse

from kept.doors.desk.clients_words import opening, spelled
from kept.kit import clock
from kept.ledgers.clients import verbs
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Kind
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.client_list import client_list
from tests.acting import promised, sold, worked, wrote
from tests.cast import NOW, Studio, london

LIST = "/clients/"


@pytest.fixture(autouse=True)
def it_is_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def enter(web: Web, member: Member) -> Web:
    web.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return web


def shown(web: Web, address: str = LIST) -> str:
    return web.get(address).content.decode()


def sentence(studio: Studio, viewer: Member | None = None) -> str:
    found = client_list(viewer or studio.ada, at=NOW, offices=offices())
    return "".join(piece.words for piece in opening(found))


def test_whoever_is_not_signed_in_is_sent_to_the_door(client: Web, studio: Studio) -> None:
    assert client.get(LIST).headers["Location"].startswith(reverse("account_login"))


def test_the_list_names_who_waits_what_is_late_and_when_we_spoke(client: Web, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    promised(studio.borealis, by=studio.bo, due=london(19, "17:00"), at=london(12), contact=studio.cleo)
    page = shown(enter(client, studio.bo))
    for words in ("Borealis", "Cleo, 5 h past", "Cleo’s late, yesterday", "yesterday"):
        assert words in page


@pytest.mark.parametrize(
    ("number", "words"), [(1, "one"), (13, "thirteen"), (20, "twenty"), (24, "twenty-four"), (200, "200")]
)
def test_a_number_is_spelled_as_a_sentence_begins_with_it(number: int, words: str) -> None:
    assert spelled(number) == words


def test_a_calm_list_says_so(studio: Studio) -> None:
    assert sentence(studio) == "Two clients; nobody waits, and nothing is late."
    assert sentence(studio, studio.kit) == "One client; nobody waits, and nothing is late."


def test_the_sentence_names_who_needs_us(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    engagement = sold(studio.cassini, by=studio.ada, kind=Kind.RETAINER, hours=5, starts=date(2026, 10, 1))
    worked(studio.cassini, engagement=engagement, member=studio.ada, day=date(2026, 10, 5), hours=9)
    message = wrote(studio.cassini, by=studio.cora, at=london(18, "09:00", month=9))
    wrote(studio.cassini, by=studio.ada, at=london(18, "10:00", month=9), conversation=message.conversation)
    assert sentence(studio) == (
        "Two clients; Borealis waits for an answer, Cassini is over its hours, "
        "Cassini has not been spoken to for 31 days."
    )
    assert "Cassini" not in sentence(studio, studio.kit)


def test_several_of_a_kind_are_counted(studio: Studio) -> None:
    for client, contact in ((studio.borealis, studio.cleo), (studio.cassini, studio.cora)):
        wrote(client, by=contact, at=london(19, "09:10"))
        promised(client, by=studio.bo, due=london(19), at=london(12))
    assert sentence(studio) == "Two clients; two wait for an answer, promises to two are late."


def test_a_walled_client_is_nowhere_on_the_page(client: Web, studio: Studio) -> None:
    page = shown(enter(client, studio.kit)) + shown(client, f"{LIST}?q=cassini") + shown(client, f"{LIST}?as=csv")
    assert "Cassini" not in page


def test_a_member_sees_no_hours(client: Web, studio: Studio, website: Any) -> None:
    assert "of 100" in shown(enter(client, studio.bo))
    assert "of 100" not in shown(enter(client, studio.kit))


def test_the_address_narrows_the_list(client: Web, studio: Studio) -> None:
    enter(client, studio.bo)
    assert "Cassini" not in shown(client, f"{LIST}?whose=yours").partition("<table")[2]
    assert "Borealis" not in shown(client, f"{LIST}?q=cass").partition("<table")[2]
    assert "Nobody of that name." in shown(client, f"{LIST}?q=nobody")
    assert client.get(f"{LIST}?stage=nonsense&page=nonsense").status_code == 200


def test_the_file_holds_what_the_list_shows(client: Web, studio: Studio, website: Any) -> None:
    verbs.change(studio.cassini, name="=Cassini", by=studio.ada, at=NOW)
    rows = list(csv.DictReader(shown(enter(client, studio.ada), f"{LIST}?as=csv").splitlines()))
    assert {row["client"] for row in rows} == {"Borealis", "'=Cassini"}
    assert next(row for row in rows if row["client"] == "Borealis")["hours worked"] == "30.00"
    members = csv.DictReader(shown(enter(client, studio.kit), f"{LIST}?as=csv").splitlines())
    assert "hours worked" not in (members.fieldnames or [])


def test_a_hostile_name_stays_text(client: Web, studio: Studio) -> None:
    verbs.change(studio.borealis, name="<script>alert(1)</script>", by=studio.ada, at=NOW)
    assert "<script>alert" not in shown(enter(client, studio.ada))


def test_many_clients_stand_on_several_pages(client: Web, studio: Studio) -> None:
    for number in range(55):
        verbs.welcome(name=f"Client {number:02}", by=studio.ada, at=NOW)
    page = shown(enter(client, studio.ada))
    assert "1 to 50 of 57" in page
    assert "51 to 57 of 57" in shown(client, f"{LIST}?page=2")


def test_the_page_asks_little_of_the_database_whatever_the_history(
    client: Web, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    enter(client, studio.ada)
    for length in (1, 20):
        for number in range(length):
            other = verbs.welcome(name=f"Client {length} {number}", by=studio.ada, at=NOW)
            wrote(other, by=f"c{number}@client{length}.example", at=london(1 + number % 19))
            promised(other, by=studio.bo, due=london(2), at=london(1))
        client.get(LIST)
        with django_assert_max_num_queries(20):
            client.get(LIST)


def test_a_lead_welcomes_a_client_and_stands_on_its_page(client: Web, studio: Studio) -> None:
    answer = enter(client, studio.bo).post(LIST, {"name": "Kestrel", "lead": studio.bo.pk, "stage": "onboarding"})
    made = Client.objects.get(name="Kestrel")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/clients/{made.pk}/"
    assert (made.lead, made.stage) == (studio.bo, "onboarding")


def test_a_name_we_have_is_said_and_what_was_typed_stays(client: Web, studio: Studio) -> None:
    answer = enter(client, studio.bo).post(LIST, {"name": "borealis", "stage": "paused"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a client called borealis already." in page
    assert 'value="borealis"' in page
    assert Client.objects.count() == 2


def test_a_member_may_welcome_nobody(client: Web, studio: Studio) -> None:
    assert enter(client, studio.kit).post(LIST, {"name": "Kestrel", "stage": "active"}).status_code == 403
    assert client.get(f"{LIST}?new=1").status_code == 403
    assert "Welcome a new client" not in shown(client)
