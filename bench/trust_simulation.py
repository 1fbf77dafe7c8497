"""`python -m bench.trust_simulation`: what trust's range holds, and how often its warnings are false."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from kept.measures.belief import Prior
from kept.measures.drift import DRIFTING, failing_steps, sums
from kept.measures.trust import trust, trust_of_all
from kept.measures.trust_events import Event
from kept.measures.trust_prior import firm_priors
from kept.measures.trust_streams import Part, Stream
from kept.measures.trust_weighing import weigh

SEED = 4
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
WEEKS = 26
YEAR = 52
FOUND_WITHIN = 6
CLIENTS = 4_000
CLIENT_YEARS = 20_000
TRUE = {Part.QUALITY: Prior(0.85), Part.CONSISTENCY: Prior(0.88), Part.MERIT: Prior(0.80)}
RATES = {Part.QUALITY: 0.5, Part.CONSISTENCY: 2.5, Part.MERIT: 0.3}  # events a week
# several streams of a pillar, so that the burst guard works as on a real client, which is hardly ever
STREAMS = {
    Part.QUALITY: (Stream.DELIVERABLE,),
    Part.CONSISTENCY: (Stream.PROMISE, Stream.MEETING, Stream.SECURE),
    Part.MERIT: (Stream.STAFFING,),
}

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]


# --- what the range of trust holds -------------------------------------------


@dataclass(frozen=True)
class Held:
    """Share of true values inside the 80 % range, its mean width, and root mean square errors, in points."""

    covered: float
    width: float
    error: float
    raw_error: float


def client(chance: random.Random) -> tuple[float, list[Event], float]:
    """True trust, half a year of events, and what plain ratios say, all in points."""
    true, raw, events, row = 1.0, 1.0, [], 0
    for part, prior in TRUE.items():
        share = chance.betavariate(prior.strength * prior.mean, prior.strength * (1 - prior.mean))
        count = poisson(RATES[part] * WEEKS, chance)
        kept = [float(chance.random() < share) for _ in range(count)]
        for x in kept:
            row += 1
            at = NOW - timedelta(days=chance.uniform(0, 7 * WEEKS))
            events.append(Event(chance.choice(STREAMS[part]), at, x, 1.0, 90.0, row))
        true *= share ** (1 / 3)
        raw *= (sum(kept) / count if count else prior.mean) ** (1 / 3)
    return 100 * true, events, 100 * raw


def poisson(mean: float, chance: random.Random) -> int:
    """How many arrivals in a stretch of that mean."""
    count, passed = 0, chance.expovariate(1)
    while passed < mean:
        count, passed = count + 1, passed + chance.expovariate(1)
    return count


def held(clients: Sequence[tuple[float, list[Event], float]]) -> Held:
    judged = [(true, trust(events, at=NOW, priors=TRUE), raw) for true, events, raw in clients]
    return Held(
        covered=float(np.mean([found.low <= true <= found.high for true, found, _ in judged])),
        width=float(np.mean([found.high - found.low for _, found, _ in judged])),
        error=float(np.sqrt(np.mean([(found.value - true) ** 2 for true, found, _ in judged]))),
        raw_error=float(np.sqrt(np.mean([(raw - true) ** 2 for true, _, raw in judged]))),
    )


def strengths(clients: Sequence[tuple[float, list[Event], float]], firm: int) -> dict[Part, list[float]]:
    """What the moments say of the average's strength (truly 8), in firms of so many clients: lower, middle, upper."""
    found: dict[Part, list[float]] = {part: [] for part in Part}
    for start in range(0, len(clients) - firm + 1, firm):
        weighed = [weigh(events, at=NOW) for _, events, _ in clients[start : start + firm]]
        priors = firm_priors(dict(enumerate({part: own[part].sums for part in Part} for own in weighed)))
        for part in Part:
            found[part].append(priors.strengths[part])
    return {part: [float(each) for each in np.quantile(values, [0.1, 0.5, 0.9])] for part, values in found.items()}


# --- how often a warning is false --------------------------------------------


@dataclass(frozen=True)
class Watched:
    """Weeks of events: how many (client, week), how many failed, what is usual; `order` who failed, event by event."""

    counts: Counts
    failed: NDArray[np.bool_]  # client, week, event; only the first `counts` of a week are real
    usual: Floats


Rule = Callable[[Watched], Floats]  # the week of the first alarm of each client, inf if none


