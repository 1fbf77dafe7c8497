"""What the first page weighs, and that nothing on it moves once it is drawn."""

import sys
from collections.abc import Callable

import pytest

from tests.browser.demo import NARROW, WIDE, Desk

LIMIT = 120_000  # bytes over the line, with the heads of all answers
SHIFTS = """new Promise(tell => new PerformanceObserver((list, watcher) => {
  watcher.disconnect(); tell(list.getEntries().map(one => one.value))
}).observe({type: "layout-shift", buffered: true}) ?? setTimeout(() => tell([]), 500))"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_today_is_light_and_nothing_on_it_moves(
    desk_of: Callable[..., Desk], size: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    desk = desk_of("ada", size=size)
    line = desk.page.context.new_cdp_session(desk.page)
    line.send("Network.enable")
    came: dict[str, float] = {}
    names: dict[str, str] = {}
    line.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]}))
    line.on("Network.loadingFinished", lambda told: came.update({told["requestId"]: told["encodedDataLength"]}))
    page = desk.go("/")
    page.wait_for_load_state("networkidle")
    weights = {names[one].rsplit("/", 1)[-1] or "Today": int(weight) for one, weight in came.items()}
    with capsys.disabled():
        each = ", ".join(f"{name} {weight:,}" for name, weight in weights.items())
        sys.stdout.write(f"\nToday at {size[0]} px: {sum(weights.values()):,} bytes ({each})\n")
    assert "Today" in weights
    assert any("inter" in name for name in weights)
    assert sum(weights.values()) < LIMIT
    assert sum(page.evaluate(SHIFTS)) == 0
