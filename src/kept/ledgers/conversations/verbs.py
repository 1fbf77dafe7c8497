"""What people do with conversations: receive, assign, acknowledge, set aside; and taking each back."""

from datetime import datetime

from django.db import transaction

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.care import Acknowledgement, Aside, AsideKind, Assignment
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Member


class NothingToAnswer(ValueError):
    """The conversation holds no message of a person of theirs, so there is nothing to set aside or acknowledge."""


@transaction.atomic
def assign(conversation: Conversation, *, to: Member | None, by: Member, at: datetime) -> Assignment:
    """Ask `to` to look after the conversation; None: nobody's, anyone may take it."""
    assignment = Assignment.objects.create(conversation=conversation, member=to, by=by, at=at)
    write(
        "conversations.assign", assignment, by=by, at=at, client_id=conversation.client_id, said=to.name if to else ""
    )
    return assignment


@transaction.atomic
def take_back_assignment(assignment: Assignment, *, by: Member, at: datetime) -> None:
    """Undo an assignment; the one before it counts again."""
    write(
        "conversations.take_back_assignment", assignment, by=by, at=at,
        client_id=assignment.conversation.client_id, member=assignment.member_id,
    )  # fmt: skip
    assignment.delete()


@transaction.atomic
def acknowledge(conversation: Conversation, *, by: Member, at: datetime) -> Acknowledgement:
    """Note that we told them we have it. It stops no clock; twice is once."""
    acknowledgement, new = Acknowledgement.objects.get_or_create(
        message=_theirs(conversation), defaults={"by": by, "at": at}
    )
    if new:
        write("conversations.acknowledge", acknowledgement, by=by, at=at, client_id=conversation.client_id)
    return acknowledgement


@transaction.atomic
def set_aside(
    conversation: Conversation, *, kind: AsideKind, reason: str, by: Member, at: datetime, until: datetime | None = None
) -> Aside:
    """Say why their last message needs no answer here (or not before `until`). Twice is once.

    Raises NothingToAnswer when no person of theirs has written, ValueError when a reason or a needed day is missing.
    """
    if not reason.strip():
        raise ValueError("Say in a few words why, so that the next reader knows.")
    if kind == AsideKind.LATER and (until is None or until <= at):
        raise ValueError("Choose a day that is still to come.")
    aside, new = Aside.objects.get_or_create(
        message=_theirs(conversation),
        kind=kind,
        defaults={"reason": reason.strip(), "until": until if kind == AsideKind.LATER else None, "by": by, "at": at},
    )
    if new:
        settling.recount([conversation.pk])
        write(
            "conversations.set_aside",
            aside,
            by=by,
            at=at,
            client_id=conversation.client_id,
            said=reason,
            kind=str(kind),
        )
    return aside


@transaction.atomic
def bring_back(aside: Aside, *, by: Member, at: datetime) -> None:
    """Undo a setting aside; the clock counts as if it had never stopped."""
    conversation = aside.message.conversation
    write(
        "conversations.bring_back", aside, by=by, at=at,
        client_id=conversation.client_id, said=aside.reason, kind=aside.kind, message=aside.message_id,
    )  # fmt: skip
    aside.delete()
    settling.recount([conversation.pk])


@transaction.atomic
def belong_to(conversation: Conversation, *, client: Client | None, by: Member, at: datetime) -> None:
    """Say whose conversation this is."""
    before = conversation.client_id
    conversation.client = client
    conversation.save(update_fields=["client"])
    write("conversations.belong_to", conversation, by=by, at=at, client_id=conversation.client_id, before=before)


def _theirs(conversation: Conversation) -> Message:
    """The last message a person of theirs wrote."""
    message = conversation.messages.filter(direction=Direction.IN, automatic="").order_by("at", "pk").last()
    if message is None:
        raise NothingToAnswer("Nobody has written to us in this conversation, so there is nothing to set aside.")
    return message
