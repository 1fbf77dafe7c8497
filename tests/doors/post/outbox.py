"""Letters on their way out, for tests of sending: a mailbox that sends by a test's own server, and short ways."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.doors.post import sending
from kept.kit.secrets import close
from kept.ledgers.conversations.models import Message
from kept.ledgers.letters import verbs
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.mailboxes.models import Mailbox, Security
from kept.ledgers.team.models import Member
from tests.cast import NOW, Studio
from tests.smtpserver import PASSWORD, Server

ADDRESS = "hello@larkfield.example"


def mailbox(server: Server, **more: Any) -> Mailbox:
    """The studio's shared address; letters go out by `server`."""
    facts = {
        "address": ADDRESS, "name": "Larkfield Studio", "host": "imap.larkfield.example", "username": ADDRESS,
        "secret": close(PASSWORD), "smtp_host": "127.0.0.1", "smtp_port": server.port,
        "smtp_security": Security.PLAIN, "quiet_before": NOW - timedelta(days=14), "added_at": NOW,
    }  # fmt: skip
    return Mailbox.objects.create(**(facts | more))


def on_its_way(s: Studio, message: Message | None = None, *, by: Member | None = None, **more: Any) -> Letter:
    """A letter of Bo's that was sent off just now: an answer to `message`, else a new one to Cleo."""
    by = by or s.bo
    to = [("Cleo North", "cleo@borealis.example")]
    form = more.pop("form", Form.REPLY if message else Form.NEW)
    follow_up_at = more.pop("follow_up_at", None)
    go_at = more.pop("go_at", None)
    letter = verbs.begin(form=form, by=by, at=NOW, answers=message, client=None if message else s.borealis)
    kept = {"to": letter.to or to, "subject": letter.subject or "The plan", "words": "Here it is.\n\nWarmly, Bo"} | more
    verbs.keep(letter, at=NOW, **kept)
    return verbs.send_off(letter, by=by, at=NOW, go_at=go_at, follow_up_at=follow_up_at)


class Clock:
    """The time as the sending door reads it; `wait` lets some of it go by."""

    def __init__(self) -> None:
        self.at = NOW + timedelta(seconds=11)

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **length: float) -> None:
        self.at += timedelta(**length)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is eleven seconds after NOW for whoever sends."""
    clock = Clock()
    monkeypatch.setattr(sending, "now", clock)
    return clock
