"""Founds the demo firm: its offices, people, rates and wall."""

from datetime import datetime, timedelta
from decimal import Decimal

from kept.doors.terminal.demo import people
from kept.doors.terminal.demo.sheets import Colleague
from kept.doors.terminal.demo.stage import HOME, YEAR, Stage
from kept.ledgers.team import verbs as team
from kept.ledgers.team.keeping_hours import USUAL_WEEK, open_office, take_public_holidays
from kept.ledgers.team.models import Office
from kept.ledgers.team.walls import raise_wall
from kept.measures.working_time import Calendar

CURRENCY = "GBP"
OFFICES = (
    ("Leeds", "Europe/London", "GB", "ENG", USUAL_WEEK),
    ("Lisbon", "Europe/Lisbon", "PT", "", people.LISBON_WEEK),
)


def found(at: datetime) -> Stage:
    """The firm as it stands before its first client; `at` is the moment of loading."""
    day = at.astimezone(HOME).date()
    began = at - timedelta(days=YEAR + 30)
    firm = team.found(name=people.FIRM, currency=CURRENCY, at=began, pledge_minutes=people.PLEDGE_MINUTES, is_demo=True)
    team.claim_domains([people.DOMAIN], by=None, at=began)
    stage = Stage(at=at, day=day, firm=firm)
    for name, zone, country, region, week in OFFICES:
        office = open_office(name=name, zone=zone, country=country, region=region, week=week, by=None, at=began)
        take_public_holidays(office, years=range(day.year - 2, day.year + 2), by=None, at=began)
        stage.offices[name] = office
        stage.calendars[name] = calendar_of(office)
    for sheet in people.COLLEAGUES:
        _join(stage, sheet, began)
    name, reason = people.WALL
    kept_out = [stage.members[key] for key in people.KEPT_OUT]
    raise_wall(name=name, reason=reason, keep_out=kept_out, by=stage.members["ada"], at=began)
    return stage


def calendar_of(office: Office) -> Calendar:
    """The working calendar of an office."""
    return Calendar(zone=office.zone, windows=office.week(), holidays=office.days_off())


def _join(stage: Stage, sheet: Colleague, began: datetime) -> None:
    ada = stage.members.get("ada")
    member = team.join(
        name=sheet.name,
        email=sheet.email,
        office=stage.offices[sheet.office],
        at=began,
        by=ada,
        role=sheet.role,
        grade=sheet.grade,
        title=sheet.title,
        on=stage.month(sheet.months),
        weekly_hours=Decimal(sheet.weekly),
    )
    stage.members[sheet.key] = member
    by = ada or member
    for kind, amount in (("cost", sheet.cost), ("bill", sheet.bill)):
        if amount is None:
            continue
        for back, part in ((sheet.months, Decimal("0.94")), (9, Decimal(1))):
            if back <= sheet.months:
                team.set_rate(
                    member,
                    kind=kind,
                    per_hour=(amount * part).quantize(Decimal("0.5")),
                    currency=CURRENCY,
                    from_day=stage.month(back),
                    by=by,
                    at=began,
                )
    if sheet.left_months is not None:
        left = stage.month(sheet.left_months) - timedelta(days=1)
        team.leave(member, on=left, by=by, at=stage.ago((stage.day - left).days))
