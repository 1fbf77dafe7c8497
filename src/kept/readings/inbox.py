"""The inbox: who waits for us and with whom, what was set aside, what was answered today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import chain

from django.db.models import F, Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.team.models import Member
from kept.measures.replies import Wait
from kept.readings.answered import Reply, replies
from kept.readings.calendars import Offices
from kept.readings.waiting import Waiting, name_of, waiting

# how long one may still see, and take back, that somebody needed no reply
REMEMBERED = timedelta(days=7)


class Whose(StrEnum):
    YOURS = "yours"
    NOBODY = "nobody"
    EVERYONE = "everyone"


class Group(StrEnum):
    WAITING = "waiting"
    STRANGERS = "strangers"
    NOBODY = "nobody"  # a client's, whom nobody looks after
    OTHERS = "others"
    ASIDE = "aside"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Row:
    """One conversation in the inbox."""

    group: Group
    conversation: Conversation
    client: Client | None  # None: a stranger's
    message: Message  # their newest
    member: Member | None  # who looks after it, or who answered; None: nobody
    wait: Wait | None = None
    aside: Aside | None = None

    @property
    def who(self) -> str:
        """The person's name, or their address."""
        return name_of(self.message)


@dataclass(frozen=True)
class Inbox:
    """Everything of one view, in the order it is read; counts are of conversations, whatever the channel."""

    rows: tuple[Row, ...]
    replies: tuple[Reply, ...]  # answered today, in this view
    elsewhere: tuple[Row, ...]  # answered today in other ways
    nobodys: int
    everyones: int
    members: dict[int, Member]

    @property
    def answered(self) -> list[Row | Reply]:
        """What was answered today in this view, newest first, what was answered elsewhere last."""
        return [*self.replies, *self.elsewhere]

    def of(self, *groups: Group) -> list[Row]:
        """The rows of these groups."""
        return [row for row in self.rows if row.group in groups]


def inbox(viewer: Member, *, at: datetime, offices: Offices, whose: Whose = Whose.YOURS, channel: str = "") -> Inbox:
    """The viewer's inbox at `at`; `channel` keeps only what came that way ("": any). Six queries.

    Yours is what was handed to you, or what nobody was asked to take from clients you lead; strangers whom nobody
    looks after stand in everybody's.
    """
    members = {member.pk: member for member in Member.objects.present()}
    rows = [_waiting_row(one, viewer, members, whose) for one in waiting(viewer, at=at, offices=offices)]
    begins = day_begins(viewer, at=at, offices=offices)
    marked = [_aside_row(mark, members) for mark in _marks(viewer, at=at, begins=begins)]
    shown = [row for row in chain(rows, marked) if _is_shown(row, viewer, whose, channel)]
    order = list(Group)
    return Inbox(
        rows=tuple(
            sorted((row for row in shown if row.group != Group.ANSWERED), key=lambda row: order.index(row.group))
        ),
        elsewhere=tuple(row for row in shown if row.group == Group.ANSWERED),
        replies=tuple(
            reply
            for reply in replies(viewer, since=begins, at=at)
            if channel in ("", reply.channel) and (whose == Whose.EVERYONE or _is_ours(reply, viewer, whose))
        ),
        nobodys=sum(row.member is None for row in rows),
        everyones=len(rows),
        members=members,
    )


def as_rows(items: Sequence[Row | Reply], *, members: dict[int, Member], offices: Offices) -> list[Row]:
    """These items as rows; replies are loaded with their messages. One query, none without replies."""
    replied = [item.message_id for item in items if isinstance(item, Reply)]
    loaded = Message.objects.select_related("conversation__client__lead", "contact")
    messages = loaded.in_bulk(replied) if replied else {}
    rows = []
    for item in items:
        if isinstance(item, Row):
            rows.append(item)
        elif message := messages.get(item.message_id):
            client, member = message.conversation.client, members.get(item.member_id or 0)
            wait = item.judged(client, offices)
            rows.append(Row(Group.ANSWERED, message.conversation, client, message, member, wait=wait))
    return rows


def day_begins(viewer: Member, *, at: datetime, offices: Offices) -> datetime:
    """The viewer's last midnight."""
    zone = offices.zone_of(viewer)
    return datetime.combine(at.astimezone(zone).date(), time(), zone)


def _waiting_row(one: Waiting, viewer: Member, members: dict[int, Member], whose: Whose) -> Row:
    member = members.get(one.member_id or 0)  # who has left looks after nobody
    return Row(_group(one.client, member, viewer, whose), one.conversation, one.client, one.last, member, wait=one.wait)


def _group(client: Client | None, member: Member | None, viewer: Member, whose: Whose) -> Group:
    theirs = member is not None and member.pk != viewer.pk
    if whose == Whose.YOURS and theirs:
        return Group.OTHERS
    if client is None:
        return Group.STRANGERS
    return Group.NOBODY if whose == Whose.YOURS and member is None else Group.WAITING


def _marks(viewer: Member, *, at: datetime, begins: datetime) -> Sequence[Aside]:
    """What people said about the newest message of a conversation, as far as it still stands."""
    theirs, settled = F("message__conversation__their_last_at"), F("message__conversation__settled_until")
    later = Q(kind=AsideKind.LATER, until__gt=at, message__at__gt=settled)
    closed = Q(kind=AsideKind.NO_REPLY, at__gte=at - REMEMBERED) | Q(kind=AsideKind.ELSEWHERE, at__gte=begins)
    rows = (
        Aside.objects.exclude(behind_wall(viewer, "message__conversation__client__wall_id"))
        .filter(later | closed & Q(message__at=settled), message__at=theirs)
        .select_related("message__conversation__client", "message__contact", "by")
        .order_by("-at", "-pk")
    )
    return sorted(rows, key=lambda mark: (mark.until is None, mark.until or at))


def _aside_row(mark: Aside, members: dict[int, Member]) -> Row:
    talk = mark.message.conversation
    group = Group.ANSWERED if mark.kind == AsideKind.ELSEWHERE else Group.ASIDE
    return Row(group, talk, talk.client, mark.message, members.get(mark.by_id or 0), aside=mark)


def _is_shown(row: Row, viewer: Member, whose: Whose, channel: str) -> bool:
    if channel not in ("", row.message.channel):
        return False
    if whose == Whose.NOBODY:
        return row.aside is None and row.member is None
    if row.aside is None or whose == Whose.EVERYONE:
        return True
    return viewer.pk in (row.aside.by_id, row.client.lead_id if row.client else None)


def _is_ours(reply: Reply, viewer: Member, whose: Whose) -> bool:
    return whose == Whose.YOURS and viewer.pk in (reply.member_id, reply.lead_id)
