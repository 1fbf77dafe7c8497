"""Workers killed in the middle of what recurs: all is swept and handed out once, what stays stays, nothing is stuck."""

import secrets
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from kept.doors.clock.models import Turn
from kept.doors.clock.schedule import LONG_AGO, SCHEDULE
from kept.flows.keep_files import forget_unused
from kept.kit.clock import now
from kept.ledgers.conversations import handing_out, settling
from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.files import Content
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.journal.models import Line
from tests.acting import wrote
from tests.killing import kill_often, this_database
from tests.studio import set_up_studio

TIMES = 50
ROUNDS = TIMES + 5  # what is to be swept goes on arriving while workers are killed
MORE = 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_recurs_is_done_once_by_workers_killed_fifty_times() -> None:
    studio = set_up_studio()
    handing_out.set_rota([studio.bo, studio.kit], by=studio.ada, at=now())
    arriving = count()

    def until() -> bool:
        number = next(arriving)
        if number < ROUNDS:
            _litter(number)
            Turn.objects.update(due_at=LONG_AGO)  # every turn has come again
        return number >= ROUNDS and not _left()

    killed = kill_often(["worker"], until=until, environment=this_database(KEPT_WORKER_LEASE="1"))
    assert killed == TIMES
    assert Session.objects.count() == ROUNDS
    assert set(Turn.objects.values_list("job", flat=True)) == {job.name for job in SCHEDULE}
    handed = Counter(Assignment.objects.values_list("conversation", flat=True))
    assert handed == dict.fromkeys(Conversation.objects.values_list("pk", flat=True), 1)
    assert Line.objects.filter(verb="conversations.assign").count() == ROUNDS
    assert forget_unused() == 0
    assert settling.untrue() == []
    again = DBTaskResult.objects.exclude(worker_ids=[]).filter(worker_ids__1__isnull=False).count()
    print(f"{again} turns were running when their worker was killed")  # noqa: T201  # by luck: they are short


def _litter(number: int) -> None:
    """Sessions that ran out and one that has not, a file that nothing names, and a stranger who waits."""
    for days in (*[-1] * MORE, 1):
        Session.objects.create(session_key=secrets.token_hex(8), session_data="", expire_date=now() + timedelta(days))
    Content.objects.create(sha256=secrets.token_hex(32), size=1, zipped=b"x", is_zipped=False)
    wrote(None, by=f"zed{number}@stranger.example", at=now() - timedelta(hours=1))


def _left() -> bool:
    """Whether anything is still to be done."""
    return (
        Session.objects.filter(expire_date__lt=now()).exists()
        or Content.objects.exists()
        or Assignment.objects.count() < ROUNDS
        or DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()
    )
