"""Whether snapshots say what the ledgers say: each is counted again as of its moment, from where it was begun."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from math import isclose
from typing import Any

from django.db.models import Max

from kept.readings.calendars_then import former
from kept.readings.snapshots.models import KEPT_FOR, Snapshot
from kept.readings.snapshots.telling import priors_of, priors_told, told
from kept.readings.trust import Reckoned, trust_of_clients

_WITHOUT = {"words", "noun", "pk", "sentence", "rest"}  # words may be mended since; the rest is a sum

FACTS = ("value", "low", "high", "baseline", "evidence", "weight", "n")


def untrue() -> list[int]:
    """The clients whose newest snapshot differs from a count of the ledgers as of its moment; empty: all is well."""
    newest = Snapshot.objects.aggregate(last=Max("day"))["last"]
    return untrue_of(newest) if newest else []


def older_day(*, today: date) -> date | None:
    """A day before the newest, drawn by the date: of those kept the one nearest to what is drawn; None without any.

    Every day is drawn once while it is kept, so that in time all are looked at: on day t the draw is 3 t modulo 400,
    and as 3 and 400 share no factor, 400 days in a row draw 400 different ones.
    """
    kept = list(Snapshot.objects.order_by("-day").values_list("day", flat=True).distinct())[1:]
    drawn = today - KEPT_FOR + timedelta(days=2 * today.toordinal() % KEPT_FOR.days)
    return min(kept, key=lambda day: (abs(day - drawn), day), default=None)


def untrue_of(day: date) -> list[int]:
    """The clients whose snapshot of that day differs; of a day that keeps no rows the rest is compared."""
    by_moment: dict[datetime, list[Snapshot]] = defaultdict(list)
    for row in Snapshot.objects.filter(day=day).order_by("client"):
        by_moment[row.at].append(row)
    if not by_moment:
        return []
    then = former(since=min(by_moment))
    wrong: list[int] = []
    for at, rows in by_moment.items():
        counted = trust_of_clients({row.client_id: priors_of(row.priors) for row in rows}, at=at, house=then(at))
        wrong += [
            row.client_id
            for row in rows
            if not _same(said(row), counts(counted[row.client_id], light="rows" not in row.told))
        ]
    return sorted(wrong)


def said(row: Snapshot) -> dict[str, Any]:
    """What the snapshot says, in numbers."""
    facts = {name: getattr(row, name) for name in FACTS}
    return {"facts": facts, "told": _bare(row.told), "priors": row.priors}


def counts(one: Reckoned, *, light: bool = False) -> dict[str, Any]:
    """The same of a count; `light`: without the rows."""
    facts = {name: getattr(one.trust, name) for name in FACTS}
    return {
        "facts": facts,
        "told": _bare({name: each for name, each in told(one, {}).items() if name != "rows" or not light}),
        "priors": priors_told({each.part: each.prior for each in one.trust.pillars}),
    }


def _bare(of: Any) -> Any:
    if isinstance(of, dict):
        return {name: _bare(each) for name, each in of.items() if name not in _WITHOUT}
    return [_bare(each) for each in of] if isinstance(of, list) else of


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=0, abs_tol=1e-7)
    return bool(one == other)
