"""Settings, Mailboxes: tried before it is kept, settled by whom it belongs to, taken out and brought back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.desk import settings_mailboxes_words as say
from kept.kit.secrets import open_
from kept.ledgers.mailboxes import verbs
from kept.ledgers.mailboxes.models import Arrival, Kind, Mailbox
from kept.ledgers.team.models import Member
from kept.readings.mailboxes_page import boxes
from tests import mailserver
from tests.ledgers.acts_of_mail import account
from tests.mailserver import PASSWORD, Server, needs_dovecot
from tests.studio import LONDON, NOW, Studio
from tests.tokengiver import CLIENT, CLIENT_SECRET, REFRESH, Giver, giving

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "/settings/mailboxes/"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Server]:
    with mailserver.running() as server:
        yield server


@pytest.fixture
def server(dovecot: Server, settings: Any) -> Server:
    settings.MAIL_CA = str(dovecot.authority)
    return dovecot


def signed_in(member: Member) -> Browser:
    browser = Browser()
    browser.force_login(member, backend=BACKEND)
    return browser


def typed(server: Server | None = None, **other: Any) -> dict[str, Any]:
    usual = {
        "address": "hello@larkfield.example", "kind": "shared", "host": "127.0.0.1",
        "port": server.tls_port if server else 1, "security": "tls", "auth": "password", "secret": PASSWORD,
        "smtp_port": 587, "smtp_security": "starttls", "quiet_before": "2026-10-06",
    }  # fmt: skip
    return usual | other


def own(studio: Studio) -> Mailbox:
    return verbs.add(account(studio, host="127.0.0.1", port=1), by=studio.bo, at=NOW)


def test_with_none_the_page_says_what_one_is_good_for(studio: Studio) -> None:
    page = signed_in(studio.ada).get(LIST).content.decode()
    assert "No mailbox is read yet" in page
    assert "Connect a mailbox" in page


@needs_dovecot
def test_one_that_answers_is_kept_and_can_be_taken_back(studio: Studio, server: Server) -> None:
    ada = signed_in(studio.ada)
    answer = ada.post(LIST, typed(server), follow=True)
    assert "It answers." in answer.content.decode()
    box = Mailbox.objects.get()
    assert (box.kind, open_(box.secret), box.username) == (Kind.SHARED, PASSWORD, "hello@larkfield.example")
    ada.post(f"{LIST}{box.pk}/", {"undo": "1"})
    assert not Mailbox.objects.standing().exists()
    ada.post(f"{LIST}{box.pk}/removal/", {"undo": "1"})
    assert Mailbox.objects.standing().get() == box


def test_one_that_does_not_answer_is_not_kept_and_nothing_typed_is_lost_but_the_password(studio: Studio) -> None:
    answer = signed_in(studio.ada).post(LIST, typed(secret="a secret of mine"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing answers at 127.0.0.1, port 1." in page
    assert 'value="hello@larkfield.example"' in page
    assert "a secret of mine" not in page
    assert not Mailbox.objects.exists()


def test_a_member_connects_only_their_own(studio: Studio, server: Server) -> None:
    kit = signed_in(studio.kit)
    assert "everybody’s: all mail" not in kit.get(f"{LIST}?new=1").content.decode()
    assert kit.post(LIST, typed(server)).status_code == 422
    inside = kit.post(LIST, typed(server, kind="personal"))
    assert "not a public mail server" in inside.content.decode()
    assert not Mailbox.objects.exists()


def test_anothers_own_mailbox_is_not_there(studio: Studio) -> None:
    box = own(studio)
    kit = signed_in(studio.kit)
    assert "bo@larkfield.example" not in kit.get(LIST).content.decode()
    for noun in ("", "pause/", "password/", "folders/"):
        assert kit.post(f"{LIST}{box.pk}/{noun}").status_code == 404
    assert Mailbox.objects.running().get() == box


def test_an_owner_pauses_a_members_own_but_does_not_see_what_came(studio: Studio) -> None:
    box = own(studio)
    facts = {"folder": "Private", "uidvalidity": 1, "uid": 9, "zipped": b"", "size": 0, "arrived_at": NOW}
    Arrival.objects.create(mailbox=box, **facts, trouble="It is a PDF.")
    ada, bo = signed_in(studio.ada), signed_in(studio.bo)
    assert "It is a PDF." not in ada.get(f"{LIST}{box.pk}/").content.decode()
    assert "It is a PDF." in bo.get(f"{LIST}{box.pk}/").content.decode()
    ada.post(f"{LIST}{box.pk}/pause/")
    assert not Mailbox.objects.running().exists()
    bo.post(f"{LIST}{box.pk}/pause/", {"undo": "1"})
    assert Mailbox.objects.running().exists()


@needs_dovecot
def test_folders_are_asked_of_the_server_and_chosen(studio: Studio, server: Server) -> None:
    box = verbs.add(account(studio, host="127.0.0.1", port=server.tls_port, member=None, secret=PASSWORD,
                            username="bo@larkfield.example"), by=studio.ada, at=NOW)  # fmt: skip
    ada, here = signed_in(studio.ada), f"{LIST}{box.pk}/folders/"
    assert "Gesendet" in ada.get(here).content.decode()
    ada.post(here, {"folders": ["Gesendet"]})
    box.refresh_from_db()
    assert box.folders == ["Gesendet"]
    assert ada.post(here, {"folders": ["No such"]}).status_code == 422


@needs_dovecot
def test_another_password_is_tried_before_it_is_kept(studio: Studio, server: Server) -> None:
    box = verbs.add(account(studio, host="127.0.0.1", port=server.tls_port, member=None), by=studio.ada, at=NOW)
    ada, here = signed_in(studio.ada), f"{LIST}{box.pk}/password/"
    assert ada.post(here, {"secret": "wrong"}).status_code == 422
    assert "line break" in ada.post(here, {"secret": "two\x0blines"}).content.decode()
    assert ada.post(here, {"secret": PASSWORD}).status_code == 303
    box.refresh_from_db()
    assert open_(box.secret) == PASSWORD


def test_the_page_asks_the_database_the_same_however_many_there_are(
    studio: Studio, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        verbs.add(account(studio, address=f"box-{number}@larkfield.example", member=None), by=studio.ada, at=NOW)
    ada = signed_in(studio.ada)
    ada.get(LIST)
    with django_assert_max_num_queries(20):
        ada.get(LIST)


def test_the_first_sentence_counts_what_is_read_and_what_is_not_reached(studio: Studio) -> None:
    assert say.opening(boxes(studio.bo)) == "No mailbox is read yet, so mail comes in from files only."
    box = own(studio)
    assert say.opening(boxes(studio.bo)) == "One mailbox is read."
    assert say.state(box, now=NOW, zone=LONDON) == ("open", "about to be read for the first time")
    Mailbox.objects.update(trouble="No server.", trouble_since=NOW)
    box.refresh_from_db()
    assert say.opening(boxes(studio.bo)) == "One mailbox is read; one cannot be reached."
    assert say.state(box, now=NOW, zone=LONDON) == ("late", "not reached since 09:40")


# ------------------------------------------------------------ tokens that are renewed


@pytest.fixture
def giver(server: Server) -> Iterator[Giver]:
    with giving(address="hello@larkfield.example", turning=True) as one:
        yield one


@pytest.fixture
def by_token(giver: Giver, settings: Any) -> Iterator[Server]:
    with mailserver.running(tokens=f"http://127.0.0.1:{giver.port}/?t=") as one:
        settings.MAIL_CA = str(one.authority)
        yield one


def renewed(giver: Giver, **other: Any) -> dict[str, Any]:
    facts = {"auth": "token", "secret": REFRESH, "token_url": giver.url, "client_id": CLIENT}
    return facts | {"client_secret": CLIENT_SECRET} | other


@needs_dovecot
def test_a_token_that_is_renewed_is_tried_out_and_kept_with_the_refresh_token_that_came_back(
    studio: Studio, by_token: Server, giver: Giver
) -> None:
    ada = signed_in(studio.ada)
    answer = ada.post(LIST, typed(by_token, **renewed(giver)), follow=True)
    assert "It answers." in answer.content.decode()
    box = Mailbox.objects.get()
    assert open_(box.refresh_token) == giver.refresh == "refresh-1"
    page = ada.get(f"{LIST}{box.pk}/").content.decode()
    assert "Refresh token" in page
    assert not any(secret in page for secret in (REFRESH, "refresh-1", CLIENT_SECRET))
    giver.refresh = "refresh-anew"
    ada.post(f"{LIST}{box.pk}/password/", {"secret": "refresh-anew"})
    assert open_(Mailbox.objects.get().refresh_token) == giver.refresh == "refresh-2"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"auth": "password"}, "Only OAuth2 tokens are renewed"),
        ({"client_id": ""}, "Say the client id too"),
        ({"token_url": ""}, "is no address where tokens are given"),
        ({"token_url": "http://login.example/token"}, "must begin with https://"),
    ],
)
def test_what_is_amiss_with_it_is_said_and_nothing_is_kept(
    studio: Studio, giver: Giver, other: dict[str, str], why: str
) -> None:
    page = signed_in(studio.ada).post(LIST, typed(**renewed(giver, **other)))
    assert page.status_code == 422
    assert why in page.content.decode()
    assert not any(secret in page.content.decode() for secret in (REFRESH, CLIENT_SECRET))
    assert not Mailbox.objects.exists()
