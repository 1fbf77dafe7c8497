"""Opening what was sold from a table of budgets: clients and engagements found or opened, their hours gathered."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from django.db import transaction
from django.db.models import Q

from kept.flows.brought import Brought, Change, fill, remember
from kept.flows.name_book import NameBook, fold
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.team.models import Firm
from kept.measures.entries import BudgetRow, Rejection


@dataclass
class Tally:
    """What came of it: rows new and known, clients and engagements opened, loose hours (entries) gathered."""

    new: int = 0
    known: int = 0
    clients: int = 0
    engagements: int = 0
    gathered: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)


@transaction.atomic
def open_budgets(
    rows: Sequence[BudgetRow], *, book: NameBook, on_progress: Callable[[int], None] = lambda done: None
) -> Tally:
    """Open each engagement with its budgets, all or nothing; what stands already changes nothing.

    Of a retainer hours and fee are for each calendar month, and a stretch without an end lasts until the next begins.
    Hours recorded before under the engagement's name are gathered: it makes no difference which file came first.
    A row that says other figures than stand for the same beginning is rejected: whether the agreement changed or a
    figure was wrong only its owner knows. `on_progress` is told how many rows were gone through since it was last told.
    """
    tally = Tally()
    touched: list[Engagement] = []
    currency = Firm.objects.values_list("currency", flat=True).first() or ""
    for same in _by_engagement(rows):
        engagement, made = _engagement(same, book)
        touched.append(engagement)
        if made:
            tally.engagements += 1
        else:
            tally.brought += _to_be_gathered(engagement)
        for row in reversed(same):  # what begins later ends what stood open, and only then are the two compared
            row = replace(row, currency=row.currency or currency)
            fault = _fault(row, engagement) or _agree(row, engagement, book, tally)
            tally.rejections += [fault] if fault else []
        on_progress(len(same))
    tally.gathered = hours.gather_for(touched, at=book.at, by=book.by)
    tally.clients = len(book.new_clients)
    remember(tally.brought, batch=book.batch, at=book.at, by=book.by)
    return tally


def _by_engagement(rows: Sequence[BudgetRow]) -> Iterator[list[BudgetRow]]:
    """The rows of each engagement, from the first stretch on, engagements in the order in which the file names them."""
    first: dict[tuple[str, str], int] = {}

    def place(row: BudgetRow) -> int:
        return first.setdefault((fold(row.client), fold(row.engagement)), row.line)

    for _, same in groupby(sorted(rows, key=place), key=place):
        stretches = sorted(same, key=lambda row: row.starts)
        yield [_until(row, then) for row, then in pairwise(stretches)] + stretches[-1:]


def _until(row: BudgetRow, then: BudgetRow) -> BudgetRow:
    """A retainer's month is paid once: an open stretch ends where the next one begins."""
    open_one = row.kind == Kind.RETAINER and row.ends is None and row.starts < then.starts
    return replace(row, ends=then.starts - timedelta(days=1)) if open_one else row


def _engagement(same: list[BudgetRow], book: NameBook) -> tuple[Engagement, bool]:
    first = same[0]
    client = book.client(first.client)
    known = book.engagement(client, first.engagement)
    if known:
        return Engagement.objects.get(pk=known), False
    ends = [row.ends for row in same if row.ends]
    engagement = engagements.start(
        Client.objects.get(pk=client), name=first.engagement, kind=Kind(first.kind), starts=first.starts,
        ends=max(ends) if len(ends) == len(same) else None, by=book.by, at=book.at, batch=book.batch,
    )  # fmt: skip
    book.engagements[client, fold(first.engagement)] = engagement.pk
    return engagement, True


def _to_be_gathered(engagement: Engagement) -> list[Brought]:
    """What to remember of hours that go to an engagement that stood: a new one gives its hours back by going."""
    rows = tuple(hours.loose_hours_of(engagement).values_list("pk", flat=True))
    change = Change(Entry._meta.label, "engagement_id", rows, None, engagement.pk)
    return [(engagement.client_id, change)] if rows else []


