"""Workers killed in the middle of sending: each letter is taken once, or its author is asked; none is lost."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils.module_loading import import_string

from kept.kit.clock import now
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.letters.models import Letter, Letters
from tests import smtpserver
from tests.cast import Studio, wrote
from tests.doors.post.outbox import mailbox, on_its_way
from tests.killing import kill_often, this_database

TIMES = 50
LETTERS = 2  # more at every look, as people go on writing


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_letters_sent_by_workers_killed_fifty_times_arrive_once(studio: Studio) -> None:
    letters: list[Letter] = []

    def until() -> bool:
        if len(letters) < TIMES * LETTERS:
            letters.extend(_write(studio) for _ in range(LETTERS))
        import_string("kept.doors.post.sending_tasks.send_due").enqueue()
        return len(letters) >= TIMES * LETTERS and not _waiting().exists()

    with smtpserver.running(password=True) as server:
        mailbox(server)
        server.slow = 0.02
        environment = this_database(KEPT_WORKER_LEASE="1", KEPT_SENDING_LEASE="1")
        words = ["worker", "--queues", "letters"]
        killed = kill_often(words, until=until, environment=environment, times=TIMES)
        taken = Counter(one.id.strip("<>") for one in server.taken)
    assert killed >= TIMES
    _judge(letters, taken)


def _write(s: Studio) -> Letter:
    letter = on_its_way(s, wrote(s.borealis, by=s.cleo))
    Letter.objects.filter(pk=letter.pk).update(sent_off_at=now(), go_at=now())
    return letter


def _waiting() -> Letters:
    """Letters with which something is still to be done; not those that may have gone."""
    return Letter.objects.filter(Q(accepted_at=None, data_began_at=None) | Q(accepted_at__isnull=False, message=None))


def _judge(letters: list[Letter], taken: Counter[str]) -> None:
    rows = {row.mail_id: row for row in Letter.objects.all()}
    assert len(rows) == len(letters)
    gone = {name for name, row in rows.items() if row.accepted_at}
    unsure = {name for name, row in rows.items() if not row.accepted_at}
    assert max(taken.values()) == 1, "doubled"
    assert gone <= taken.keys(), "said to have gone, and no server has it"
    assert taken.keys() - gone <= unsure
    assert not Letter.objects.refused().exists()
    for name in unsure:
        assert rows[name].data_began_at, "neither gone nor asked about"
    sent = Message.objects.filter(direction=Direction.OUT)
    assert set(sent.values_list("message_id", flat=True)) == gone
    # none of them is stuck as somebody's: an hour later its author is asked
    assert Letter.objects.uncertain(now() + timedelta(hours=1)).count() == len(unsure)
    print(f"{len(gone)} gone, {len(unsure)} to be asked about, of which {len(unsure & taken.keys())} had gone")  # noqa: T201
