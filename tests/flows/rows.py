"""Rows as readers give them, and the short way through each import flow, with its batch."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from kept.flows.meet_clients import Tally as Met
from kept.flows.meet_clients import meet_clients
from kept.flows.name_book import NameBook
from kept.flows.open_budgets import Tally as Opened
from kept.flows.open_budgets import open_budgets
from kept.flows.record_hours import Tally as Recorded
from kept.flows.record_hours import Terms, record
from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch
from kept.measures.entries import BudgetRow, ClientRow, TimeRow
from tests.studio import LONDON, NOW

_lines = count(2)
LOCAL = Terms(zone=LONDON)


def time_row(**more: Any) -> TimeRow:
    """An hour of Kit's for Borealis' website on 1 October, unless told otherwise."""
    line = next(_lines)
    facts = {
        "line": line, "source": "toggl", "external_id": f"row-{line}", "person": "Kit Marsh", "person_email": "",
        "client": "Borealis", "project": "Website", "task": "", "note": "", "day": date(2026, 10, 1),
        "started_at": None, "seconds": 3600, "billable": None, "currency": "", "rate": None,
    }  # fmt: skip
    return TimeRow(**{**facts, **more})


def budget_row(**more: Any) -> BudgetRow:
    """Borealis' website, fixed, 100 hours and 10,000 GBP from 1 September 2026, unless told otherwise."""
    facts = {
        "line": next(_lines), "client": "Borealis", "engagement": "Website", "kind": "fixed",
        "starts": date(2026, 9, 1), "ends": None, "hours": Decimal(100), "fee": Decimal(10_000), "currency": "GBP",
    }  # fmt: skip
    return BudgetRow(**{**facts, **more})


def client_row(**more: Any) -> ClientRow:
    """A line that says nothing yet."""
    texts = dict.fromkeys(("client", "domain", "contact", "phone", "title", "role", "language"), "")
    return ClientRow(**{"line": next(_lines), "emails": (), **texts, **more})


def recorded(*rows: TimeRow, terms: Terms = LOCAL) -> tuple[Recorded, Batch]:
    """Record the rows under a batch of their own."""
    return _under("time", lambda book: record(rows, book=book, terms=terms))


def opened(*rows: BudgetRow) -> tuple[Opened, Batch]:
    """Open the budgets under a batch of their own."""
    return _under("budget", lambda book: open_budgets(rows, book=book))


def met(*rows: ClientRow) -> tuple[Met, Batch]:
    """Meet the clients of a list under a batch of its own."""
    return _under("clients", lambda book: meet_clients(rows, book=book))


def _under[T](kind: str, act: Callable[[NameBook], T]) -> tuple[T, Batch]:
    batch = journal.open_batch(kind, f"{kind}.csv", by=None, at=NOW)
    return act(NameBook.load(batch=batch, at=NOW)), batch


def whys(rejections: Sequence[Any]) -> list[str]:
    """Why each row was left out."""
    return [one.why for one in rejections]
