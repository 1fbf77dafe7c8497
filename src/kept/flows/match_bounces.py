"""Delivery reports find the letter they speak of: by its id, by our own mark, or by whom it went to and when."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from kept.ledgers.conversations.coming_back import come_back
from kept.ledgers.conversations.models import Message
from kept.ledgers.journal.verbs import write
from kept.ledgers.letters.models import Bounce, Letter
from kept.measures.text.letter import Letter as Mail
from kept.measures.text.letter import Report

TOLD_WITHIN = timedelta(days=6)  # servers give up after five days (RFC 5321, 4.5.4.1)
_OWN_MARK = re.compile(rb"^X-Kept-Letter:[ \t]*<?([^\s<>]{3,250})>?[ \t]*\r?$", re.I | re.M)


def match(received: Sequence[tuple[str, Mail, bytes]], *, at: datetime) -> int:
    """Note what the delivery reports among these tell: (id it is kept under, mail, original). Answers how many are new.

    Within the transaction that receives them. A report of what was delivered, or of no letter of ours, changes nothing.
    """
    new = 0
    for name, mail, original in received:
        report = mail.report
        if report is not None and report.action in ("failed", "delayed"):
            letter = _letter(report, mail, original)
            new += letter is not None and _told(letter, report, Message.objects.get(message_id=name), at=at)
    return new


def reopen(letter: Letter) -> None:
    """A letter answers nothing when everybody it went to, or the one whose question it answered, did not get it.

    Called when either is known later: that it came back, or which message it is.
    """
    lost = {one.email.lower(): one.at for one in letter.bounces.filter(for_good=True).order_by("-at")}
    if letter.message is None or not lost:
        return
    people = {str(email).lower() for _, email in (*letter.to, *letter.cc, *letter.bcc)}
    asked = {letter.answers.sender_email.lower()} & people if letter.answers else set()
    nameless = "" in lost and len(people) == 1  # the report does not say whom it means
    if nameless or all(email in lost for email in asked or people):
        come_back(letter.message, whom=", ".join(email for email in lost if email), at=max(lost.values()))


def _letter(report: Report, mail: Mail, original: bytes) -> Letter | None:
    sent = Letter.objects.filter(go_at__isnull=False)
    for name in (report.original_id, *mail.references):
        found = sent.filter(mail_id=name).first() if name else None
        if found is not None:
            return found
    for mark in _OWN_MARK.findall(original):
        found = sent.filter(mail_id=mark.decode("ascii", "replace")).first()
        if found is not None:
            return found
    return None if report.original_id else _by_receiver(report.recipient, mail.at)


def _by_receiver(email: str, told_at: datetime) -> Letter | None:
    """The last letter that went to this address before the report; only when the report names no letter at all."""
    if not email:
        return None
    lately = Letter.objects.filter(accepted_at__lte=told_at, accepted_at__gt=told_at - TOLD_WITHIN)
    for letter in lately.order_by("-accepted_at", "-pk")[:500]:
        if email.lower() in {one.lower() for _, one in (*letter.to, *letter.cc, *letter.bcc)}:
            return letter
    return None


def _told(letter: Letter, report: Report, message: Message, *, at: datetime) -> bool:
    facts = {"report": message, "status": report.status[:20], "said": report.diagnostic[:500], "at": message.at}
    bounce, new = Bounce.objects.get_or_create(
        letter=letter, email=report.recipient[:254], for_good=report.action == "failed", defaults=facts
    )
    if new:
        write("letters.bounce", bounce, by=None, at=at, client_id=letter.client_id, said=bounce.email)
    elif bounce.report_id is None:  # the server told it at once, and now in writing too
        Bounce.objects.filter(pk=bounce.pk).update(report=message)
    reopen(letter)
    return new
