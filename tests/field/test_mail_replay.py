"""Two thousand mails in bursts while the worker is killed and the server restarted: the same firm comes of it."""

import random
import threading
import time
from itertools import count
from pathlib import Path

import pytest

from kept.doors.post import files
from kept.doors.post.looking import look_into
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Message
from kept.ledgers.mailboxes.models import Arrival, Mailbox
from tests.doors.post.boxes import HELLO, mailbox
from tests.doors.post.test_imap_killed import KILLS, Progress, firm, forget, written
from tests.killing import PATIENCE, kill_often, this_database
from tests.mailserver import Server, needs_dovecot, running
from tests.studio import set_up_studio

ARCHIVE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mail-archive" / "messages.mbox"
MANY, BURST = 2000, 40
pytestmark = [
    needs_dovecot,
    pytest.mark.field,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ARCHIVE.exists(), reason="no mail archive beside the checkout"),
]


def mails() -> list[bytes]:
    """The archive as a server holds it, with made mails strewn in."""
    real = [raw.content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for raw in files.read([ARCHIVE])]
    made = written(MANY - len(real))
    whole, luck = [*real], random.Random(3)
    for each in made:
        whole.insert(luck.randrange(len(whole)), each)
    return whole


def test_a_replay_with_the_worker_killed_and_the_server_restarted(settings: object) -> None:
    set_up_studio()
    every = mails()
    with running() as calm:
        settings.MAIL_CA = str(calm.authority)  # type: ignore[attr-defined]
        box = mailbox(calm, address=HELLO)
        calm.lay(HELLO, *every)
        look_into(box)
    undisturbed = firm()
    assert Message.objects.count() == MANY
    forget()
    Mailbox.objects.all().delete()
    with running() as troubled:
        mailbox(troubled, address=HELLO)
        progress = Progress(MANY)
        enough = threading.Event()
        bursts = threading.Thread(target=_deliver, args=[troubled, every, enough])
        bursts.start()
        assert killed_while_mail_comes(troubled, progress, enough) >= KILLS
        bursts.join()
    assert len(progress.seen) > 20
    assert Message.objects.count() == MANY
    assert firm() == undisturbed
    assert not Arrival.objects.exists()
    assert settling.untrue() == []


def killed_while_mail_comes(server: Server, progress: Progress, enough: threading.Event) -> int:
    """How often; the last mail is held back until it was often enough, however slow or quick the machine is."""
    looks = count(1)

    def done() -> bool:
        if next(looks) > KILLS:
            enough.set()
        return progress.done()

    environment = this_database(KEPT_WORKER_LEASE="1", KEPT_MAIL_CA=str(server.authority))
    return kill_often(["worker"], until=done, environment=environment, times=KILLS)


def _deliver(server: Server, every: list[bytes], enough: threading.Event) -> None:
    """In bursts, in order, with a restart of the server now and then."""
    for number, start in enumerate(range(0, len(every), BURST)):
        if start + BURST >= len(every):
            enough.wait(PATIENCE)
        server.lay(HELLO, *every[start : start + BURST])
        time.sleep(random.uniform(0, 0.6))
        if number % 12 == 5:
            server.restart()
