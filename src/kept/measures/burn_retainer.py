"""How a retainer's period will end at its present pace, and what of it is carried into the next."""

import math

from kept.measures.burn import Forecast, Reason, check_hours

PRIOR_DAYS = 5.0  # MEASURES 3.3, kap: a working week of the usual pace, so day one does not shout
DISPERSION = 2.0  # MEASURES 3.3, phi: variance over mean of daily hours; an estimate, not measured


def retainer(
    *, period_days: float, elapsed_days: float, budget: float, worked: float, usual_daily: float | None = None
) -> Forecast:
    """Forecast a period by MEASURES 3.3; days are working days, the rest hours.

    `usual_daily` is the mean of daily hours over the last three periods; without it the budget spread evenly
    stands in. Days elapsed outside the period count as its nearest end. ValueError for amounts below 0.
    """
    check_hours({"days of the period": period_days, "budget": budget, "hours worked": worked})
    check_hours({"usual hours a day": usual_daily or 0.0})
    elapsed = min(max(elapsed_days, 0.0), period_days)
    remaining = period_days - elapsed
    usual = usual_daily if usual_daily is not None else (budget / period_days if period_days else 0.0)
    pace = (PRIOR_DAYS * usual + worked) / (PRIOR_DAYS + elapsed)
    variance = DISPERSION * pace * remaining * (1 + remaining / (PRIOR_DAYS + elapsed))
    gone = run_out_day(elapsed_days=elapsed, budget=budget, worked=worked, daily=pace)
    return Forecast(
        method="retainer",
        budget=budget,
        worked=worked,
        likely=worked + remaining * pace,
        spread=math.sqrt(variance),
        rate=pace,
        evidence=elapsed,
        run_out_day=gone if gone is not None and gone <= period_days else None,
        reasons=(
            Reason("worked", worked),
            Reason("pace", pace),
            Reason("budget_pace" if usual_daily is None else "usual_pace", usual),
            *_own_pace(worked, elapsed=elapsed, remaining=remaining),
        ),
    )


def run_out_day(*, elapsed_days: float, budget: float, worked: float, daily: float) -> float | None:
    """The working day, counted from the start, when the budget is used up: d + (B - H) / r (MEASURES 3.3).

    A budget already gone gives a day in the past, at the earliest 0; without any pace it is None.
    """
    if daily <= 0:
        return None
    return max(0.0, elapsed_days + (budget - worked) / daily)


def carry_over(*, budget: float, worked: float, carried_in: float = 0.0, cap: float | None = None) -> float:
    """Unused hours a period hands to the next, at most `cap` (None: all of them).

    Hours carried in count as this period's. An overrun hands on nothing: it is no debt of the client's.
    """
    check_hours({"budget": budget, "hours worked": worked, "hours carried in": carried_in, "cap": cap or 0.0})
    unused = max(0.0, budget + carried_in - worked)
    return unused if cap is None else min(cap, unused)


def _own_pace(worked: float, *, elapsed: float, remaining: float) -> list[Reason]:
    reasons = []
    if elapsed > 0:
        reasons.append(Reason("straight_line", worked + remaining * worked / elapsed))
    if elapsed < PRIOR_DAYS:
        reasons.append(Reason("thin_evidence", elapsed))
    return reasons
