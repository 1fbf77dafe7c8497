"""What stands beside the inbox, in words: one conversation at a glance, the day so far, the long silences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.inbox_words import Eye, Line, State, line
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.conversations.models import Message
from kept.readings.inbox import Group, Row
from kept.readings.inbox_aside import Glance, Unheard

NAMED = 3  # so many receivers are named, the others counted


@dataclass(frozen=True)
class Seen:
    """A conversation at a glance, as the page draws it."""

    line: Line
    first: str  # what one calls the person
    written: str
    title: str
    words: str
    cut: bool
    tel: str
    agreed: list[str]
    waits: bool


def glance_lines(glance: Glance, eye: Eye) -> Seen:
    """The glance in words."""
    message = glance.row.message
    to = receivers(message)
    return Seen(
        line=line(glance.row, eye),
        first=calling(glance.row.who),
        written=when(message, eye) + (f", to {to}" if to else ""),
        title=words.full(message.at, eye.zone),
        words=glance.words or message.snippet,
        cut=glance.cut,
        tel=tel(message.contact.phone) if message.contact else "",
        agreed=glance.agreement.lines() if glance.agreement else [],
        waits=glance.row.group not in (Group.ASIDE, Group.ANSWERED, Group.UNANSWERED, Group.THEM),
    )


def when(message: Message, eye: Eye) -> str:
    """ "today, 08:10", "Thu 15 Oct, 11:20"."""
    said = words.moment(message.at, now=eye.now, zone=eye.zone)
    return said if "," in said else f"today, {said}"


def receivers(message: Message) -> str:
    """ "Bo and Kit", "Bo, Kit, Ada and two others"."""
    names = [calling(name or email) for name, email in message.to if name or email]
    rest = len(names) - NAMED
    return words.listed([*names[:NAMED], words.count(rest, "other")] if rest > 0 else names)


def tel(phone: str) -> str:
    """A tel: address, or "" when the words hold no number."""
    digits = re.sub(r"[^\d+]", "", phone)
    return f"tel:{digits}" if len(digits) > 3 else ""


def unheard_lines(quiet: Sequence[Unheard], eye: Eye) -> list[Line]:
    """Clients of a long silence as rows."""
    today = eye.now.astimezone(eye.zone).date()
    return [
        Line(
            pk=0,
            to=reverse("desk:conversation", args=[one.conversation_id]),
            who=one.client.name,
            of="",
            subject=f"last spoken to about “{one.subject}”" if one.subject else "",
            state=State("calm", words.since(one.last_at.astimezone(eye.zone).date(), today=today)),
            share=None,
            slim=True,
            reply="",
        )
        for one in quiet
    ]


def today_so_far(rows: Sequence[Row]) -> str:
    """ "Five conversations answered, all within our pledge.", "" before the first answer; from the answered rows."""
    late = sum(row.wait is not None and row.wait.late for row in rows)
    if not rows:
        return ""
    said = f"{words.sentence(words.count(len(rows), 'conversation'))} answered"
    if not late:
        return f"{said}, {'' if len(rows) == 1 else 'all '}within our pledge."
    return f"{said}, {words.count(late, 'of them', 'of them')} later than we pledged."
