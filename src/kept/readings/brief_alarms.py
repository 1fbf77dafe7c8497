"""What a brief tells of trust: what hurt a client since the last working day, and whose service grows worse."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Subquery

from kept.kit import words
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.team.models import Member
from kept.measures.attention import Kind, Matter
from kept.measures.incidents import Kind as What
from kept.readings.brief_items import Item
from kept.readings.brief_list import Found
from kept.readings.calendars import Offices
from kept.readings.snapshots.models import Reckoning, Snapshot
from kept.readings.stamp import Stamp

TOO_OLD = timedelta(days=2)  # what was counted before that tells of another day
# what opens a row, where it has a page of its own
PLACES = {
    Kind.PROMISE: "desk:promise",
    Kind.WAITING: "desk:conversation",
    Kind.STRANGER: "desk:conversation",
    Kind.UNANSWERED: "desk:conversation",
}
OPENED = {"promises.Promise": "desk:promise", "conversations.Conversation": "desk:conversation"}


def alarms_of(
    viewer: Member, *, at: datetime, house: Offices, moved: Stamp, everybodys: bool, beside: Mapping[Matter, Found]
) -> dict[Matter, Found]:
    """Incidents and drift of the clients the viewer leads, or of all; not what stands `beside` already. One query.

    From the snapshots as of `at`: a promise or a message that has its own line in the brief is not told twice.
    """
    zone = house.zone_of(viewer)
    since = _last_working_day(viewer, at=at, house=house, zone=zone)
    rows = _snapshots(viewer, moved, at=at, everybodys=everybodys)
    told = [each for row in rows for each in _told(row, at=at, since=since, zone=zone)]
    places = {(PLACES.get(matter.kind), matter.row) for matter in beside} if told else set()
    felt = {one.client_id for matter, one in beside.items() if matter.kind == Kind.FELT} if told else set()
    return {
        matter: Found(item, _as_it_is)
        for matter, item in told
        if item.place not in places and not (_is_low(item) and item.client and item.client.pk in felt)
    }


def _as_it_is(item: Item) -> Item:
    return item


def _snapshots(viewer: Member, moved: Stamp, *, at: datetime, everybodys: bool) -> Iterable[Snapshot]:
    """Looked at once a minute: while the journal stands still, snapshots change only as time passes."""
    if moved is None or viewer.pk is None:
        return _alarmed(viewer, at=at, everybodys=everybodys)
    return _kept(viewer, moved, at.replace(second=0, microsecond=0) + timedelta(minutes=1), everybodys)


@lru_cache(maxsize=256)
def _kept(viewer: Member, moved: Stamp, at: datetime, everybodys: bool) -> tuple[Snapshot, ...]:
    return tuple(_alarmed(viewer, at=at, everybodys=everybodys))


def _alarmed(viewer: Member, *, at: datetime, everybodys: bool) -> QuerySet[Snapshot]:
    newest = Reckoning.objects.filter(at__lte=at, at__gt=at - TOO_OLD).order_by("-day").values("day")[:1]
    rows = Snapshot.objects.seen_by(viewer).filter(alarmed=True, day=Subquery(newest), at__lte=at)
    rows = rows.exclude(client__stage=Stage.PAST).select_related("client__lead")
    return rows if everybodys else rows.filter(client__lead=viewer)


def _last_working_day(viewer: Member, *, at: datetime, house: Offices, zone: ZoneInfo) -> datetime:
    """The midnight at which it began: what happened over a weekend is told on Monday."""
    before = house.calendar_of(viewer.office_id).same_time_after(at, -1).astimezone(zone)
    return datetime.combine(before.date(), time.min, zone)


def _told(row: Snapshot, *, at: datetime, since: datetime, zone: ZoneInfo) -> Iterator[tuple[Matter, Item]]:
    for each in row.told["alarms"]:
        if each["kind"] == "drift":
            yield Matter(Kind.DRIFT, row.client_id), _drift(each, row.client)
        elif each["kind"] == "incident" and datetime.fromisoformat(each["at"]) > since:
            yield Matter(Kind.INCIDENT, each["row"]), _incident(each, row.client, at=at, zone=zone)


def _incident(each: dict[str, Any], client: Client, *, at: datetime, zone: ZoneInfo) -> Item:
    when = datetime.fromisoformat(each["at"])
    opened = OPENED.get(each.get("noun", ""))
    lead = client.lead.first_name if client.lead else "nobody yet"
    return Item(
        kind="incident",
        row=each["row"],
        client=client,
        who=client.name,
        what=each.get("words", "").strip("“”") or words.sentence(each["what"]),
        why=f"{words.sentence(each['what'])}; {lead} leads.",
        state="broken" if each["what"] == What.MAJOR_BROKEN else "late",
        says=words.moment(when, now=at, zone=zone),
        by="it hurts the same day",
        due=None,
        late=False,
        act="Speak with them",
        place=(opened, each["pk"]) if opened else ("desk:trust", client.pk),
        subject=each["what"],
    )


def _drift(each: dict[str, Any], client: Client) -> Item:
    rows = words.count(len(each["rows"]), "row")
    return Item(
        kind="drift",
        row=client.pk,
        client=client,
        who=client.name,
        what=f"{words.sentence(each['pillar'])} grows worse bit by bit",
        why=f"{words.sentence(rows)} in a row of worse than usual; some such warnings are false.",
        state="soon",
        says="drifting",
        by=each["pillar"],
        due=None,
        late=False,
        act="See the rows",
        place=("desk:trust", client.pk),
        subject=each,
    )


def _is_low(item: Item) -> bool:
    """A low answer, which is a promise to speak with them already."""
    return item.kind == "incident" and item.subject == What.LOW_FEELING
