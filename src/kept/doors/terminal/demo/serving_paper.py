"""A year of work handed over to the demo's clients, how they received it, and the bills that went out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import models

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.founding import CURRENCY
from kept.doors.terminal.demo.people import COLLEAGUES
from kept.doors.terminal.demo.serving_ways import ABOVE, AGAIN, GLAD, HANDED, ROUND, SURPRISED, WAYS, Asking
from kept.doors.terminal.demo.sheets import Sheet, Sold
from kept.doors.terminal.demo.stage import HOME, Stage, dice
from kept.doors.terminal.demo.welcoming import span
from kept.kit.words import MONTHS
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.deliverables.models import Deliverable, Receipt, ReceiptKind
from kept.ledgers.engagements.models import Kind
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member

YEAR = 12
WEEKS = 5  # between two pieces of work
CRAFT = {one.key: one.craft for one in COLLEAGUES}


@dataclass
class Paper:
    """The rows as they come together, written in bulk at the end."""

    stage: Stage
    rng: Random = field(default_factory=lambda: dice("work and bills"))
    work: list[Deliverable] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    surprises: list[Surprise] = field(default_factory=list)


def hand_and_bill(stage: Stage) -> None:
    """Write work, receipts, bills and what surprised them, with the lines their verbs would write."""
    paper = Paper(stage)
    for sheet in EVERYBODY:
        for sold in sheet.sold:
            _work(paper, sheet, sold)
            _bills(paper, sheet, sold)
    paper.bills.sort(key=lambda one: (one.sent_on, one.client_id))
    for number, bill in enumerate(paper.bills, start=1):
        bill.number = f"LF-{bill.sent_on:%y}{number:03d}"
    Deliverable.objects.bulk_create(paper.work)
    Receipt.objects.bulk_create(paper.receipts)
    Bill.objects.bulk_create(paper.bills)
    Surprise.objects.bulk_create(paper.surprises)
    Line.objects.bulk_create(_lines(paper))


def _work(paper: Paper, sheet: Sheet, sold: Sold) -> None:
    """Every few weeks a piece by whoever works most on it."""
    stage, (starts, ends) = paper.stage, span(paper.stage, sold)
    crew = sorted(sold.working, key=lambda key: -sold.working[key])
    stops = stage.month(sold.stops) if sold.stops else stage.day
    first, last = max(starts, stage.month(YEAR)), min(ends or stage.day, stops, stage.day) - timedelta(days=1)
    job = sheet.sold.index(sold)
    which = slice(WEEKS * 3 + job, None, WEEKS * 5)
    for number, day in enumerate(stage.workdays(sheet.office, first, last)[which]):
        key = crew[number % len(crew[:3])]
        names = HANDED[CRAFT[key]]
        at = datetime.combine(day, time(16, 20 * job), HOME)  # two jobs never at one moment
        row = Deliverable(
            client=stage.clients[sheet.key], engagement=stage.engagements[sheet.key, sold.name],
            name=f"{names[number % len(names)]}, {MONTHS[day.month - 1]}", handed_at=at,
            rounds=2 if number % 3 else 1, by=stage.members[key], at=at,
        )  # fmt: skip
        paper.work.append(row)
        paper.receipts += _receipts(paper, sheet, row)


def _receipts(paper: Paper, sheet: Sheet, row: Deliverable) -> Iterator[Receipt]:
    """What they said, some days later each; of the newest nothing yet."""
    ways, rng = WAYS[sheet.key], paper.rng
    how, words, wait = rng.random(), rng.random(), rng.randint(1, 6)
    kinds = [ReceiptKind.ACCEPTED]
    if how < ways.redone:
        kinds.insert(0, ReceiptKind.REDONE)
    elif how < ways.redone + ways.extra:
        kinds.insert(0, ReceiptKind.EXTRA_ROUND)
    said = {ReceiptKind.ACCEPTED: GLAD, ReceiptKind.EXTRA_ROUND: ROUND, ReceiptKind.REDONE: AGAIN}
    for number, kind in enumerate(kinds):
        at = row.handed_at + timedelta(days=wait + 5 * number, hours=-5)
        if at >= paper.stage.ends:
            return
        choice = said[kind][round(words * 100) % len(said[kind])]
        spoken = choice if words < ways.words or kind != ReceiptKind.ACCEPTED else ""
        contact = paper.stage.contacts[sheet.key, sheet.people[0].key]
        yield Receipt(deliverable=row, kind=kind, said_at=at, contact=contact, words=spoken, by=row.by, at=at)


def _bills(paper: Paper, sheet: Sheet, sold: Sold) -> None:
    """Of a retainer each month, on the second of the next; of a fixed job its fee when it is over."""
    stage, (_, ends) = paper.stage, span(paper.stage, sold)
    if sold.kind == Kind.FIXED and ends is not None and ends < stage.day:
        _bill(paper, sheet, sold, (ends + timedelta(days=3), sold.fee, -1))
    for back in range(min(YEAR, sold.starts), sold.stops, -1) if sold.kind == Kind.RETAINER else ():
        fee = sold.before[2] if sold.before and back > sold.before[0] else sold.fee
        _bill(paper, sheet, sold, (stage.month(back - 1) + timedelta(days=1), fee, back))


def _bill(paper: Paper, sheet: Sheet, sold: Sold, of: tuple[Any, int, int]) -> None:
    (sent_on, fee, back), stage = of, paper.stage
    if sent_on >= stage.day:
        return
    more, told = ABOVE.get((sheet.key, back), (0, False))
    sent_at = datetime.combine(sent_on, time(9), HOME)
    row = Bill(
        client=stage.clients[sheet.key], engagement=stage.engagements[sheet.key, sold.name], sent_on=sent_on,
        amount=Decimal(fee + more), quoted=Decimal(fee), currency=CURRENCY, told_beforehand=told,
        by=stage.members["fin"], at=sent_at,
    )  # fmt: skip
    paper.bills.append(row)
    asking = SURPRISED.get(sheet.key)
    if asking is not None and asking.back == back:
        paper.surprises.append(_surprise(stage, sheet, row, asking))


def _surprise(stage: Stage, sheet: Sheet, bill: Bill, asking: Asking) -> Surprise:
    opened = bill.at + timedelta(days=asking.days, hours=2)
    settled = opened + timedelta(days=asking.settled, hours=3) if asking.how else None
    return Surprise(
        bill=bill, contact=stage.contacts[sheet.key, asking.who], opened_at=opened, words=asking.words,
        by=stage.members[sheet.lead], at=opened, settled_at=settled, how=asking.how,
    )  # fmt: skip


def _lines(paper: Paper) -> Iterator[Line]:
    for work in paper.work:
        yield _line("deliverables.hand_over", work, work.client_id, at=work.at, by=work.by, said=work.name)
    for said in paper.receipts:
        of = said.deliverable
        facts = {"kind": said.kind, "contact": said.contact.name if said.contact else None}
        yield _line("deliverables.receive", said, of.client_id, at=said.at, by=said.by, said=of.name, **facts)
    for bill in paper.bills:
        yield _line("bills.send", bill, bill.client_id, at=bill.at, by=bill.by, said=bill.number)
    for asked in paper.surprises:
        client = asked.bill.client_id
        yield _line("bills.surprise", asked, client, at=asked.at, by=asked.by, said=asked.bill.number)
        if asked.settled_at:
            yield _line("bills.settle", asked, client, at=asked.settled_at, by=asked.by, said=asked.bill.number)


def _line(
    verb: str, row: models.Model, client: int, *, at: datetime, by: Member | None, said: str, **facts: Any
) -> Line:
    who = {"by_id": by.pk if by else None, "by_name": by.name if by else "Kept"}
    return Line(
        at=at, verb=verb, noun=row._meta.label, row_id=row.pk, client_id=client, said=said, facts=facts, **who
    )  # fmt: skip
