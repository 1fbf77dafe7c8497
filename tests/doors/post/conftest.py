"""A real Dovecot for the tests of mail that comes in."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import mailserver
from tests.mailserver import Server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Server]:
    """One server for the whole run; each test takes an address of its own."""
    with mailserver.running() as server:
        yield server


@pytest.fixture
def server(dovecot: Server, settings: Any) -> Server:
    settings.MAIL_CA = str(dovecot.authority)
    return dovecot
