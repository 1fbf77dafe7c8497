"""The working calendars of the firm's offices, and which of them a client's clocks run in."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Firm, Member, Office
from kept.measures.working_time import Calendar

# until an office is opened: the usual week, so that a fresh import can be looked at
USUAL = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
PLEDGE = timedelta(hours=4)


@dataclass(frozen=True)
class Offices:
    """Calendars by office, the firm's pledge, and the zone of its main office."""

    calendars: dict[int, Calendar]
    main: Calendar
    zone: ZoneInfo
    zones: dict[int, ZoneInfo]
    pledge: timedelta
    firm: Firm | None

    def calendar(self, client: Client | None) -> Calendar:
        """The calendar in which the client's clocks run: its own office, its lead's, the main one."""
        if client is None:
            return self.main
        office = client.office_id or (client.lead.office_id if client.lead else None)
        return self.calendars.get(office or 0, self.main)

    def pledge_to(self, client: Client | None) -> timedelta:
        """Within how much working time a person answers this client."""
        own = client.pledge_minutes if client else None
        return timedelta(minutes=own) if own else self.pledge

    def zone_of(self, member: Member) -> ZoneInfo:
        """The zone a member reads in."""
        return self.zones.get(member.office_id or 0, self.zone)


def offices() -> Offices:
    """All offices with their windows and holidays, in four queries."""
    firm = Firm.objects.first()
    rows = list(Office.objects.prefetch_related("windows", "holidays"))
    calendars = {row.pk: Calendar(zone=row.zone, windows=row.week() or USUAL, holidays=row.days_off()) for row in rows}
    zones = {row.pk: ZoneInfo(row.zone) for row in rows}
    main = rows[0].pk if rows else 0
    return Offices(
        calendars=calendars,
        main=calendars.get(main) or Calendar(zone="UTC", windows=USUAL),
        zone=zones.get(main) or ZoneInfo("UTC"),
        zones=zones,
        pledge=timedelta(minutes=firm.pledge_minutes) if firm else PLEDGE,
        firm=firm,
    )
