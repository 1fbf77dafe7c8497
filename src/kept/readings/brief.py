"""The morning brief: whom to serve, how and why, for one member and one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from kept.ledgers.team.models import Member, Role
from kept.ledgers.team.people import addresses_of
from kept.measures.attention import Kind, Matter, ordered
from kept.readings import brief_items, brief_sentence
from kept.readings.brief_alarms import alarms_of
from kept.readings.brief_list import Found, Items
from kept.readings.brief_offers import offers_of
from kept.readings.brief_promises import Told, promises_of
from kept.readings.brief_sentence import Piece
from kept.readings.budgets import Running, worth_a_word
from kept.readings.calendars import Offices, offices
from kept.readings.calendars_then import offices_at
from kept.readings.follow_ups import unanswered
from kept.readings.kept_by_client import OnceOf
from kept.readings.stamp import Stamp, stamp
from kept.readings.waiting import Waiting, waiting
from kept.readings.waiting_shelf import fetch
from kept.readings.walled import behind_walls
from kept.readings.whose_day import sees_all

FIRST = 24  # of a kind: as many as a page shows


@dataclass(frozen=True)
class Brief:
    """What deserves a member's day, most urgent first; `counts` are of the items."""

    at: datetime
    zone: ZoneInfo
    offices: Offices
    moved: Stamp  # the journal as it stood before anything was read; None in a replay
    member: Member
    sentence: tuple[Piece, ...]
    items: Items
    counts: dict[str, int]

    def of(self, *kinds: str) -> Items:
        """The items of these kinds, in their order."""
        return self.items.of(*kinds)


def brief(viewer: Member, *, at: datetime, replay: bool = False) -> Brief:
    """The brief of `viewer` at `at`: a member's own, a lead's clients and own, the firm's for owner and finance.

    `replay` judges a past moment from what was known by then. At most 20 queries, whatever the history.
    """
    house, moved = (offices_at(at), None) if replay else (offices(), stamp())
    zone = house.zone_of(viewer)
    apart = behind_walls(viewer)
    told = Told(viewer, at=at, zone=zone, moved=moved, apart=apart)
    found = {
        **_waiting(viewer, at, house, zone, replay),
        **promises_of(viewer, told, offices=house, everybodys=sees_all(viewer), replay=replay),
        **_unanswered(viewer, at, house, zone),
        **_hours(viewer, told, house, replay),
        **offers_of(viewer, at=at, zone=zone, replay=replay),
    }
    found |= alarms_of(viewer, at=at, house=house, moved=moved, everybodys=sees_all(viewer), beside=found)
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    order = ordered(list(found), at=at, today_ends=midnight, tomorrow_ends=midnight + timedelta(days=1))
    items = Items([one.matter for one in order], found)
    _fetch_first(items, told)
    kinds = items.kinds()
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


def _fetch_first(items: Items, told: Told) -> None:
    """The rows behind what stands on top, all that a page shows; the rest is fetched when somebody looks at it."""
    waits = [one for kind in ("waiting", "stranger") for one in islice(items.of(kind).subjects(), FIRST)]
    fetch(waits)
    told.fetch(one.pk for one in islice(items.of("promise", "felt").subjects(), FIRST))


def _waiting(viewer: Member, at: datetime, house: Offices, zone: ZoneInfo, replay: bool) -> dict[Matter, Found]:
    tell = partial(brief_items.of_waiting, at=at, zone=zone)
    own = addresses_of(viewer) if viewer.role == Role.MEMBER else frozenset[str]()
    everybodys = sees_all(viewer)  # asked once: thousands may wait
    return {
        Matter(
            kind=Kind.WAITING if one.client_id else Kind.STRANGER,
            row=one.talk_id,
            due=min(one.wait.due, one.wanted.by) if one.wanted else one.wait.due,
            late=one.wait.late,
            left=one.wait.left,
            pledge=one.wait.pledge,
        ): Found(one, tell, one.client_id)
        for one in waiting(viewer, at=at, offices=house, replay=replay, near=not everybodys)
        if everybodys or _waits_for(viewer, one, own)
    }


def _waits_for(viewer: Member, one: Waiting, own: frozenset[str]) -> bool:
    """Theirs: asked to look after it, or written to by address; of what nobody looks after, a lead's too."""
    if one.member_id is not None:
        return one.member_id == viewer.pk
    return viewer.role == Role.LEAD or any(str(email).lower() in own for _, email in (*one.last.to, *one.last.cc))


def _unanswered(viewer: Member, at: datetime, house: Offices, zone: ZoneInfo) -> dict[Matter, Found]:
    """Theirs: what they wrote and nobody answered; what nobody is left to ask after is everybody's who sees all."""
    tell = partial(brief_items.of_unanswered, viewer=viewer, at=at, zone=zone)
    mine = {viewer.pk, None} if sees_all(viewer) else {viewer.pk}
    return {
        Matter(kind=Kind.UNANSWERED, row=one.conversation.pk, due=one.due_at): Found(one, tell)
        for one in unanswered(viewer, at=at, offices=house, own=viewer.pk is not None)
        if viewer.pk is None or one.member_id in mine
    }


def _hours(viewer: Member, told: Told, house: Offices, replay: bool) -> dict[Matter, Found]:
    if not viewer.may_see_money:
        return {}
    day, tell = told.at.astimezone(told.zone).date(), partial(brief_items.of_hours, at=told.at, zone=told.zone)
    lead = None if sees_all(viewer) else viewer.pk
    return {
        matter: Found(one, tell)
        for one, matter in _matters(worth_a_word(at=told.at, offices=house, moved=told.moved, replay=replay))
        if one.engagement.client_id not in told.apart
        and (lead is None or one.client.lead_id == lead)
        and not one.is_over(day)
    }


@OnceOf
def _matters(rows: Sequence[Running]) -> list[tuple[Running, Matter]]:
    return [
        (
            one,
            Matter(
                kind=Kind.HOURS,
                row=one.engagement.pk,
                chance=one.alarm.probability if one.alarm else 0.0,
                over=one.over,
            ),
        )
        for one in rows
    ]
