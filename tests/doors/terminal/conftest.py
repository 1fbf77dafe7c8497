"""Fixtures for tests that run Kept as a program."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.terminal.homes import Home, home


@pytest.fixture
def a_home(tmp_path: Path) -> Iterator[Home]:
    """An empty home on the database of this run."""
    with home(tmp_path / "home") as made:
        yield made
