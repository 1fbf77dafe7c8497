"""Replies typed as mail to an invitation: a person's words count as their answer, and a link that is quoted is closed.

The mail stays a message like any other, to be answered by a person. What a machine wrote never counts.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from kept.flows.hear_pulse import hear
from kept.flows.thread_mail import short
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.answering import Source
from kept.ledgers.pulses.models import Answer, Invitation, Standing
from kept.ledgers.pulses.tokens import hashed
from kept.measures.text.letter import Letter

# companies have their programs put links of mail into links of their own, percent-encoded, once or more
_LINK = re.compile(r"(?:/|%(?:25)*2[Ff])pulse(?:/|%(?:25)*2[Ff])([\w-]{20,200})")
_LOOKED_AT = 1_000_000  # bytes of a report, which carries the letter it is about
_MOST = 500  # links of one chunk of mail: nobody keeps us busy by sending made-up ones


def hear_replies(received: Sequence[tuple[Message, Letter, bytes]], *, at: datetime) -> None:
    """Of fresh mail from outside, each with its original, hear what answers an invitation. Twice is once.

    Whoever was asked answers, and the invitation itself: what is written further down the thread is talk. Links of ours
    that others can read in it answer no more. One query where no mail answers any.
    """
    theirs = [(row, letter, original) for row, letter, original in received if row.direction == Direction.IN]
    parents = {short(letter.references[-1]) for _, letter, _ in theirs if letter.references}
    for invitation in _asked_by(parents) if parents else ():
        ids = {letter.mail_id for letter in (invitation.letter, invitation.reminder) if letter}
        for row, letter, _ in theirs:
            if letter.references and short(letter.references[-1]) in ids and _is_theirs(row, invitation):
                _take(invitation, row, letter, at)
    tokens = [token for _, letter, original in theirs for token in _tokens(letter, original)]
    for seen in _led_to(tokens[:_MOST]) if tokens else ():
        if seen.standing(at) == Standing.OPEN:
            pulses.retire(seen, at=at)


def _led_to(tokens: Sequence[str]) -> list[Invitation]:
    marks = {hashed(token) for token in tokens}
    return list(Invitation.objects.filter(Q(token_hash__in=marks) | Q(reminder_hash__in=marks)))


def _asked_by(mail_ids: set[str]) -> list[Invitation]:
    by_letter = Q(letter__mail_id__in=mail_ids) | Q(reminder__mail_id__in=mail_ids)
    return list(Invitation.objects.filter(by_letter).select_related("letter", "reminder"))


def _is_theirs(row: Message, invitation: Invitation) -> bool:
    return not row.automatic and row.contact_id == invitation.contact_id


def _take(invitation: Invitation, row: Message, letter: Letter, at: datetime) -> None:
    said, said_at = letter.visible.strip(), min(max(row.at, invitation.at), at)
    if not said or invitation.withdrawn_at is not None or said_at >= invitation.closes_at:
        return
    before = Answer.objects.filter(invitation=invitation).values_list("words", flat=True).first() or ""
    if said in before:
        return
    words = f"{before}\n\n{said}" if before else said
    hear(invitation, marks={}, words=words, at=said_at, source=Source(Message._meta.label, row.pk))


def _tokens(letter: Letter, original: bytes) -> set[str]:
    """What might be tokens in the words and pages of a mail, in a report in the letter that it brings back too."""
    found = set(_LINK.findall(letter.text)) | set(_LINK.findall(letter.html))
    if letter.report is not None:
        raw = original[:_LOOKED_AT].replace(b"=\r\n", b"").replace(b"=\n", b"")
        found |= set(_LINK.findall(raw.decode("ascii", "replace")))
    return found
