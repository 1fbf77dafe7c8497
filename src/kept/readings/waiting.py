"""Who waits for us: every conversation in which a person wrote after we last answered, with its clock."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Aside, AsideKind, Assignment
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import LONG_AGO, Conversation, Conversations, Message
from kept.ledgers.conversations.noticed import Contradiction
from kept.ledgers.conversations.settling import CLOSED, OURS, THEIRS
from kept.ledgers.team.models import Member
from kept.measures.replies import Said, Wait, clocks, due
from kept.readings.calendars import Offices
from kept.readings.looked_after import Hands, hands
from kept.readings.pauses import pauses_of, standing, stretches

# conversations with the moment up to when they are settled
Unsettled = list[tuple[Conversation, datetime]]


@dataclass(frozen=True)
class Waiting:
    """One conversation that waits for us."""

    conversation: Conversation
    client: Client | None  # with its lead; None: a stranger's
    first: Message  # the one that started the clock
    last: Message  # their newest
    wait: Wait
    member_id: int | None  # who looks after it, see `looked_after`
    pause: Pause | None = None  # why its clock stands: we wait for them

    @property
    def who(self) -> str:
        """The person's name, or their address."""
        return name_of(self.last)

    @property
    def messages(self) -> int:
        """How often they wrote since."""
        return 1 + len(self.wait.clock.nudges)


def waiting(
    viewer: Member, *, at: datetime, offices: Offices, replay: bool = False, near: bool = False, paused: bool = False
) -> list[Waiting]:
    """All that wait and that the viewer may know of, longest past the pledge first; the `paused` last, if wanted.

    `near` leaves out what somebody else's clients say, unless the viewer was asked to look after it or nobody does.
    `replay` judges a past moment from the messages and marks of before it, as far as nobody took them back since;
    otherwise the kept sums find the conversations, whose number then sets the cost, not the length of history.
    Four queries, five in a replay; one more where walls stand.
    """
    known = Conversation.objects.seen_by(viewer)
    if near:
        known = known.filter(_near(viewer))
    unsettled = _unsettled_at(known, at) if replay else _unsettled_now(known)
    theirs = _their_messages(unsettled, at, replay=replay)
    looked_after = hands([messages[0].conversation for messages in theirs.values()], at=at, replay=replay)
    held = pauses_of(theirs, at=at)
    found = [
        _judge(messages, offices, at, looked_after, held.get(talk, []))
        for talk, messages in theirs.items()
        if not _is_put_off(messages)
    ]
    shown = [one for one in found if paused or one.pause is None]
    return sorted(shown, key=lambda one: (one.pause is not None, one.wait.left / one.wait.pledge, one.first.pk))


def _near(viewer: Member) -> Q:
    nobodys = Q(member=None) | Q(member__left_on__isnull=False)
    asked = Assignment.objects.filter(nobodys | Q(member_id=viewer.pk), conversation=OuterRef("pk"))
    leads = Q(client__lead=None) | Q(client__lead_id=viewer.pk) | Q(client__lead__left_on__isnull=False)
    return Q(client=None) | leads | Q(Exists(asked))


def _unsettled_now(known: Conversations) -> Unsettled:
    return [(talk, talk.settled_until) for talk in known.unsettled().select_related("client__lead")]


def _unsettled_at(known: Conversations, at: datetime) -> Unsettled:
    """As `_unsettled_now`, from the messages and marks there were at that moment."""
    before, marked = Q(messages__at__lte=at), Q(messages__asides__at__lte=at)
    # what was contradicted later was still taken for what a machine had written, or for a mere thank-you
    people = Q(messages__contradictions=None) | Q(messages__contradictions__at__lte=at)
    rows = (
        known.filter(started_at__lte=at)
        .values("pk")
        .annotate(
            theirs=Max("messages__at", filter=THEIRS & before & people),
            ours=Max("messages__at", filter=OURS & before & people),
            closed=Max("messages__at", filter=CLOSED & before & marked),
        )
    )
    sums = {row["pk"]: (row["theirs"], max(row["ours"] or LONG_AGO, row["closed"] or LONG_AGO)) for row in rows}
    settled = {pk: until for pk, (theirs, until) in sums.items() if theirs and theirs > until}
    talks = Conversation.objects.filter(pk__in=settled).select_related("client__lead")
    return [(talk, settled[talk.pk]) for talk in talks]


def _their_messages(unsettled: Unsettled, at: datetime, *, replay: bool) -> dict[int, list[Message]]:
    """Their unanswered messages by conversation, oldest first, each with whether it is put off."""
    talks = {talk.pk: (talk, until) for talk, until in unsettled}
    later = Aside.objects.filter(message=OuterRef("pk"), kind=AsideKind.LATER, at__lte=at, until__gt=at)
    rows = (
        Message.objects.asking()
        .filter(conversation__in=talks, at__lte=at)
        .annotate(put_off=Exists(later))
        .select_related("contact")
        .order_by("at", "pk")
    )
    if replay:
        rows = rows.exclude(Exists(Contradiction.objects.filter(message=OuterRef("pk"), at__gt=at)))
    if len(talks) < 500:
        # the oldest unsettled moment keeps long histories out of the read
        rows = rows.filter(at__gt=min((until for _, until in unsettled), default=LONG_AGO))
    found: dict[int, list[Message]] = defaultdict(list)
    for message in rows:
        talk, until = talks[message.conversation_id]
        if message.at > until:
            message.conversation = talk
            found[talk.pk].append(message)
    return found


def _is_put_off(messages: Sequence[Message]) -> bool:
    """Whether their newest was set aside until a day still to come; one that came later has no such mark."""
    return bool(messages[-1].put_off)  # type: ignore[attr-defined]  # a column of `_their_messages`


def _judge(
    messages: Sequence[Message], offices: Offices, at: datetime, looked_after: Hands, held: Sequence[Pause]
) -> Waiting:
    conversation, client = messages[0].conversation, messages[0].conversation.client
    clock = clocks([Said(row=message.pk, at=message.at, ours=False) for message in messages])[-1]
    theirs = [message.at for message in messages]
    wait = due(
        clock,
        calendar=offices.calendar(client),
        pledge=offices.pledge_to(client),
        at=at,
        pauses=stretches(held, theirs=theirs, at=at),
    )
    return Waiting(
        conversation=conversation,
        client=client,
        first=messages[0],
        last=messages[-1],
        wait=wait,
        member_id=looked_after.of(conversation, client),
        pause=standing(held, theirs=theirs, at=at),
    )


def name_of(message: Message) -> str:
    """Who wrote it: the contact's name, else what the mail says."""
    return message.contact.name if message.contact else message.sender_name or message.sender_email or "Somebody"
