"""A public list's archive imported twice, threaded, and walked day by day against its own index."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from kept.doors.post.importing import Report, bring_in
from kept.flows.receive_mail import Terms
from kept.ledgers.conversations.models import Message, Reference
from kept.ledgers.team.people import installation
from kept.readings.brief import brief
from tests.shared_rows import made_for_all

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail-archive"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.exists(), reason="the archive does not lie beside this checkout"),
]


@pytest.fixture(scope="module")
def index() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "index.jsonl").read_text().splitlines()]


def busiest_domain(index: list[dict[str, Any]]) -> str:
    """A domain from which many people write, taken for ours."""
    return Counter(line["from"].rpartition("@")[2].lower() for line in index).most_common(1)[0][0]


def import_all(ours: str, mbox: Path = DATA / "messages.mbox") -> Report:
    return bring_in([mbox], terms=Terms(), at=NOW, ours=[ours])


def test_threads_are_found_by_subject_and_people_where_nothing_is_referred_to(
    index: list[dict[str, Any]], tmp_path: Path
) -> None:
    mbox = tmp_path / "without-references.mbox"
    content = (DATA / "messages.mbox").read_bytes()
    mbox.write_bytes(
        re.sub(rb"^(?:References|In-Reply-To):[^\n]*\n(?:[ \t]+\S[^\n]*\n)*", b"", content, flags=re.I | re.M)
    )
    import_all(busiest_domain(index), mbox)
    assert not Reference.objects.exists()
    assert f1_of_threads(index) >= 0.85


@pytest.fixture(scope="module")
def brought(django_db_setup: None, django_db_blocker: DjangoDbBlocker, index: list[dict[str, Any]]) -> Iterator[Report]:
    """What the import of the whole archive told."""
    with made_for_all(django_db_blocker, lambda: import_all(busiest_domain(index))) as made:
        yield made


@pytest.fixture
def first(brought: Report, db: None) -> Report:
    """The archive as it was imported, for this test alone."""
    return brought


def test_a_second_run_brings_nothing_new(index: list[dict[str, Any]], first: Report) -> None:
    second = import_all(busiest_domain(index))
    assert (first.read, first.new, first.unreadable) == (len(index), len(index), [])
    assert (second.read, second.new, second.known) == (len(index), 0, len(index))


@pytest.mark.usefixtures("first")
def test_threads_are_those_of_the_index(index: list[dict[str, Any]]) -> None:
    assert f1_of_threads(index) >= 0.98


def f1_of_threads(index: list[dict[str, Any]]) -> float:
    """Pairs of messages that share a conversation, ours against the index."""
    ours = dict(Message.objects.values_list("message_id", "conversation_id"))
    truth = {line["message_id"].strip("<>"): line["thread"] for line in index}
    assert set(ours) == set(truth)
    found = f1(pairs(ours), pairs(truth))
    print(f"pairwise F1 {found:.4f}")  # noqa: T201
    return found


@pytest.mark.usefixtures("first")
def test_past_mornings_name_exactly_those_whose_last_word_was_not_ours(index: list[dict[str, Any]]) -> None:
    domain = busiest_domain(index)
    thread = {line["message_id"].strip("<>"): line["thread"] for line in index}
    machines = set(Message.objects.exclude(automatic="").values_list("message_id", flat=True))
    home = {pk: thread[name] for name, pk in Message.objects.values_list("message_id", "conversation_id")}
    first, last = (datetime.fromisoformat(index[i]["date"]) for i in (0, -1))
    for share in (0.25, 0.5, 0.9):
        at = first + share * (last - first)
        one = brief(installation(), at=at, replay=True)
        named = {home[item.row] for item in one.of("waiting", "stranger")}
        assert named == expected(index, at, domain, machines)
        assert one.counts["waiting"] == len(named) > 0


def expected(index: list[dict[str, Any]], at: datetime, domain: str, machines: set[str]) -> set[int]:
    """The threads whose last message by a person, until `at`, does not come from our domain."""
    said: dict[int, tuple[datetime, bool]] = {}
    for line in index:
        when = datetime.fromisoformat(line["date"]).astimezone(UTC)
        if when > at or line["message_id"].strip("<>") in machines:
            continue
        ours = line["from"].lower().rpartition("@")[2]
        mark = (when, ours == domain or ours.endswith("." + domain))
        said[line["thread"]] = max(said.get(line["thread"], (when - timedelta(days=9999), False)), mark)
    return {number for number, (_, ours) in said.items() if not ours}


def pairs(home: dict[str, int]) -> set[tuple[str, str]]:
    together: dict[int, list[str]] = defaultdict(list)
    for name, number in home.items():
        together[number].append(name)
    return {pair for names in together.values() for pair in combinations(sorted(names), 2)}


def f1(found: set[tuple[str, str]], true: set[tuple[str, str]]) -> float:
    return 2 * len(found & true) / (len(found) + len(true))
