"""Signs of free choice: what clients do who would choose us again, and who would not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from kept.measures.standing_numbers import Staying


class Sign(StrEnum):
    """What was seen. A fee question about a real error of ours is no sign but a bill that surprised (trust)."""

    SENT_OTHERS = "sent us somebody"
    VOUCHED = "vouched for us"
    RENEWED_EARLY = "renewed early or bought more, without a discount"
    INVITED = "invited us into their plans"
    PRAISED = "praised us unasked"
    GOT_IN_TOUCH = "got in touch of their own accord"
    RENEWED_WITHOUT_CHOICE = "renewed at the end, without a choice"  # counts for nothing
    PITCHED = "put the account to pitch or asked rivals"
    ASKED_FOR_HANDOVER = "asked for data, rights or a handover"
    QUESTIONED_FEE = "questioned a fee"
    CUT_SCOPE = "cut the scope"
    IGNORED_NUDGES = "ignored two nudges"
    SENIOR_LEFT = "a senior person stopped coming"
    GONE_QUIET = "has gone quiet"


REFERRALS = frozenset({Sign.SENT_OTHERS, Sign.VOUCHED})

# worth for free choice, and which weight of `Staying`
_MEANS = MappingProxyType(
    {
        Sign.SENT_OTHERS: (1.0, "great"),
        Sign.VOUCHED: (1.0, "great"),
        Sign.RENEWED_EARLY: (1.0, "great"),
        Sign.INVITED: (1.0, "clear"),
        Sign.PRAISED: (1.0, "slight"),
        Sign.GOT_IN_TOUCH: (1.0, "contact"),
        Sign.PITCHED: (0.0, "great"),
        Sign.ASKED_FOR_HANDOVER: (0.0, "great"),
        Sign.QUESTIONED_FEE: (0.0, "clear"),
        Sign.CUT_SCOPE: (0.0, "clear"),
        Sign.IGNORED_NUDGES: (0.0, "slight"),
        Sign.SENIOR_LEFT: (0.0, "slight"),
        Sign.GONE_QUIET: (0.0, "slight"),
    }
)


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign seen on a day, with the row that shows it."""

    sign: Sign
    at: datetime
    row: int


def pulls(signals: Iterable[Signal], numbers: Staying) -> list[tuple[float, float, datetime]]:
    """(worth 0 or 1, weight, moment) of each sign that counts; of contacts the first of each ISO week."""
    found: list[tuple[float, float, datetime]] = []
    weeks: set[tuple[int, int]] = set()
    for each in sorted(signals, key=lambda signal: (signal.at, signal.row)):
        if each.sign not in _MEANS:
            continue
        week = each.at.isocalendar()[:2]
        if each.sign is Sign.GOT_IN_TOUCH and week in weeks:
            continue
        if each.sign is Sign.GOT_IN_TOUCH:
            weeks.add(week)
        worth, weight = _MEANS[each.sign]
        found.append((worth, getattr(numbers, weight), each.at))
    return found
