"""A number tried on trust: where each client would stand, what would drift, and what would be told at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.ledgers.clients import verbs as clients
from kept.ledgers.team import walls
from kept.measures.belief import Confidence
from kept.measures.drift import Level
from kept.measures.incidents import Kind
from kept.measures.parameters import numbers
from kept.measures.trust_streams import Part
from kept.readings.numbers_trust import ONLY_TELL, Hurt, Stands, of_trust
from kept.readings.trust import trust_of_firm
from tests.acting import promised
from tests.readings.trying import said, tried, weeks_of_failing
from tests.studio import NOW, Studio, london


def test_each_client_stands_as_it_is_counted_by_either_number(studio: Studio) -> None:
    weeks_of_failing(studio)
    said(studio.cassini, 9)
    trial = tried(studio, "streams.promise_half_life", 10)
    found = of_trust(trial).standing
    now, then = (trust_of_firm(NOW, parameters=each).clients for each in (trial.ours, trial.other))
    for one in found.rows:
        for shown, counted in ((one.now, now), (one.then, then)):
            wanted = counted[one.client].trust
            assert shown == Stands(round(wanted.value, 1), round(wanted.low), round(wanted.high), wanted.evidence)
    assert found.rows[0].name == "Borealis"
    assert found.rows[0].then.value < found.rows[0].now.value
    assert len(found.rows) + found.others == 2


def test_evidence_that_would_be_thin_is_told_where_trust_stays(studio: Studio) -> None:
    weeks_of_failing(studio)
    (one,) = of_trust(tried(studio, "blend.thin_below", 100)).standing.rows
    assert one.now.value == one.then.value
    assert (one.now.evidence is Confidence.THIN, one.then.evidence is Confidence.THIN) == (False, True)


def test_a_warning_of_drift_goes_and_comes_with_its_limit(studio: Studio) -> None:
    weeks_of_failing(studio)
    (gone,) = of_trust(tried(studio, "drifting.alarm", 20)).drifting.rows
    assert (gone.client, gone.about, gone.now) == (studio.borealis.pk, Part.CONSISTENCY, Level.ALARM)
    assert gone.then is not Level.ALARM
    assert of_trust(tried(studio, "drifting.alarm", 4)).drifting.rows == ()


@pytest.mark.parametrize("key", sorted(ONLY_TELL))
def test_what_is_told_again_is_what_a_count_by_the_other_number_tells(key: str, studio: Studio) -> None:
    weeks_of_failing(studio)
    for row in range(3):
        said(studio.borealis, 2 * row, 4, 5, at=london(10 + row))
    told = next(each.told for each in numbers() if each.key == key)
    for value in (told.low, told.high):
        trial = tried(studio, key, value)
        found = of_trust(trial)
        now, then = (trust_of_firm(NOW, parameters=each).clients for each in (trial.ours, trial.other))
        levels = {(pk, str(part.part)): part.level for pk, one in then.items() for part in one.drifts}
        before = {(pk, str(part.part)): part.level for pk, one in now.items() for part in one.drifts}
        assert {(each.client, each.about): each.then for each in found.drifting.rows} == {
            key: level for key, level in levels.items() if level is not before[key]
        }
        low = {one: {(each.kind, each.row) for each in of[studio.borealis.pk].incidents} for one, of in
               (("now", now), ("then", then))}  # fmt: skip
        assert len(found.hurting.rows) == len(low["now"] ^ low["then"])
        assert found.standing.rows == ()


def test_an_answer_with_two_low_feelings_is_told_once_and_with_its_words(studio: Studio) -> None:
    said(studio.borealis, 5, 5, 9)
    said(studio.borealis, 4, 9)
    (one,) = of_trust(tried(studio, "hurting.feeling", 5)).hurting.rows
    assert (one.now, one.then) == (
        None, Hurt(Kind.LOW_FEELING, london(19), "Borealis: secure 5, cherished 5, delighted 9"),
    )  # fmt: skip
    (less,) = of_trust(tried(studio, "hurting.feeling", 3)).hurting.rows
    assert (less.then, less.now and less.now.words) == (None, "Borealis: secure 4, cherished 9")


def test_which_of_its_feelings_was_low_is_no_other_answer(studio: Studio) -> None:
    said(studio.borealis, 4, 2)
    assert of_trust(tried(studio, "hurting.feeling", 3)).hurting.rows == ()


def test_what_happened_more_than_thirty_days_ago_is_not_told(studio: Studio) -> None:
    said(studio.borealis, 5, at=NOW - timedelta(days=31))
    assert of_trust(tried(studio, "hurting.feeling", 5)).hurting.rows == ()


def test_whom_a_wall_keeps_out_is_neither_told_nor_counts_the_client(studio: Studio) -> None:
    said(studio.cassini, 5)
    weeks_of_failing(studio)
    assert [each.name for each in of_trust(tried(studio, "hurting.feeling", 5)).hurting.rows] == ["Cassini"]
    walls.keep_out_of(studio.wall, member=studio.ada, by=studio.bo, at=NOW)
    found = of_trust(tried(studio, "hurting.feeling", 5))
    assert (found.hurting.rows, found.hurting.others) == ((), 1)
    moved = of_trust(tried(studio, "streams.promise_half_life", 10)).standing
    assert ([each.name for each in moved.rows], moved.others) == (["Borealis"], 0)


def test_a_client_of_the_past_is_not_told(studio: Studio) -> None:
    said(studio.borealis, 5)
    clients.part(studio.borealis, by=studio.ada, at=NOW)
    assert of_trust(tried(studio, "hurting.feeling", 5)).hurting.rows == ()


@pytest.mark.parametrize(("key", "value"), [("drifting.alarm", 2), ("streams.promise_half_life", 10)])
def test_the_queries_are_as_many_however_long_the_history(
    key: str, value: float, studio: Studio, django_assert_num_queries: Any
) -> None:
    def history(weeks: int) -> None:
        for week in range(weeks):
            promised(studio.borealis, by=studio.bo, due=NOW - timedelta(weeks=week), at=NOW - timedelta(weeks=week + 1))
            said(studio.borealis, 5, at=NOW - timedelta(weeks=week))

    history(2)
    of_trust(tried(studio, key, value))
    with CaptureQueriesContext(connection) as few:
        of_trust(tried(studio, key, value))
    history(30)
    with django_assert_num_queries(len(few)):
        of_trust(tried(studio, key, value))