def watched(chance: np.random.Generator, *, rate: float, odds: float, shrunk: bool, spread: bool = True) -> Watched:
    """A year of clients whose share of failures is Beta(2, 18) or all .10, after 26 weeks that say what is usual."""
    share = chance.beta(2, 18, CLIENT_YEARS) if spread else np.full(CLIENT_YEARS, 0.1)
    seen = chance.poisson(rate * WEEKS, CLIENT_YEARS)
    bad = chance.binomial(seen, share)
    prior, mean = (8.0, 0.1) if shrunk else (0.0, 0.1)
    estimate = np.where(seen + prior > 0, (prior * mean + bad) / np.maximum(seen + prior, 1), mean)
    raised = odds * share / (1 - share)
    now = raised / (1 + raised)
    counts = chance.poisson(rate, (CLIENT_YEARS, YEAR))
    failed = chance.random((CLIENT_YEARS, YEAR, counts.max())) < now[:, None, None]
    return Watched(counts, failed, np.clip(estimate, DRIFTING.usual_least, DRIFTING.usual_most))


def cusum(limit: float) -> Rule:
    def first(seen: Watched) -> Floats:
        steps = np.array([failing_steps(usual) for usual in seen.usual])
        total, found = np.zeros(len(seen.usual)), np.full(len(seen.usual), np.inf)
        for week in range(YEAR):
            for number in range(seen.failed.shape[2]):
                step = np.where(seen.failed[:, week, number], steps[:, 0], steps[:, 1])
                total = np.where(number < seen.counts[:, week], np.maximum(0, total + step), total)
                found = np.where((total >= limit) & np.isinf(found), week + 1.0, found)
        return found

    return first


def failures(seen: Watched) -> Floats:
    real = np.arange(seen.failed.shape[2]) < seen.counts[:, :, None]
    return (seen.failed & real).sum(axis=2).astype(float)


def ewma(seen: Watched, *, memory: float = 0.2, width: float = 2.962) -> Floats:
    """Weekly shares of failures, one-sided, at the limit of textbooks."""
    bad, each = failures(seen), seen.counts.mean()
    spread = np.sqrt(memory / (2 - memory) * seen.usual * (1 - seen.usual) / each)
    level, found = seen.usual.copy(), np.full(len(seen.usual), np.inf)
    for week in range(YEAR):
        share = np.where(seen.counts[:, week] > 0, bad[:, week] / np.maximum(1, seen.counts[:, week]), level)
        level = (1 - memory) * level + memory * share
        found = np.where((level > seen.usual + width * spread) & np.isinf(found), week + 1.0, found)
    return found


def fixed(seen: Watched, *, weeks: int = 4, limit: float = 0.2) -> Floats:
    """What a usual health score does: too many failures in four weeks."""
    bad, found = failures(seen), np.full(len(seen.usual), np.inf)
    for week in range(weeks - 1, YEAR):
        span = slice(week - weeks + 1, week + 1)
        share = bad[:, span].sum(axis=1) / np.maximum(1, seen.counts[:, span].sum(axis=1))
        found = np.where((share > limit) & np.isinf(found), week + 1.0, found)
    return found


def two_worse_weeks(seen: Watched) -> Floats:
    share = failures(seen) / np.maximum(1, seen.counts)
    worse = share > seen.usual[:, None]
    both = worse[:, 1:] & worse[:, :-1]
    return np.where(both.any(axis=1), both.argmax(axis=1) + 2.0, np.inf)


RULES: dict[str, Rule] = {
    "CUSUM h=5": cusum(5),
    "CUSUM h=4": cusum(4),
    "CUSUM h=3 (watch)": cusum(3),
    "EWMA weekly .2 / 2.962": ewma,
    "4-week failures > 20 %": fixed,
    "two worse weeks": two_worse_weeks,
}


def line(name: str, rule: Rule, *, rate: float, shrunk: bool, spread: bool = True) -> str:
    calm, falling = (
        rule(watched(np.random.default_rng([SEED, number]), rate=rate, odds=odds, shrunk=shrunk, spread=spread))
        for number, odds in enumerate((1.0, DRIFTING.odds))
    )
    year, quarter = np.isfinite(calm).mean(), (calm <= YEAR / 4).mean()
    found = (falling <= FOUND_WITHIN).mean()
    return f"| {name} | {rate:g} | {year:.1%} | {quarter:.1%} | {found:.1%} | {np.median(falling):g} |"


def same_as_shipped(sample: int = 200) -> bool:
    """Whether the fast loop here alarms in the week in which the shipped sums do."""
    seen = watched(np.random.default_rng(SEED), rate=6, odds=DRIFTING.odds, shrunk=True)
    fast = cusum(DRIFTING.alarm)(seen)
    for number in range(sample):
        told = [
            (week, float(seen.failed[number, week, event]))
            for week in range(YEAR)
            for event in range(seen.counts[number, week])
        ]
        totals = sums([(bad, 1.0) for _, bad in told], usual=float(seen.usual[number]))
        first = next((week + 1.0 for (week, _), total in zip(told, totals, strict=True) if total >= 5), np.inf)
        if first != fast[number]:
            return False
    return True


