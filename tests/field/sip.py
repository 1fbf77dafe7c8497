"""One firm's estimated and actual hours over ten years, replayed; test_sip tells the recipe."""

import csv
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from pathlib import Path
from statistics import fmean

from kept.measures.burn import OVER_LINE, Forecast
from kept.measures.burn_fixed import Finished, Firm, by_tasks

EFFORT = Path(__file__).resolve().parents[3] / "shared" / "data" / "effort"
HISTORY = 30  # tasks the firm must have finished before a bundle's first, so that there is a past to learn from
HALVES = (1.42, 1.78)  # the published cross-fit, taken in turn: the assignment that gives the published figures

type Order = Callable[[list["Task"]], list["Task"]]


@dataclass(frozen=True, slots=True)
class Task:
    project: str
    estimate: float
    actual: float
    estimated_on: date
    completed_on: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A bundle when its finished estimates reach a share of the whole: three forecasts and the truth."""

    bundle: tuple[str, int, int]
    budget: float
    final: float
    plan: float
    cpi: float
    forecast: Forecast

    @property
    def ended_over(self) -> bool:
        return self.final > OVER_LINE * self.budget


def tasks() -> list[Task]:
    """Finished tasks with estimate, actual hours and a day of completion; the first row of each task number."""
    dates = {row["TaskNumber"]: row for row in reversed(_rows("est-act-dates.csv"))}
    first = {row["TaskNumber"]: row for row in reversed(_rows("Sip-task-info.csv"))}
    found = []
    for number, row in reversed(first.items()):
        estimate, actual = float(row["HoursEstimate"]), float(row["HoursActual"])
        begun, done = dates[number]["EstimateOn"], dates[number]["CompletedOn"]
        if estimate > 0 and actual > 0 and done and row["StatusCode"] in ("FINISHED", "COMPLETED"):
            found.append(Task(row["ProjectCode"], estimate, actual, _day(begun), _day(done)))
    return found


def bundles(all_tasks: list[Task]) -> dict[tuple[str, int, int], list[Task]]:
    """Project by quarter of estimation, of at least 10 tasks and 40 estimated hours, in order of their names."""
    grouped = defaultdict(list)
    for task in all_tasks:
        grouped[task.project, task.estimated_on.year, (task.estimated_on.month - 1) // 3].append(task)
    return {
        key: grouped[key]
        for key in sorted(grouped)
        if len(grouped[key]) >= 10 and sum(task.estimate for task in grouped[key]) >= 40
    }


def replay(all_tasks: list[Task], share: float, *, order: Order, scales: tuple[float, float] = HALVES) -> list[Moment]:
    """Each bundle when its finished estimates reach `share` of the whole, with what was known on that day."""
    past = _Past(all_tasks)
    moments = []
    for number, (key, group) in enumerate(bundles(all_tasks).items()):
        ordered = order(group)
        if past.count(ordered[0].completed_on) < HISTORY:
            continue
        moment = _moment(ordered, share, past=past, error_scale=scales[number % 2])
        if moment:
            moments.append(Moment(key, *moment))
    return moments


def as_listed(group: list[Task]) -> list[Task]:
    """By day of completion; tasks of one day as the file lists them."""
    return sorted(group, key=lambda task: task.completed_on)


def as_published(group: list[Task]) -> list[Task]:
    """By day of completion; tasks of one day as an unstable quicksort leaves them (numpy's, without vector units)."""
    days = [task.completed_on.toordinal() for task in group]
    return [group[place] for place in _quicksort(days)]


def auc(moments: list[Moment], odds: list[float]) -> float:
    """P(a bundle that ended over was given higher odds than one that did not), ties half."""
    over = [p for p, moment in zip(odds, moments, strict=True) if moment.ended_over]
    kept = [p for p, moment in zip(odds, moments, strict=True) if not moment.ended_over]
    return fmean((high > low) + (high == low) / 2 for high in over for low in kept)


def caught(alarms: list[bool], truths: list[bool]) -> tuple[float, float, float]:
    """Precision, recall and false-alarm rate."""
    pairs = list(zip(alarms, truths, strict=True))
    hits, false = pairs.count((True, True)), pairs.count((True, False))
    return hits / (hits + false), hits / sum(truths), false / (len(truths) - sum(truths))


class _Past:
    """All tasks by day of completion, summed so that any day can look back."""

    def __init__(self, all_tasks: list[Task]) -> None:
        ordered = as_listed(all_tasks)
        self.days = [task.completed_on for task in ordered]
        self.estimates = list(accumulate((task.estimate for task in ordered), initial=0.0))
        self.actuals = list(accumulate((task.actual for task in ordered), initial=0.0))

    def count(self, before: date) -> int:
        return bisect_left(self.days, before)

    def cost_of_estimate(self, before: date, *, without: list[Task]) -> float:
        own = [task for task in without if task.completed_on < before]
        place = self.count(before)
        actual = self.actuals[place] - sum(task.actual for task in own)
        return actual / (self.estimates[place] - sum(task.estimate for task in own))


def _moment(
    ordered: list[Task], share: float, *, past: _Past, error_scale: float
) -> tuple[float, float, float, float, Forecast] | None:
    budget, final = sum(task.estimate for task in ordered), sum(task.actual for task in ordered)
    earned = spent = 0.0
    for task in ordered:
        earned, spent = earned + task.estimate, spent + task.actual
        if earned >= share * budget:
            break
    if earned >= budget:  # the last task brought it here: nothing is left to forecast
        return None
    usual = past.cost_of_estimate(task.completed_on, without=ordered)
    forecast = by_tasks(budget, finished=Finished(earned, spent), firm=Firm(usual, error_scale))
    return budget, final, spent + budget - earned, budget * spent / earned, forecast


def _quicksort(values: list[int]) -> list[int]:
    places = list(range(len(values)))
    waiting = [(0, len(values) - 1)]
    while waiting:
        low, high = waiting.pop()
        while high - low > 15:
            middle = _partition(places, values, low, high)
            waiting.append((middle + 1, high))
            high = middle - 1
        places[low : high + 1] = sorted(places[low : high + 1], key=values.__getitem__)
    return places


def _partition(places: list[int], values: list[int], low: int, high: int) -> int:
    middle = low + ((high - low) >> 1)
    for left, right in ((low, middle), (middle, high), (low, middle)):
        if values[places[right]] < values[places[left]]:
            _swap(places, left, right)
    pivot = values[places[middle]]
    _swap(places, middle, high - 1)
    left, right = low, high - 1
    while True:
        left, right = left + 1, right - 1
        while values[places[left]] < pivot:
            left += 1
        while values[places[right]] > pivot:
            right -= 1
        if left >= right:
            _swap(places, left, high - 1)
            return left
        _swap(places, left, right)


def _swap(places: list[int], left: int, right: int) -> None:
    places[left], places[right] = places[right], places[left]


def _rows(name: str) -> list[dict[str, str]]:
    with (EFFORT / name).open(encoding="latin-1", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d-%b-%y").date()  # noqa: DTZ007 - a day, no moment
