"""Jobs about letters that go out. Each may run twice, or be cut off anywhere, without harm."""

from datetime import timedelta

from django.tasks import task

from kept.doors.post import sending
from kept.doors.post.composing import compose
from kept.doors.post.sent_copies import append_sent
from kept.kit.clock import now
from kept.kit.trying import tried
from kept.ledgers.letters.models import Letter

COPY_AFTER = timedelta(minutes=2)  # servers that keep the copy themselves have done so by then


@task(queue_name="letters")
@tried(3, pause=5)
def send_due() -> dict[str, int]:
    """Try every letter that is due. Answers counts."""
    return sending.send_due(on_gone=copy_soon)


@task(queue_name="letters")
@tried(3, pause=60)
def put_copy(letter: int) -> bool:
    """Put the copy of a letter that went into the folder of sent mail of its mailbox, if it is not there. Whether."""
    row = Letter.objects.select_related("by__office", "mailbox", "answers").get(pk=letter)
    if row.mailbox is None or not row.mailbox.host or row.mailbox.removed_at is not None:
        return False
    return append_sent(row.mailbox, compose(row).content, mail_id=row.mail_id)


def copy_soon(letter: int) -> None:
    """Have the copy put there in a while."""
    put_copy.using(run_after=now() + COPY_AFTER).enqueue(letter)
