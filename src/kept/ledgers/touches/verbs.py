"""What people do with meetings: plan, hold, miss, call off, correct; and taking each back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold as hold_row
from kept.kit.rows import remove
from kept.kit.taken import one_only
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member
from kept.ledgers.touches.models import Ending, EndingKind, Meeting, MeetingPerson


class AlreadyEnded(ValueError):
    """It was said before how the meeting ended; the message says so."""


@dataclass(frozen=True)
class Held:
    """How a meeting was held: whole minutes we were late, who led it, whether "How can I help you?" was asked.

    `help_asked` None: nobody said. `words` are what they answered.
    """

    minutes_late: int = 0
    held_by: Member | None = None
    help_asked: bool | None = None
    words: str = ""


@transaction.atomic
def plan(
    client: Client,
    *,
    about: str,
    planned_at: datetime,
    promised: Sequence[Member] = (),
    by: Member | None,
    at: datetime,
    engagement: Engagement | None = None,
) -> Meeting:
    """Write down a meeting and who of us was promised to come. Twice is once.

    Raises ValueError without a word about what, for an engagement of another client, and for who is kept from them.
    """
    about = about.strip()[:200]
    if not about:
        raise ValueError("Say what the meeting is about, in a few words.")
    if engagement is not None and engagement.client_id != client.pk:
        raise ValueError(f"Choose an engagement of {client.name}.")
    _check_known(client, promised)
    row, made = Meeting.objects.get_or_create(
        client=client, planned_at=planned_at, about=about, defaults={"engagement": engagement, "by": by, "at": at}
    )
    if made:
        MeetingPerson.objects.bulk_create(
            MeetingPerson(meeting=row, member=one, promised=True) for one in dict.fromkeys(promised)
        )
        write(
            "touches.plan", row, by=by, at=at, client_id=client.pk, said=about,
            planned_at=planned_at.isoformat(), promised=[one.name for one in promised],
        )  # fmt: skip
    return row


@transaction.atomic
def met(
    client: Client,
    *,
    about: str,
    met_at: datetime,
    promised: Sequence[Member] = (),
    came: Sequence[Member],
    held: Held = Held(),  # frozen
    by: Member,
    at: datetime,
    engagement: Engagement | None = None,
) -> Meeting:
    """Write down at once that we met: planned for when it was to begin, and held. Raises ValueError as both do."""
    meeting = plan(client, about=about, planned_at=met_at, promised=promised, by=by, at=at, engagement=engagement)
    hold(meeting, came=came, held=held, by=by, at=at)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, came: Sequence[Member], held: Held = Held(), by: Member, at: datetime) -> Ending:
    """The meeting was held, and these of us came: who was promised and is not among them was stood in for.

    Twice is once. Raises AlreadyEnded when it ended in another way, ValueError when nobody came or it is to come.
    """
    if not came:
        raise ValueError("Say who of us was there; if nobody came, say that we missed it.")
    if held.minutes_late < 0:
        raise ValueError("Minutes late are none or more.")
    _check_known(meeting.client, came)
    ending, made = _end(
        meeting, EndingKind.HELD, by=by, at=at,
        minutes_late=held.minutes_late, held_by=held.held_by, help_asked=held.help_asked,
        words=held.words.strip()[:500],
    )  # fmt: skip
    if made:
        meeting.people.exclude(member__in=came).update(came=False)
        meeting.people.filter(member__in=came).update(came=True)
        there = set(meeting.people.values_list("member_id", flat=True))
        MeetingPerson.objects.bulk_create(
            MeetingPerson(meeting=meeting, member=one, promised=False, came=True)
            for one in dict.fromkeys(came)
            if one.pk not in there
        )
        write(
            "touches.hold", ending, by=by, at=at, client_id=meeting.client_id, said=meeting.about,
            came=[one.name for one in came], minutes_late=held.minutes_late, planned_at=meeting.planned_at.isoformat(),
        )  # fmt: skip
    return ending


@transaction.atomic
def miss(meeting: Meeting, *, by: Member, at: datetime, words: str = "") -> Ending:
    """Nobody of us came. Twice is once; raises as `hold` does."""
    ending, made = _end(meeting, EndingKind.MISSED, by=by, at=at, words=words.strip()[:500])
    if made:
        meeting.people.update(came=False)
        write(
            "touches.miss", ending, by=by, at=at, client_id=meeting.client_id, said=meeting.about,
            planned_at=meeting.planned_at.isoformat(),
        )  # fmt: skip
    return ending


@transaction.atomic
def call_off(meeting: Meeting, *, by_us: bool, by: Member, at: datetime, words: str = "") -> Ending:
    """The meeting was called off, by us or by them. Twice is once; raises AlreadyEnded when it ended another way."""
    kind = EndingKind.OFF_BY_US if by_us else EndingKind.OFF_BY_THEM
    ending, made = _end(meeting, kind, by=by, at=at, words=words.strip()[:500])
    if made:
        write("touches.call_off", ending, by=by, at=at, client_id=meeting.client_id, said=meeting.about, by_us=by_us)
    return ending


@transaction.atomic
def move(meeting: Meeting, *, to: datetime, by: Member, at: datetime) -> None:
    """Correct when the meeting is: agreed anew, or written down wrongly. Twice is once.

    Raises AlreadyEnded once it was said how it ended, ValueError when the same meeting stands there already.
    """
    hold_row(meeting)
    if meeting.planned_at == to:
        return
    if Ending.objects.filter(meeting=meeting).exists():
        raise AlreadyEnded("It was said how this meeting ended; take that back before you move it.")
    was, meeting.planned_at = meeting.planned_at, to
    with one_only(ValueError("The same meeting stands there already.")):
        meeting.save(update_fields=["planned_at"])
    write(
        "touches.move", meeting, by=by, at=at, client_id=meeting.client_id, said=meeting.about,
        was=was.isoformat(), to=to.isoformat(),
    )  # fmt: skip


@transaction.atomic
def take_back(row: Meeting | Ending, *, by: Member, at: datetime) -> None:
    """Undo the writing down of a meeting with all that was said of it, or only how it ended. Twice is once."""
    meeting = row if isinstance(row, Meeting) else row.meeting
    people = [[one.member.name, one.promised, one.came] for one in meeting.people.select_related("member")]
    ending = Ending.objects.filter(meeting=meeting.pk).first()
    if not remove(row):
        return
    if isinstance(row, Ending):
        meeting.people.filter(promised=False).delete()
        meeting.people.update(came=None)
    write(
        "touches.take_back", row, by=by, at=at, client_id=meeting.client_id, said=meeting.about,
        meeting=facts_of(meeting), ended=facts_of(ending) if ending else None, people=people,
    )  # fmt: skip


def _end(meeting: Meeting, kind: EndingKind, *, by: Member, at: datetime, **facts: object) -> tuple[Ending, bool]:
    """The ending, and whether it is new."""
    hold_row(meeting)
    if kind in {EndingKind.HELD, EndingKind.MISSED} and meeting.planned_at > at:
        raise ValueError("The meeting is still to come. Say how it went when it is over.")
    ending, made = Ending.objects.get_or_create(meeting=meeting, defaults={"kind": kind, "by": by, "at": at, **facts})
    if not made and ending.kind != kind:
        raise AlreadyEnded(f"This meeting was {ending.get_kind_display()}, as was said before; take that back first.")
    return ending, made


def _check_known(client: Client, members: Sequence[Member]) -> None:
    for member in members:
        if not Client.objects.seen_by(member).filter(pk=client.pk).exists():
            raise ValueError(f"A wall keeps {member.name} from this client. Choose somebody else.")
