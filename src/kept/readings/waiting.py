"""Who waits for us: every conversation in which a person wrote after we last answered, with its clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.team.models import Member
from kept.measures.replies import Clock, Wait
from kept.measures.wishes import Wanted, Wish, left_until, soonest
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices
from kept.readings.looked_after import Talk, looks_after
from kept.readings.pauses import pauses_of, standing, stretches
from kept.readings.unsettled import unsettled
from kept.readings.waiting_clocks import Clocks
from kept.readings.waiting_shelf import Shelf, name_of
from kept.readings.waiting_written import Written, written, written_then

__all__ = ["Waiting", "Written", "name_of", "waiting"]


@dataclass(frozen=True, eq=False)
class Waiting:
    """One conversation that waits for us.

    Hundreds may: the rows behind it (`conversation`, `client`, `first`, `last`) are fetched when they are looked at,
    those `waiting_shelf.fetch` was told of by themselves, else those of all who wait. One query.
    """

    talk_id: int
    client_id: int | None  # None: a stranger's
    began: Written  # what started the clock
    newest: Written
    wait: Wait
    member_id: int | None  # who looks after it, see `looked_after`
    pause: Pause | None = None  # why its clock stands: we wait for them
    wanted: Wanted | None = None  # by when they ask for it
    left: timedelta = timedelta(0)  # working time until the sooner of the pledge and that, below zero once past
    shelf: Shelf = field(default_factory=Shelf, repr=False)

    @property
    def conversation(self) -> Conversation:
        return self.last.conversation

    @property
    def client(self) -> Client | None:
        """With its lead; None: a stranger's."""
        return self.last.conversation.client

    @property
    def first(self) -> Message:
        return self.shelf.message(self.began.pk)

    @property
    def last(self) -> Message:
        return self.shelf.message(self.newest.pk)

    @property
    def who(self) -> str:
        """The person's name, or their address."""
        return name_of(self.last)

    @property
    def person(self) -> int | str:
        """Tells people apart, without their rows."""
        one = self.newest
        return one.contact_id or one.sender_email or one.sender_name or "Somebody"

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
    Two queries when nothing moved, four at most, also in a replay; one more once rows are looked at.
    """
    talks, moved = unsettled(viewer, at=at, near=near, besides=but.pk if but else 0, replay=replay)
    theirs = written_then(talks, at=at, replay=True) if replay else written(talks, at=at, moved=moved)
    open_ = [(talk, theirs[talk.pk]) for talk in talks if talk.pk in theirs and not theirs[talk.pk][-1].put_off]
    held, clocks, shelf = pauses_of(theirs, at=at), Clocks(at), Shelf()
    found = [
        _judge(
            talk, said, offices, clocks,
            held=held.get(talk.pk, ()), member_id=looks_after(talk, at=at, replay=replay), shelf=shelf,
        )
        for talk, said in open_
    ]  # fmt: skip
    shown = [one for one in found if paused or one.pause is None]
    shelf.wants(key for one in shown for key in (one.began.pk, one.newest.pk))
    return sorted(shown, key=lambda one: (one.pause is not None, one.left / one.wait.pledge, one.began.pk))


def _judge(
    talk: Talk,
    said: Sequence[Written],
    offices: Offices,
    clocks: Clocks,
    *,
    held: Sequence[Pause],
    member_id: int | None,
    shelf: Shelf,
) -> Waiting:
    calendar = offices.calendar_of(talk.office, talk.leads_office)
    pledge = timedelta(minutes=talk.pledge) if talk.pledge else offices.pledge
    theirs = [one.at for one in said] if held else ()
    # nothing of ours lies between them, so they are one run
    clock = Clock(said[0].pk, said[0].at, nudges=tuple(one.pk for one in said[1:]))
    stood = stretches(held, theirs=theirs, at=clocks.at)
    wait = clocks.judged(clock, calendar=calendar, pledge=pledge, pauses=stood)
    wanted = _wanted(said, calendar, offices.zones.get(talk.office or talk.leads_office or 0, offices.zone))
    return Waiting(
        talk.pk, talk.client_id, began=said[0], newest=said[-1], wait=wait, member_id=member_id,
        pause=standing(held, theirs=theirs, at=clocks.at),
        wanted=wanted,
        left=left_until(wait, wanted, calendar=calendar, at=clocks.at),
        shelf=shelf,
    )  # fmt: skip


def _wanted(said: Iterable[Written], calendar: Calendar, zone: ZoneInfo) -> Wanted | None:
    wishes = [Wish(one.at.astimezone(zone), one.by, one.word or "") for one in said if one.by or one.word]
    return soonest(wishes, calendar=calendar)
