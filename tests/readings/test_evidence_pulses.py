"""How it felt, as evidence: five events an answer, as it was known at a moment."""

from datetime import timedelta
from typing import Any

import pytest

from kept.ledgers.journal.verbs import facts_of, write
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Stream
from kept.readings.calendars import offices
from kept.readings.evidence import Told, pulses
from tests.readings.feeling import asked, felt
from tests.studio import NOW, Studio, london

YEAR = timedelta(days=365)


def events(at: Any = NOW, **more: Any) -> list[tuple[int, Event]]:
    return list(pulses.events(at=at, since=at - YEAR, offices=offices(), **more))


def test_every_mark_that_was_given_is_an_event_and_what_was_not_touched_is_none(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=7, cherished=9, mark=10)
    found = {(client, one.stream): (one.x, one.at, one.row) for client, one in events()}
    assert found == {
        (studio.borealis.pk, Stream.SECURE): (0.7, answer.at, answer.pk),
        (studio.borealis.pk, Stream.CHERISHED): (0.9, answer.at, answer.pk),
        (studio.borealis.pk, Stream.MARK): (1.0, answer.at, answer.pk),
    }


def test_words_alone_are_no_mark(studio: Studio) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), words="Lovely.")
    assert events() == []


def test_what_was_changed_counts_from_then_and_an_earlier_day_knows_what_was_said_before(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=9)
    was = facts_of(answer)
    answer.secure, answer.changed_at = 3, london(5)
    answer.save()
    write("pulses.change", answer, by=None, at=london(5), was=was)
    ((_, now),) = events()
    ((_, before),) = events(at=london(4))
    assert (now.x, now.at) == (0.3, london(5))
    assert (before.x, before.at) == (0.9, london(2))


def test_only_the_time_and_the_clients_that_are_asked_for(studio: Studio) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1, year=2024)), secure=9)
    felt(asked(studio.cora, by=studio.ada, at=london(1)), secure=9)
    assert [client for client, _ in events()] == [studio.cassini.pk]
    assert events(clients=[studio.borealis.pk]) == []
    assert events(at=london(1)) == []


@pytest.mark.parametrize("many", [1, 30])
def test_however_many_answers_it_takes_two_queries(studio: Studio, many: int, django_assert_num_queries: Any) -> None:
    for day in range(many):
        felt(asked(studio.cleo, by=studio.ada, at=NOW - timedelta(days=day + 2)), secure=9, mark=8)
    house = offices()
    with django_assert_num_queries(2):
        assert len(list(pulses.events(at=NOW, since=NOW - YEAR, offices=house))) == 2 * many


def test_an_answer_is_told_by_who_gave_it(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada), secure=7, mark=9)
    assert pulses.told([answer.pk]) == {answer.pk: Told("Cleo: secure 7, the work 9", "pulses.Answer", answer.pk)}
