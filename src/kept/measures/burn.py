"""How a budget of hours will probably end, how sure that is, and whether it deserves a warning."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kept.measures.intervals import BELIEF_LEVEL, Interval, normal_cdf, normal_quantile

OVER_LINE = 1.10  # MEASURES 3.2: above 10 % extra the industry's own benchmark says to invoice
RED_PROBABILITY = (
    0.6  # MEASURES 3.6: by half of the work precision .73, recall .56, false alarms .12 (.14 at ERROR_SCALE)
)
AMBER_PROBABILITY = 0.5  # MEASURES 3.6: precision .58, recall .77, false alarms .33
ASK_HOURS_LEFT_AT = 0.6  # MEASURES 3.6: hours used up alone say little, so somebody is asked

Method = Literal["retainer", "tasks", "rough", "hours_left"]
Code = Literal[
    "worked",  # hours booked so far
    "pace",  # expected hours a working day
    "usual_pace",  # what that pace leans on: hours a working day in earlier periods
    "budget_pace",  # the same where no earlier period is known: the budget spread evenly
    "straight_line",  # hours at the end if today's bare average went on
    "cost_of_estimate",  # expected hours for one estimated hour
    "usual_cost_of_estimate",  # what that leans on: the firm's past hours for one estimated hour
    "finished_actuals",  # hours the finished tasks took
    "finished_estimates",  # hours once estimated for what is finished
    "open_task",  # expected hours of one unfinished task, named by `row`
    "not_in_tasks",  # estimated hours of the budget that no task covers
    "work_done_share",  # 0..1, supposed from the calendar alone
    "said_left",  # hours somebody said are left
    "usual_answer",  # the firm's past (hours it took) / (hours said left)
    "thin_evidence",  # the firm's past weighs more than this engagement's own facts
    "rough",  # never checked on real records
    "already_over",  # worked hours have passed the line: a fact, no forecast
    "budget_used_up",  # worked hours have passed the budget, not yet the line
    "likely_over",  # probability at or above RED_PROBABILITY
    "maybe_over",  # probability at or above AMBER_PROBABILITY
    "no_budget",  # nothing was paid for, so any hour is over
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a number is what it is: a code for its words, an amount in its unit, the row it stands on."""

    code: Code
    amount: float
    row: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Hours at the end of a period or job (hours unless said otherwise).

    `rate` is hours a working day for retainers, hours per estimated (or said) hour for jobs. `evidence` is
    what it stands on: working days for retainers, estimated hours finished for tasks, the share of work
    supposed done for rough ones, past answers for hours left. `run_out_day` counts working days from the
    start, is in the past when the budget is gone, None when the hours last or no daily pace is known.
    """

    method: Method
    budget: float
    worked: float
    likely: float
    spread: float
    rate: float
    evidence: float
    run_out_day: float | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def low(self) -> float:
        """Lower end of the 80 % range."""
        return self.within().low

    @property
    def high(self) -> float:
        """Upper end of the 80 % range."""
        return self.within().high

    def within(self, level: float = BELIEF_LEVEL) -> Interval:
        """Where the end lies with this probability; never below what is already worked."""
        reach = normal_quantile(0.5 + level / 2) * self.spread
        return Interval(max(self.worked, self.likely - reach), self.likely + reach)

    def probability_over(self, line: float = OVER_LINE) -> float:
        """P(hours at the end > line x budget), 0..1; 1 once the worked hours have passed it."""
        limit = line * self.budget
        return 1.0 if self.worked > limit else chance_over(limit, likely=self.likely, spread=self.spread)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A warning without words: its level, or None for a quiet forecast, and the codes that raised it."""

    level: Literal["red", "amber"] | None
    probability: float
    reasons: tuple[Reason, ...] = ()


def warning(forecast: Forecast) -> Alarm:
    """Red or amber by MEASURES 3.6; a passed line is red at once because it is a fact, not a forecast."""
    probability = forecast.probability_over()
    level, code = _level(forecast, probability)
    if level is None or code is None:
        return Alarm(None, probability)
    reasons = [Reason(code, forecast.worked if code == "already_over" else probability)]
    if forecast.budget == 0:
        reasons.append(Reason("no_budget", forecast.worked))
    elif code != "already_over" and forecast.worked > forecast.budget:
        reasons.append(Reason("budget_used_up", forecast.worked))
    if code != "already_over":
        reasons += [reason for reason in forecast.reasons if reason.code in ("thin_evidence", "rough")]
    return Alarm(level, probability, tuple(reasons))


def chance_over(limit: float, *, likely: float, spread: float) -> float:
    """1 - Phi((limit - likely) / spread), MEASURES 3.3 and 3.4; without spread it is certain either way."""
    if spread <= 0:
        return 1.0 if likely > limit else 0.0
    return 1 - normal_cdf((limit - likely) / spread)


def asks_hours_left(*, budget: float, worked: float) -> bool:
    """Whether it is time to ask the team how many hours are left."""
    return worked > 0 and worked >= ASK_HOURS_LEFT_AT * budget


def check_hours(amounts: Mapping[str, float]) -> None:
    """Raise ValueError for the first named amount that is below 0 or no number."""
    for name, amount in amounts.items():
        if not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"The {name} must be a number of 0 or more; it was {amount:g}.")


def _level(forecast: Forecast, probability: float) -> tuple[Literal["red", "amber"] | None, Code | None]:
    if forecast.worked > OVER_LINE * forecast.budget:
        return "red", "already_over"
    if probability >= RED_PROBABILITY:
        return "red", "likely_over"
    if probability >= AMBER_PROBABILITY:
        return "amber", "maybe_over"
    return None, None
