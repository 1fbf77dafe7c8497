"""Sending letters: what is due, and a letter that a server took becomes a message of its conversation."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kept.flows.address_book import AddressBook, Known
from kept.flows.keep_files import contents_of
from kept.flows.match_bounces import reopen
from kept.flows.notice import notice
from kept.flows.receive_mail import Incoming, Terms, receive, snippet_of
from kept.kit.rows import hold
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Body, Conversation, Direction, FollowUp, Message, Original
from kept.ledgers.conversations.originals import packed
from kept.ledgers.letters import trying
from kept.ledgers.letters.linking import has_link
from kept.ledgers.letters.models import Letter

FILED_WITHIN = timedelta(days=7)  # a letter filed longer ago, and now without its message, was taken out by somebody


def due(*, at: datetime, lease: timedelta) -> list[int]:
    """The letters to try now, those waiting longest first; a try older than `lease` counts as dead."""
    return trying.due(at=at, lease=lease)


def unfiled(*, at: datetime) -> list[int]:
    """Letters that went and are not yet messages: a person said so, or their worker was killed just then."""
    return list(
        Letter.objects.filter(message=None, accepted_at__gt=at - FILED_WITHIN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def file(pk: int, *, copy: Incoming, at: datetime) -> Message | None:
    """Make the letter that went a message of its conversation, as if its copy had come from the folder of sent mail.

    Whichever of the two comes first, there is one message: both carry the same id, sender and date. Twice is once.
    """
    letter = Letter.objects.get(pk=pk)
    hold(letter)
    if letter.message_id is not None or letter.accepted_at is None:
        return letter.message
    book = AddressBook.load(batch=None, at=at)
    sender = copy.letter.sender.email
    # who wrote by a shared mailbox is known only here
    book.known[sender] = Known(ours=True, member=None if letter.automatic else letter.by_id)
    receive([copy], book=book, terms=Terms())
    same = Q(fingerprint=copy.letter.fingerprint) | Q(message_id=letter.mail_id, sender_email=sender[:254])
    message = Message.objects.filter(same).order_by("pk").first()
    if message is None:
        raise RuntimeError(f"The copy of letter {pk} was received, and is not among the messages.")
    _make_ours(message, letter)
    if has_link(letter) and message.fingerprint != copy.letter.fingerprint:
        _hide_link(message, copy)
    _link(letter, message)
    reopen(letter)
    notice([message.pk], at=at)
    if letter.follow_up_at is not None:
        follow_up = {"due_at": letter.follow_up_at, "by": letter.by, "at": at}
        FollowUp.objects.get_or_create(message=message, defaults=follow_up)
    return message


def _make_ours(message: Message, letter: Letter) -> None:
    """When the copy came in before: from a shared address, it was nobody's in particular."""
    member = None if letter.automatic else letter.by_id
    wrong = Message.objects.filter(pk=message.pk).exclude(direction=Direction.OUT, member=member)
    if wrong.update(direction=Direction.OUT, member=member, contact=None):
        settling.recount([message.conversation_id])


def _hide_link(message: Message, copy: Incoming) -> None:
    """When the server's own copy came in before: it holds the link that is the reader's alone, and ours does not."""
    said = copy.letter
    told = {"fingerprint": said.fingerprint, "snippet": snippet_of(said)}
    Message.objects.filter(pk=message.pk).update(**told)
    Body.objects.filter(message=message).update(visible=said.visible, text=said.text, html=said.html)
    Original.objects.filter(message=message).update(zipped=packed(copy.original, contents_of(said)))


def _link(letter: Letter, message: Message) -> None:
    """The letter belongs where its message lies, unless a wall hides that from whoever wrote it."""
    facts: dict[str, int | None] = {"message": message.pk}
    if Conversation.objects.seen_by(letter.by).filter(pk=message.conversation_id).exists():
        facts |= {"conversation": message.conversation_id, "client": message.conversation.client_id}
    Letter.objects.filter(pk=letter.pk).update(**facts)
    letter.message = message
