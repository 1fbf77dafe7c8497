"""How often a drift alarm is false, and how soon a true one comes, in numbers and in plain words."""

from dataclasses import dataclass
from types import MappingProxyType

from kept.kit import words

# MEASURES 1.7, simulated with p0 known: events until an alarm, in calm and at four times the odds, by limit h.
RUN_LENGTHS = MappingProxyType(
    {
        0.05: {3: (389, 24.6), 4: (1259, 35.2), 5: (3478, 45.1)},
        0.10: {3: (243, 15.5), 4: (695, 21.6), 5: (2100, 28.3)},
        0.20: {3: (162, 11.7), 4: (438, 15.5), 5: (1351, 20.9)},
    }
)


@dataclass(frozen=True, slots=True)
class Rates:
    """What an alarm is worth: false ones in a calm client-year and quarter, true drops found in six weeks."""

    false_in_a_year: float
    found_in_six_weeks: float
    weeks_until_found: float
    false_in_a_quarter: float


# MEASURES 1.7, simulated with p0 estimated from 26 weeks at six events a week, p0 ~ Beta(2, 18); limit 5.
AT_FIVE = Rates(false_in_a_year=0.16, found_in_six_weeks=0.76, weeks_until_found=4, false_in_a_quarter=0.04)
EVENTS_A_WEEK = 6.0
_TENTHS = 10


def expected_false(clients: int, *, rates: Rates = AT_FIVE) -> float:
    """False alarms a year among so many calm clients."""
    return clients * rates.false_in_a_year


def chance_true(dropping: float, *, rates: Rates = AT_FIVE) -> float:
    """P(an alarm of this quarter is a real drop), when that share (0..1) of clients really drops in a quarter."""
    found = dropping * rates.found_in_six_weeks
    false = (1 - dropping) * rates.false_in_a_quarter
    return found / (found + false)


def false_alarm_sentence(clients: int, *, rates: Rates = AT_FIVE) -> str:
    """What a firm of so many clients should expect of these alarms, said beside every one of them."""
    expected = words.count(round(expected_false(clients, rates=rates)), "false alarm")
    return (
        f"With {words.count(clients, 'client')}, expect about {expected} a year. Of ten real drops, about "
        f"{words.SMALL[round(_TENTHS * rates.found_in_six_weeks)]} are found within six weeks, typically after "
        f"{words.count(round(rates.weeks_until_found), 'week')}; with fewer than six events a week it takes longer."
    )


def worth_sentence(*, rates: Rates = AT_FIVE) -> str:
    """How far to believe one alarm."""
    few, many = (round(_TENTHS * chance_true(share, rates=rates)) for share in (0.03, 0.10))
    return (
        f"If three in a hundred clients really drop in a quarter, about {words.SMALL[few]} in ten alarms are true; "
        f"if ten in a hundred do, about {words.SMALL[many]} in ten."
    )
