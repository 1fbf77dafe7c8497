"""Fetching from a real server: everything comes once, nothing is marked, and trouble is told in plain words."""

from kept.doors.post.looking import look_into
from kept.ledgers.conversations.models import Message
from kept.ledgers.mailboxes.models import Arrival, Folder
from tests.doors.post.boxes import mail, mailbox
from tests.mailserver import Server, needs_dovecot
from tests.studio import Studio

pytestmark = needs_dovecot


def ids() -> set[str]:
    return set(Message.objects.values_list("message_id", flat=True))


def test_mail_becomes_a_message_and_nothing_is_marked(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="one"), mail(id="two", after="one", subject="Re: Drafts"))
    assert look_into(box)
    assert ids() == {"one", "two"}
    assert Message.objects.get(message_id="one").contact == studio.cleo
    assert not Arrival.objects.exists()
    assert Folder.objects.get(name="INBOX").last_uid == 2
    assert not any(b"Seen" in line for line in server.flags(box.address))
