"""The portfolio of a firm of 1,000 clients: server time with all kept, after one or all clients moved, of the CSV.

    python -m bench.portfolio [clients]

Builds two years of answers, signs, ties, contacts and nightly snapshots in a scratch database, then asks for the page
as the owner. CPU time of this process is told beside wall time: on a busy machine only the first says much.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

LIMIT_MS = 100.0
RUNS = 15


def main(clients: int) -> None:
    """Build, ask, print."""
    os.environ["KEPT_HOME"] = tempfile.mkdtemp(prefix="kept-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    owner = build(clients, now=datetime.now(UTC))
    measure(owner, clients)


def build(clients: int, *, now: datetime) -> Any:
    """A firm of so many clients, made of numbers alone; answers its owner."""
    from bench import firm
    from kept.ledgers.team.models import Member

    chance = random.Random(7)  # numbers, no secret
    size = firm.Size(scale=max(1, clients // 200))
    leads = firm.people(size, now)
    everybody = firm.customers(size, leads)
    firm.sold(size, everybody, now, chance)
    choose(everybody, leads, now, chance)
    say(everybody, now, chance)
    speak(everybody, now, chance)
    count(everybody, now, chance)
    return Member.objects.get(email="owner@bench.example")


def choose(everybody: list[Any], leads: list[Any], now: datetime, chance: random.Random) -> None:
    """Six signs a client in two years, and one or two judgements."""
    from bench.firm import save
    from kept.ledgers.choices.models import Hold, LockKind, Sign, SignKind

    def moment() -> datetime:
        return now - timedelta(days=chance.uniform(1, 730))

    signs = []
    for client, contact in everybody:
        for _ in range(6):
            at = moment()
            kind = chance.choice(SignKind.values)
            signs.append(Sign(client=client, contact=contact, kind=kind, at=at, noted_at=at, by=leads[0]))
    save(Sign, signs)
    holds = []
    for client, _ in everybody:
        for _ in range(chance.randint(0, 2)):
            at = moment()
            kind = chance.choice(LockKind.values)
            holds.append(Hold(client=client, lock=kind, ties=True, since=at.date(), at=at, by=leads[0]))
    save(Hold, holds)


def say(everybody: list[Any], now: datetime, chance: random.Random) -> None:
    """An answer a quarter for two years, some clients glad, some not."""
    from bench.firm import save
    from kept.ledgers.pulses.models import MARKS, Answer

    rows = []
    for client, contact in everybody:
        mood = chance.choice((4, 6, 8, 9))
        for quarter in range(8):
            marks = {name: min(10, max(0, mood + chance.randint(-1, 1))) for name in MARKS}
            at = now - timedelta(days=91 * quarter + chance.uniform(0, 30))
            rows.append(Answer(client=client, contact=contact, at=at, **marks))
    save(Answer, rows)


def speak(everybody: list[Any], now: datetime, chance: random.Random) -> None:
    """Thirty conversations a client in the last 240 days, most of them begun by the client."""
    from bench.firm import save
    from kept.ledgers.conversations.models import Conversation, Message

    starts = [
        (client, contact, now - timedelta(days=chance.uniform(1, 240)))
        for client, contact in everybody
        for _ in range(30)
    ]
    save(
        Conversation,
        (
            Conversation(
                client=client, subject="A word", started_at=at, last_at=at, their_last_at=at, settled_until=now
            )
            for client, _, at in starts
        ),
    )
    first = Conversation.objects.order_by("pk").values_list("pk", flat=True)[0]
    save(
        Message,
        (
            Message(
                conversation_id=first + k, message_id=f"{k}@bench.example", fingerprint=f"{k}", at=at,
                direction="in" if k % 5 else "out", contact=contact if k % 5 else None, sender_email="p@c.example",
            )
            for k, (_, contact, at) in enumerate(starts)
        ),
    )  # fmt: skip


def count(everybody: list[Any], now: datetime, chance: random.Random) -> None:
    """Snapshots as the nights leave them: today, a quarter ago, and the year in steps of thirty days."""
    from bench.firm import save
    from kept.readings.snapshots.models import Reckoning, Snapshot

    part = [0.85, 8.0]
    averages = {"quality": part, "consistency": part, "merit": part}
    days: list[date] = [now.date() - timedelta(days=back) for back in (0, 91, *range(30, 361, 30))]
    for day in days:
        at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        Reckoning.objects.create(day=day, at=at, numbers="", averages=averages)
        rows = []
        for client, _ in everybody:
            value = chance.uniform(60, 92)
            rows.append(
                Snapshot(
                    client=client, day=day, at=at, value=value, low=value - 7, high=value + 6, baseline=84.0,
                    evidence=chance.choice(("thin", "fair", "firm")), weight=9.0, n=20, priors=averages, told={},
                )
            )  # fmt: skip
        save(Snapshot, rows)


def measure(owner: Any, clients: int) -> None:
    """Ask for the page, warm and after the journal moved; print milliseconds."""
    from django.test import Client

    from kept.kit.garbage import stand_still
    from kept.ledgers.clients.models import Client as Served
    from kept.ledgers.journal.verbs import write
    from kept.ledgers.team.models import Firm

    browser = Client()
    browser.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    firm = Firm.objects.get()

    keys = cycle(Served.objects.order_by("pk").values_list("pk", flat=True))

    def moved() -> None:
        write("bench.move", firm, by=None, at=datetime.now(UTC), client_id=next(keys))

    def moved_everybody() -> None:
        write("bench.move", firm, by=None, at=datetime.now(UTC))

    browser.get("/portfolio/")
    stand_still()  # as where it is served
    print(f"{clients:,} clients; median of {RUNS}, in ms; limit {LIMIT_MS:.0f}")
    print(f"{'':34}{'wall':>9}{'CPU':>9}")
    told("page", lambda: browser.get("/portfolio/"))
    told("page, after a client moved", lambda: browser.get("/portfolio/"), before=moved)
    told("page, after everybody moved", lambda: browser.get("/portfolio/"), before=moved_everybody)
    told("page, one lead's", lambda: browser.get(f"/portfolio/?lead={owner.pk + 1}"))
    told("CSV of all", lambda: browser.get("/portfolio/?as=csv"))


def told(what: str, ask: Callable[[], Any], *, before: Callable[[], None] = lambda: None) -> None:
    """One line: the medians of wall and CPU time."""
    walls, cpus = [], []
    for _ in range(RUNS):
        before()
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
        assert answer.status_code == 200, answer
    print(f"{what:34}{sorted(walls)[RUNS // 2]:9.1f}{sorted(cpus)[RUNS // 2]:9.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
