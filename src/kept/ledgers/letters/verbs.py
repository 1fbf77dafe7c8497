"""What people do with letters: begin, keep, attach, throw away, send off, call back."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from kept.kit.rows import hold
from kept.kit.secrets import close
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.files import Attachment
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.verbs import write
from kept.ledgers.letters import opening, readiness, recipients
from kept.ledgers.letters.automatic import check_may_go
from kept.ledgers.letters.enclosing import TooLarge, attach, detach
from kept.ledgers.letters.faults import NotReady, NotYours, Overtaken, TooLate
from kept.ledgers.letters.models import Form, Letter, LetterFile
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Member

__all__ = [
    "NotReady", "NotYours", "Overtaken", "TooLarge", "TooLate",
    "attach", "begin", "call_back", "catch_up", "detach", "drop", "keep", "pick_up", "send_off",
]  # fmt: skip

TO_UNDO = timedelta(seconds=10)  # every letter waits so long before it goes
KEPT = {"to", "cc", "bcc", "subject", "words", "with_quote", "mailbox"}


@transaction.atomic
def begin(
    *,
    form: Form,
    by: Member,
    at: datetime,
    answers: Message | None = None,
    conversation: Conversation | None = None,
    client: Client | None = None,
    to: Sequence[recipients.Pair] = (),
    subject: str = "",
    words: str = "",
    automatic: bool = False,
    link: str = "",
) -> Letter:
    """Begin a draft; `drop` undoes it. A second begin of the same answer by the same member gives the standing draft.

    A reply goes to whoever wrote (or asked to be answered elsewhere), to all without our own addresses; a forward
    takes the files along. `automatic`: nobody typed it, so `send_off` guards against loops. `link`: see `linking`.
    Raises NotYours when a wall keeps the member from the conversation or client.
    """
    conversation, client = _place(answers, conversation, client)
    readiness.may_see(by, conversation=conversation.pk if conversation else None, client=client.pk if client else None)
    standing = Letter.objects.drafts().filter(by=by, answers=answers, form=form).first() if answers else None
    if standing is not None:
        return standing
    letter = Letter.objects.create(
        **opening.begun(form, answers, by=by, to=to, subject=subject), conversation=conversation, client=client,
        read_up_to=_newest(conversation), words=words, made_at=at, changed_at=at, automatic=automatic, link=close(link),
    )  # fmt: skip
    if answers is not None and form == Form.FORWARD:
        _take_along(letter, answers)
    write("letters.begin", letter, by=by, at=at, client_id=letter.client_id, form=str(form))
    return letter


def _place(
    answers: Message | None, conversation: Conversation | None, client: Client | None
) -> tuple[Conversation | None, Client | None]:
    """Where the letter belongs; the conversation is held, so that two clicks at once begin one draft."""
    if answers is not None:
        answers.refresh_from_db()
        conversation = answers.conversation
    if conversation is not None:
        hold(conversation)
        client = conversation.client or client
    return conversation, client


def _newest(conversation: Conversation | None) -> Message | None:
    """The message that came in last, whatever its date: see `readiness.check_overtaken`."""
    return Message.objects.filter(conversation=conversation).order_by("pk").last() if conversation else None


def _take_along(letter: Letter, message: Message) -> None:
    """The message's files, but not the pictures within its words."""
    LetterFile.objects.bulk_create(
        LetterFile(letter=letter, content_id=file.content_id, name=file.name, kind=file.kind)
        for file in Attachment.objects.filter(message=message, inline_id="")
        if file.content_id is not None
    )


def keep(letter: Letter, *, at: datetime, **changed: Any) -> Letter:
    """Save what was typed: to, cc, bcc, subject, words, with_quote, mailbox. At every pause, so without journal line.

    People are [(name, address), ...]; what cannot be read stays until it is mended. Nothing else of the draft changes.
    Raises TooLate when the letter was sent off or thrown away, NotYours when the mailbox is not theirs.
    """
    unknown = changed.keys() - KEPT
    if unknown:
        raise TypeError(f"A draft has no {', '.join(sorted(unknown))}.")
    for people in changed.keys() & {"to", "cc", "bcc"}:
        changed[people] = recipients.clean(changed[people])
    if "subject" in changed:
        changed["subject"] = recipients.one_line(changed["subject"])[:500]
    mailbox: Mailbox | None = changed.get("mailbox")
    if mailbox is not None and mailbox not in opening.usable(letter.by):
        raise NotYours("This mailbox is not yours to write by. Choose another; what you wrote was kept.")
    if not Letter.objects.drafts().filter(pk=letter.pk).update(**changed, changed_at=at):
        raise TooLate("This letter was sent off or thrown away meanwhile, so it was not changed.")
    letter.refresh_from_db()
    return letter


