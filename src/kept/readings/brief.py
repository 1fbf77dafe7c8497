"""The morning brief: whom to serve, how and why, for one member and one moment."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.team.models import Member, Role
from kept.ledgers.team.people import addresses_of
from kept.measures.attention import Kind, Matter, ordered
from kept.measures.promises import OVERDUE, WEIGHTS, State
from kept.readings import brief_items, brief_sentence
from kept.readings.brief_alarms import alarms_of
from kept.readings.brief_felt import is_felt, of_felt
from kept.readings.brief_items import Item
from kept.readings.brief_offers import offers_of
from kept.readings.brief_sentence import Piece
from kept.readings.budgets import running
from kept.readings.calendars import Offices, offices
from kept.readings.follow_ups import unanswered
from kept.readings.promised import judged_rows, open_at, with_people
from kept.readings.promises_kept import SLIPPED
from kept.readings.stamp import Stamp, stamp
from kept.readings.waiting import Waiting, waiting

OPENS_TODAY = {State.SOON, *OVERDUE}


@dataclass(frozen=True)
class Brief:
    """What deserves a member's day, most urgent first; `counts` are of the items."""

    at: datetime
    zone: ZoneInfo
    offices: Offices
    moved: Stamp  # the journal as it stood before anything was read; None in a replay
    member: Member
    sentence: tuple[Piece, ...]
    items: tuple[Item, ...]
    counts: dict[str, int]

    def of(self, *kinds: str) -> list[Item]:
        """The items of these kinds, in their order."""
        return [item for item in self.items if item.kind in kinds]


def brief(viewer: Member, *, at: datetime, replay: bool = False) -> Brief:
    """The brief of `viewer` at `at`: a member's own, a lead's clients and own, the firm's for owner and finance.

    `replay` judges a past moment from what was known by then. At most 20 queries, whatever the history.
    """
    house, moved = offices(), None if replay else stamp()
    zone = house.zone_of(viewer)
    found = {
        **_waiting(viewer, at, house, zone, replay),
        **_promises(viewer, at, house, zone, replay),
        **_unanswered(viewer, at, house, zone),
        **_hours(viewer, at, house, moved, replay),
        **offers_of(viewer, at=at, zone=zone, replay=replay),
    }
    found |= alarms_of(viewer, at=at, house=house, moved=moved, everybodys=sees_all(viewer), beside=found.values())
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    order = ordered(list(found), at=at, today_ends=midnight, tomorrow_ends=midnight + timedelta(days=1))
    items = tuple(found[one.matter] for one in order)
    kinds = Counter(item.kind for item in items)
    return Brief(
        at=at,
        zone=zone,
        offices=house,
        moved=moved,
        member=viewer,
        sentence=brief_sentence.opening(items, viewer=viewer, at=at, zone=zone),
        items=items,
        counts={
            "waiting": kinds["waiting"] + kinds["stranger"],
            "strangers": kinds["stranger"],
            "promises": kinds["promise"] + kinds["felt"],
            "hours": kinds["hours"],
        },
    )


def sees_all(viewer: Member) -> bool:
    """Whether the whole firm's day is the viewer's."""
    return viewer.role in {Role.OWNER, Role.FINANCE}


def _waiting(viewer: Member, at: datetime, house: Offices, zone: ZoneInfo, replay: bool) -> dict[Matter, Item]:
    own = addresses_of(viewer) if viewer.role == Role.MEMBER else frozenset[str]()
    return {
        Matter(
            kind=Kind.WAITING if one.client else Kind.STRANGER,
            row=one.conversation.pk,
            due=min(one.wait.due, one.wanted.by) if one.wanted else one.wait.due,
            late=one.wait.late,
            left=one.wait.left,
            pledge=one.wait.pledge,
        ): brief_items.of_waiting(one, at=at, zone=zone)
        for one in waiting(viewer, at=at, offices=house, replay=replay, near=not sees_all(viewer))
        if sees_all(viewer) or _waits_for(viewer, one, own)
    }


def _waits_for(viewer: Member, one: Waiting, own: frozenset[str]) -> bool:
    """Theirs: asked to look after it, or written to by address; of what nobody looks after, a lead's too."""
    if one.member_id is not None:
        return one.member_id == viewer.pk
    return viewer.role == Role.LEAD or any(str(email).lower() in own for _, email in (*one.last.to, *one.last.cc))


def _unanswered(viewer: Member, at: datetime, house: Offices, zone: ZoneInfo) -> dict[Matter, Item]:
    """Theirs: what they wrote and nobody answered; what nobody is left to ask after is everybody's who sees all."""
    mine = {viewer.pk, None} if sees_all(viewer) else {viewer.pk}
    return {
        Matter(kind=Kind.UNANSWERED, row=one.conversation.pk, due=one.due_at): brief_items.of_unanswered(
            one, viewer=viewer, at=at, zone=zone
        )
        for one in unanswered(viewer, at=at, offices=house, own=viewer.pk is not None)
        if viewer.pk is None or one.member_id in mine
    }


def _promises(viewer: Member, at: datetime, house: Offices, zone: ZoneInfo, replay: bool) -> dict[Matter, Item]:
    rows = _opened(viewer, at, at + timedelta(days=14), everybodys=sees_all(viewer), replay=replay)
    return {
        Matter(
            kind=Kind.FELT if is_felt(said) else Kind.PROMISE,
            row=said.promise.pk,
            due=said.judged.due,
            late=said.judged.state == State.LATE,
            broken=said.judged.state == State.BROKEN,
            weight=WEIGHTS[said.promise.size],
        ): (of_felt if is_felt(said) else brief_items.of_promise)(said, viewer=viewer, at=at, zone=zone)
        for said in judged_rows(rows, at=at, offices=house)
        if said.judged.state in OPENS_TODAY
    }


@written_once
def _opened(viewer: Member, at: datetime, ahead: datetime, *, everybodys: bool, replay: bool) -> QuerySet[Promise]:
    rows = open_at(Promise.objects.seen_by(viewer), at, replay=replay).order_by("due", "pk")
    if not everybodys:
        rows = rows.filter(Q(by=viewer) | Q(client__lead=viewer))
    if not replay:
        # further ones can wait, whatever the calendar says; but one moved without a yes is due on the day before that
        moved = Exists(Outcome.objects.filter(SLIPPED, promise=OuterRef("pk")))
        rows = rows.filter(Q(due__lt=ahead) | Q(moved))
    return with_people(rows, at=at)


def _hours(viewer: Member, at: datetime, house: Offices, moved: Stamp, replay: bool) -> dict[Matter, Item]:
    if not viewer.may_see_money:
        return {}
    zone = house.zone_of(viewer)
    day = at.astimezone(zone).date()
    return {
        Matter(
            kind=Kind.HOURS,
            row=one.engagement.pk,
            chance=one.alarm.probability if one.alarm else 0.0,
            over=one.over,
        ): brief_items.of_hours(one, at=at, zone=zone)
        for one in running(viewer, at=at, offices=house, replay=replay, moved=moved)
        if one.deserves_word and not one.is_over(day) and (sees_all(viewer) or one.client.lead_id == viewer.pk)
    }
