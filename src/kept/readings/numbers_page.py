"""Our own numbers as a page shows them, who changed them, and what a change would do to every client."""

from dataclasses import dataclass, fields
from datetime import datetime

from kept.ledgers.clients.models import Client
from kept.ledgers.reckoning.models import NumberChange
from kept.ledgers.team.models import Member
from kept.measures.parameters import DEFAULTS, Parameters, numbers, with_numbers
from kept.measures.told import Number
from kept.readings.calendars import Offices
from kept.readings.trust import trust_of_firm
from kept.readings.trust_numbers import parameters_at

HISTORY = 20
TRUSTED = ("streams", "blend")  # only these move trust itself
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


@dataclass(frozen=True)
class Effect:
    """What a change would do to one client, in points."""

    client: str
    before: float
    after: float
    span_before: tuple[float, float]
    span_after: tuple[float, float]

    @property
    def by(self) -> float:
        return self.after - self.before


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


def moves_trust(key: str) -> bool:
    """Whether trust depends on the number."""
    return key.partition(".")[0] in TRUSTED


def number_of(key: str, *, at: datetime) -> Number | None:
    """One number as of `at`; None when there is none of that key."""
    return next((each for each in numbers(parameters_at(at)) if each.key == key), None)


def effects(key: str, value: float, *, viewer: Member, at: datetime, house: Offices) -> list[Effect]:
    """What trust would be with the number at `value`, for every client the viewer may know of, most moved first.

    Raises ValueError when the value is out of bounds. Empty for a number that trust does not depend on.
    """
    ours = parameters_at(at)
    other = with_numbers(ours, {key: value})
    if not moves_trust(key):
        return []
    before, after = (_firm(each, at, house) for each in (ours, other))
    named = dict(Client.objects.seen_by(viewer).served().values_list("pk", "name"))
    found = [
        Effect(named[pk], before[pk][0], after[pk][0], before[pk][1], after[pk][1])
        for pk in named
        if pk in before and pk in after
    ]
    return sorted(found, key=lambda one: (-abs(one.by), one.client))


def _firm(parameters: Parameters, at: datetime, house: Offices) -> dict[int, tuple[float, tuple[float, float]]]:
    clients = trust_of_firm(at, house=house, parameters=parameters).clients
    return {pk: (one.trust.value, (one.trust.low, one.trust.high)) for pk, one in clients.items()}


def _group(number: Number) -> str:
    return number.key.partition(".")[0]