def catch_up(letter: Letter, *, at: datetime) -> Letter:
    """The writer has now read all there is in the conversation; like `keep`, on drafts only. Raises TooLate."""
    return _kept_read(letter, _newest(letter.conversation), at)


def _kept_read(letter: Letter, newest: Message | None, at: datetime) -> Letter:
    if not Letter.objects.drafts().filter(pk=letter.pk).update(read_up_to=newest, changed_at=at):
        raise TooLate("This letter was sent off or thrown away meanwhile, so it was not changed.")
    letter.refresh_from_db()
    return letter


@transaction.atomic
def drop(letter: Letter, *, by: Member, at: datetime) -> None:
    """Throw a draft away; `pick_up` undoes it. Twice is once. Raises TooLate when it was sent off."""
    readiness.check_writer(letter, by=by)
    if Letter.objects.drafts().filter(pk=letter.pk).update(dropped_at=at):
        write("letters.drop", letter, by=by, at=at, client_id=letter.client_id)
    letter.refresh_from_db()
    if letter.dropped_at is None:
        raise TooLate("This letter was sent off, so it cannot be thrown away. Call it back first.")


@transaction.atomic
def pick_up(letter: Letter, *, by: Member, at: datetime) -> None:
    """Take a draft out of the bin. Twice is once."""
    readiness.check_writer(letter, by=by)
    if Letter.objects.filter(pk=letter.pk, dropped_at__isnull=False).update(dropped_at=None, changed_at=at):
        write("letters.pick_up", letter, by=by, at=at, client_id=letter.client_id)
    letter.refresh_from_db()


@transaction.atomic
def send_off(
    letter: Letter,
    *,
    by: Member,
    at: datetime,
    go_at: datetime | None = None,
    follow_up_at: datetime | None = None,
    although: Collection[str] = frozenset(),
) -> Letter:
    """Let it go in ten seconds, or at `go_at` if that is later; `call_back` undoes it. Twice is once.

    Raises NotReady with all that is missing; Overtaken when somebody wrote since it was begun, unless
    `although={"overtaken"}`; NotYours; TooLate when it was thrown away.
    """
    if letter.conversation_id is not None:
        hold(Conversation.objects.get(pk=letter.conversation_id))  # of two who answer at once one sees the other
    hold(letter)
    readiness.check_writer(letter, by=by)
    if letter.go_at is not None:
        return letter
    if letter.dropped_at is not None:
        raise TooLate("This letter was thrown away. Take it out of the bin first; its words are kept.")
    readiness.check_ready(letter)
    check_may_go(letter, at=at)
    if "overtaken" not in although:
        readiness.check_overtaken(letter)
    letter.sent_off_at, letter.go_at = at, max(at + TO_UNDO, go_at or at)
    letter.follow_up_at, letter.next_try_at, letter.trouble = follow_up_at, None, ""
    letter.mail_id = letter.mail_id or f"{uuid4()}@{_domain(letter)}"
    letter.save()
    write("letters.send_off", letter, by=by, at=at, client_id=letter.client_id, go_at=letter.go_at.isoformat())
    return letter


def _domain(letter: Letter) -> str:
    return (letter.mailbox.address if letter.mailbox else letter.by.email).rpartition("@")[2].lower()


@transaction.atomic
def call_back(letter: Letter, *, by: Member, at: datetime) -> Letter:
    """Make a draft of it again, as long as no try to deliver it has begun. Twice is once. Raises TooLate, NotYours."""
    readiness.check_writer(letter, by=by)
    waiting = Letter.objects.under_way().filter(pk=letter.pk, tries=0, trying_since=None, data_began_at=None)
    if waiting.update(go_at=None, sent_off_at=None, next_try_at=None, changed_at=at):
        write("letters.call_back", letter, by=by, at=at, client_id=letter.client_id)
    letter.refresh_from_db()
    if letter.go_at is not None:
        raise TooLate("It was too late to call this letter back: it is on its way, or has arrived already.")
    return letter
