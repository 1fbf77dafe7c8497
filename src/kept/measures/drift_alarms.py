"""How often a drift alarm is false, and how soon a true one comes, in numbers and in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from kept.kit import words

# MEASURES 1.7, simulated with p0 known: events until an alarm, in calm and at four times the odds, by limit h.
# An exact chain gives the same within 6 % (tests).
RUN_LENGTHS = MappingProxyType(
    {
        0.05: {3: (389, 24.6), 4: (1259, 35.2), 5: (3478, 45.1)},
        0.10: {3: (243, 15.5), 4: (695, 21.6), 5: (2100, 28.3)},
        0.20: {3: (162, 11.7), 4: (438, 15.5), 5: (1351, 20.9)},
    }
)


@dataclass(frozen=True, slots=True)
class Rates:
    """What an alarm of one pillar is worth: shares (0..1) of false ones in calm, of true drops found in six weeks.

    `weeks_until_found` is the median, None when most are not found within a year.
    """

    false_in_a_year: float
    false_in_a_quarter: float
    found_in_six_weeks: float
    weeks_until_found: float | None


# MEASURES 1.7 at limit 5 with six events a week. Its .76 holds for clients of whom a tenth fails.
PAPER = Rates(0.16, 0.04, 0.76, 4)
# By events a week; `python -m bench.trust_simulation`: limit 5, the usual estimated from 26 weeks, clients' shares of
# failures Beta(2, 18), the drop four times the odds. Below one event a week no drop is found in time.
MEASURED = MappingProxyType(
    {
        0.0: Rates(0.0, 0.0, 0.0, None),
        1.0: Rates(0.061, 0.004, 0.028, 29),
        2.0: Rates(0.092, 0.013, 0.147, 15),
        3.0: Rates(0.116, 0.022, 0.295, 10),
        4.0: Rates(0.135, 0.027, 0.415, 8),
        6.0: Rates(0.172, 0.043, 0.616, 5),
    }
)
_TOO_FEW = 0.05  # found less often than that is not found
_TENTHS = 10


def rates_at(events_a_week: float) -> Rates:
    """The measured rates of a pillar with so many events a week, between rows in proportion, at most six's."""
    if events_a_week >= max(MEASURED):
        return MEASURED[max(MEASURED)]
    low, high = next((low, high) for low, high in pairwise(MEASURED) if low <= events_a_week < high)
    part = (events_a_week - low) / (high - low)
    below, above = MEASURED[low], MEASURED[high]
    weeks = None
    if below.weeks_until_found is not None and above.weeks_until_found is not None:
        weeks = _between(below.weeks_until_found, above.weeks_until_found, part)
    return Rates(
        _between(below.false_in_a_year, above.false_in_a_year, part),
        _between(below.false_in_a_quarter, above.false_in_a_quarter, part),
        _between(below.found_in_six_weeks, above.found_in_six_weeks, part),
        weeks,
    )


def expected_false(clients: int, pillars: Sequence[Rates]) -> float:
    """False alarms a year among so many calm clients, each watched on these pillars."""
    return clients * sum(each.false_in_a_year for each in pillars)


def chance_true(dropping: float, rates: Rates) -> float:
    """P(an alarm of this quarter is a real drop), when that share (0..1) of clients really drops in a quarter."""
    found = dropping * rates.found_in_six_weeks
    false = (1 - dropping) * rates.false_in_a_quarter
    return found / (found + false) if found + false else 0.0


def false_alarm_sentence(clients: int, pillars: Sequence[Rates]) -> str:
    """What a firm of so many clients should expect of these alarms, said beside every one of them.

    `pillars`: the rates of the three at the firm's usual events a week; drops are found where most is known.
    """
    expected = words.count(round(expected_false(clients, pillars)), "false alarm")
    opening = f"With {words.count(clients, 'client')}, expect about {expected} a year."
    best = max(pillars, key=lambda each: each.found_in_six_weeks)
    if best.found_in_six_weeks < _TOO_FEW or best.weeks_until_found is None:
        return (
            f"{opening} So little is recorded that a slow drop is hardly ever found in time: mind what is told at once."
        )
    found = words.SMALL[round(_TENTHS * best.found_in_six_weeks)]
    typically = words.count(round(best.weeks_until_found), "week")
    return f"{opening} Of ten real drops, about {found} are found within six weeks; half of all after {typically}."


def worth_sentence(rates: Rates) -> str:
    """How far to believe one alarm."""
    few, many = (words.SMALL[round(_TENTHS * chance_true(share, rates))] for share in (0.03, 0.10))
    return (
        f"If three in a hundred clients really drop in a quarter, about {few} in ten alarms are true; "
        f"if ten in a hundred do, about {many} in ten."
    )


def _between(low: float, high: float, part: float) -> float:
    return low + part * (high - low)
