"""How it felt, read: each feeling by itself, silence named, and every earlier day as it was known."""

from datetime import timedelta
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.pulses.models import Answer
from kept.measures.trust_streams import Stream
from kept.readings.felt import HALF_A_YEAR, ClientFelt, felt_by_all, felt_of
from kept.readings.felt_given import given
from tests.readings.feeling import OPEN, asked, felt, to_call
from tests.studio import NOW, Studio, london


def read(client: Client, *, at: Any = NOW, days: int = 182) -> ClientFelt:
    return felt_of([client.pk], at=at, since=at - timedelta(days=days))[client.pk]


@pytest.fixture
def arun(studio: Studio) -> Contact:
    return clients.meet(studio.borealis, name="Arun Saye", by=studio.ada, at=NOW)


def line(found: ClientFelt, stream: Stream) -> Any:
    return next(one for one in found.lines if one.stream == stream)


def test_a_feeling_is_the_mean_of_the_people_and_runs_from_the_lowest_to_the_highest(
    studio: Studio, arun: Contact
) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=7, mark=9)
    felt(asked(arun, by=studio.ada, at=london(2)), secure=10)
    found = read(studio.borealis)
    secure = line(found, Stream.SECURE)
    assert (secure.mean, secure.low, secure.high, secure.people) == (8.5, 7, 10, 2)
    assert line(found, Stream.MARK).people == 1
    assert line(found, Stream.DAZZLED).mean is None
    assert found.lowest == secure


def test_only_the_newest_mark_of_a_person_counts_and_the_time_before_stands_beside_it(studio: Studio) -> None:
    for month, mark in ((1, 4), (5, 6), (9, 9)):
        felt(asked(studio.cleo, by=studio.ada, at=london(1, month=month)), secure=mark)
    secure = line(read(studio.borealis), Stream.SECURE)
    assert (secure.mean, secure.people, secure.before) == (9, 1, 4)
    assert secure.before_at == london(2, month=1)


def test_who_was_asked_and_stayed_silent_is_named_once_it_closed(studio: Studio, arun: Contact) -> None:
    asked(studio.cleo, by=studio.ada, at=london(1, month=9))
    asked(arun, by=studio.ada, at=london(18))
    found = read(studio.borealis)
    assert (found.silent, found.still_open, found.answered) == (("Cleo North",), ("Arun Saye",), ())
    assert found.is_silent
    felt(asked(studio.cleo, by=studio.ada, at=london(10)), words="Sorry, I was away.")
    found = read(studio.borealis)
    assert (found.silent, found.answered, found.is_silent) == ((), ("Cleo North",), False)


def test_what_was_withdrawn_before_anybody_answered_was_never_asked(studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, at=london(1, month=9), withdrawn_at=london(2, month=9))
    assert read(studio.borealis).asked == ()
    assert read(studio.borealis, at=london(1, "12:00", month=9)).still_open == ("Cleo North",)


def test_who_spoke_unasked_counts_and_was_not_asked(studio: Studio) -> None:
    Answer.objects.create(client=studio.borealis, contact=studio.cleo, at=london(3), secure=9)
    found = read(studio.borealis)
    assert (line(found, Stream.SECURE).mean, found.asked, len(found.heard)) == (9, (), 1)


def test_words_come_with_who_said_them_and_what_followed(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=4, words="Late again.")
    to_call(answer, owner=studio.bo, spoke_at=london(3), spoke_by=studio.bo, spoke_words="We write on Thursdays.")
    (one,) = read(studio.borealis).heard
    assert (one.first_name, one.words) == ("Cleo", "Late again.")
    assert one.call
    assert (one.call.owner, one.call.spoke_by, one.call.spoke_words) == (
        "Bo Field",
        "Bo Field",
        "We write on Thursdays.",
    )


def test_what_was_changed_later_leaves_an_earlier_day_as_it_was(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=9, words="Good.")
    was = facts_of(answer)
    answer.secure, answer.words, answer.changed_at = 3, "", london(8)
    answer.save()
    write("pulses.change", answer, by=None, at=london(8), was=was)
    now, before = read(studio.borealis), read(studio.borealis, at=london(5))
    assert (line(now, Stream.SECURE).mean, now.heard[0].words) == (3, "")
    assert (line(before, Stream.SECURE).mean, before.heard[0].words) == (9, "Good.")


def test_what_was_taken_back_later_was_said_until_then(studio: Studio) -> None:
    answer = felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=9)
    was, row = facts_of(answer), answer.pk
    write("pulses.take_back", answer, by=None, at=london(8), was=was)
    answer.delete()
    assert given(at=NOW, since=NOW - HALF_A_YEAR) == []
    (before,) = given(at=london(5), since=NOW - HALF_A_YEAR)
    assert (before.pk, dict(before.marks)) == (row, {Stream.SECURE: 9})


def test_the_firm_counts_each_client_once_and_its_lower_end_counts_the_silent_ones(
    studio: Studio, arun: Contact
) -> None:
    felt(asked(studio.cleo, by=studio.ada, at=london(1)), secure=6, delighted=9)
    felt(asked(arun, by=studio.ada, at=london(1)), secure=10)
    asked(studio.cora, by=studio.ada, at=london(1, month=9))
    pks = [studio.borealis.pk, studio.cassini.pk]
    firm = felt_by_all(felt_of(pks, at=NOW, since=NOW - HALF_A_YEAR).values())
    secure = firm.service.feelings[0]
    assert (secure.mean, secure.lower, secure.clients, secure.people) == (8, 8, 1, 2)
    assert (firm.service.asked, firm.service.answered, firm.service.silent) == (3, 2, (studio.cassini.pk,))
    assert firm.score is not None
    assert firm.score.counts.promoters == 1


@pytest.mark.parametrize("many", [1, 25])
def test_however_long_the_history_it_takes_one_query(studio: Studio, many: int, django_assert_num_queries: Any) -> None:
    for back in range(many):
        felt(asked(studio.cleo, by=studio.ada, at=NOW - OPEN - timedelta(days=6 * back)), secure=8, words="Well.")
        asked(studio.cora, by=studio.ada, at=NOW - timedelta(days=6 * back + 1))
    pks = [studio.borealis.pk, studio.cassini.pk]
    with django_assert_num_queries(1):
        found = felt_of(pks, at=NOW, since=NOW - HALF_A_YEAR)
    assert len(found[studio.borealis.pk].heard) == many
