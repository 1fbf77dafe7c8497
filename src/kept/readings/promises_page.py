"""The firm's promises as one page: what stands, grouped by when it falls due, and how far our word held."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kept.ledgers.team.models import Member
from kept.measures.promises import OVERDUE, KeptShare
from kept.readings.calendars import Offices
from kept.readings.kept_lately import Whose, this_quarter
from kept.readings.promised import Said, Standing, judged
from kept.readings.promises_kept import Tally, believed
from kept.readings.promises_listed import Keys, Listing, Look, Wanted, listing
from kept.readings.stamp import stamp


@dataclass(frozen=True)
class Group:
    """Rows under one heading; `size`, the days and `major` are of the whole group, of which a page shows a part."""

    key: str  # as in promises_listed.Keys
    rows: tuple[Said, ...]
    size: int
    earliest: datetime | None = None
    latest: datetime | None = None
    major: int = 0


@dataclass(frozen=True)
class Promises:
    """The page. `stands`, `late` and `today` count open promises of the chosen person and client, in any state."""

    at: datetime
    zone: ZoneInfo
    wanted: Wanted
    near_until: date
    groups: tuple[Group, ...]
    start: int
    listed: int
    stands: int
    late: int
    today: int
    first_late: Said | None
    first_today: Said | None
    tally: Tally
    share: KeptShare | None  # only beside the rows it is made of
    makers: frozenset[int]  # members with open promises

    def row(self, pk: int) -> Said | None:
        """One row of the page by its key."""
        return next((row for group in self.groups for row in group.rows if row.promise.pk == pk), None)


def promises_page(
    viewer: Member, *, at: datetime, wanted: Wanted, offices: Offices, everything: bool = False
) -> Promises:
    """The page for `viewer` at `at`; `everything` lists all rows at once, for a file. At most 10 queries."""
    look = Look(viewer, at, wanted, offices)
    listed = listing(look, everything=everything)
    late = [one for one in look.standing if one.judged.state in OVERDUE]
    today = [one for one in look.standing if one.judged.due >= at and _day(one, look) == look.today]
    rows = _loaded(look, listed, [one.pk for one in (*late[:1], *today[:1])])
    return Promises(
        at=at,
        zone=look.zone,
        wanted=wanted,
        near_until=look.near_until,
        groups=_groups(listed, rows, opened=wanted.opened),
        start=listed.start,
        listed=listed.listed,
        stands=len(look.standing),
        late=len(late),
        today=len(today),
        first_late=rows.get(late[0].pk) if late else None,
        first_today=rows.get(today[0].pk) if today else None,
        tally=listed.tally
        or this_quarter(Whose(viewer, wanted.by, wanted.client), look.standing, at=at, offices=offices, moved=stamp()),
        share=believed([rows[pk] for pk in listed.share_of if pk in rows], at=at, offices=offices)
        if listed.share_of
        else None,
        makers=frozenset(one.by_id for one in look.everybodys),
    )


def _day(one: Standing, look: Look) -> date:
    return one.judged.due.astimezone(look.zone).date()


def _loaded(look: Look, listed: Listing, also: list[int]) -> dict[int, Said]:
    keys = {pk for group in listed.groups for pk in group.shown} | {*also, *listed.share_of, look.wanted.opened or 0}
    found = judged(look.seen.filter(pk__in=keys), at=look.at, offices=look.offices)
    return {one.promise.pk: one for one in found}


def _groups(listed: Listing, rows: dict[int, Said], *, opened: int | None) -> tuple[Group, ...]:
    groups = [_group(keys, rows) for keys in listed.groups]
    shown = {pk for keys in listed.groups for pk in keys.shown}
    if opened in rows and opened not in shown:
        groups.insert(0, Group("opened", (rows[opened],), 1))
    return tuple(groups)


def _group(keys: Keys, rows: dict[int, Said]) -> Group:
    days = [one.judged.due for one in keys.whole]
    return Group(
        key=keys.key,
        rows=tuple(rows[pk] for pk in keys.shown if pk in rows),
        size=keys.size,
        earliest=min(days, default=None),
        latest=max(days, default=None),
        major=sum(one.size == "major" for one in keys.whole),
    )
