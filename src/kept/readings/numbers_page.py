"""Our own numbers as a page shows them, and who changed them."""

from dataclasses import dataclass, fields
from datetime import datetime

from kept.ledgers.reckoning.models import NumberChange
from kept.measures.parameters import DEFAULTS, numbers
from kept.measures.told import Number
from kept.readings.trust_numbers import parameters_at

HISTORY = 20
# what these are numbers of is not written down anywhere yet, or not shown
UNCOUNTED = frozenset(
    {
        "streams.onboarding_weight",
        "streams.onboarding_half_life",
        "streams.request_another_way",
        "streams.request_offered",
        "feeling.one_number_alpha",
        "feeling.one_number_answers",
    }
)


@dataclass(frozen=True)
class NumbersPage:
    """The numbers by group, as they are now, and the newest changes (the newest of its key can be taken back)."""

    groups: dict[str, tuple[Number, ...]]
    history: list[tuple[NumberChange, bool]]

    @property
    def changed(self) -> list[Number]:
        """Those that differ from what Kept comes with."""
        return [number for group in self.groups.values() for number in group if number.changed]


def numbers_page(*, at: datetime) -> NumbersPage:
    """All numbers as of `at`. Three queries."""
    ours = numbers(parameters_at(at))
    groups = {group.name: tuple(each for each in ours if _group(each) == group.name) for group in fields(DEFAULTS)}
    rows = list(NumberChange.objects.select_related("by").order_by("-pk")[:HISTORY])
    newest = {row.key: row.pk for row in reversed(rows)}
    return NumbersPage(groups, [(row, newest[row.key] == row.pk) for row in rows])


def is_counted(key: str) -> bool:
    """Whether anything is counted by the number."""
    return key not in UNCOUNTED


def number_of(key: str, *, at: datetime) -> Number | None:
    """One number as of `at`; None when there is none of that key."""
    return next((each for each in numbers(parameters_at(at)) if each.key == key), None)


def _group(number: Number) -> str:
    return number.key.partition(".")[0]
