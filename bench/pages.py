"""Server time and queries of every page, as a lead and as the owner, against the bare query in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.team.models import Member

LIMIT_MEDIAN, LIMIT_P95, LIMIT_QUERIES = 40.0, 100.0, 20
RUNS = 40


@dataclass(frozen=True)
class Timed:
    """One page: milliseconds of server time, warm, and queries."""

    page: str
    median: float
    p95: float
    queries: int
    kilobytes: float

    @property
    def holds(self) -> bool:
        return self.median <= LIMIT_MEDIAN and self.p95 <= LIMIT_P95 and self.queries <= LIMIT_QUERIES


def addresses(member: Member) -> dict[str, str]:
    """The pages of ARCHITECTURE's table."""
    conversation = Conversation.objects.filter(client__lead=member).order_by("-last_at").first()
    client = Client.objects.filter(lead=member).first()
    assert conversation
    assert client
    return {
        "Today": reverse("desk:today"),
        "Inbox": reverse("desk:inbox"),
        "Conversation": reverse("desk:conversation", args=[conversation.pk]),
        "Clients": reverse("desk:clients"),
        "Client page": reverse("desk:client", args=[client.pk]),
        "Promises": reverse("desk:promises"),
        "Money": reverse("desk:money"),
        "Settings": reverse("desk:you"),
    }


def timed(member: Member, pages: dict[str, str], who: str) -> list[Timed]:
    """Open each page some times and time it."""
    browser = Browser(headers={"host": "127.0.0.1"})
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    found = []
    for name, address in pages.items():
        answer = browser.get(address)
        if answer.status_code != 200:
            found.append(Timed(f"{name}, {who} ({answer.status_code})", 0.0, 0.0, 0, 0.0))
            continue
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
            queries = len(captured)
        spent = [spell(lambda at=address: browser.get(at)) for _ in range(RUNS)]
        median, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[18]
        found.append(Timed(f"{name}, {who}", median, p95, queries, len(answer.content) / 1024))
    return found


def spell(act: Callable[[], object]) -> float:
    """Milliseconds the act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def bare_query() -> float:
    """Milliseconds of the plainest list this firm allows: fifty conversations by the index, ten times."""
    rows = [
        spell(lambda: list(Conversation.objects.order_by("-last_at").values_list("pk", "subject")[:50]))
        for _ in range(10)
    ]
    return statistics.median(rows)
