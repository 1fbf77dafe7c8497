"""Killed in the middle of fetching and in the middle of reading, over and over: the same firm comes of it."""

import random
import zlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count

import pytest
from django.db.models import Max

from kept.doors.post.looking import look_into
from kept.doors.post.reading import read_arrivals
from kept.kit import clock
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.mailboxes.models import Arrival, Folder, Mailbox
from tests.doors.post.boxes import CLEO, ZED, mail, mailbox
from tests.killing import MOST, kill_often, this_database
from tests.mailserver import Server, needs_dovecot
from tests.studio import NOW, set_up_studio

pytestmark = [needs_dovecot, pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS, MANY = 50, 300
HOUR = timedelta(hours=1)
UIDS = count(1)


def written(many: int, *, seed: int = 7, padding: int = 0) -> list[bytes]:
    """Mails of some conversations, in no order, a few of them twice."""
    luck, mails = random.Random(seed), []
    for number in range(many):
        of, place = divmod(number, 5)
        after = " ".join(f"t{seed}-{of}-{before}" for before in range(place))
        by = (CLEO, ZED, f"Noor <noor-{of % 7}@borealis.example>")[place % 3]
        text = f"Letter {number}.\n" + f"{'x' * 70}\n" * padding
        mails.append(
            mail(by, id=f"t{seed}-{of}-{place}", after=after, at=NOW + number * HOUR, subject=f"Job {of}", text=text)
        )
    mails += mails[:: many // 10]
    luck.shuffle(mails)
    return mails


def firm() -> list[tuple[str, ...]]:
    """Every conversation as the ids of its mails, with whose it is and what is settled."""
    talks: dict[int, list[str]] = {}
    for home, name in Message.objects.values_list("conversation_id", "message_id"):
        talks.setdefault(home, []).append(name)
    owner = dict(Message.objects.values_list("conversation_id", "conversation__client__name"))
    return sorted((str(owner[home]), *sorted(names)) for home, names in talks.items())


def forget() -> None:
    """The firm as before any mail came."""
    Message.objects.all().delete()
    Conversation.objects.all().delete()
    Folder.objects.all().delete()
    Arrival.objects.all().delete()


class Progress:
    """How far it was each time when somebody looked: killed it must have been in the middle, not before or after."""

    def __init__(self, many: int) -> None:
        self.many, self.seen = many, set[tuple[int, int]]()

    def done(self) -> bool:
        fetched = Folder.objects.aggregate(up_to=Max("last_uid"))["up_to"] or 0
        messages = Message.objects.count()
        self.seen.add((fetched, messages))
        return messages >= self.many and not Arrival.objects.exists()


def killed(server: Server, progress: Progress, *, times: int) -> int:
    environment = this_database(KEPT_WORKER_LEASE="1", KEPT_MAIL_CA=str(server.authority))
    return kill_often(["worker"], until=progress.done, environment=environment, times=times, enough=False)


def killed_until_enough(server: Server, again: Callable[[], None], undisturbed: list[tuple[str, ...]]) -> None:
    """All of it over again, however quick the machine is, until there were enough kills; right each time."""
    kills, progress = 0, Progress(MANY)
    while kills < KILLS or len(progress.seen) < 4:
        forget()
        again()
        kills += killed(server, progress, times=max(KILLS - kills, 1))
        assert kills < KILLS * MOST, "it was never killed in the middle"
        assert firm() == undisturbed
        assert Message.objects.count() == MANY
        assert settling.untrue() == []


def test_killed_while_fetching_nothing_is_lost_or_doubled(server: Server) -> None:
    set_up_studio()
    box = mailbox(server)  # its own: other tests deliver to the studio's
    server.lay(box.address, *written(MANY, padding=300))
    look_into(box)
    killed_until_enough(server, lambda: None, firm())
    assert Mailbox.objects.get().trouble == ""


def test_killed_while_reading_nothing_is_lost_or_doubled(server: Server) -> None:
    set_up_studio()
    box = mailbox(server, port=1)  # nothing is fetched: all has come
    come(box, written(MANY, seed=8))
    read_arrivals(at=clock.now())
    killed_until_enough(server, lambda: come(box, written(MANY, seed=8)), firm())


def come(box: Mailbox, mails: Sequence[bytes]) -> None:
    """Let these have been fetched."""
    facts = {"mailbox": box, "folder": "INBOX", "uidvalidity": 1, "arrived_at": NOW}
    rows = [Arrival(**facts, uid=next(UIDS), size=len(one), zipped=zlib.compress(one)) for one in mails]
    Arrival.objects.bulk_create(rows)
