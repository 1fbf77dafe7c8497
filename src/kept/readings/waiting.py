"""Who waits for us: every conversation in which a person wrote after we last answered, with its clock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import LONG_AGO, Conversation, Message
from kept.ledgers.conversations.noticed import Contradiction, Request
from kept.ledgers.team.models import Member
from kept.measures.replies import Said, Wait, clocks, due
from kept.measures.wishes import Wanted, Wish, left_until, soonest
from kept.readings.calendars import Offices
from kept.readings.looked_after import looks_after
from kept.readings.pauses import pauses_of, standing, stretches
from kept.readings.unsettled import Unsettled
from kept.readings.unsettled import unsettled as unsettled_of


class Written(NamedTuple):
    """One of their unanswered messages, as much of it as a clock needs."""

    pk: int
    at: datetime
    put_off: bool  # set aside until a day still to come
    by: datetime | None  # by when it asks for something, where it names a moment
    word: str | None  # that hurries, where it does not


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
    wanted: Wanted | None = None  # by when they ask for it
    left: timedelta = timedelta(0)  # working time until the sooner of the pledge and that, below zero once past

    @property
    def who(self) -> str:
        """The person's name, or their address."""
        return name_of(self.last)

    @property
    def messages(self) -> int:
        """How often they wrote since."""
        return 1 + len(self.wait.clock.nudges)


def waiting(
    viewer: Member,
    *,
    at: datetime,
    offices: Offices,
    replay: bool = False,
    near: bool = False,
    but: Conversation | None = None,
    paused: bool = False,
) -> list[Waiting]:
    """All that wait and that the viewer may know of, longest past the pledge, or the day they ask for, first.

    What is `paused` comes last, if wanted.

    `near` leaves out what somebody else's clients say, `but` one conversation, unless the viewer was asked to look
    after it or nobody does.
    `replay` judges a past moment from the messages and marks of before it, as far as nobody took them back since;
    otherwise the kept sums find the conversations, whose number then sets the cost, not the length of history.
    Four queries, five in a replay.
    """
    unsettled = unsettled_of(viewer, at=at, near=near, besides=but.pk if but else 0, replay=replay)
    theirs = _their_messages(unsettled, at, replay=replay)
    open_ = [(talk, theirs[talk.pk]) for talk, _ in unsettled if talk.pk in theirs and not theirs[talk.pk][-1].put_off]
    ends, held = _ends(written for _, written in open_), pauses_of(theirs, at=at)
    found = [
        _judge(
            talk, written, offices, at,
            ends=ends, member_id=looks_after(talk, at=at, replay=replay), held=held.get(talk.pk, []),
        )
        for talk, written in open_
    ]  # fmt: skip
    shown = [one for one in found if paused or one.pause is None]
    return sorted(shown, key=lambda one: (one.pause is not None, one.left / one.wait.pledge, one.first.pk))


def _their_messages(unsettled: Unsettled, at: datetime, *, replay: bool) -> dict[int, list[Written]]:
    """Their unanswered messages by conversation, oldest first, each with whether it is put off."""
    untils = {talk.pk: until for talk, until in unsettled}
    # the oldest unsettled moment keeps long histories out of the read
    rows = _asked(list(untils), min(untils.values(), default=LONG_AGO), at, replay=replay)
    found: dict[int, list[Written]] = defaultdict(list)
    for talk, pk, when, *marks in rows:
        if when > untils[talk]:
            found[talk].append(Written(pk, when, *marks))
    return found


@written_once
def _asked(talks: Sequence[int], after: datetime, at: datetime, *, replay: bool) -> QuerySet[Message, tuple[Any, ...]]:
    later = Aside.objects.filter(message=OuterRef("pk"), kind=AsideKind.LATER, at__lte=at, until__gt=at)
    rows = Message.objects.asking().filter(conversation__in=talks, at__gt=after, at__lte=at).order_by("at", "pk")
    if replay:
        rows = rows.exclude(Exists(Contradiction.objects.filter(message=OuterRef("pk"), at__gt=at)))
    return rows.values_list("conversation_id", "pk", "at", Exists(later), *_wish(at))


def _wish(at: datetime) -> tuple[Subquery, Subquery]:
    """Of what a message asks for what hurries most: the first moment it names, else a word."""
    standing_then = Q(dismissed_at=None) | Q(dismissed_at__gt=at)
    asked = Request.objects.filter(standing_then, message=OuterRef("pk")).exclude(by_at=None, urgent="")
    first = asked.order_by(F("by_at").asc(nulls_last=True), "pk")
    return Subquery(first.values("by_at")[:1]), Subquery(first.values("urgent")[:1])


def _ends(theirs: Iterable[list[Written]]) -> dict[int, Message]:
    """The first and the newest message of each, by key: what lies between is counted, never shown."""
    keys = {one.pk for written in theirs for one in (written[0], written[-1])}
    return {message.pk: message for message in _messages(sorted(keys))} if keys else {}


@written_once
def _messages(keys: Sequence[int]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=keys).select_related("contact").order_by()


def _judge(
    talk: Conversation,
    written: Sequence[Written],
    offices: Offices,
    at: datetime,
    *,
    ends: Mapping[int, Message],
    member_id: int | None,
    held: Sequence[Pause],
) -> Waiting:
    clock = clocks([Said(row=one.pk, at=one.at, ours=False) for one in written])[-1]
    theirs, first, last = [one.at for one in written], ends[written[0].pk], ends[written[-1].pk]
    first.conversation = last.conversation = talk
    calendar, zone = offices.calendar(talk.client), offices.zone_with(talk.client)
    wait = due(
        clock,
        calendar=calendar,
        pledge=offices.pledge_to(talk.client),
        at=at,
        pauses=stretches(held, theirs=theirs, at=at),
    )
    wanted = soonest([Wish(one.at.astimezone(zone), one.by, one.word or "") for one in written], calendar=calendar)
    return Waiting(
        talk, talk.client, first=first, last=last, wait=wait, member_id=member_id,
        pause=standing(held, theirs=theirs, at=at),
        wanted=wanted,
        left=left_until(wait, wanted, calendar=calendar, at=at),
    )  # fmt: skip


def name_of(message: Message) -> str:
    """Who wrote it: the contact's name, else what the mail says."""
    return message.contact.name if message.contact else message.sender_name or message.sender_email or "Somebody"
