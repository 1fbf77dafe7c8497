"""Watching by IDLE: mail is there at once, and whatever happens to the line it goes on being there."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from kept.doors.post import watching
from kept.ledgers.conversations.models import Message
from kept.ledgers.mailboxes import verbs
from kept.ledgers.mailboxes.models import Mailbox
from tests import mailserver
from tests.doors.post.boxes import an_address, mail, mailbox
from tests.mailserver import Server, needs_dovecot
from tests.pace import slowness
from tests.studio import NOW, Studio, set_up_studio

pytestmark = [needs_dovecot, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test has less time than a firm."""
    monkeypatch.setattr(watching, "ROUND", 0.2)
    monkeypatch.setattr(watching, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(watching, "LONGEST_PAUSE", 0.5)


@pytest.fixture
def firm() -> Studio:
    return set_up_studio()


@contextmanager
def watched() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=watching.watch, args=[stop])
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)
        deadline = time.monotonic() + 60
        while any(each.name.startswith("watch ") for each in threading.enumerate()) and time.monotonic() < deadline:
            time.sleep(0.05)


def soon(come: Callable[[], bool], *, within: float = 300) -> float:
    """Wait until it has come; answers the seconds."""
    began = time.monotonic()
    while not come():
        assert time.monotonic() - began < within, "it has not come"
        time.sleep(0.01)
    return time.monotonic() - began


def there(*ids: str) -> Callable[[], bool]:
    return lambda: set(ids) <= set(Message.objects.values_list("message_id", flat=True))


def test_mail_is_there_at_once(server: Server, firm: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="before"))
    with watched():
        soon(there("before"))
        waits = []
        for number in range(5):
            time.sleep(0.3)
            server.deliver(box.address, mail(id=f"m{number}"))
            waits.append(soon(there(f"m{number}")))
        slow = slowness()
    assert sorted(waits)[2] < 5 * slow


def test_mail_in_each_of_a_few_chosen_folders_is_there_at_once(server: Server, firm: Studio) -> None:
    address, folders = an_address(), ["INBOX", "Clients", "Press", "Rest"]
    for number, folder in enumerate(folders):
        server.put(address, mail(id=f"before{number}"), folder=folder)
    box = mailbox(server, address=address, folders=folders)
    with watched():
        soon(there(*(f"before{number}" for number in range(4))))
        names = {each.name for each in threading.enumerate() if each.name.startswith("watch ")}
        assert names == {f"watch {box.pk}", f"watch {box.pk}, folder 2", f"watch {box.pk}, folder 3"}
        time.sleep(1)
        for number, folder in enumerate(folders):
            server.put(address, mail(id=f"after{number}"), folder=folder)
        soon(there("after0", "after1", "after2"))
        assert not there("after3")()
        assert Mailbox.objects.get().trouble == ""


def test_mail_is_there_after_a_restart_of_the_server(server: Server, firm: Studio) -> None:
    box = mailbox(server)
    with watched():
        soon(lambda: Mailbox.objects.get().looked_at is not None)
        server.stop()
        try:
            soon(lambda: Mailbox.objects.get().trouble != "")
        finally:
            server.start()
        server.deliver(box.address, mail(id="after"))
        soon(there("after"))
        soon(lambda: Mailbox.objects.get().trouble == "")


def test_one_that_is_added_or_paused_meanwhile_is_seen_to(server: Server, firm: Studio) -> None:
    with watched():
        box = mailbox(server)
        server.deliver(box.address, mail(id="one"))
        soon(there("one"))
        verbs.pause(box, by=None, at=NOW)
        soon(lambda: not any(each.name == f"watch {box.pk}" for each in threading.enumerate()))
        server.deliver(box.address, mail(id="two"))
        time.sleep(0.5)
        assert not there("two")()
        verbs.resume(box, by=None, at=NOW)
        soon(there("two"))


def test_a_server_that_tells_nothing_by_itself_is_left_to_the_recurring_look(firm: Studio, settings: object) -> None:
    with mailserver.running("protocol imap {\n  imap_capability = IMAP4rev1 UIDPLUS\n}") as silent:
        settings.MAIL_CA = str(silent.authority)  # type: ignore[attr-defined]
        box = mailbox(silent)
        silent.deliver(box.address, mail(id="one"))
        with watched():
            soon(there("one"))
            silent.deliver(box.address, mail(id="two"))
            time.sleep(1)
            assert not there("two")()
            assert Mailbox.objects.get().trouble == ""
        from kept.doors.post.tasks import fetch_all

        fetch_all.func()
        assert there("one", "two")()


def test_an_idle_watcher_holds_no_connection_to_the_database(server: Server, firm: Studio) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connections to hold")
    for _ in range(3):
        mailbox(server)
    with watched():
        soon(lambda: Mailbox.objects.exclude(looked_at=None).count() == 3)
        time.sleep(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            assert cursor.fetchone()[0] <= 2
