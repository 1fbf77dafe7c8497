"""What axe finds wrong on a page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL: dict[str, Any] = {"resultTypes": ["violations"]}
# a theme changes colours and nothing else, a width does not change words
COLOURS = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}


def found(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds wrong: the rule, the place on the page, and what to do."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules)
    return [f"{one['id']}: {at['target']} {at['failureSummary']}" for one in violations for at in one["nodes"]]
