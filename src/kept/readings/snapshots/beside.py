"""The days beside which every page shows trust: a quarter ago, and a year in steps of thirty days."""

from datetime import date, timedelta

A_QUARTER = timedelta(days=91)  # thirteen weeks: the same day of the week
STEP = timedelta(days=30)
POINTS = 13  # of a year's line, the last one the newest


def a_quarter_before(day: date) -> date:
    """The one day that stands for a quarter ago; where nothing was counted of it, nothing is said of it."""
    return day - A_QUARTER


def looked_back_at(day: date) -> list[date]:
    """All days beside which `day` is shown, the newest first."""
    return [a_quarter_before(day), *(day - STEP * back for back in range(1, POINTS))]
