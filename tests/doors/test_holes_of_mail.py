"""Whoever writes to us from outside, or sits behind a wall, gets nothing by mail that is not theirs."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.post.outgoing import NoWay, way_of
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.duty import Turn
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.letters import trying, verbs
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.mailboxes.verbs import Account, NotTheirs
from kept.ledgers.team import walls
from tests.doors.two_clients import BACKEND
from tests.flows.post import home, letter, received
from tests.flows.test_match_bounces import report
from tests.studio import NOW, ZED, Studio

HOUR, SOON = timedelta(hours=1), NOW + timedelta(seconds=20)
CLEO, CORA = "Cleo North <cleo@borealis.example>", "Cora Vale <cora@cassini.example>"
BO, ADA = "Bo <bo@larkfield.example>", "Ada <ada@larkfield.example>"
FORGED = "Authentication-Results: mx.larkfield.example; spf=fail smtp.mailfrom=evil.example; dmarc=fail"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True


def as_(member: Any) -> Browser:
    browser = Browser()
    browser.force_login(member, backend=BACKEND)
    return browser


def sees(member: Any, name: str) -> bool:
    return Message.objects.seen_by(member).filter(message_id=name).exists()


def on_its_way(s: Studio, *, client: Any = None, to: str = "cora@cassini.example", days: int = 3) -> Letter:
    """A new letter of Ada's that was sent off for later."""
    row = verbs.begin(form=Form.NEW, by=s.ada, at=NOW, client=client, to=[("", to)], subject="Plan", words="Secret.")
    return verbs.send_off(row, by=s.ada, at=NOW, go_at=NOW + timedelta(days=days))


# ------------------------------------------------------------ who says that they are one of us


@pytest.mark.parametrize(
    "said",
    [FORGED, "Authentication-Results: mx.example; dkim=none; spf=softfail smtp.mailfrom=evil.example",
     "Authentication-Results: mx.example; dmarc=fail\nAuthentication-Results: mx.example; spf=pass; dkim=pass"],
)  # fmt: skip
def test_a_mail_that_our_server_says_is_not_from_us_stops_no_clock(studio: Studio, said: str) -> None:
    received(letter(CLEO, id="one"))
    received(letter(BO, to=CLEO, id="two", after="one", at=NOW + HOUR, more=said))
    message = Message.objects.get(message_id="two")
    assert (message.direction, message.member) == (Direction.IN, None)
    assert Conversation.objects.waiting_at(NOW + 2 * HOUR).filter(pk=home("one")).exists()


@pytest.mark.parametrize(
    "said",
    ["", "Authentication-Results: mx.example; spf=softfail; dkim=pass header.d=larkfield.example; dmarc=pass",
     "Authentication-Results: mx.example; dkim=pass\nAuthentication-Results: evil.example; dmarc=fail"],
)  # fmt: skip
def test_ours_stay_ours_where_the_last_server_does_not_doubt_them(studio: Studio, said: str) -> None:
    received(letter(BO, to=CLEO, id="one", more=said))
    assert Message.objects.get(message_id="one").member == studio.bo


# ------------------------------------------------------------ ids of other people's mail


def test_a_letter_that_names_mail_of_two_clients_does_not_make_them_one(studio: Studio) -> None:
    dunmere = clients.welcome(name="Dunmere", lead=studio.bo, since=date(2025, 1, 6), by=studio.ada, at=NOW)
    clients.claim_domain(dunmere, name="dunmere.example", by=studio.ada, at=NOW)
    received(letter(CLEO, id="one"), letter("Dee <dee@dunmere.example>", id="two", at=NOW + HOUR))
    received(letter(ZED, id="three", after="one two", at=NOW + 2 * HOUR))
    assert home("one") != home("two")
    received(letter("Dee <dee@dunmere.example>", id="four", after="one two", at=NOW + 3 * HOUR))
    assert home("four") == home("two")


def test_a_strangers_letter_that_names_mail_on_both_sides_of_a_wall_stays_behind_it(studio: Studio) -> None:
    received(letter(CLEO, id="one"), letter(CORA, id="two", subject="Other", at=NOW + HOUR))
    received(letter(ZED, id="three", after="one two", at=NOW + 2 * HOUR))
    assert home("three") == home("two")


def test_a_letter_under_way_goes_behind_the_wall_with_its_conversation(studio: Studio) -> None:
    received(letter(CORA, id="first"), letter(ZED, id="one", subject="Other", at=NOW + HOUR))
    asked = Message.objects.get(message_id="one")
    row = verbs.begin(form=Form.REPLY, by=studio.ada, at=NOW, answers=asked, words="Of Cassini.")
    verbs.send_off(row, by=studio.ada, at=NOW, go_at=NOW + timedelta(days=3))
    received(letter(CORA, id="two", after="first one", at=NOW + 2 * HOUR))
    row.refresh_from_db()
    assert (row.conversation_id, row.client) == (home("two"), studio.cassini)
    assert as_(studio.kit).get(f"/letters/{row.pk}/").status_code == 404


