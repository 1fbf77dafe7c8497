"""Promises are judged from their outcomes, one by one with their rows or by the thousand without them."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from kept.ledgers.promises import verbs
from kept.ledgers.promises.models import Promise
from kept.ledgers.team import keeping_hours
from kept.ledgers.team.keeping_hours import USUAL_WEEK
from kept.measures.promises import Move, Promised, State, judge
from kept.measures.working_time import Calendar
from kept.readings.calendars import offices
from kept.readings.promised import Moment, judged, open_at, standings
from tests.acting import promised
from tests.studio import NOW, Studio, london


def every_kind(studio: Studio) -> dict[str, Promise]:
    """A promise of each kind to Borealis, as things stand at NOW."""
    made = london(1, "09:00")
    due = {
        "open": london(30, "12:00"), "soon": london(20, "15:00"), "late": london(16, "17:30"),
        "broken": london(1, "12:00"), "kept": london(12, "17:30"), "kept late": london(9, "17:30"),
        "moved": london(14, "17:30"), "released": london(15, "17:30"),
    }  # fmt: skip
    rows = {name: promised(studio.borealis, by=studio.kit, due=day, words=name, at=made) for name, day in due.items()}
    verbs.keep(rows["kept"], by=studio.kit, at=london(12, "10:00"))
    verbs.keep(rows["kept late"], by=studio.kit, at=london(12, "10:00"))
    verbs.move(rows["moved"], to=london(19, "17:30"), by=studio.kit, at=london(13, "10:00"), agreed="Cleo, by mail")
    verbs.keep(rows["moved"], by=studio.kit, at=london(19, "10:00"))
    verbs.release(rows["released"], by=studio.kit, at=london(13, "10:00"), agreed="Cleo, by mail")
    return rows


def test_each_promise_is_judged_from_what_came_of_it(studio: Studio) -> None:
    rows = every_kind(studio)
    found = {one.promise.words: one.judged.state for one in judged(Promise.objects.all(), at=NOW, offices=offices())}
    assert found == {
        "open": State.OPEN, "soon": State.SOON, "late": State.LATE, "broken": State.BROKEN, "kept": State.KEPT,
        "kept late": State.KEPT_LATE, "moved": State.MOVED, "released": State.RELEASED,
    }  # fmt: skip
    assert set(found) == set(rows)


def test_standings_without_rows_say_the_same_as_judging_the_rows(studio: Studio) -> None:
    every_kind(studio)
    by_row = {one.promise.pk: one.judged for one in judged(Promise.objects.all(), at=NOW, offices=offices())}
    assert {one.pk: one.judged for one in standings(Promise.objects.all(), at=NOW, offices=offices())} == by_row


def test_standings_count_working_days_in_the_clients_own_office(studio: Studio) -> None:
    # seven days a week: ten working days are over sooner than in Leeds
    week = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    bazaar = keeping_hours.open_office(name="Bazaar", zone="Europe/London", week=week, by=None, at=NOW)
    row = promised(studio.borealis, by=studio.kit, due=london(8, "12:00"), at=london(1))
    house = offices()
    assert standings(Promise.objects.all(), at=NOW, offices=house)[0].judged.state == State.LATE
    studio.borealis.office = bazaar
    studio.borealis.save()
    assert standings(Promise.objects.filter(pk=row.pk), at=NOW, offices=offices())[0].judged.state == State.BROKEN


def test_a_promise_made_later_is_not_known_yet(studio: Studio) -> None:
    promised(studio.borealis, by=studio.kit, due=london(30), at=NOW)
    before = NOW - timedelta(minutes=1)
    assert judged(Promise.objects.all(), at=before, offices=offices()) == []
    assert standings(Promise.objects.all(), at=before, offices=offices()) == []


def test_an_outcome_of_later_is_not_known_yet(studio: Studio) -> None:
    row = every_kind(studio)["kept"]
    found = judged(Promise.objects.filter(pk=row.pk), at=london(12, "09:00"), offices=offices())[0]
    assert (found.judged.state, found.ending) == (State.SOON, None)


def test_a_replay_finds_what_was_open_then(studio: Studio) -> None:
    rows = every_kind(studio)
    then, everything = london(12, "09:00"), Promise.objects.all()
    assert set(open_at(everything, then, replay=True)) == set(rows.values())
    assert set(open_at(everything, NOW, replay=True)) == {rows[name] for name in ("open", "soon", "late", "broken")}


def test_it_says_to_whom_how_it_moved_and_how_it_ended(studio: Studio) -> None:
    rows = every_kind(studio)
    found = judged(Promise.objects.filter(pk=rows["moved"].pk), at=NOW, offices=offices())[0]
    assert (found.to, found.first) == ("Borealis", "Borealis")
    assert found.move is not None
    assert found.move.was_due == london(14, "17:30")
    assert found.ending is not None
    assert found.ending.at == london(19, "10:00")
    named = promised(studio.borealis, by=studio.kit, due=london(30), contact=studio.cleo)
    to_cleo = judged(Promise.objects.filter(pk=named.pk), at=NOW, offices=offices())[0]
    assert (to_cleo.to, to_cleo.first, to_cleo.move) == ("Cleo North", "Cleo", None)


@pytest.mark.parametrize("many", [1, 12])
def test_two_queries_judge_however_many(studio: Studio, django_assert_num_queries: object, many: int) -> None:
    for _ in range(many):
        every_kind(studio)
    house = offices()
    with django_assert_num_queries(2):  # type: ignore[operator]
        standings(Promise.objects.all(), at=NOW, offices=house)
    with django_assert_num_queries(2):  # type: ignore[operator]
        judged(Promise.objects.all(), at=NOW, offices=house)


def test_the_quick_judgement_is_the_measures_own() -> None:
    """Five thousand promises of every shape, with a holiday on the way: same state, day, worth and settling."""
    dice = Random(3)
    calendar = Calendar(zone="Europe/London", windows=USUAL_WEEK, holidays={NOW.date() + timedelta(days=6)})
    for row in range(5000):
        at = NOW + timedelta(hours=dice.randrange(2000))
        made = at - timedelta(hours=dice.randrange(1, 1500))
        promise = any_promise(row, made=made, at=at, dice=dice)
        assert Moment(at).judged(promise, calendar) == judge(promise, at=at, calendar=calendar)


def any_promise(row: int, *, made: datetime, at: datetime, dice: Random) -> Promised:
    """A promise with what was known of it at `at`: moved up to twice, kept, released or open."""
    due = day = made + timedelta(hours=dice.randrange(1, 900))
    moves = []
    for moved in sorted(made + timedelta(hours=dice.randrange(1, 600)) for _ in range(dice.choice([0, 0, 1, 2]))):
        day += timedelta(hours=dice.randrange(-50, 300))
        moves += [Move(moved, day, dice.random() < 0.7)] if moved <= at else []
    ended = made + timedelta(hours=dice.randrange(1, 1000))
    how = dice.choice(["kept_at", "released_at", "", ""]) if ended <= at else ""
    return replace(Promised(row, made, due, moves=tuple(moves)), **({how: ended} if how else {}))
