"""Promises of an earlier day: every reading says of them what was said then, whatever was taken back since."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Outcome, Promise, Size
from kept.measures.backtest import Teller
from kept.measures.promises import State
from kept.readings.backtest_said import said_on
from kept.readings.calendars import offices
from kept.readings.evidence import promises as evidence
from kept.readings.promised import judged, standings
from kept.readings.promised_then import standings_then
from tests.acting import promised
from tests.studio import NOW, Studio, london

LONG_AGO = NOW - timedelta(days=900)
BEGAN = london(1, month=6)
Verdicts = dict[int, tuple[State, datetime | None]]  # by promise, and when it was settled


def lived(s: Studio, seed: int) -> dict[datetime, Verdicts]:
    """Four months of promises, kept, moved, released, withdrawn and taken back; and what was true at some moments."""
    luck, truth = random.Random(seed), {}
    for day in range(120):
        at = BEGAN + timedelta(days=day)
        for minutes in sorted(luck.randrange(300) for _ in range(luck.choice((0, 1, 2)))):
            _act(s, luck, at + timedelta(minutes=minutes))
        if day % 17 == 16:
            moment = at + timedelta(hours=9)
            truth[moment] = told(standings(Promise.objects.all(), at=moment, offices=offices()))
    return truth


def _act(s: Studio, luck: random.Random, at: datetime) -> None:
    client = luck.choice((s.borealis, s.cassini))
    row = _any(luck)
    deed = luck.choice(("promise", "promise", "keep", "keep", "move", "agree", "release", "withdraw", "take back"))
    if deed == "promise" or row is None:
        size = luck.choice(list(Size))
        due = at + timedelta(days=luck.randrange(1, 40))
        promises.promise(client, words="A draft", due=due, by=s.bo, at=at, size=size)
    elif deed == "take back":
        newest = Outcome.objects.order_by("-pk").first()
        if newest is not None:
            promises.take_back(newest, by=s.bo, at=at)
    else:
        _come(s, row, deed, at)


def _any(luck: random.Random) -> Promise | None:
    rows = list(Promise.objects.filter(ended_at=None).order_by("pk"))
    return luck.choice(rows) if rows else None


def _come(s: Studio, row: Promise, deed: str, at: datetime) -> None:
    if deed == "keep":
        promises.keep(row, by=s.bo, at=at)
    elif deed == "release":
        promises.release(row, by=s.bo, at=at, agreed="Cleo said so")
    elif deed == "withdraw":
        if not row.outcomes.exists():
            promises.withdraw(row, by=s.bo, at=at)
    elif row.outcomes.count() < 3:
        agreed = "Cleo said yes" if deed == "agree" else ""
        promises.move(row, to=max(at, row.due) + timedelta(days=5), by=s.bo, at=at, agreed=agreed)


def told(found: Any) -> Verdicts:
    return {one.pk: (one.judged.state, one.judged.settled_at) for one in found}


def settled(verdicts: Verdicts) -> dict[int, datetime]:
    """Of what was kept or broken, when that was."""
    return {pk: at for pk, (state, at) in verdicts.items() if at is not None and state is not State.RELEASED}


def events(at: datetime) -> Iterator[tuple[int, datetime]]:
    for _, event in evidence.events(at=at, since=LONG_AGO, offices=offices()):
        yield event.row, event.at


@pytest.mark.parametrize("seed", range(6))
def test_all_readings_say_of_each_moment_what_was_true_then(seed: int, studio: Studio) -> None:
    truth = lived(studio, seed)
    assert len(truth) == 7
    for at, was in truth.items():
        assert told(standings_then(Promise.objects.all(), at=at, offices=offices())) == was
        assert dict(events(at)) == settled(was)
    assert any(settled(was) for was in truth.values())


@pytest.mark.parametrize("seed", range(3))
def test_of_now_they_say_what_every_page_says(seed: int, studio: Studio) -> None:
    lived(studio, seed)
    now = told(standings(Promise.objects.all(), at=NOW, offices=offices()))
    assert now == told(standings_then(Promise.objects.all(), at=NOW, offices=offices()))
    pages = judged(Promise.objects.all(), at=NOW, offices=offices())
    assert now == {one.promise.pk: (one.judged.state, one.judged.settled_at) for one in pages}
    assert dict(events(NOW)) == settled(now)


def test_the_look_back_knows_a_promise_that_was_kept_then_and_taken_back_since(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(9), at=london(2))
    kept = promises.keep(row, by=studio.bo, at=london(8))
    before = said_on(london(12).date(), offices=offices()).said[studio.borealis.pk][Teller.KEPT]
    promises.take_back(kept, by=studio.bo, at=london(19))
    after = said_on(london(12).date(), offices=offices()).said[studio.borealis.pk][Teller.KEPT]
    assert (after, after.warned) == (before, False)


def test_a_move_taken_back_since_is_due_then_on_the_day_it_was_moved_to(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(9, month=9), at=london(2, month=9))
    moved = promises.move(row, to=london(9), by=studio.bo, at=london(8, month=9), agreed="Cleo said yes")
    promises.take_back(moved, by=studio.bo, at=london(15))
    (one,) = standings_then(Promise.objects.none(), at=london(12), offices=offices())
    assert (one.pk, one.judged.due) == (row.pk, london(9))


@pytest.mark.parametrize("many", [1, 12])
def test_it_takes_as_many_queries_however_many_there_are(
    many: int, studio: Studio, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        row = promised(studio.borealis, by=studio.bo, due=london(9), at=london(2))
        promises.take_back(promises.keep(row, by=studio.bo, at=london(8)), by=studio.bo, at=london(15))
    house = offices()
    with django_assert_num_queries(3):
        assert len(standings_then(Promise.objects.none(), at=london(12), offices=house)) == many
    with django_assert_num_queries(3):
        assert len(standings_then(Promise.objects.all(), at=NOW, offices=house)) == many
