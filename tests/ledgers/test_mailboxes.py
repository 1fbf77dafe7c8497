"""Mailboxes: who may settle which, what may not be connected, and that no password is ever told."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kept.kit import secrets
from kept.kit.secrets import Unreadable
from kept.ledgers.journal.models import Line
from kept.ledgers.mailboxes import arriving
from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.mailboxes.accounts import Renewal, secret_of
from kept.ledgers.mailboxes.arriving import Overtaken
from kept.ledgers.mailboxes.models import Arrival, Auth, Folder, Kind, Mailbox, Security
from kept.readings.export import KINDS
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_mail import SECRET, account, standing
from tests.ledgers.telling import told


def shared(s: Studio, **other: Any) -> Mailbox:
    return mailboxes.add(account(s, member=None, **other), by=s.ada, at=NOW)


def test_adding_one_keeps_its_password_closed_and_says_so_without_it(studio: Studio) -> None:
    with told("mailboxes.add") as lines:
        box = standing(studio)
    assert (box.kind, box.member, box.address) == (Kind.PERSONAL, studio.bo, "bo@larkfield.example")
    assert secrets.open_(box.secret) == SECRET
    assert SECRET not in box.secret
    assert lines[0].said == "bo@larkfield.example"


def test_no_line_of_the_journal_holds_a_password_open_or_closed(studio: Studio) -> None:
    box = standing(studio)
    closed = [box.secret]
    mailboxes.give_secret(box, secret="the next one", by=studio.bo, at=NOW)
    closed.append(box.secret)
    mailboxes.remove(box, by=studio.bo, at=NOW)
    written = json.dumps(list(Line.objects.values("said", "facts")), default=str)
    assert not any(each in written for each in (SECRET, "the next one", *closed))


def test_no_export_holds_a_password(studio: Studio) -> None:
    standing(studio)
    rows = [row for kind in KINDS.values() for row in kind(studio.ada, at=NOW)]
    assert SECRET not in json.dumps(rows, default=str)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="its database is no file to be read")
def test_the_file_of_the_database_does_not_hold_the_password() -> None:
    from tests.studio import set_up_studio

    standing(set_up_studio())
    path = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert b"bo@larkfield.example" in held
    assert SECRET.encode() not in held


def test_an_account_does_not_tell_its_password_when_it_is_shown(studio: Studio) -> None:
    assert SECRET not in repr(account(studio))


def test_only_an_owner_adds_a_mailbox_that_all_may_read(studio: Studio) -> None:
    with pytest.raises(mailboxes.NotTheirs, match="owner"):
        mailboxes.add(account(studio, member=None), by=studio.bo, at=NOW)
    assert shared(studio).kind == Kind.SHARED


def test_nobody_but_its_member_and_the_owner_settles_a_personal_one(studio: Studio) -> None:
    box = standing(studio)
    with pytest.raises(mailboxes.NotTheirs):
        mailboxes.pause(box, by=studio.kit, at=NOW)
    mailboxes.pause(box, by=studio.ada, at=NOW)
    assert Mailbox.objects.get().paused_at == NOW


def test_a_member_knows_of_the_shared_ones_and_of_their_own(studio: Studio) -> None:
    own, all_of_ours = standing(studio), shared(studio, address="hello@larkfield.example")
    assert set(Mailbox.objects.seen_by(studio.bo)) == {own, all_of_ours}
    assert set(Mailbox.objects.seen_by(studio.kit)) == {all_of_ours}
    assert set(Mailbox.objects.seen_by(studio.ada)) == {own, all_of_ours}


def test_what_is_paused_removed_or_of_somebody_who_left_is_not_read(studio: Studio) -> None:
    from kept.ledgers.team import verbs as team

    box = standing(studio)
    assert list(Mailbox.objects.running()) == [box]
    team.leave(studio.bo, on=NOW.date(), by=studio.ada, at=NOW)
    assert not Mailbox.objects.running().exists()


def test_without_encryption_a_password_stays_on_this_machine(studio: Studio) -> None:
    with pytest.raises(ValueError, match="in the clear"):
        mailboxes.unsaved(account(studio, security=Security.PLAIN), at=NOW)
    assert shared(studio, security=Security.PLAIN, host="127.0.0.1").port == 993


def test_an_address_is_read_once(studio: Studio) -> None:
    standing(studio)
    with pytest.raises(mailboxes.AlreadyThere):
        standing(studio)


def test_a_removed_one_comes_back_unless_it_was_added_anew(studio: Studio) -> None:
    box = standing(studio)
    mailboxes.remove(box, by=studio.bo, at=NOW)
    again = standing(studio)
    with pytest.raises(mailboxes.AlreadyThere):
        mailboxes.bring_back(box, by=studio.bo, at=NOW)
    mailboxes.remove(again, by=studio.bo, at=NOW)
    mailboxes.bring_back(box, by=studio.bo, at=NOW)
    assert Mailbox.objects.standing().get() == box


def test_the_password_of_a_removed_one_is_forgotten_in_time(studio: Studio) -> None:
    box = standing(studio)
    mailboxes.remove(box, by=studio.bo, at=NOW)
    assert mailboxes.forget_secrets(before=NOW) == 0
    assert mailboxes.forget_secrets(before=london(21, "10:00")) == 1
    box.refresh_from_db()
    with pytest.raises(ValueError, match="forgotten"):
        mailboxes.bring_back(box, by=studio.bo, at=NOW)


def test_keys_are_turned_over_once(studio: Studio, settings: Any) -> None:
    box = standing(studio)
    settings.KEPT_SECRETS = ["the new key", *settings.KEPT_SECRETS]
    with told("mailboxes.rekey"):
        assert mailboxes.rekey(by=None, at=NOW) == 1
    with told():
        assert mailboxes.rekey(by=None, at=NOW) == 0
    box.refresh_from_db()
    settings.KEPT_SECRETS = ["the new key"]
    assert secrets.open_(box.secret) == SECRET


def test_a_password_whose_key_is_lost_says_so(studio: Studio, settings: Any) -> None:
    box = standing(studio)
    settings.KEPT_SECRETS = ["another key"]
    with pytest.raises(Unreadable, match="KEPT_SECRETS"):
        mailboxes.rekey(by=None, at=NOW)
    mailboxes.give_secret(box, secret="given anew", by=studio.bo, at=NOW)
    assert secrets.open_(box.secret) == "given anew"


def arrival(folder: Folder, uid: int) -> Arrival:
    number = {"uidvalidity": folder.uidvalidity, "uid": uid, "size": 1, "zipped": b"x", "arrived_at": NOW}
    return Arrival(mailbox=folder.mailbox, folder=folder.name, **number)


def test_what_came_is_kept_together_with_how_far_the_folder_was_read(studio: Studio) -> None:
    folder = arriving.place_of(standing(studio), "INBOX", uidvalidity=5)
    arriving.take_in(folder, [arrival(folder, 3), arrival(folder, 4)], up_to=4)
    assert Arrival.objects.count() == 2
    assert Folder.objects.get().last_uid == 4


def test_of_two_that_read_one_folder_only_the_faster_keeps_what_came(studio: Studio) -> None:
    box = standing(studio)
    fast, slow = (arriving.place_of(box, "INBOX", uidvalidity=5) for _ in range(2))
    arriving.take_in(fast, [arrival(fast, 3)], up_to=3)
    with pytest.raises(Overtaken):
        arriving.take_in(slow, [arrival(slow, 3), arrival(slow, 4)], up_to=4)
    assert [one.uid for one in Arrival.objects.all()] == [3]


def test_when_numbers_count_anew_the_folder_is_read_from_its_start(studio: Studio) -> None:
    box = standing(studio)
    folder = arriving.place_of(box, "INBOX", uidvalidity=5)
    arriving.take_in(folder, [], up_to=90)
    anew = arriving.place_of(box, "INBOX", uidvalidity=6)
    assert (anew.uidvalidity, anew.last_uid) == (6, 0)
    with pytest.raises(Overtaken):
        arriving.take_in(folder, [], up_to=91)


def test_trouble_is_dated_from_its_first_time_and_gone_with_the_first_good_look(studio: Studio) -> None:
    box = standing(studio)
    arriving.looked(box, at=NOW, trouble="No server.")
    arriving.looked(box, at=london(20, "10:00"), trouble="Still none.")
    box.refresh_from_db()
    assert (box.trouble, box.trouble_since, box.looked_at) == ("Still none.", NOW, None)
    arriving.looked(box, at=london(20, "10:05"))
    box.refresh_from_db()
    assert (box.trouble, box.trouble_since, box.looked_at) == ("", None, london(20, "10:05"))


# ------------------------------------------------------------ tokens that are renewed

RENEWAL = Renewal("https://login.example/oauth2/token", "kept-here", "a secret of the client")


def renewed(s: Studio) -> Mailbox:
    return mailboxes.add(account(s, auth=Auth.TOKEN, renewal=RENEWAL), by=s.bo, at=NOW)


def test_of_one_whose_tokens_are_renewed_the_secret_is_the_refresh_token(studio: Studio) -> None:
    box = renewed(studio)
    assert (box.secret, secrets.open_(box.refresh_token)) == ("", SECRET)
    assert secrets.open_(box.client_secret) == RENEWAL.client_secret
    assert (secret_of(box), box.token_until) == (SECRET, None)


def test_no_secret_of_it_is_told_or_shown(studio: Studio) -> None:
    box = renewed(studio)
    mailboxes.remove(box, by=studio.bo, at=NOW)
    closed = [box.client_secret, box.refresh_token]
    written = json.dumps(list(Line.objects.values("said", "facts")), default=str)
    written += repr(account(studio, renewal=RENEWAL)) + repr(RENEWAL)
    assert not any(each in written for each in (SECRET, RENEWAL.client_secret, *closed))


def test_another_refresh_token_ends_the_access_token_that_stood(studio: Studio) -> None:
    box = renewed(studio)
    Mailbox.objects.update(secret=secrets.close("a token"), token_until=NOW)
    box.refresh_from_db()
    mailboxes.give_secret(box, secret="another", by=studio.bo, at=NOW)
    box = Mailbox.objects.get()
    assert (secrets.open_(box.refresh_token), box.secret, box.token_until) == ("another", "", None)
    with told():
        mailboxes.give_secret(box, secret="another", by=studio.bo, at=NOW)


def test_all_its_secrets_are_turned_over_and_forgotten_together(studio: Studio, settings: Any) -> None:
    box = renewed(studio)
    settings.KEPT_SECRETS = ["new", *settings.KEPT_SECRETS]
    assert mailboxes.rekey(by=None, at=NOW) == 1
    box = Mailbox.objects.get()
    assert not any(map(secrets.is_stale, (box.client_secret, box.refresh_token)))
    mailboxes.remove(box, by=studio.bo, at=NOW)
    assert mailboxes.forget_secrets(before=london(21)) == 1
    box = Mailbox.objects.get()
    assert (box.client_secret, box.refresh_token) == ("", "")
    with pytest.raises(ValueError, match="forgotten meanwhile"):
        mailboxes.bring_back(box, by=studio.bo, at=NOW)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://login.example/token", "in the clear"),
        ("ftp://login.example/token", "in the clear"),
        ("login.example", "is no address"),
        ("", "is no address"),
        ("https://user:word@login.example/", "is no address"),
        ("https://login.example/a b", "is no address"),
        ("https://login.example:port/", "is no address"),
        ("https://login.example/\r\nHost: x", "is no address"),
    ],
)
def test_secrets_go_to_no_odd_address(studio: Studio, url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        mailboxes.unsaved(account(studio, auth=Auth.TOKEN, renewal=Renewal(url, "kept-here")), at=NOW)


def test_what_is_renewed_is_a_token_of_a_client(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Only OAuth2 tokens are renewed"):
        mailboxes.unsaved(account(studio, renewal=RENEWAL), at=NOW)
    with pytest.raises(ValueError, match="client id"):
        mailboxes.unsaved(account(studio, auth=Auth.TOKEN, renewal=Renewal(RENEWAL.token_url, "")), at=NOW)