# ------------------------------------------------------------ what tells of a client behind a wall


@pytest.mark.parametrize("chosen", ["", "borealis"])
def test_a_new_letter_is_its_writers_alone_until_it_lies_in_a_conversation(studio: Studio, chosen: str) -> None:
    row = on_its_way(studio, client=getattr(studio, chosen, None))
    assert as_(studio.ada).get(f"/letters/{row.pk}/").status_code == 200
    assert as_(studio.kit).get(f"/letters/{row.pk}/").status_code == 404


@pytest.mark.parametrize("names_it", [True, False])
def test_a_report_on_a_letter_to_a_walled_client_lies_behind_the_wall(studio: Studio, names_it: bool) -> None:
    row = on_its_way(studio, client=studio.cassini, days=0)
    one = trying.begin(row.pk, at=SOON, lease=HOUR)
    assert one
    trying.accept(one, refused=[], at=SOON)
    received(letter(ADA, to=CORA, id=row.mail_id, subject="Plan", at=SOON))
    received(report(row.mail_id if names_it else "", to="cora@cassini.example", at=NOW + HOUR))
    told = Message.objects.get(automatic="bounce")
    assert not sees(studio.kit, told.message_id)
    assert (told.conversation_id == home(row.mail_id)) is names_it


def test_a_strangers_letter_that_names_somebody_walled_lies_behind_the_wall(studio: Studio) -> None:
    received(letter(ZED, id="one", more=f"Cc: {CORA}"), letter(ZED, id="two", subject="Other", more=f"Cc: {CLEO}"))
    assert (sees(studio.kit, "one"), sees(studio.ada, "one"), sees(studio.kit, "two")) == (False, True, True)


def test_handing_out_counts_nothing_for_whoever_a_wall_keeps_out(studio: Studio) -> None:
    Client.objects.filter(pk=studio.cassini.pk).update(lead=None)
    walls.keep_out_of(studio.wall, member=studio.ada, by=studio.bo, at=NOW)
    received(letter(CORA, id="one"))
    Turn.objects.create(member=studio.bo, position=0)
    said = as_(studio.ada).post("/settings/strangers/handed/", follow=True).content.decode()
    assert "handed to" not in said
    assert "nothing to hand out" in said


# ------------------------------------------------------------ mailboxes


def account(address: str, member: Any, **other: Any) -> Account:
    facts: dict[str, Any] = {"host": "imap.mail.example", "username": address, "secret": "s", "quiet_before": NOW}
    return Account(address=address, member=member, **(facts | other))


@pytest.mark.parametrize("address", ["ADA@larkfield.example", "ada@home.example"])
def test_nobody_writes_by_a_colleagues_address(studio: Studio, address: str) -> None:
    studio.ada.addresses.create(email="ada@home.example")
    with pytest.raises(NotTheirs, match="colleague"):
        mailboxes.add(account(address, studio.kit), by=studio.kit, at=NOW)
    mailboxes.add(account(address, studio.ada), by=studio.ada, at=NOW)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 587), ("10.0.0.7", 25), ("192.0.2.1", 6379)])
def test_a_members_own_mailbox_sends_by_no_machine_inside(studio: Studio, host: str, port: int) -> None:
    own = mailboxes.add(account("kit@home.example", studio.kit, smtp_host=host, smtp_port=port), by=studio.kit, at=NOW)
    with pytest.raises(NoWay, match="public"):
        way_of(own)
    shared = account("hello@larkfield.example", None, smtp_host=host, smtp_port=port)
    mailboxes.add(shared, by=studio.ada, at=NOW)
    assert way_of(own).host == host  # an owner uses it


def test_the_owner_pauses_a_members_own_mailbox_and_does_not_look_into_it(studio: Studio) -> None:
    own = mailboxes.add(account("kit@home.example", studio.kit, folders=["Doctor"]), by=studio.kit, at=NOW)
    browser, here = as_(studio.ada), f"/settings/mailboxes/{own.pk}/"
    assert "Doctor" not in browser.get(here).content.decode()
    for noun in ("folders/", "password/", ""):
        assert browser.post(f"{here}{noun}", {"secret": "x"}).status_code == 404, noun
    with pytest.raises(NotTheirs):
        mailboxes.choose_folders(own, folders=["INBOX"], by=studio.ada, at=NOW)
    assert browser.post(f"{here}pause/").status_code == 303
    own.refresh_from_db()
    assert (own.paused_at, own.folders) == (NOW, ["Doctor"])
