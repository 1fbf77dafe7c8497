"""How slow this machine is just now, for limits in seconds: they were set where nothing else ran."""

import time
from collections.abc import Callable
from statistics import median

STEPS, USUAL = 200_000, 0.02  # so many steps took so many seconds where the limits were set


def slowness(clock: Callable[[], float] = time.perf_counter) -> float:
    """How many times longer than usual a plain computation takes by this clock, 1 or more.

    By the clock on the wall others on the machine count too; by `time.process_time` only how fast its cores are.
    """
    return max(1.0, median(_seconds(clock) for _ in range(5)) / USUAL)


def _seconds(clock: Callable[[], float]) -> float:
    begun, sums = clock(), dict[int, int]()
    for step in range(STEPS):
        sums[step % 97] = sums.get(step % 97, 0) + step
    return clock() - begun
