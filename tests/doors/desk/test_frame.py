"""What stands around every page: the firm, who is signed in, how many wait; and for strangers nothing at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client as Browser
from django.test import RequestFactory

from kept.doors.desk.frame import frame
from kept.doors.desk.frame import rail as rail_of
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import verbs
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.waiting import waiting
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, page, rail, signed_in
from tests.studio import NOW, Studio, london

PLACES = ["Today", "Inbox", "Clients", "Promises", "Money", "Settings"]


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def some_mail(studio: Studio) -> None:
    """Of seven conversations four wait for us, one of them behind the wall."""
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    wrote(studio.cassini, by=studio.cora, at=london(20, "09:00"))
    wrote(None, by=studio.zed, at=london(19, "09:00"))
    answered = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:05"), conversation=answered.conversation)
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), automatic="bulk")
    later = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00")).conversation
    verbs.set_aside(later, kind=AsideKind.LATER, reason="Later", by=studio.bo, at=NOW, until=london(21))
    back = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00")).conversation
    verbs.set_aside(
        back, kind=AsideKind.LATER, reason="Later", by=studio.bo, at=london(19, "10:00"), until=london(20, "09:30")
    )


def test_the_rail_counts_who_waits_as_far_as_one_may_know(client: Browser, studio: Studio) -> None:
    some_mail(studio)
    for member, count in [(studio.ada, 4), (studio.bo, 4), (studio.fin, 4), (studio.kit, 3)]:
        text = rail(signed_in(client, member), "/")
        assert f"Inbox<span>{count}</span>" in text
        assert f"everyone’s: {count}" in page(client, "/inbox/?whose=everyone")
        assert len(waiting(member, at=NOW, offices=offices())) == count


def test_where_nobody_waits_there_is_no_count(client: Browser, studio: Studio) -> None:
    text = rail(signed_in(client, studio.bo), "/")
    assert ">Inbox</a>" in text


def test_it_names_the_firm_and_who_is_signed_in(client: Browser, studio: Studio) -> None:
    text = rail(signed_in(client, studio.bo), "/")
    assert "<small>Larkfield Studio</small>" in text
    assert '<p class="me">Bo, lead</p>' in text
    assert [text.index(f">{place}") for place in PLACES] == sorted(text.index(f">{place}") for place in PLACES)


@pytest.mark.parametrize(("address", "name"), [("/", "Today"), ("/inbox/", "Inbox"), ("/money/", "Money")])
def test_one_place_is_where_one_is(client: Browser, studio: Studio, address: str, name: str) -> None:
    text = rail(signed_in(client, studio.bo), address)
    assert text.count("aria-current") == 1
    assert f'aria-current="page">{name}' in text


def test_strangers_learn_nothing_not_even_the_firms_name(client: Browser, studio: Studio) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert frame(request) == {}
    some_mail(studio)
    for address in ("/account/login/", "/nowhere/", "/clients/1/", "/inbox/"):
        text = client.get(address, follow=True).content.decode()
        for name in ("Larkfield", "Borealis", "Cassini", "Inbox", "Bo Field"):
            assert name not in text


def test_who_has_left_is_a_stranger_from_then_on(client: Browser, studio: Studio) -> None:
    signed_in(client, studio.kit)
    team.leave(studio.kit, on=NOW.date(), by=studio.ada, at=NOW)
    answer = client.get("/")
    assert answer.status_code == 302
    assert "Larkfield" not in client.get("/", follow=True).content.decode()


def test_hostile_names_stay_names(client: Browser, studio: Studio) -> None:
    team.change_firm(studio.firm, name=HOSTILE, by=studio.ada, at=NOW)
    team.change_member(studio.bo, name=HOSTILE, by=studio.ada, at=NOW)
    text = page(signed_in(client, Member.objects.get(pk=studio.bo.pk)), "/")
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_a_page_without_the_frame_asks_nothing_for_it(studio: Studio, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/")
    request.user = studio.bo
    with django_assert_num_queries(0):
        frame(request)


@pytest.mark.parametrize("much", [1, 40])
def test_the_rail_is_one_query_however_many_wait(studio: Studio, much: int, django_assert_num_queries: Any) -> None:
    for number in range(much):
        wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00") + timedelta(seconds=number))
    with django_assert_num_queries(1):
        assert rail_of(studio.bo)["inbox"] == much


@pytest.mark.django_db
def test_before_a_firm_is_founded_the_rail_is_empty() -> None:
    assert rail_of(Member(name="Kept")) == {"firm": "", "me": "Kept, member", "inbox": 0, "leads": False}


def test_the_page_itself_stands_in_main(client: Browser, studio: Studio) -> None:
    clients.change(studio.borealis, name="Boreas", by=studio.ada, at=NOW)
    assert "Larkfield" not in main(signed_in(client, studio.bo), "/")
