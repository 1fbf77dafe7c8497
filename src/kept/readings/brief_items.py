"""One item of the brief: who, what, why now, by when, and the one act that helps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.measures.promises import OVERDUE, State
from kept.measures.text.first_words import first_words
from kept.readings.budgets import Running
from kept.readings.follow_ups import Unanswered
from kept.readings.promised import Owed
from kept.readings.waiting import Waiting
from kept.readings.wanted_words import wanted_words

A_DAY = timedelta(hours=18)


@dataclass(frozen=True)
class Item:
    """What a brief shows of one matter.

    `state` and `says` are the mark and its words, `by` the line below, `share` the per cent of the pledge that is gone.
    `place` is the page that opens it: the name of its address and the row.
    """

    kind: str
    row: int
    client: Client | None
    who: str
    what: str
    why: str
    state: str
    says: str
    by: str
    due: datetime | None
    late: bool
    act: str
    place: tuple[str, int]
    share: float | None = None
    subject: Any = None  # the reading it was made of, for pages that draw more

    def told(self, url: str) -> dict[str, Any]:
        """The item as JSON says it, with its address."""
        return {
            "kind": self.kind,
            "client": self.client.name if self.client else None,
            "who": self.who,
            "what": self.what,
            "subject": self.subject.conversation.subject if isinstance(self.subject, Waiting) else None,
            "why": self.why,
            "due": self.due.isoformat() if self.due else None,
            "late": self.late,
            "act": self.act,
            "url": url,
            "row": self.row,
        }


def of_waiting(one: Waiting, *, at: datetime, zone: ZoneInfo) -> Item:
    """Somebody waits for an answer."""
    wait, first = one.wait, calling(one.who)
    return Item(
        kind="waiting" if one.client else "stranger",
        row=one.conversation.pk,
        client=one.client,
        who=one.who,
        what=first_words(one.last.snippet) or one.last.subject or "(without a word)",
        why=_why_waiting(one, at=at, zone=zone),
        state="late" if wait.late else "soon" if wait.last_hour else "calm",
        says=f"{words.working_span(wait.left)} past our pledge"
        if wait.late
        else f"{words.working_span(wait.left)} left",
        by=f"{'was due ' if wait.late else 'by '}{words.moment(wait.due, now=at, zone=zone)}",
        due=wait.due,
        late=wait.late,
        act="Call back" if one.last.channel == "call" else f"Reply to {first}" if one.client else f"Answer {first}",
        place=("desk:conversation", one.conversation.pk),
        share=min(100.0, 100 * (wait.passed / wait.pledge)),
        subject=one,
    )


def _why_waiting(one: Waiting, *, at: datetime, zone: ZoneInfo) -> str:
    wrote = words.moment(one.began.at, now=at, zone=zone)
    first = calling(one.who)
    asks = f" They ask for it {wanted_words(one.wanted, now=at, zone=zone)}." if one.wanted else ""
    if one.messages > 1:
        return f"{first} has written {words.count(one.messages, 'time')} since {wrote}, and nobody has answered.{asks}"
    verb = "rang" if one.began.channel == "call" else "wrote"
    return f"{first} {verb} {'today at ' if ',' not in wrote else ''}{wrote}, and nobody has answered.{asks}"


def of_promise(said: Owed, *, viewer: Member, at: datetime, zone: ZoneInfo) -> Item:
    """A promise falls due, or has."""
    promise, state, due = said.promise, said.judged.state, said.judged.due
    when = words.moment(due, now=at, zone=zone)
    late = state in OVERDUE
    by = "You" if promise.by_id == viewer.pk else promise.by.first_name
    made = words.day(promise.made_at.astimezone(zone).date(), today=at.astimezone(zone).date(), article=True)
    past = words.since(due.astimezone(zone).date(), today=at.astimezone(zone).date())
    return Item(
        kind="promise",
        row=promise.pk,
        client=promise.client,
        who=said.to,
        what=promise.words,
        why=f"{by} said so {made}." + (" No new day has been agreed." if late else ""),
        state="broken" if state == State.BROKEN else "late" if late else "soon" if state == State.SOON else "calm",
        says=_says_of_promise(state, when, past),
        by=f"was due {when}"
        if late
        else f"{words.span(due - at)} from now"
        if due - at < A_DAY
        else f"{by} {'have' if by == 'You' else 'has'} it",
        due=due,
        late=late,
        act="Keep it" if not late else f"Tell {said.first}",
        place=("desk:promise", promise.pk),
        subject=said,
    )


def _says_of_promise(state: State, when: str, past: str) -> str:
    if state == State.BROKEN:
        return f"broken, {past.replace('ago', 'late')}"
    if state == State.LATE:
        return f"late {past}" if past.startswith("since") else f"due {past}"
    return when if ", " in when else f"today, {when}"


def of_unanswered(one: Unanswered, *, viewer: Member, at: datetime, zone: ZoneInfo) -> Item:
    """We wrote, and nobody answered."""
    message, today = one.message, at.astimezone(zone).date()
    sent = words.day(message.at.astimezone(zone).date(), today=today)
    writer = message.member
    whose = "your" if writer and writer.pk == viewer.pk else f"{writer.first_name}’s" if writer else "our"
    return Item(
        kind="unanswered",
        row=one.conversation.pk,
        client=one.client,
        who=one.who,
        what=first_words(message.snippet) or message.subject or "(without a word)",
        why=f"{calling(one.who)} has not answered {whose} mail of {sent}. {one.why}",
        state="soon",
        says=f"no answer since {sent}",
        by="",
        due=one.due_at,
        late=False,
        act="Write again",
        place=("desk:conversation", one.conversation.pk),
        subject=one,
    )


def of_hours(one: Running, *, at: datetime, zone: ZoneInfo) -> Item:
    """A budget runs over, or might and somebody should be asked."""
    day = at.astimezone(zone).date()
    asks = not (one.alarm and one.alarm.level)
    unknown = one.asks_left and asks
    likely = one.forecast.likely if one.forecast else one.worked
    lead = one.client.lead.first_name if one.client.lead else "the lead"
    return Item(
        kind="hours",
        row=one.engagement.pk,
        client=one.client,
        who=one.client.name,
        what=f"{one.worked:.0f} of {one.budget or 0:.0f} hours, likely {likely:.0f} by the end of {_until(one)}.",
        why="Past the point at which we ask how much is left." if unknown else _why_over(one),
        state="unknown" if unknown else "late" if one.alarm and one.alarm.level == "red" else "soon",
        says="hours left: not known" if unknown else _over_when(one, day),
        by=one.engagement.name,
        due=None,
        late=bool(one.alarm and one.alarm.level == "red"),
        act=f"Ask {lead}" if unknown else "Prepare the talk",
        place=("desk:client", one.client.pk),
        subject=one,
    )


def _why_over(one: Running) -> str:
    chance = words.chance(one.alarm.probability) if one.alarm else ""
    odds = f"{chance} that it ends" if " in " in chance else f"it will {chance} end"
    return f"{words.sentence(odds)} more than a tenth above what was paid for."


def _over_when(one: Running, day: Any) -> str:
    if one.budget is not None and one.worked > one.budget:
        return f"over by {one.worked - one.budget:.0f} h already"
    return f"over {words.day(one.run_out, today=day, article=True)}" if one.run_out else "likely over"


def _until(one: Running) -> str:
    return words.MONTHS[one.ends.month - 1] if one.ends else "the job"
