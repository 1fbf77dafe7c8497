"""Replies typed as mail to an invitation: a person's words count as their answer, and a link that is quoted is closed.

The mail stays a message like any other, to be answered by a person. What a machine wrote never counts.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from kept.flows.hear_pulse import hear
from kept.flows.pulse_links import close_links, tokens_in, without_links
from kept.flows.thread_mail import short
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.pulses.answering import Source
from kept.ledgers.pulses.models import Answer, Invitation
from kept.measures.text.letter import Letter

_LOOKED_AT = 1_000_000  # bytes of a report, which carries the letter it is about


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
    close_links([token for _, letter, original in theirs for token in _tokens(letter, original)], at=at)


def _asked_by(mail_ids: set[str]) -> list[Invitation]:
    by_letter = Q(letter__mail_id__in=mail_ids) | Q(reminder__mail_id__in=mail_ids)
    return list(Invitation.objects.filter(by_letter).select_related("letter", "reminder"))


def _is_theirs(row: Message, invitation: Invitation) -> bool:
    return not row.automatic and row.contact_id == invitation.contact_id


def _take(invitation: Invitation, row: Message, letter: Letter, at: datetime) -> None:
    said, said_at = letter.visible.strip(), min(max(row.at, invitation.at), at)
    said = without_links(said, at=said_at, but=invitation)
    if not said or invitation.withdrawn_at is not None or said_at >= invitation.closes_at:
        return
    before = Answer.objects.filter(invitation=invitation).values_list("words", flat=True).first() or ""
    if said in before:
        return
    words = f"{before}\n\n{said}" if before else said
    hear(invitation, marks={}, words=words, at=said_at, source=Source(Message._meta.label, row.pk))


def _tokens(letter: Letter, original: bytes) -> set[str]:
    """What might be tokens in the words and pages of a mail, in a report in the letter that it brings back too."""
    found = {*tokens_in(letter.text), *tokens_in(letter.html)}
    if letter.report is not None:
        raw = original[:_LOOKED_AT].replace(b"=\r\n", b"").replace(b"=\n", b"")
        found |= set(tokens_in(raw.decode("ascii", "replace")))
    return found
