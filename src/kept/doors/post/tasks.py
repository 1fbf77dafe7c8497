"""What recurs about mail that comes in. Each may run twice, or be cut off anywhere, without harm."""

from datetime import timedelta

from django.tasks import task

from kept.doors.post.looking import look_into
from kept.doors.post.reading import read_arrivals
from kept.flows.keep_files import forget_unused
from kept.kit import clock
from kept.kit.trying import tried
from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.mailboxes.models import Mailbox


@task(queue_name="mail")
@tried(5, pause=5)  # and then it comes again by itself
def fetch_all() -> dict[str, int]:
    """Look into every mailbox, in turns until all is fetched, and read what still waits. Answers counts of mails."""
    counts = read_arrivals(at=clock.now())
    left = list(Mailbox.objects.running())
    while left:
        left = [mailbox for mailbox in left if not look_into(mailbox)]
    return counts


@task()
def tidy_mail() -> dict[str, int]:
    """Try again what could not be read, and forget passwords of mailboxes that are gone and files of no mail.

    Answers counts.
    """
    counts = read_arrivals(at=clock.now(), again=True)
    passwords = mailboxes.forget_secrets(before=clock.now() - timedelta(days=1))
    return counts | {"passwords": passwords, "files": forget_unused()}
