"""Published promoter scores, their variances and their errors: every case."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kept.measures.promoters import Counts, counted, score, standard_error, variance

CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "surveys" / "nps_cases.json"
pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not CASES.exists(), reason="the survey cases are not beside this checkout"),
]
MEASURES: dict[str, Callable[[Counts], float]] = {"nps": score, "nps_var": variance, "nps_se": standard_error}


def counts_of(case: dict[str, Any]) -> Counts:
    return Counts(*case["input"]) if case["input_kind"].startswith("counts") else counted(case["input"])


def test_every_published_case_is_answered_as_given() -> None:
    cases = json.loads(CASES.read_text())["cases"]
    wrong = [
        (number, case["fn"])
        for number, case in enumerate(cases)
        if MEASURES[case["fn"]](counts_of(case)) != pytest.approx(case["expected"], abs=case["tolerance"])
    ]
    assert len(cases) > 30
    assert wrong == []
