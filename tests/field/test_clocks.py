"""Working time against another implementation's answers, every case of them."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kept.measures.working_time import Calendar

CLOCKS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "clocks"

pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not CLOCKS.is_dir(), reason="the clock cases are not beside this checkout"),
]


def calendar_of(schedule: dict[str, Any]) -> Calendar:
    def dated(name: str) -> dict[date, list[tuple[str, str]]]:
        return {date.fromisoformat(day): list(spans.items()) for day, spans in schedule.get(name, {}).items()}

    return Calendar(
        zone=schedule["time_zone"],
        windows={day: list(spans.items()) for day, spans in schedule["hours"].items()},
        holidays={date.fromisoformat(day) for day in schedule["holidays"]},
        breaks=dated("breaks"),
        shifts=dated("shifts"),
    )


def counted(calendar: Calendar, case: dict[str, Any], at: datetime) -> datetime:
    """The moment an "after" or "before" case asks for, in whichever unit it counts."""
    back = case["op"] == "before"
    amount = -case["amount"] if back else case["amount"]
    unit = case["unit"].rstrip("s")
    if unit == "day":
        at = calendar.same_time_after(at, amount)
    if unit == "day" or not amount:
        return calendar.previous_open(at) if back else calendar.next_open(at)
    return calendar.add(at, timedelta(**{f"{unit}s": amount}))


def answer(case: dict[str, Any]) -> object:
    calendar = calendar_of(case["schedule"])
    if case["op"] == "within_seconds":
        span = calendar.between(datetime.fromisoformat(case["from"]), datetime.fromisoformat(case["to"]))
        return span.total_seconds()
    at = datetime.fromisoformat(case["time"])
    if case["op"] in ("after", "before"):
        return counted(calendar, case, at)
    asked = {
        "Active": calendar.is_open,
        "in_hours?": calendar.is_open,
        "OnHoliday": calendar.is_holiday,
        "on_holiday?": calendar.is_holiday,
        "OnBreak": calendar.is_break,
        "on_break?": calendar.is_break,
    }
    return asked[case["op"]](at)


def right_answers(case: dict[str, Any]) -> list[object]:
    given = [case[name] for name in ("expected", "also_ok") if name in case]
    return [datetime.fromisoformat(each) if isinstance(each, str) else each for each in given]


@pytest.mark.parametrize("name", ["oracle_1500.json", "spec_cases.json"])
def test_every_case_is_answered_as_given(name: str) -> None:
    cases = json.loads((CLOCKS / name).read_text())
    wrong = [(number, case["op"]) for number, case in enumerate(cases) if answer(case) not in right_answers(case)]
    assert cases
    assert wrong == []
