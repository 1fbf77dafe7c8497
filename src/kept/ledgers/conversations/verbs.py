"""What people do with conversations: receive, assign, acknowledge, set aside; and taking each back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.care import Acknowledgement, Aside, AsideKind, Assignment
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.models import Line
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


class NothingToAnswer(ValueError):
    """The conversation holds no message of a person of theirs, so there is nothing to set aside or acknowledge."""


@transaction.atomic
def assign(conversation: Conversation, *, to: Member | None, by: Member | None, at: datetime) -> Assignment:
    """Ask `to` to look after the conversation; None: nobody's, anyone may take it. Twice is once.

    `by` None is Kept itself, by the rota. Raises ValueError when a wall keeps `to` from it.
    """
    hold(conversation)
    if to is not None and not Conversation.objects.seen_by(to).filter(pk=conversation.pk).exists():
        raise ValueError(f"A wall keeps {to.name} from this client. Ask somebody else.")
    newest = conversation.assignments.last()
    if newest is not None and newest.member_id == (to.pk if to else None):
        return newest
    row = Assignment.objects.create(conversation=conversation, member=to, by=by, at=at)
    write("conversations.assign", row, by=by, at=at, client_id=conversation.client_id, said=to.name if to else "")
    return row


@transaction.atomic
def take_back_assignment(assignment: Assignment, *, by: Member, at: datetime) -> None:
    """Undo an assignment; the one before it counts again. Twice is once."""
    if remove(assignment):
        write(
            "conversations.take_back_assignment", assignment, by=by, at=at,
            client_id=assignment.conversation.client_id, was=facts_of(assignment),
        )  # fmt: skip


@transaction.atomic
def acknowledge(
    conversation: Conversation, *, by: Member, at: datetime, message: Message | None = None
) -> Acknowledgement:
    """Note that we told them we have it. It stops no clock; twice is once. `message`: as for `set_aside`."""
    acknowledgement, new = Acknowledgement.objects.get_or_create(
        message=_theirs(conversation, message), defaults={"by": by, "at": at}
    )
    if new:
        write("conversations.acknowledge", acknowledgement, by=by, at=at, client_id=conversation.client_id)
    return acknowledgement


@transaction.atomic
def take_back_acknowledgement(acknowledgement: Acknowledgement, *, by: Member, at: datetime) -> None:
    """Undo an acknowledgement. Twice is once."""
    if remove(acknowledgement):
        write(
            "conversations.take_back_acknowledgement", acknowledgement, by=by, at=at,
            client_id=acknowledgement.message.conversation.client_id, was=facts_of(acknowledgement),
        )  # fmt: skip


@transaction.atomic
def set_aside(
    conversation: Conversation,
    *,
    kind: AsideKind,
    reason: str,
    by: Member,
    at: datetime,
    until: datetime | None = None,
    message: Message | None = None,
) -> Aside:
    """Say why their last message needs no answer here, or not before `until`. Twice is once; a new day replaces it.

    `message` is the last one the person who says so has read; one that came since stays open. None: the last there is.
    Raises NothingToAnswer when no person of theirs has written, ValueError when a reason or a needed day is missing.
    """
    if not reason.strip():
        raise ValueError("Say in a few words why, so that the next reader knows.")
    if kind == AsideKind.LATER and (until is None or until <= at):
        raise ValueError("Choose a day that is still to come.")
    hold(conversation)
    message = _theirs(conversation, message)
    facts = {"reason": reason.strip()[:500], "until": until if kind == AsideKind.LATER else None}
    standing = message.asides.filter(kind=kind).first()
    if standing is not None and standing.until == facts["until"]:
        return standing
    aside, _ = Aside.objects.update_or_create(message=message, kind=kind, defaults={**facts, "by": by, "at": at})
    settling.recount([conversation.pk])
    write(
        "conversations.set_aside", aside, by=by, at=at, client_id=conversation.client_id, said=aside.reason,
        kind=str(kind), before=facts_of(standing) if standing else None,
    )  # fmt: skip
    return aside


@transaction.atomic
def bring_back(aside: Aside, *, by: Member, at: datetime) -> None:
    """Undo a setting aside; the clock counts as if it had never stopped. Twice is once."""
    conversation = aside.message.conversation
    if remove(aside):
        settling.recount([conversation.pk])
        write(
            "conversations.bring_back", aside, by=by, at=at, client_id=conversation.client_id, said=aside.reason,
            was=facts_of(aside),
        )  # fmt: skip


@transaction.atomic
def belong_to(conversation: Conversation, *, client: Client | None, by: Member, at: datetime) -> None:
    """Say whose conversation this is; undone by saying whose it was. Twice is once.

    Raises ValueError where it would come out in front of the wall that it stands behind, to be read by those kept
    out; but what was put behind it last by a person may go back whence it came.
    """
    hold(conversation)
    before = conversation.client_id
    if before == (client.pk if client else None):
        return
    wall = conversation.client.wall_id if conversation.client else None
    if wall is not None and (client is None or client.wall_id != wall) and not _came_from(conversation, client):
        raise ValueError("A wall stands around this conversation. It can only go to a client behind the same wall.")
    conversation.client = client
    conversation.save(update_fields=["client"])
    write(
        "conversations.belong_to", conversation, by=by, at=at, client_id=conversation.client_id or before,
        before=before,
    )  # fmt: skip


def _came_from(conversation: Conversation, client: Client | None) -> bool:
    """Whether the last who said whose conversation this is took it from there."""
    said = Line.objects.filter(noun=conversation._meta.label, row_id=conversation.pk, verb="conversations.belong_to")
    last = said.order_by("-pk").first()
    return last is not None and last.facts.get("before") == (client.pk if client else None)


def _theirs(conversation: Conversation, chosen: Message | None) -> Message:
    """The last message that asks for an answer, up to the chosen one; where none does, the last a person wrote."""
    written = Message.objects.theirs().filter(conversation=conversation).order_by("at", "pk")
    message = (written.filter(pk=chosen.pk) if chosen else written).last()
    if message is None:
        raise NothingToAnswer("Nobody has written to us in this conversation, so there is nothing to set aside.")
    if not message.closing:
        return message
    # a mark on a mere thank-you is meant for what came before it, whose clock runs on
    before = Q(at__lt=message.at) | Q(at=message.at, pk__lt=message.pk)
    return written.filter(before, closing="").last() or message
