"""What stands in a letter before its writer has begun: whom it goes to, its subject, and the mailbox it goes out by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from kept.ledgers.conversations.models import Message
from kept.ledgers.letters import recipients
from kept.ledgers.letters.models import Form
from kept.ledgers.mailboxes.models import Kind, Mailbox
from kept.ledgers.team.models import Member
from kept.measures.text.threading_headers import forward_subject, reply_subject


@dataclass(frozen=True)
class Opening:
    """`to` and `cc` are [[name, address], ...]."""

    to: list[list[str]] = field(default_factory=list)
    cc: list[list[str]] = field(default_factory=list)
    subject: str = ""


def opening(form: Form, answers: Message | None, *, by: Member) -> Opening:
    """How a letter of that form begins; one that answers nothing begins empty."""
    if answers is None or form == Form.NEW:
        return Opening()
    if form == Form.FORWARD:
        return Opening(subject=forward_subject(answers.subject)[:500])
    if form == Form.REPLY_ALL:
        to, cc = recipients.for_reply_all(answers, by=by)
    else:
        to, cc = recipients.for_reply(answers), []
    return Opening(to=to, cc=cc, subject=reply_subject(answers.subject)[:500])


def begun(
    form: Form, answers: Message | None, *, by: Member, to: Sequence[recipients.Pair], subject: str
) -> dict[str, Any]:
    """The columns a draft begins with: what was given (`to`, `subject`), else what it answers says."""
    first = opening(form, answers, by=by)
    return {
        "form": form,
        "answers": answers,
        "by": by,
        "mailbox": mailbox_for(answers, by=by),
        "to": recipients.clean(to) or first.to,
        "cc": first.cc,
        "subject": (recipients.one_line(subject) or first.subject)[:500],
        "with_quote": answers is not None,
    }


def usable(by: Member) -> list[Mailbox]:
    """The mailboxes the member may write by: the shared ones, then their own."""
    rows = Mailbox.objects.filter(removed_at=None).filter(Q(kind=Kind.SHARED) | Q(member=by))
    return sorted(rows, key=lambda row: (row.kind != Kind.SHARED, row.pk))


def mailbox_for(answers: Message | None, *, by: Member) -> Mailbox | None:
    """The mailbox the answered message came to or went out by, else the first the member may write by; or none."""
    rows = usable(by)
    named = [answers.sender_email, *(email for _, email in (*answers.to, *answers.cc))] if answers else []
    addresses = {email.lower() for email in named}
    return next((row for row in rows if row.address.lower() in addresses), rows[0] if rows else None)
