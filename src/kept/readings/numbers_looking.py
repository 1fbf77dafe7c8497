"""What a number tried would do to the look back: which complaints of two years it would count as cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kept.ledgers.clients.models import Client
from kept.measures.backtest import What
from kept.readings.backtest_losses import Loss, losses_by, told_once
from kept.readings.numbers_effects import Change, Changes, Trial, gathered


class Counts(StrEnum):
    """As what it counts."""

    CASE = "a case"
    PART = "part of the case before"  # within 90 days of it
    NOT = "no complaint"


@dataclass(frozen=True, slots=True)
class Looked:
    """Something that hurt, when, and as what it counts."""

    at: datetime
    how: str
    counts: Counts


def of_cases(tried: Trial) -> Changes[Looked]:
    """Complaints by either number, also of clients we served once. As many queries as losses have, and one."""
    named = dict(Client.objects.seen_by(tried.viewer).values_list("pk", "name"))
    both = losses_by([tried.ours.hurting, tried.other.hurting], at=tried.at, offices=tried.house)
    now, then = (_counted(one for one in found if one.client in named) for found in both)
    every = (
        Change(one.client, named[one.client], _looked(one, now), _looked(one, then))
        for one in sorted(now.keys() | then.keys(), key=lambda one: one.at)
    )
    return gathered(every, of=tried)


def _counted(found: Iterable[Loss]) -> dict[Loss, Counts]:
    complaints = [one for one in found if one.what is What.COMPLAINED]
    return dict.fromkeys(complaints, Counts.PART) | dict.fromkeys(told_once(complaints), Counts.CASE)


def _looked(one: Loss, by: dict[Loss, Counts]) -> Looked:
    return Looked(one.at, one.how, by.get(one, Counts.NOT))
