"""Published cases of quoted replies and forwards: the words of the writer are found among those of others."""

import json
from pathlib import Path
from typing import Any

import pytest

from kept.kit import html
from kept.measures.text import zones

CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail-replies" / "cases.json"
pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not CASES.exists(), reason=f"no published cases at {CASES}"),
]
# The truth of these was written by people; of the others it is what another library answers.
ASSERTED = ("talon", "quotequail")


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    return [case for case in json.loads(CASES.read_text()) if "input" in case]


def test_the_writers_words_are_found_in_published_cases(cases: list[dict[str, Any]]) -> None:
    right: dict[str, list[bool]] = {}
    for case in cases:
        if case["source"] in ASSERTED and (judged := judge(case)) is not None:
            right.setdefault(f"{case['source']} {case['kind']}", []).append(judged)
    for name, found in right.items():
        print(f"{name}: {sum(found)} of {len(found)}")  # noqa: T201
    every = [one for found in right.values() for one in found]
    print(f"all: {sum(every)} of {len(every)}")  # noqa: T201
    assert len(every) > 110
    assert sum(every) / len(every) >= 0.9


def test_the_parts_of_every_case_give_it_back(cases: list[dict[str, Any]]) -> None:
    texts = [case["input"] for case in cases] + [html.to_text(case["input"]) for case in cases]
    for number, text in enumerate(texts):
        whole = "\n".join(part.text for part in zones.parts(text))
        assert folded(whole) == folded(text), number


def judge(case: dict[str, Any]) -> bool | None:
    """Whether the visible part is the expected one; None for cases that ask for something else."""
    told, given, kind = case["expected"], case["input"], case["kind"]
    if kind == "extract_from_plain":
        return folded(zones.visible(given)) == folded(told)
    if kind == "extract_from_html":
        return folded(zones.visible(html.to_text(given))) == folded(html.to_text(told))
    if kind == "quote":
        return folded(zones.visible(given)) == folded(own(told))
    if kind == "quote_html":
        return folded(zones.visible(html.to_text(given))) == folded(html.to_text(own(told)))
    if kind == "unwrap_forward_or_reply":
        return folded(zones.visible(given)) in around(told["expected"], given)
    return None


def own(told: dict[str, Any]) -> str:
    """Without the line that introduces the quote, where the case tells both ways."""
    pieces = told.get("expected_quote_intro_line") or told["expected"]
    return "\n".join(text for is_own, text in pieces if is_own)


def around(unwrapped: dict[str, str] | None, given: str) -> tuple[str, ...]:
    """What stands above and below the wrapped mail, with or without a signature there."""
    if unwrapped is None:
        return (folded(given),)
    above, below = folded(unwrapped.get("text_top", "")), folded(unwrapped.get("text_bottom", ""))
    return (above,) if below.startswith("--") else (above + below,)


def folded(text: str) -> str:
    return "".join(text.split())
