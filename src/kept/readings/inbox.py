"""The inbox: who waits for us and with whom, what was set aside, what was answered today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Message
from kept.ledgers.team.models import Member
from kept.readings.answered import Reply, replies
from kept.readings.calendars import Offices
from kept.readings.follow_ups import Unanswered, unanswered
from kept.readings.inbox_marked import MOST, marks, thanks
from kept.readings.inbox_rows import Group, Row, Spoken, Whose
from kept.readings.waiting import Waiting, waiting
from kept.readings.waiting_shelf import fetch

__all__ = ["Group", "Inbox", "Row", "Spoken", "Whose", "as_rows", "inbox"]


@dataclass(frozen=True)
class Inbox:
    """Everything of one view, in the order it is read; counts are of conversations, whatever the channel.

    `cut`: of what was set aside only the newest are here.
    """

    rows: tuple[Row, ...]
    replies: tuple[Reply, ...]  # answered today, in this view
    elsewhere: tuple[Row, ...]  # answered today in other ways
    nobodys: int
    everyones: int
    members: dict[int, Member]
    cut: bool = False

    @property
    def answered(self) -> list[Row | Reply]:
        """What was answered today in this view, newest first, what was answered elsewhere last."""
        return [*self.replies, *self.elsewhere]

    def of(self, *groups: Group) -> list[Row]:
        """The rows of these groups."""
        return [row for row in self.rows if row.group in groups]


def inbox(viewer: Member, *, at: datetime, offices: Offices, whose: Whose = Whose.YOURS, channel: str = "") -> Inbox:
    """The viewer's inbox at `at`; `channel` keeps only what came that way ("": any). Twelve queries at most.

    Yours is what was handed to you, or what nobody was asked to take from clients you lead; strangers whom nobody
    looks after stand in everybody's.
    """
    members = {member.pk: member for member in Member.objects.present()}
    found = waiting(viewer, at=at, offices=offices, paused=True)
    running = [one for one in found if one.pause is None]
    begins = day_begins(viewer, at=at, offices=offices)
    rows = [_waiting_row(one, viewer, members, whose) for one in found]
    rows += [_awaited_row(one, members) for one in unanswered(viewer, at=at, offices=offices, own=whose == Whose.YOURS)]
    marked, cut = _set_aside(viewer, at, begins, members, whose)
    order = {group: place for place, group in enumerate(Group)}
    shown = [row for row in (*rows, *marked) if _is_shown(row, viewer, whose, channel)]
    return Inbox(
        rows=tuple(sorted((row for row in shown if row.group != Group.ANSWERED), key=lambda row: order[row.group])),
        elsewhere=tuple(row for row in shown if row.group == Group.ANSWERED),
        replies=tuple(
            reply
            for reply in replies(viewer, since=begins, at=at)
            if channel in ("", reply.channel) and (whose == Whose.EVERYONE or _is_ours(reply, viewer, whose))
        ),
        nobodys=sum(members.get(one.member_id or 0) is None for one in running),
        everyones=len(running),
        members=members,
        cut=cut,
    )


def _set_aside(
    viewer: Member, at: datetime, begins: datetime, members: dict[int, Member], whose: Whose
) -> tuple[list[Row], bool]:
    """What need not be answered now, and whether there is more of it than is shown."""
    if whose == Whose.NOBODY:
        return [], False
    own = whose == Whose.YOURS
    said, noticed = marks(viewer, at=at, begins=begins, own=own), thanks(viewer, at=at, own=own)
    rows = [_aside_row(mark, members) for mark in said[:MOST]]
    there = {row.conversation.pk for row in rows}
    rows += [
        Row(Group.ASIDE, Spoken(one.conversation, one.conversation.client, one), None)
        for one in noticed[:MOST]
        if one.conversation_id not in there
    ]
    return rows, len(said) > MOST or len(noticed) > MOST


def as_rows(
    items: Sequence[Row | Reply], *, members: dict[int, Member], offices: Offices, besides: Sequence[Row] = ()
) -> list[Row]:
    """These items as rows, each with its message, and those of others that are looked at `besides`. Two queries."""
    fetch([one.of for one in (*items, *besides) if isinstance(one, Row) and isinstance(one.of, Waiting)])
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
            rows.append(Row(Group.ANSWERED, Spoken(message.conversation, client, message), member, wait=wait))
    return rows


def day_begins(viewer: Member, *, at: datetime, offices: Offices) -> datetime:
    """The viewer's last midnight."""
    zone = offices.zone_of(viewer)
    return datetime.combine(at.astimezone(zone).date(), time(), zone)


def _waiting_row(one: Waiting, viewer: Member, members: dict[int, Member], whose: Whose) -> Row:
    member = members.get(one.member_id or 0)  # who has left looks after nobody
    group = _group(one, member, viewer, whose)
    return Row(group, one, member, wait=one.wait, pause=one.pause, wanted=one.wanted)


def _group(one: Waiting, member: Member | None, viewer: Member, whose: Whose) -> Group:
    theirs = member is not None and member.pk != viewer.pk
    if whose == Whose.YOURS and theirs:
        return Group.OTHERS
    if one.pause is not None:
        return Group.THEM
    if one.client_id is None:
        return Group.STRANGERS
    return Group.NOBODY if whose == Whose.YOURS and member is None else Group.WAITING


def _awaited_row(one: Unanswered, members: dict[int, Member]) -> Row:
    member = members.get(one.member_id or 0)
    return Row(Group.UNANSWERED, Spoken(one.conversation, one.client, one.message), member, awaited=one)


def _aside_row(mark: Aside, members: dict[int, Member]) -> Row:
    talk = mark.message.conversation
    group = Group.ANSWERED if mark.kind == AsideKind.ELSEWHERE else Group.ASIDE
    return Row(group, Spoken(talk, talk.client, mark.message), members.get(mark.by_id or 0), aside=mark)


def _is_shown(row: Row, viewer: Member, whose: Whose, channel: str) -> bool:
    if channel not in ("", row.channel):
        return False
    if whose == Whose.NOBODY:
        return row.member is None
    if row.awaited is not None and whose == Whose.YOURS:
        return row.member is None or row.member.pk == viewer.pk
    return True


def _is_ours(reply: Reply, viewer: Member, whose: Whose) -> bool:
    return whose == Whose.YOURS and viewer.pk in (reply.member_id, reply.lead_id)
