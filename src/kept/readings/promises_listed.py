"""Which promises a page lists: found, judged, grouped and cut into pages before any row is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kept.ledgers.promises.models import Promise, Promises
from kept.ledgers.team.models import Member
from kept.measures.promises import OVERDUE, State
from kept.readings.calendars import Offices
from kept.readings.promised import Standing, standings
from kept.readings.promises_kept import Tally, counted, quarter_of

PAGE = 50
LATELY = 5
BELIEVED_UP_TO = 500  # with more rows the range is so narrow that the plain share says the same
GROUPS = ("late", "near", "week", "later")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks to see: whose, to which client, in which state, from which row; `opened` is shown unfolded.

    `state`: "" (what stands), "late", "soon", "moved", "settled" (all that ended), "counted" (the rows of the share).
    """

    by: int | None = None
    client: int | None = None
    state: str = ""
    start: int | None = None
    opened: int | None = None


@dataclass(frozen=True)
class Keys:
    """One group: the rows shown of it on this page, and all of it where it is of open promises."""

    key: str  # "late", "near", "week", "later", "lately", "settled", "counted", "opened"
    shown: tuple[int, ...]
    size: int
    whole: Sequence[Standing] = ()


@dataclass(frozen=True)
class Listing:
    """The groups of one page; `start` counts from 0, `listed` is the number of rows of all pages.

    Where the rows of the share are listed, `tally` is that share and `share_of` all of its rows while they are few.
    """

    groups: tuple[Keys, ...]
    start: int
    listed: int
    tally: Tally | None = None
    share_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Look:
    """One viewer's look at the promises at a moment; what it finds is found once."""

    viewer: Member
    at: datetime
    wanted: Wanted
    offices: Offices

    @property
    def seen(self) -> Promises:
        return Promise.objects.seen_by(self.viewer)

    @property
    def zone(self) -> ZoneInfo:
        return self.offices.zone_of(self.viewer)

    @cached_property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    @cached_property
    def since(self) -> datetime:
        return quarter_of(self.at, self.zone)

    @cached_property
    def near_until(self) -> date:
        """The next working day: what is due by then is near."""
        return self.offices.near_until(self.viewer, at=self.at)

    @cached_property
    def everybodys(self) -> list[Standing]:
        """All open promises the viewer may know of."""
        return standings(self.seen.open(), at=self.at, offices=self.offices)

    @cached_property
    def standing(self) -> list[Standing]:
        """The open ones of the chosen person and client, in the order of the page."""
        by, client = self.wanted.by, self.wanted.client
        chosen = [one for one in self.everybodys if by in {None, one.by_id} and client in {None, one.client_id}]
        return sorted(chosen, key=lambda one: (GROUPS.index(self.group_of(one)), one.judged.due, one.pk))

    @property
    def narrowed(self) -> QuerySet[Promise]:
        """All promises of the chosen person and client."""
        found = self.seen
        if self.wanted.by is not None:
            found = found.filter(by=self.wanted.by)
        return found if self.wanted.client is None else found.filter(client=self.wanted.client)

    def group_of(self, one: Standing) -> str:
        """Under which heading an open promise stands."""
        day = one.judged.due.astimezone(self.zone).date()
        if one.judged.state in OVERDUE:
            return "late"
        if day <= self.near_until:
            return "near"
        return "week" if day.isocalendar()[:2] == self.today.isocalendar()[:2] else "later"


def listing(look: Look, *, everything: bool = False) -> Listing:
    """The groups to show; `everything` lists all rows, for a file. At most 3 queries beside the look's own."""
    if look.wanted.state == "settled":
        return _settled(look, everything)
    if look.wanted.state == "counted":
        return _counted(look, everything)
    return _standing(look, everything)


def _standing(look: Look, everything: bool) -> Listing:
    rows = [one for one in look.standing if _in_state(one, look.wanted.state)]
    start = _start(look.wanted, [one.pk for one in rows])
    shown = {one.pk for one in (rows if everything else rows[start : start + PAGE])}
    groups = []
    for key, members in groupby(rows, key=look.group_of):  # they come in the order of their groups
        whole = list(members)
        part = tuple(one.pk for one in whole if one.pk in shown)
        groups += [Keys(key, part, len(whole), whole)] if part else []
    if not look.wanted.state and start + PAGE >= len(rows):
        ended = look.narrowed.filter(ended_at__lte=look.at).order_by("-ended_at", "-pk")
        lately = tuple(ended.values_list("pk", flat=True)[:LATELY])
        groups += [Keys("lately", lately, len(lately))] if lately else []
    return Listing(tuple(groups), start, len(rows))


def _settled(look: Look, everything: bool) -> Listing:
    rows = look.narrowed.filter(ended_at__lte=look.at).order_by("-ended_at", "-pk").values_list("pk", flat=True)
    start = look.wanted.start or 0
    shown = tuple(rows if everything else rows[start : start + PAGE])
    size = rows.count()
    return Listing((Keys("settled", shown, size),) if shown else (), start, size)


def _counted(look: Look, everything: bool) -> Listing:
    rows, sums = counted(look.narrowed, standing=look.standing, since=look.since, at=look.at, offices=look.offices)
    start = _start(look.wanted, rows)
    shown = tuple(rows if everything else rows[start : start + PAGE])
    groups = (Keys("counted", shown, len(rows)),) if shown else ()
    return Listing(groups, start, len(rows), sums, tuple(rows) if len(rows) <= BELIEVED_UP_TO else ())


def _in_state(one: Standing, state: str) -> bool:
    if state == "late":
        return one.judged.state in OVERDUE
    if state == "soon":
        return one.judged.state == State.SOON
    return one.judged.moved if state == "moved" else True


def _start(wanted: Wanted, rows: Sequence[int]) -> int:
    """Where the page begins: as asked, else where the opened row lies."""
    if wanted.start is not None or wanted.opened not in rows:
        return wanted.start or 0
    return rows.index(wanted.opened) // PAGE * PAGE
