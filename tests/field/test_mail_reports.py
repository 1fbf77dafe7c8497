"""Three hundred real bounces: of most it can be told which letter came back, from whom, and why."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kept.doors.post import files
from kept.doors.post.parsing import parse
from kept.measures.text.letter import Letter

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail-bounces"
pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not DATA.exists(), reason=f"no real bounces at {DATA}"),
]
# Codes like 5.0.911 are made up by the library that wrote the expectations, where the mail names none.
MADE_UP = re.compile(r"[45]\.0\.9\d\d")


@pytest.fixture(scope="module")
def letters() -> dict[str, Letter]:
    return {path.name: parse(raw) for path in sorted((DATA / "eml").iterdir()) for raw in files.read([path])}


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    return {name: found[0] for name, found in json.loads((DATA / "expected.json").read_text()).items() if found}


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_whom_why_and_which_letter_is_read_from_most_bounces(letters: dict[str, Letter]) -> None:
    reports = [letter.report for letter in letters.values() if letter.report]
    counted = {
        name: sum(bool(getattr(report, name)) for report in reports)
        for name in ("recipient", "status", "original_id", "diagnostic")
    }
    print(f"{len(letters)} mails, {len(reports)} reports: {counted}")  # noqa: T201
    assert len(reports) >= 0.9 * len(letters)
    assert counted["recipient"] >= 0.95 * len(reports)
    assert counted["original_id"] >= 0.85 * len(reports)
    assert counted["status"] >= 0.8 * len(reports)


def test_the_status_is_the_one_that_the_mail_names(letters: dict[str, Letter], told: dict[str, dict[str, Any]]) -> None:
    equal, alike = [], []
    for name, expected in told.items():
        report = letters[name].report
        if report and expected["dsn"] and not MADE_UP.fullmatch(expected["dsn"]):
            equal.append(report.status == expected["dsn"])
            alike.append(report.status[:1] == expected["dsn"][:1])
    print(f"status equal in {sum(equal)} of {len(equal)}, of one class in {sum(alike)}")  # noqa: T201
    assert len(equal) > 100
    assert share(equal) >= 0.85
    assert share(alike) >= 0.95


def test_what_is_lost_for_good_is_called_failed(letters: dict[str, Letter], told: dict[str, dict[str, Any]]) -> None:
    hard = [letters[name].report for name, expected in told.items() if expected["hard"]]
    assert share([report is not None and report.action == "failed" for report in hard]) >= 0.95


def test_no_bounce_is_ever_answered_by_a_machine(letters: dict[str, Letter]) -> None:
    assert share([bool(letter.loop_signs) for letter in letters.values() if letter.automatic.automatic]) == 1
