"""The cast of every test as fixtures: Larkfield Studio with its people and clients, and short ways to let them act.

It is Tuesday, 20 October 2026, 09:40 in London (`NOW`), unless a test says otherwise.
"""

from datetime import date

import pytest

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Firm, Member, Office, Wall
from tests.acting import promised, sold, worked, wrote
from tests.laid_again import LaidAgain
from tests.studio import FOUNDED, LONDON, NOW, STUDIO_DOMAIN, ZED, Studio, london, set_up_studio

__all__ = [
    "FOUNDED",
    "LONDON",
    "NOW",
    "STUDIO_DOMAIN",
    "ZED",
    "Studio",
    "london",
    "promised",
    "set_up_studio",
    "sold",
    "worked",
    "wrote",
]


_studio = LaidAgain(set_up_studio)


@pytest.fixture
def studio(db: None) -> Studio:
    return _studio()


@pytest.fixture
def firm(studio: Studio) -> Firm:
    return studio.firm


@pytest.fixture
def office(studio: Studio) -> Office:
    """Leeds: Monday to Friday 09:00 to 17:30 in London time, no holidays."""
    return studio.office


@pytest.fixture
def ada(studio: Studio) -> Member:
    """The owner."""
    return studio.ada


@pytest.fixture
def bo(studio: Studio) -> Member:
    """A lead, who looks after Borealis."""
    return studio.bo


@pytest.fixture
def kit(studio: Studio) -> Member:
    """A member, whom the wall keeps from Cassini."""
    return studio.kit


@pytest.fixture
def fin(studio: Studio) -> Member:
    """Finance."""
    return studio.fin


@pytest.fixture
def borealis(studio: Studio) -> Client:
    return studio.borealis


@pytest.fixture
def cleo(studio: Studio) -> Contact:
    """Our contact at Borealis."""
    return studio.cleo


@pytest.fixture
def cassini(studio: Studio) -> Client:
    """A client behind the Cassini wall."""
    return studio.cassini


@pytest.fixture
def wall(studio: Studio) -> Wall:
    """The Cassini wall, which keeps Kit out."""
    return studio.wall


@pytest.fixture
def cora(studio: Studio) -> Contact:
    """Our contact at Cassini."""
    return studio.cora


@pytest.fixture
def zed() -> str:
    """The address of a stranger, of no client's domain."""
    return ZED


@pytest.fixture
def website(studio: Studio) -> Engagement:
    """Borealis' website: a fixed job of 100 hours and 10,000 pounds since 1 September, 30 hours of it worked by Kit."""
    engagement = sold(studio.borealis, by=studio.ada)
    for day in (7, 8, 9, 10, 11):
        worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 9, day), hours=6)
    return engagement
