"""Welcomes the demo's clients: their people, how these like to be spoken to, and what was sold to them."""

from datetime import date, timedelta
from decimal import Decimal

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.founding import CURRENCY
from kept.doors.terminal.demo.sheets import Sheet, Sold
from kept.doors.terminal.demo.stage import YEAR, Stage
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Stage as ClientStage
from kept.ledgers.clients.models import TieKind
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind
from kept.ledgers.team.models import Wall

TIES = (
    ("littleotter", "Asha", TieKind.REFERRED_BY, "pellam", "Hana"),
    ("inkwell", "Nell", TieKind.REFERRED_BY, "pellam", "Hana"),
    ("saltmarrow", "Delia", TieKind.CUSTOMER_OF, "sable", "Mab"),
    ("brackwater", "Lowri", TieKind.FRIEND_OF, "borealis", "Arun"),
)


def welcome(stage: Stage) -> None:
    """Write down every client, contact, agreement, tie and engagement."""
    for sheet in EVERYBODY:
        _client(stage, sheet)
        for sold in sheet.sold:
            _engagement(stage, sheet, sold)
    for client, person, kind, other, knows in TIES:
        of, to = stage.contacts[client, person], stage.contacts[other, knows]
        clients.tie(of, to=to, kind=kind, by=stage.members["ada"], at=stage.ago(30))


def _client(stage: Stage, sheet: Sheet) -> None:
    since = stage.month(sheet.months)
    days = min((stage.day - since).days, YEAR + 28)
    at, lead = stage.ago(days), stage.members[sheet.lead]
    client = clients.welcome(
        name=sheet.name,
        by=lead,
        at=at,
        stage=sheet.stage,
        lead=lead,
        since=None if sheet.stage == ClientStage.PROSPECT else since,
    )
    stage.clients[sheet.key] = client
    clients.change(client, by=lead, at=at, office=stage.offices[sheet.office], pledge_minutes=sheet.pledge)
    clients.claim_domain(client, name=sheet.domain, by=lead, at=at)
    if sheet.wall:
        clients.put_behind(client, wall=Wall.objects.get(name=sheet.wall), by=stage.members["ada"], at=at)
    for person in sheet.people:
        emails = (f"{person.mailbox}@{sheet.domain}",)
        contact = clients.meet(
            client, name=person.name, by=lead, at=at, emails=emails, role=person.role, title=person.title
        )
        stage.contacts[sheet.key, person.key] = contact
        if person.agreed:
            said = at + timedelta(days=min(days, 20))
            clients.agree(contact, on=said.date(), by=lead, at=said, **person.agreed)


def _engagement(stage: Stage, sheet: Sheet, sold: Sold) -> None:
    client, lead = stage.clients[sheet.key], stage.members[sheet.lead]
    starts, ends = span(stage, sold)
    at = stage.ago(min((stage.day - starts).days, YEAR + 28))
    row = engagements.start(client, name=sold.name, kind=sold.kind, starts=starts, ends=ends, by=lead, at=at)
    stage.engagements[sheet.key, sold.name] = row
    now = starts
    if sold.before:
        back, hours, fee = sold.before
        now = stage.month(back)
        last = now - timedelta(days=1)
        _budget(stage, sheet, sold, (starts, last, hours, fee))
    if sold.kind != Kind.HOURLY:
        _budget(stage, sheet, sold, (now, ends, sold.hours, sold.fee))
    if sold.change_order:
        hours, why = sold.change_order
        first = starts + timedelta(days=30)
        _budget(stage, sheet, sold, (first, ends, hours, hours * 110), reason=why)
    for key, share in sold.promised.items():
        member = stage.members[key]
        engagements.promise_person(row, member=member, share=Decimal(str(share)), since=starts, by=lead, at=at)
    over = stage.month(sold.stops) - timedelta(days=1) if sold.stops else ends
    if over is not None and over < stage.day:
        engagements.close(row, on=over, by=lead, at=stage.ago((stage.day - over).days))


def _budget(
    stage: Stage, sheet: Sheet, sold: Sold, agreed: tuple[date, date | None, int, int], *, reason: str = ""
) -> None:
    starts, ends, hours, fee = agreed
    engagements.budget(
        stage.engagements[sheet.key, sold.name],
        starts=starts,
        ends=ends,
        hours=Decimal(hours),
        fee=Decimal(fee),
        currency=CURRENCY,
        by=stage.members[sheet.lead],
        at=stage.ago(min((stage.day - starts).days, YEAR + 28)),
        reason=reason,
    )


def span(stage: Stage, sold: Sold) -> tuple[date, date | None]:
    """The days on which an engagement begins and, where agreed, ends."""
    if sold.kind != Kind.FIXED:
        return stage.month(sold.starts), None
    starts = stage.day - timedelta(days=sold.starts)
    return starts, None if sold.ends is None else stage.day + timedelta(days=sold.ends)
