"""Who waits for us: every conversation in which a person wrote after we last answered, with its clock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Aside, AsideKind, Assignment
from kept.ledgers.conversations.models import LONG_AGO, Conversation, Conversations, Message
from kept.ledgers.conversations.settling import CLOSED, OURS, THEIRS
from kept.ledgers.team.models import Member
from kept.measures.replies import Said, Wait, clocks, due
from kept.readings.calendars import Offices


@dataclass(frozen=True)
class Waiting:
    """One conversation that waits for us."""

    conversation: Conversation
    client: Client | None  # with its lead; None: a stranger's
    first: Message  # the one that started the clock
    last: Message  # their newest
    wait: Wait
    member_id: int | None  # who looks after it: the assigned, else the client's lead

    @property
    def who(self) -> str:
        """The person's name, or their address."""
        return self.last.contact.name if self.last.contact else self.last.sender_name or self.last.sender_email

    @property
    def messages(self) -> int:
        """How often they wrote since."""
        return 1 + len(self.wait.clock.nudges)


def waiting(
    viewer: Member, *, at: datetime, offices: Offices, replay: bool = False, near: bool = False
) -> list[Waiting]:
    """All that wait and that the viewer may know of, longest past the pledge first.

    `near` leaves out what somebody else's clients say, unless the viewer was asked to look after it. `replay` judges a
    past moment from the messages and marks of before it; otherwise the kept sums find the conversations, whose number
    then sets the cost, not the length of history. Queries: 4, or 5 in a replay.
    """
    known = Conversation.objects.seen_by(viewer)
    if near:
        known = known.filter(_near(viewer))
    settled = _settled_at(known, at) if replay else _settled_now(known)
    theirs = _their_messages(settled, at)
    later = _put_off(theirs, at)
    looked_after = _assigned(theirs, at)
    found = [
        _judge(messages, offices, at, looked_after)
        for conversation, messages in theirs.items()
        if messages[-1].pk not in later
    ]
    return sorted(found, key=lambda one: (one.wait.left / one.wait.pledge, one.first.pk))


def _near(viewer: Member) -> Q:
    asked = Assignment.objects.filter(conversation=OuterRef("pk"), member_id=viewer.pk)
    return Q(client=None) | Q(client__lead=None) | Q(client__lead_id=viewer.pk) | Q(Exists(asked))


def _settled_now(known: Conversations) -> dict[int, datetime]:
    return dict(known.unsettled().values_list("pk", "settled_until"))


def _settled_at(known: Conversations, at: datetime) -> dict[int, datetime]:
    """As `_settled_now`, from the messages and marks there were at that moment."""
    before, marked = Q(messages__at__lte=at), Q(messages__asides__at__lte=at)
    rows = (
        known.filter(started_at__lte=at)
        .values("pk")
        .annotate(
            theirs=Max("messages__at", filter=THEIRS & before),
            ours=Max("messages__at", filter=OURS & before),
            closed=Max("messages__at", filter=CLOSED & before & marked),
        )
    )
    settled = {row["pk"]: (row["theirs"], max(row["ours"] or LONG_AGO, row["closed"] or LONG_AGO)) for row in rows}
    return {pk: until for pk, (theirs, until) in settled.items() if theirs and theirs > until}


def _their_messages(settled: dict[int, datetime], at: datetime) -> dict[int, list[Message]]:
    """Their unanswered messages by conversation, oldest first."""
    rows = (
        Message.objects.filter(conversation__in=settled, at__lte=at, direction="in", automatic="", quiet=False)
        .select_related("conversation__client__lead", "contact")
        .order_by("at", "pk")
    )
    if len(settled) < 500:
        # the oldest unsettled moment keeps long histories out of the read
        rows = rows.filter(at__gt=min(settled.values(), default=LONG_AGO))
    found: dict[int, list[Message]] = defaultdict(list)
    for message in rows:
        if message.at > settled[message.conversation_id]:
            found[message.conversation_id].append(message)
    return found


def _put_off(theirs: dict[int, list[Message]], at: datetime) -> set[int]:
    """Messages set aside until a day still to come; a newer message of theirs has its own row and is not among them."""
    newest = [messages[-1].pk for messages in theirs.values()]
    return set(
        Aside.objects.filter(message__in=newest, kind=AsideKind.LATER, at__lte=at, until__gt=at).values_list(
            "message_id", flat=True
        )
    )


def _assigned(conversations: Iterable[int], at: datetime) -> dict[int, int | None]:
    rows = Assignment.objects.filter(conversation__in=list(conversations), at__lte=at).order_by("at", "pk")
    return dict(rows.values_list("conversation_id", "member_id"))


def _judge(messages: Sequence[Message], offices: Offices, at: datetime, looked_after: dict[int, int | None]) -> Waiting:
    conversation, client = messages[0].conversation, messages[0].conversation.client
    clock = clocks([Said(row=message.pk, at=message.at, ours=False) for message in messages])[-1]
    wait = due(clock, calendar=offices.calendar(client), pledge=offices.pledge_to(client), at=at)
    lead = client.lead_id if client else None
    return Waiting(
        conversation=conversation,
        client=client,
        first=messages[0],
        last=messages[-1],
        wait=wait,
        member_id=looked_after.get(conversation.pk, lead),
    )


def unanswered(conversation: Conversation) -> bool:
    """Whether somebody waits in this conversation, by its kept sums."""
    return conversation.their_last_at is not None and conversation.their_last_at > conversation.settled_until
