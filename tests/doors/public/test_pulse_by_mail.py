"""From the firm's habit to the call: asked by real SMTP, answered by the link in the mail, and by a reply over IMAP."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.post import sending
from kept.doors.post.looking import look_into
from kept.flows.send_pulse import choose
from kept.kit.secrets import close
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.originals import original_of
from kept.ledgers.mailboxes.models import Mailbox, Security
from kept.ledgers.promises.models import Promise
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Occasion, Standing
from tests import smtpserver
from tests.cast import NOW, Studio
from tests.doors.post.conftest import dovecot, server
from tests.flows.pulse_days import habit, their_day
from tests.ledgers.telling import everything
from tests.mailserver import PASSWORD, needs_dovecot
from tests.mailserver import Server as Dovecot
from tests.smtpserver import Server as Smtp

__all__ = ["dovecot", "server"]
pytestmark = needs_dovecot
HELLO = "pulse@larkfield.example"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/pulse/([\w-]+)/)")


@pytest.fixture
def smtp() -> Iterator[Smtp]:
    with smtpserver.running(password=True) as running:
        yield running


@pytest.fixture
def box(server: Dovecot, smtp: Smtp, studio: Studio) -> Mailbox:
    """The studio's shared mailbox: in by IMAP, out by SMTP."""
    return Mailbox.objects.create(
        address=HELLO, name="Larkfield Studio", username=HELLO, host="127.0.0.1", port=server.tls_port,
        security=Security.TLS, secret=close(PASSWORD), smtp_host="127.0.0.1", smtp_port=smtp.port,
        smtp_security=Security.PLAIN, added_at=NOW, quiet_before=NOW - timedelta(days=14),
    )  # fmt: skip


@pytest.fixture
def letter(studio: Studio, box: Mailbox, smtp: Smtp, monkeypatch: pytest.MonkeyPatch) -> EmailMessage:
    """What Cleo's mail server got on her own day."""
    Client.objects.filter(pk=studio.cassini.pk).update(stage=Stage.PAST)
    habit(studio, Occasion.QUARTER)
    day = their_day(studio.cleo)
    for clock in ("kept.doors.post.sending.now", "kept.kit.clock.now", "kept.doors.post.reading.now"):
        monkeypatch.setattr(clock, lambda: day + timedelta(minutes=1), raising=False)
    choose(at=day)
    assert sending.send_due()["gone"] == 1
    (taken,) = smtp.taken
    assert taken.receivers == ["cleo@borealis.example"]
    return taken.mail


def words_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def replied(letter: EmailMessage, text: str, **headers: str) -> bytes:
    """Cleo's program answers, with what it answers below."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Cleo North <cleo@borealis.example>", HELLO, f"Re: {letter['Subject']}"
    mail["Date"], mail["Message-ID"] = format_datetime(their_day_of(letter)), "<cleo-1@borealis.example>"
    mail["In-Reply-To"] = mail["References"] = str(letter["Message-ID"])
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in words_of(letter).splitlines())
    mail.set_content(f"{text}\n\nOn 20 October 2026 Larkfield Studio wrote:\n{quoted}\n")
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


def their_day_of(letter: EmailMessage) -> Any:
    return letter["Date"].datetime + timedelta(minutes=30)


def test_one_letter_one_link_and_a_low_answer_is_called_about(
    letter: EmailMessage, client: Browser, studio: Studio
) -> None:
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"] == f"Larkfield Studio <{HELLO}>"
    links = set(LINK.findall(words_of(letter)))
    ((page, token),) = links
    assert token not in str(everything())
    before = everything()
    for _ in range(3):  # scanners open what they find
        assert client.get(f"{page}?secure=0").status_code == 200
        assert client.head(page).status_code == 200
    assert everything() == before
    assert client.post(page, {"secure": "4", "delighted": "8", "words": "Late again."}).status_code == 303
    answer = Answer.objects.get()
    assert (answer.secure, answer.delighted, answer.cherished, answer.words) == (4, 8, None, "Late again.")
    assert (FollowUp.objects.get().owner, Promise.objects.get().by) == (studio.bo, studio.bo)


def test_a_reply_is_their_words_and_a_message_to_be_answered(
    letter: EmailMessage, box: Mailbox, server: Dovecot, client: Browser
) -> None:
    ((page, _),) = set(LINK.findall(words_of(letter)))
    server.deliver(HELLO, replied(letter, "You keep your word."))
    look_into(box)
    invitation, answer = Invitation.objects.get(), Answer.objects.get()
    assert (answer.words, answer.secure, answer.invitation) == ("You keep your word.", None, invitation)
    message = Message.objects.get(message_id="cleo-1@borealis.example")
    assert invitation.letter
    assert invitation.letter.message
    assert message.conversation == invitation.letter.message.conversation
    assert Conversation.objects.unsettled().filter(pk=message.conversation_id).exists()
    # the link stands in the mail they answered, where we can read it: so it answers no more
    assert invitation.standing(their_day_of(letter)) == Standing.RETIRED
    assert client.post(page, {"secure": "10"}).status_code == 410
    assert Answer.objects.get().secure is None
    assert b"/pulse/" not in original_of(invitation.letter.message)


def test_a_machine_that_replies_answers_nothing(letter: EmailMessage, box: Mailbox, server: Dovecot) -> None:
    away = replied(letter, "I am away until Monday.", Auto_Submitted="auto-replied")
    server.deliver(HELLO, away.replace(b"cleo-1@", b"cleo-2@"))
    look_into(box)
    assert Message.objects.get(message_id="cleo-2@borealis.example").automatic
    assert not Answer.objects.exists()
