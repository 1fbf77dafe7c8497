"""Fixtures for tests that run Kept as a program."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kept.doors.terminal.archive import Archive
from kept.doors.terminal.backing_up import back_up
from kept.ledgers.conversations.models import Original
from kept.ledgers.promises import verbs as promises
from kept.ledgers.team.links import make_link
from tests.acting import promised, sold, worked, wrote
from tests.doors.terminal.homes import Home, home
from tests.studio import NOW, Studio


@pytest.fixture
def a_home(tmp_path: Path) -> Iterator[Home]:
    """An empty home on the database of this run."""
    with home(tmp_path / "home") as made:
        yield made


@pytest.fixture
def busy(studio: Studio) -> Studio:
    """The studio with something in every ledger, also what databases differ about."""
    letter = wrote(studio.borealis, by=studio.cleo, text="Grüße – “when?” 🙂", at=NOW - timedelta(days=2))
    Original.objects.create(message=letter, zipped=bytes(range(256)))
    wrote(studio.borealis, by=studio.bo, conversation=letter.conversation, at=NOW - timedelta(days=1))
    wrote(studio.cassini, by=studio.cora)
    promise = promised(studio.borealis, by=studio.bo, due=NOW + timedelta(days=1))
    promises.keep(promise, by=studio.bo, at=NOW + timedelta(hours=1))
    website = sold(studio.borealis, by=studio.ada)
    worked(studio.borealis, engagement=website, member=studio.kit, day=date(2026, 10, 19), hours=2.25)
    make_link(studio.ada, at=NOW)
    return studio


@pytest.fixture
def backup(busy: Studio, tmp_path: Path) -> Archive:
    """A backup of the busy studio."""
    return back_up(tmp_path / "firm.kept", at=NOW)
