"""Whether snapshots say what the ledgers say: each is counted again as of its moment, from where it was begun."""

from collections import defaultdict
from datetime import datetime
from math import isclose
from typing import Any

from django.db.models import Max

from kept.readings.calendars import offices
from kept.readings.snapshots.models import Snapshot
from kept.readings.snapshots.telling import priors_of, priors_told, told
from kept.readings.trust import Reckoned, trust_of_clients

_WITHOUT = {"words", "noun", "pk", "sentence", "rest"}  # words may be mended since; the rest is a sum

FACTS = ("value", "low", "high", "baseline", "evidence", "weight", "n")


def untrue() -> list[int]:
    """The clients whose newest snapshot differs from a count of the ledgers as of its moment; empty: all is well."""
    by_moment: dict[datetime, list[Snapshot]] = defaultdict(list)
    newest = Snapshot.objects.aggregate(last=Max("day"))["last"]
    for row in Snapshot.objects.filter(day=newest).order_by("client"):
        by_moment[row.at].append(row)
    house = offices()
    wrong: list[int] = []
    for at, rows in by_moment.items():
        counted = trust_of_clients({row.client_id: priors_of(row.priors) for row in rows}, at=at, house=house)
        wrong += [row.client_id for row in rows if not _same(said(row), counts(counted[row.client_id]))]
    return sorted(wrong)


def said(row: Snapshot) -> dict[str, Any]:
    """What the snapshot says, in numbers."""
    facts = {name: getattr(row, name) for name in FACTS}
    return {"facts": facts, "told": _bare(row.told), "priors": row.priors}


def counts(one: Reckoned) -> dict[str, Any]:
    """The same of a count."""
    facts = {name: getattr(one.trust, name) for name in FACTS}
    return {
        "facts": facts,
        "told": _bare(told(one, {})),
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
