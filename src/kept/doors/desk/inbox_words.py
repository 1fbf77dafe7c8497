"""The inbox in words: what each row says of who wrote, whence, and how long they have waited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from textwrap import shorten
from zoneinfo import ZoneInfo

from django.urls import reverse

from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Message
from kept.measures.replies import Wait
from kept.readings.follow_ups import Unanswered
from kept.readings.inbox import Group, Row
from kept.readings.wanted_words import wanted_words

WAITS_FOR = re.compile(r"^we(?:’re|'re| are)? wait(?:ing)? for +", re.IGNORECASE)
CAME_BY = {
    "mail": "by mail",
    "form": "from our form",
    "comment": "in a comment",
    "call": "on the phone",
    "connection": "asks to be connected",
    "note": "in a meeting",
}
SLIM = {Group.THEM, Group.UNANSWERED, Group.OTHERS, Group.ASIDE, Group.ANSWERED}
HEADS = {
    Group.WAITING: ("Waiting for us", "the line: how much of the promised time is gone"),
    Group.STRANGERS: ("Strangers", "answered like everyone"),
    Group.NOBODY: ("Nobody’s yet", "whoever takes one looks after it"),
    Group.THEM: ("Waiting for them", "their clock stands until they write"),
    Group.UNANSWERED: ("Nobody answered", "what we wrote, back on its day"),
    Group.OTHERS: ("With others", "your clients and theirs"),
    Group.ASIDE: ("Set aside", "they come back by themselves"),
    Group.ANSWERED: ("Answered today", "the newest first"),
}


@dataclass(frozen=True)
class Eye:
    """Who reads, when and where: every moment is said for them."""

    now: datetime
    zone: ZoneInfo
    own: frozenset[str] = frozenset()  # the reader's addresses: an answer need not copy them


@dataclass(frozen=True)
class State:
    """A state as parts/state.html draws it."""

    s: str
    words: str
    title: str = ""


@dataclass(frozen=True)
class Line:
    """One row as the page draws it."""

    pk: int
    to: str
    who: str
    of: str
    subject: str
    state: State
    share: float | None  # per cent of the promised time that is gone
    slim: bool
    reply: str
    asks: str = ""  # "asks for it by Friday"
    current: bool = False


@dataclass(frozen=True)
class Section:
    """A group of rows hung from its line."""

    id: str
    name: str
    fact: str
    slim: bool
    lines: list[Line]


def sections(rows: Sequence[Row], totals: Mapping[Group, int], eye: Eye, *, current: int) -> list[Section]:
    """The page's rows by group, in the order they come; a group that goes on elsewhere says how many it has."""
    found = []
    for group, members in groupby(rows, key=lambda row: row.group):
        lines = [line(row, eye, current=current) for row in members]
        name, fact = HEADS[group]
        fact = fact if totals[group] == len(lines) else f"{len(lines)} of {totals[group]}"
        found.append(Section(f"g-{group.value}", name, fact, group in SLIM, lines))
    return found


def line(row: Row, eye: Eye, *, current: int = 0) -> Line:
    """The row in words."""
    slim = row.group in SLIM
    return Line(
        pk=row.conversation.pk,
        to=reverse("desk:conversation", args=[row.conversation.pk]),
        who=row.who,
        of=whence(row.client, row.message),
        subject=row.conversation.subject or row.message.snippet or "(without a subject)",
        state=state(row, eye),
        share=None if slim or row.wait is None else round(100 * (row.wait.passed / row.wait.pledge), 1),
        slim=slim,
        reply=reverse("desk:conversation", args=[row.conversation.pk]) + "#words",
        asks=f"asks for it {wanted_words(row.wanted, now=eye.now, zone=eye.zone)}" if row.wanted and not slim else "",
        current=row.conversation.pk == current,
    )


def whence(client: Client | None, message: Message) -> str:
    """The client's name, or from where a stranger wrote."""
    if client:
        return client.name if message.channel == "mail" else f"{client.name}, {CAME_BY[message.channel]}"
    domain = message.sender_email.rpartition("@")[2]
    return domain if message.channel == "mail" and message.sender_name and domain else CAME_BY[message.channel]


def state(row: Row, eye: Eye) -> State:
    """What is to be said of the row now."""
    if row.aside:
        return _aside(row, eye)
    if row.pause:
        return State("calm", waits_for(row.pause), f"since {words.full(row.pause.at, eye.zone)}: {row.pause.reason}")
    if row.awaited:
        return _awaited(row.awaited, eye)
    if row.wait is None:
        return State("calm", "needs no reply, it seems" if row.message.closing else "", row.message.closing)
    if row.group == Group.ANSWERED:
        return _answered(row, row.wait, eye)
    found = clock(row.wait, eye)
    if row.group == Group.OTHERS and row.member:
        return State(found.s, f"with {calling(row.member.name)}, {found.words}", found.title)
    return found


def clock(wait: Wait, eye: Eye) -> State:
    """ "38 min past our pledge", "50 min left", "by tomorrow, 09:15"."""
    title = f"promised by {words.full(wait.due, eye.zone)}"
    if wait.late:
        return State("late", f"{words.working_span(wait.left)} past our pledge", title)
    if wait.last_hour:
        return State("soon", f"{words.span(wait.left)} left", title)
    today = wait.due.astimezone(eye.zone).date() == eye.now.astimezone(eye.zone).date()
    return State("calm", f"{words.span(wait.left)} left" if today else by(wait.due, eye), title)


def by(due: datetime, eye: Eye) -> str:
    """ "by 10:30", "by tomorrow, 09:15"."""
    return f"by {words.moment(due, now=eye.now, zone=eye.zone)}"


def waits_for(pause: Pause) -> str:
    """ "we wait for their logo, says Bo"."""
    said = WAITS_FOR.sub("", pause.reason)
    by_whom = f", says {calling(pause.by.name)}" if pause.by else ""
    return f"we wait for {shorten(said or pause.reason, 60, placeholder=' …')}{by_whom}"


def _awaited(one: Unanswered, eye: Eye) -> State:
    """ "no answer since Thu 15 Oct"."""
    wrote = words.day(one.message.at.astimezone(eye.zone).date(), today=eye.now.astimezone(eye.zone).date())
    return State("soon", f"no answer since {wrote}", one.why)


def _aside(row: Row, eye: Eye) -> State:
    aside = row.aside
    assert aside is not None  # noqa: S101  # only rows with a mark come here
    said = f", says {calling(aside.by.name)}" if aside.by else ""
    title = f"{aside.reason} ({words.full(aside.at, eye.zone)})"
    if aside.kind == AsideKind.LATER and aside.until:
        return State("calm", f"back {words.moment(aside.until, now=eye.now, zone=eye.zone)}", title)
    if aside.kind == AsideKind.ELSEWHERE:
        return State("calm", f"{aside.reason[:40]}{said}", title)
    return State("calm", f"needs no reply{said}", title)


def _answered(row: Row, wait: Wait, eye: Eye) -> State:
    at = wait.clock.answered_at or eye.now
    who = f" by {calling(row.member.name)}" if row.member else ""
    past = f", {words.working_span(wait.left)} past our pledge" if wait.late else ""
    said = f"{words.moment(at, now=eye.now, zone=eye.zone)}{who}{past}"
    return State("late" if wait.late else "kept", said, f"answered {words.full(at, eye.zone)}")
