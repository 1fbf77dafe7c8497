"""Hearing how it felt: the answer is kept, and a low one is followed by a call, promised the same moment."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db import transaction

from kept.flows.pulse_links import without_links
from kept.ledgers.clients.models import Client
from kept.ledgers.pulses.answering import Source, answer
from kept.ledgers.pulses.following import Call, open_follow_up
from kept.ledgers.pulses.models import MARKS, Answer, Invitation
from kept.ledgers.team.models import KeptOut, Member, Role
from kept.measures.feeling import Feeling, needs_a_call
from kept.measures.working_time import Calendar
from kept.readings.calendars import offices
from kept.readings.trust_numbers import parameters_at


@transaction.atomic
def hear(
    invitation: Invitation,
    *,
    marks: Mapping[str, int | None],
    at: datetime,
    words: str | None = None,
    call_me: bool | None = None,
    source: Source = Source(),  # noqa: B008  # frozen
) -> Answer:
    """Keep or change what they said, as `pulses.answer`; a low answer, or the wish to be called, opens a follow-up.

    Whoever leads the client, else an owner, promises to speak with them within a working day. An answer that was low
    already opens nothing again. A link of ours in their words is cut, for others read them. Raises Closed, ValueError,
    as `pulses.answer`.
    """
    feeling = parameters_at(at).feeling
    before = Answer.objects.filter(invitation=invitation).first()
    if words is not None:
        words = without_links(words, at=at, but=invitation)
    row = answer(invitation, marks=marks, at=at, words=words, call_me=call_me, source=source)
    if asks_for_a_word(row, feeling) and not (before and asks_for_a_word(before, feeling)):
        follow(row, at=at)
    return row


def asks_for_a_word(row: Answer, numbers: Feeling) -> bool:
    """Whether somebody should speak with them soon."""
    marks = [mark for name in MARKS if (mark := getattr(row, name)) is not None]
    return row.call_me or needs_a_call(marks, numbers=numbers)


def follow(row: Answer, *, at: datetime) -> None:
    """Open the follow-up of an answer. Of a firm without anybody who could speak with them nothing is opened."""
    client = Client.objects.select_related("lead").get(pk=row.client_id)
    owner = who_speaks_with(client)
    if owner is None:
        return
    due = call_by(at, offices().calendar(client))
    who = row.contact.first_name if row.contact else client.name
    open_follow_up(row, owner=owner, call=Call(f"Speak with {who} about how it felt", due), at=at)


def call_by(at: datetime, calendar: Calendar) -> datetime:
    """Within a working day, and by its end at the latest: nobody is called at eleven at night."""
    same_time = calendar.same_time_after(at, 1)
    due = calendar.previous_open(same_time)
    if due > at:
        return due
    # what comes on a Sunday at six has all of Monday
    day = calendar.next_open(same_time).astimezone(calendar.zone)
    return calendar.previous_open(datetime.combine(day.date() + timedelta(days=1), time.min, calendar.zone))


def who_speaks_with(client: Client) -> Member | None:
    """Whoever leads the client; where nobody does any more, the first owner, else another lead."""
    if client.lead is not None and client.lead.left_on is None:
        return client.lead
    others = Member.objects.present().filter(role__in=[Role.OWNER, Role.LEAD]).order_by("-role", "pk")
    out = set(KeptOut.objects.filter(wall=client.wall_id).values_list("member_id", flat=True)) if client.wall_id else ()
    return next((one for one in others if one.pk not in out), None)
