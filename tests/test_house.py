"""The rules of the house that a machine can keep: small files, plain names, borders, and no clock below the doors."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "kept"
LINES_IN_A_FILE = 200
LINES_IN_A_FUNCTION = 40
LINES_MOSTLY = 25
# One function in twenty may be longer than LINES_MOSTLY; the rest is what a reader holds in mind at once.
SHARE_OF_LONG_FUNCTIONS = 0.05
NAMES_THAT_SAY_NOTHING = {"utils", "util", "common", "helper", "helpers", "service", "services"} | {
    "manager",
    "managers",
    "core",
    "base",
    "misc",
}
BELOW_THE_DOORS = ("flows", "readings", "ledgers", "measures")
CLOCKS = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|time\.time|clock\.now)\(")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    """Every module we write ourselves; what Django writes (migrations) is judged by its own rules."""
    return [path for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions() -> Iterator[tuple[str, int]]:
    """Each function with its length in lines, docstring and decorators left out."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                yield f"{named(path)}:{node.lineno} {node.name}", length(node)


def length(function: Function) -> int:
    first = function.body[0]
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_no_file_is_longer_than_two_hundred_lines() -> None:
    # settings stay in one file, whatever their number: whoever looks for one looks in one place
    others = [path for path in modules() if path != HOUSE / "settings.py"]
    lengths = {named(path): len(path.read_text().splitlines()) for path in others}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_IN_A_FILE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    assert [(name, lines) for name, lines in functions() if lines > LINES_IN_A_FUNCTION] == []


def test_functions_are_mostly_under_twenty_five_lines() -> None:
    every = list(functions())
    long = [(name, lines) for name, lines in every if lines > LINES_MOSTLY]
    assert len(long) <= SHARE_OF_LONG_FUNCTIONS * len(every), long


def test_no_module_has_a_name_that_says_nothing() -> None:
    named_so = [named(path) for path in modules() if {path.stem, path.parent.name} & NAMES_THAT_SAY_NOTHING]
    assert named_so == []


def test_every_module_says_at_its_top_what_it_is() -> None:
    # Django wants empty packages around its commands; they are signposts, not modules
    spoken = [path for path in modules() if path.name != "__init__.py" or "management" not in path.parts]
    silent = [named(path) for path in spoken if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_nothing_below_the_doors_reads_a_clock() -> None:
    readers = [
        f"{named(path)}:{number}"
        for path in modules()
        if path.relative_to(HOUSE).parts[0] in BELOW_THE_DOORS
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if CLOCKS.search(line)
    ]
    assert readers == []


def test_no_ledger_names_another_that_is_not_below_it() -> None:
    """Import checks do not see `get_model`, nor a foreign key by name."""
    order = {"journal": 0, "team": 1, "clients": 2, "engagements": 3}
    ledgers = {path.name for path in (HOUSE / "ledgers").iterdir()}
    reaching = []
    for path in sorted((HOUSE / "ledgers").glob("*/*.py")):
        own = path.parent.name
        reached = {name.partition(".")[0] for name in models_named_in(path)} & ledgers - {own}
        upward = {name for name in reached if order.get(name, 4) >= order.get(own, 4)}
        if upward or "get_model(" in path.read_text():
            reaching.append((named(path), upward or "get_model"))
    assert reaching == []


def models_named_in(path: Path) -> set[str]:
    """Strings like "team.Member", which Django takes for a model."""
    strings = (node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
    return {text for text in strings if isinstance(text, str) and re.fullmatch(r"\w+\.[A-Z]\w+", text)}


def test_the_borders_hold() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "Could not read" in checked.stdout + checked.stderr:
        pytest.fail("import-linter could not read its contracts")
    assert checked.returncode == 0, checked.stdout
