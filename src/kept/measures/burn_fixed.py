"""How a fixed-fee job will end: from its tasks, roughly from the calendar, or from the team's own answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from kept.measures.burn import Forecast, Reason, check_hours

PRIOR_HOURS = 100.0  # MEASURES 3.4, K: estimated hours after which a job's own record outweighs the firm's
ERROR_SCALE = 1.6  # MEASURES 3.4, sig: halves of 118 jobs of one firm gave 1.42 and 1.78; refit per firm
ERROR_POWER = 0.75  # MEASURES 3.4: errors grow slower than the work that is left
LEAST_LEFT = 0.25  # MEASURES 3.4: an open task has a quarter of its estimate still to come at least
ROUGH_PRIOR = 0.35  # MEASURES 3.5, k: never checked on real records, hence the label
ANSWER_PRIOR = 20  # MEASURES 3.6: answers that were right, supposed before the first is known


@dataclass(frozen=True, slots=True)
class Finished:
    """All finished tasks of a job together: their estimates (EV) and what they took (AC), in hours."""

    estimated: float = 0.0
    actual: float = 0.0

    def cost_of_estimate(self, usual: float = 1.0) -> float:
        """Expected hours for one estimated hour, drawn towards the firm's usual: (K m + AC) / (K + EV)."""
        return (PRIOR_HOURS * usual + self.actual) / (PRIOR_HOURS + self.estimated)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task not yet finished: its row, its estimate and the hours it has burnt so far."""

    row: str
    estimate: float
    burnt: float = 0.0

    def expected(self, cost: float) -> float:
        """Hours at its end, max(E rho, b + E / 4), MEASURES 3.4."""
        return max(self.estimate * cost, self.burnt + LEAST_LEFT * self.estimate)


@dataclass(frozen=True, slots=True)
class Firm:
    """What the firm's past jobs teach: actual over estimated hours (m), how far forecasts missed (sig)."""

    cost_of_estimate: float = 1.0
    error_scale: float = ERROR_SCALE


def by_tasks(
    budget: float, *, finished: Finished, still_open: Iterable[OpenTask] = (), firm: Firm | None = None
) -> Forecast:
    """Forecast a job by MEASURES 3.4: AC + (BAC - EV) rho, where open tasks burning hot cost what they burn.

    `budget` is BAC. Estimates of finished and open tasks may add up to more: the likely end grows with them.
    Leave the job's own tasks out of `firm`. Raises ValueError for amounts below 0.
    """
    firm, tasks = firm or Firm(), tuple(still_open)
    _check(budget, finished, tasks)
    cost = finished.cost_of_estimate(firm.cost_of_estimate)
    uncovered = max(0.0, budget - finished.estimated - sum(task.estimate for task in tasks))
    to_come = uncovered * cost + sum(task.expected(cost) for task in tasks)
    return Forecast(
        method="tasks",
        budget=budget,
        worked=finished.actual + sum(task.burnt for task in tasks),
        likely=finished.actual + to_come,
        spread=firm.error_scale * to_come**ERROR_POWER,
        rate=cost,
        evidence=finished.estimated,
        reasons=(
            *_record(finished, firm=firm),
            *(Reason("open_task", task.expected(cost), task.row) for task in tasks),
            *([Reason("not_in_tasks", uncovered)] if uncovered else []),
        ),
    )


def by_calendar(budget: float, *, worked: float, time_share: float, firm: Firm | None = None) -> Forecast:
    """Forecast a job without tasks from how much of its time has passed (0..1), MEASURES 3.5; always "rough".

    Work done is supposed to follow 3t^2 - 2t^3; the spread is borrowed from jobs with tasks.
    """
    check_hours({"budget": budget, "hours worked": worked})
    firm, share = firm or Firm(), min(max(time_share, 0.0), 1.0)
    done = share * share * (3 - 2 * share)
    used = worked / budget if budget else 0.0
    cost = (ROUGH_PRIOR * firm.cost_of_estimate + used) / (ROUGH_PRIOR + done)
    to_come = budget * (1 - done) * cost
    return Forecast(
        method="rough",
        budget=budget,
        worked=worked,
        likely=worked + to_come,
        spread=firm.error_scale * to_come**ERROR_POWER,
        rate=cost,
        evidence=done,
        reasons=(
            Reason("worked", worked),
            Reason("work_done_share", done),
            Reason("cost_of_estimate", cost),
            Reason("usual_cost_of_estimate", firm.cost_of_estimate),
            Reason("rough", done),
        ),
    )


def by_answer(budget: float, *, worked: float, said_left: float, past: Iterable[tuple[float, float]] = ()) -> Forecast:
    """Forecast a job from the hours its team says are left: burn + answer x g (MEASURES 3.6).

    `past` holds the firm's earlier answers as (hours said left, hours it then took), of which g is learnt.
    The spread is borrowed from jobs with tasks. Raises ValueError for amounts below 0.
    """
    check_hours({"budget": budget, "hours worked": worked, "hours said left": said_left})
    answers = tuple(past)
    usual = usual_answer(answers)
    to_come = said_left * usual
    return Forecast(
        method="hours_left",
        budget=budget,
        worked=worked,
        likely=worked + to_come,
        spread=ERROR_SCALE * to_come**ERROR_POWER,
        rate=usual,
        evidence=len(answers),
        reasons=(
            Reason("worked", worked),
            Reason("said_left", said_left),
            Reason("usual_answer", usual),
            *([Reason("thin_evidence", len(answers))] if len(answers) < ANSWER_PRIOR else []),
        ),
    )


def usual_answer(past: Iterable[tuple[float, float]]) -> float:
    """g: mean of (hours it took / hours said left), with 20 right answers supposed beforehand (MEASURES 3.6).

    An answer of "nothing left" has no ratio and is passed over.
    """
    ratios = [took / said for said, took in past if said > 0]
    return (ANSWER_PRIOR + sum(ratios)) / (ANSWER_PRIOR + len(ratios))


def _record(finished: Finished, *, firm: Firm) -> list[Reason]:
    reasons = [
        Reason("finished_actuals", finished.actual),
        Reason("finished_estimates", finished.estimated),
        Reason("cost_of_estimate", finished.cost_of_estimate(firm.cost_of_estimate)),
        Reason("usual_cost_of_estimate", firm.cost_of_estimate),
    ]
    if finished.estimated < PRIOR_HOURS:
        reasons.append(Reason("thin_evidence", finished.estimated))
    return reasons


def _check(budget: float, finished: Finished, tasks: tuple[OpenTask, ...]) -> None:
    check_hours({"budget": budget, "estimates finished": finished.estimated, "hours worked": finished.actual})
    for task in tasks:
        check_hours({f"estimate of {task.row}": task.estimate, f"hours of {task.row}": task.burnt})
