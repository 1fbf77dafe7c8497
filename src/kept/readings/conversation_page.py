"""One conversation: what was said, what people marked, what we owe them, how they like to be spoken to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery

from kept.ledgers.clients.models import Agreement, Client, Contact
from kept.ledgers.conversations.care import Aside, AsideKind, Assignment
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from kept.ledgers.team.walls import admitted
from kept.measures.replies import Wait
from kept.readings.calendars import Offices
from kept.readings.drafts import mailboxes_of
from kept.readings.promised import Said, judged
from kept.readings.spoken import SHOWN, Spoken, as_spoken, asides_of, messages_of
from kept.readings.waiting import Waiting, waiting
from kept.readings.waiting_count import COUNTED, how_many

MOST_OWED = 5


@dataclass(frozen=True)
class Beside:
    """What one should know of the person while answering."""

    agreement: Agreement | None = None
    owed: tuple[Said, ...] = ()
    owed_more: int = 0
    last: Message | None = None  # what they wrote last, in another conversation


@dataclass(frozen=True)
class Talk:
    """A conversation with everything its page needs."""

    conversation: Conversation
    client: Client | None
    contact: Contact | None  # who wrote last, if we know them
    newest: Message | None  # the newest a person of theirs wrote, on this page
    spoken: tuple[Spoken, ...]
    page: int  # 1: the newest messages
    earlier: int  # how many messages lie before this page
    wait: Wait | None
    pause: Pause | None  # why their clock stands
    later: Aside | None  # set aside until a day to come
    member: Member | None  # who looks after it
    members: tuple[Member, ...]  # to whom it may be handed
    waiting: tuple[Waiting, ...]  # all that wait for the reader, or for nobody, and this one
    way_out: bool  # whether the viewer has a mailbox that names its own server for sending
    boxes: int  # how many mailboxes the viewer may write by
    beside: Beside


def found(viewer: Member, *, at: datetime) -> QuerySet[Conversation]:
    """The conversations the viewer may open, with what `talk` needs of them."""
    boxes = mailboxes_of(viewer)
    assigned = Assignment.objects.filter(conversation=OuterRef("pk")).order_by("-at", "-pk")
    return (
        Conversation.objects.seen_by(viewer)
        .select_related("client__lead", "client__office")
        .annotate(
            said=Count("messages"),
            handed=Exists(assigned),
            handed_to=Subquery(assigned.values("member_id")[:1]),
            # whether one can write at all, and whether there is a choice: counted here to be no query of its own
            way_out=Exists(boxes.exclude(smtp_host="")),
            everyones=Subquery(how_many(viewer, at=at)),
            boxes=Subquery(boxes.order_by().annotate(n=COUNTED).values("n"), output_field=IntegerField()),
        )
    )


def talk(
    conversation: Conversation, *, viewer: Member, at: datetime, offices: Offices, page: int = 1, sent: int = 0
) -> Talk:
    """The page of a conversation from `found`; `sent` names the message to show with its HTML. Eleven queries."""
    client = conversation.client
    all_waiting = waiting(viewer, at=at, offices=offices, near=True, but=conversation, paused=True)
    here = next((one for one in all_waiting if one.talk_id == conversation.pk), None)
    rows = messages_of(conversation, page=page, sent=sent)
    newest = next((row for row in reversed(rows) if row.direction == Direction.IN and not row.automatic), None)
    asides = asides_of(rows)
    members = hands(client)
    contact = newest.contact if newest else None
    handed_to = conversation.handed_to if conversation.handed else client and client.lead_id  # type: ignore[attr-defined]
    return Talk(
        conversation=conversation,
        client=client,
        contact=contact,
        newest=newest,
        spoken=as_spoken(rows, asides, since=here.began.at if here else None),
        page=page,
        earlier=max(0, conversation.said - page * SHOWN),  # type: ignore[attr-defined]
        wait=here.wait if here else None,
        pause=here.pause if here else None,
        later=_put_off(newest, asides, at) if not here else None,
        member=next((member for member in members if member.pk == handed_to), None),
        members=tuple(members),
        waiting=tuple(one for one in all_waiting if one.pause is None),
        way_out=conversation.way_out,  # type: ignore[attr-defined]  # annotated by `found`
        boxes=conversation.boxes or 0,  # type: ignore[attr-defined]
        beside=beside(client, contact, at=at, offices=offices, but=conversation),
    )


def _put_off(newest: Message | None, asides: dict[int, list[Aside]], at: datetime) -> Aside | None:
    marks = asides.get(newest.pk, []) if newest else []
    return next((mark for mark in marks if mark.kind == AsideKind.LATER and mark.until and mark.until > at), None)


def for_reader(one: Talk, viewer: Member) -> list[Waiting]:
    """Of all that wait the reader's own, those nobody looks after, and this one."""
    mine = {viewer.pk, None}
    return [each for each in one.waiting if each.member_id in mine or each.talk_id == one.conversation.pk]


def hands(client: Client | None) -> list[Member]:
    """Whom one may ask to look after this client's conversation: all but those a wall keeps out. One query."""
    return list(admitted(client.wall_id if client else None))


def beside(
    client: Client | None, contact: Contact | None, *, at: datetime, offices: Offices, but: Conversation | None = None
) -> Beside:
    """What one should know of the person while writing; `but` is the conversation read already. Four queries."""
    owed = judged(Promise.objects.open().filter(client=client), at=at, offices=offices) if client else []
    if contact is None:
        return Beside(owed=tuple(owed[:MOST_OWED]), owed_more=max(0, len(owed) - MOST_OWED))
    owed.sort(key=lambda one: (one.promise.contact_id != contact.pk, one.promise.due))
    elsewhere = Message.objects.theirs().filter(contact=contact, at__lte=at).exclude(snippet="")
    return Beside(
        agreement=Agreement.objects.filter(contact=contact).select_related("by").first(),
        owed=tuple(owed[:MOST_OWED]),
        owed_more=max(0, len(owed) - MOST_OWED),
        last=(elsewhere.exclude(conversation=but) if but else elsewhere).order_by("-at").first(),
    )