def _agree(row: BudgetRow, engagement: Engagement, book: NameBook, tally: Tally) -> Rejection | None:
    """Agree the row's budget, if it is not agreed already; answers what stands against it."""
    stood = engagement.budgets.filter(starts=row.starts, reason="").first()
    if stood is not None:
        return _compare(row, stood, tally)
    if row.kind == Kind.RETAINER:
        paid_twice = _close_open_stretch(row, engagement, tally)
        if paid_twice:
            return _overlap(row, paid_twice)
    engagements.budget(
        engagement, starts=row.starts, ends=row.ends, hours=row.hours, fee=row.fee, currency=row.currency,
        by=book.by, at=book.at, batch=book.batch,
    )  # fmt: skip
    tally.new += 1
    return None


def _compare(row: BudgetRow, stood: Budget, tally: Tally) -> Rejection | None:
    if _same_end(row, stood) and (stood.hours, stood.fee) == (row.hours, row.fee):
        tally.known += 1
        return None
    return Rejection(
        row.line,
        f"{row.engagement} stands from {row.starts} on with {_figures(stood)}; this row says {_figures(row)}",
        f"If the agreement changed, keep the row as it stood and add one that {_ADDS[Kind(row.kind)]}. "
        f"If what stands is a slip, {_undo(stood)}.",
    )


def _same_end(row: BudgetRow, stood: Budget) -> bool:
    if stood.ends == row.ends:
        return True
    if row.ends is not None or stood.ends is None:
        return False
    after = stood.ends + timedelta(days=1)
    return row.kind == Kind.RETAINER and Budget.objects.filter(engagement=stood.engagement_id, starts=after).exists()


def _close_open_stretch(row: BudgetRow, engagement: Engagement, tally: Tally) -> Budget | None:
    """End the stretch that stood open until now; answers one that pays for the same month and cannot be ended."""
    last = row.ends or date.max
    others = engagement.budgets.filter(Q(ends=None) | Q(ends__gte=row.starts), starts__lte=last, reason="")
    for other in others:
        if other.ends is not None or other.starts > row.starts:
            return other
        change = fill(other, field="ends", now=row.starts - timedelta(days=1))
        tally.brought.append((engagement.client_id, change))
    return None


def _fault(row: BudgetRow, engagement: Engagement) -> Rejection | None:
    if row.kind != engagement.kind:
        return Rejection(
            row.line,
            f"{engagement.name} stands as {engagement.kind}; this row says {row.kind}",
            f"Write {engagement.kind}, or give what was sold on other terms a name of its own.",
        )
    if row.starts < engagement.starts:
        return Rejection(
            row.line,
            f"{engagement.name} stands as begun on {engagement.starts}; this row begins on {row.starts}, before it",
            "Take the earlier import back and import this file again, or correct the day.",
        )
    return None


def _overlap(row: BudgetRow, other: Budget) -> Rejection:
    return Rejection(
        row.line,
        f"months of {row.engagement} would be paid for twice: from {other.starts} on {_figures(other)} stand",
        f"Let the two stretches follow each other; if what stands is a slip, {_undo(other)}.",
    )


_ADDS = {
    Kind.RETAINER: "starts where the new terms begin",
    Kind.FIXED: "starts on the day of the change and holds the hours and the fee that were added",
    Kind.HOURLY: "starts on the day of the change",
}


def _undo(budget: Budget) -> str:
    if budget.batch_id is None:
        return "take it back where it was written, then import this file again"
    return f"take it back with `kept import undo {budget.batch_id}`, then import this file again"


def _figures(of: Budget | BudgetRow) -> str:
    """ "40 hours and 4,000 GBP until 2026-12-31"."""
    hours = f"{of.hours.normalize():f} hours" if of.hours is not None else "no hours"
    fee = f" and {of.fee:,.2f} {of.currency}".rstrip() if of.fee is not None else ""
    return f"{hours}{fee}" + (f" until {of.ends}" if of.ends else "")
