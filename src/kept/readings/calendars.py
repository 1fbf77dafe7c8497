"""The working calendars of the firm's offices, and which of them a client's clocks run in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateField, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.team.keeping_hours import USUAL_WEEK, Week
from kept.ledgers.team.models import Firm, Holiday, Member, Office
from kept.ledgers.team.offices import WEEKDAYS, clock
from kept.measures.working_time import Calendar

# until a firm is founded and an office opened: the usual pledge and week, so that a fresh import can be looked at
PLEDGE = timedelta(minutes=Firm._meta.get_field("pledge_minutes").default)


@dataclass(frozen=True)
class Offices:
    """Calendars by office, the firm's pledge, and the zone of its main office.

    The same offices are equal whenever they were read, so what was reckoned with them can be kept.
    """

    calendars: dict[int, Calendar]
    main: Calendar
    zone: ZoneInfo
    zones: dict[int, ZoneInfo]
    pledge: timedelta
    firm: Firm | None

    def __hash__(self) -> int:
        return hash((frozenset(self.calendars.items()), self.main, self.pledge))

    def calendar(self, client: Client | None) -> Calendar:
        """The calendar in which the client's clocks run: its own office, its lead's, the main one."""
        if client is None:
            return self.main
        return self.calendar_of(client.office_id, client.lead.office_id if client.lead else None)

    def calendar_of(self, *offices: int | None) -> Calendar:
        """The calendar of the first of these offices that there is, else the main one."""
        return self.calendars.get(next(filter(None, offices), 0), self.main)

    def zone_with(self, client: Client | None) -> ZoneInfo:
        """The zone of the calendar in which the client's clocks run."""
        near = (client.office_id, client.lead.office_id if client.lead else None) if client else ()
        return self.zones.get(next(filter(None, near), 0), self.zone)

    def pledge_to(self, client: Client | None) -> timedelta:
        """Within how much working time a person answers this client."""
        own = client.pledge_minutes if client else None
        return timedelta(minutes=own) if own else self.pledge

    def near_until(self, member: Member, *, at: datetime) -> date:
        """The member's next working day: what is due by then is near."""
        return self.calendar_of(member.office_id).same_time_after(at, 1).astimezone(self.zone_of(member)).date()

    def zone_of(self, member: Member) -> ZoneInfo:
        """The zone a member reads in."""
        return self.zones.get(member.office_id or 0, self.zone)


@dataclass(frozen=True)
class Written:
    """What stands written of the offices: by office its zone, its windows as a calendar takes them, its holidays.

    One without windows yet has no week.
    """

    firm: Firm | None
    pledge: timedelta
    zones: dict[int, str]
    weeks: dict[int, Week]
    days_off: defaultdict[int, set[date]]


def offices() -> Offices:
    """All offices with their windows and holidays; the first that was opened is the main one. Two queries."""
    return built(written())


def written() -> Written:
    """As it stands now. Two queries."""
    firm = Firm.objects.first()
    pledge = timedelta(minutes=firm.pledge_minutes) if firm else PLEDGE
    return Written(firm, pledge, *_weeks())


def built(of: Written) -> Offices:
    """The calendars of what stands written."""
    calendars = {
        office: Calendar(zone=zone, windows=of.weeks.get(office) or USUAL_WEEK, holidays=of.days_off[office])
        for office, zone in of.zones.items()
    }
    main = next(iter(calendars), 0)
    return Offices(
        calendars=calendars,
        main=calendars.get(main) or Calendar(zone="UTC", windows=USUAL_WEEK),
        zone=ZoneInfo(of.zones.get(main, "UTC")),
        zones={office: ZoneInfo(zone) for office, zone in of.zones.items()},
        pledge=of.pledge,
        firm=of.firm,
    )


def _weeks() -> tuple[dict[int, str], dict[int, Week], defaultdict[int, set[date]]]:
    """As `Written` has them."""
    zones: dict[int, str] = {}
    weeks: dict[int, Week] = defaultdict(dict)
    days_off: defaultdict[int, set[date]] = defaultdict(set)
    for office, zone, weekday, opens, closes, day in sorted(
        _rows(), key=lambda row: (row[0], row[2] or 0, row[3] or 0)
    ):
        if day is not None:
            days_off[office].add(day)
            continue
        zones[office] = zone
        if weekday is not None:
            weeks[office].setdefault(WEEKDAYS[weekday], []).append((clock(opens), clock(closes)))
    return zones, weeks, days_off


@written_once
def _rows() -> QuerySet[Any, Any]:
    """Offices with a row for each of their windows, and under them a row for each holiday: every page asks for both."""
    none = Cast(Value(None), SmallIntegerField())
    offices = Office.objects.order_by().annotate(day=Cast(Value(None), DateField()))
    columns = ("pk", "zone", "windows__weekday", "windows__opens", "windows__closes", "day")
    days = Holiday.objects.order_by().annotate(zone=Cast(Value(""), CharField(max_length=64)), a=none, b=none, c=none)
    return offices.values_list(*columns).union(days.values_list("office_id", "zone", "a", "b", "c", "day"), all=True)