# --- exact run lengths -------------------------------------------------------


def run_length(failing: float, usual: float, limit: float) -> float:
    """Mean events until the limit: Brook and Evans' chain (1972), its grid fitted to the downward step."""
    up, down = failing_steps(usual)
    grid = -down / round(-down / 0.0025)
    states = int(np.ceil(limit / grid))
    chain = np.eye(states)
    for state in range(states):
        chain[state, max(0, state + round(down / grid))] -= 1 - failing
        if state + round(up / grid) < states:
            chain[state, state + round(up / grid)] -= failing
    return float(np.linalg.solve(chain, np.ones(states))[0])


def gaussian_run_length(shift: float, *, slack: float, limit: float, states: int = 400) -> float:
    """The textbooks' one-sided Gaussian CUSUM, as a check of the method."""
    from scipy.stats import norm

    width = 2 * limit / (2 * states - 1)
    at = np.arange(states) * width
    moved = at[None, :] - at[:, None] + slack - shift
    chain = norm.cdf(moved + width / 2) - norm.cdf(moved - width / 2)
    chain[:, 0] = norm.cdf(width / 2 - at + slack - shift)
    return float(np.linalg.solve(np.eye(states) - chain, np.ones(states))[0])


# --- speed -------------------------------------------------------------------


def speed(chance: random.Random, *, clients: int = 1_000, events: int = 300) -> tuple[float, float]:
    """CPU seconds for all clients with two years of events each, and CPU milliseconds for one by kept priors."""
    firm = {
        number: [
            Event(
                chance.choice(list(Stream)),
                NOW - timedelta(days=chance.uniform(0, 730)),
                chance.choice((1.0, 1.0, 1.0, 0.8, 0.5, 0.0)),
                chance.choice((0.25, 0.5, 1.0, 2.0)),
                chance.choice((30.0, 60.0, 90.0, 120.0, 180.0)),
                row,
            )
            for row in range(events)
        ]
        for number in range(clients)
    }
    start = time.process_time()
    _, priors = trust_of_all(firm, at=NOW)
    everyone, start = time.process_time() - start, time.process_time()
    for number in range(50):
        trust(firm[number], at=NOW, priors=priors.of(number))
    return everyone, 1000 * (time.process_time() - start) / 50


def main() -> None:
    chance = random.Random(SEED)
    clients = [client(chance) for _ in range(CLIENTS)]
    found = held(clients)
    print(f"80 % range holds {found.covered:.1%}, mean width {found.width:.1f} points")
    print(f"root mean square error {found.error:.1f} points, of plain ratios {found.raw_error:.1f}")
    for firm in (20, 50, 200):
        said = ", ".join(
            f"{part} {low:.0f} {mid:.0f} {high:.0f}" for part, (low, mid, high) in strengths(clients, firm).items()
        )
        print(f"strength told (truly 8) in firms of {firm}, 10th, 50th, 90th: {said}")
    print(f"the loop here alarms as the shipped sums do: {same_as_shipped()}")
    print("| rule | events a week | false in a year | in a quarter | found in 6 weeks | median weeks |")
    for name, rule in RULES.items():
        print(line(name, rule, rate=6, shrunk=False))
    print(line("CUSUM h=5, all clients fail .10", RULES["CUSUM h=5"], rate=6, shrunk=False, spread=False))
    for rate in (6.0, 4.0, 3.0, 2.5, 2.0, 1.0, 0.5, 0.3):
        print(line("CUSUM h=5, usual drawn to the firm", RULES["CUSUM h=5"], rate=rate, shrunk=True))
    print("| p0 | h=3 | h=4 | h=5 | exact, events")
    for usual in (0.05, 0.10, 0.20):
        worse = 4 * usual / (1 - usual) / (1 + 4 * usual / (1 - usual))
        cells = [f"{run_length(usual, usual, h):.0f}/{run_length(worse, usual, h):.1f}" for h in (3, 4, 5)]
        print(f"| {usual:g} | {' | '.join(cells)} |")
    for limit in (4, 5):
        calm, shifted = (gaussian_run_length(shift, slack=0.5, limit=limit) for shift in (0.0, 1.0))
        print(f"Gaussian CUSUM .5, h={limit}: {calm:.0f}, {shifted:.1f}")
    everyone, one = speed(chance)
    print(f"1,000 clients with 300 events: {everyone:.1f} s of CPU; one client: {one:.1f} ms")


if __name__ == "__main__":
    main()
