"""Snapshots of trust: they say what a count of the ledgers says, whatever was done since, and stay small."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kept.flows.undo_import import undo_import
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.models import Message
from kept.ledgers.journal import verbs as journal
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.reckoning import verbs as reckoning
from kept.readings.snapshots.beside import looked_back_at
from kept.readings.snapshots.comparing import older_day, untrue, untrue_of
from kept.readings.snapshots.models import KEPT_FOR, Reckoning, Snapshot
from kept.readings.snapshots.taking import forget, look_back, refresh, take, take_again
from kept.readings.trust import trust_of_firm
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london

A_MINUTE = timedelta(minutes=1)
SOON, LATER = NOW + A_MINUTE, NOW + 2 * A_MINUTE


def broken(studio: Studio) -> Promise:
    return promises.promise(
        studio.borealis, words="The launch", due=london(1, "12:00"), by=studio.bo, at=london(1, "09:00"),
        size=Size.MAJOR,
    )  # fmt: skip


def newest(studio: Studio) -> Snapshot:
    return Snapshot.objects.get(client=studio.borealis, day=NOW.date())


def counted(studio: Studio, *, at: datetime) -> float:
    return trust_of_firm(at).clients[studio.borealis.pk].trust.value


@pytest.fixture
def taken(studio: Studio) -> Studio:
    """A morning with a promise kept, one broken and a message answered, of which snapshots were taken."""
    promises.keep(promised(studio.borealis, by=studio.bo, due=london(9), at=london(2)), by=studio.bo, at=london(8))
    broken(studio)
    first = wrote(studio.borealis, by=studio.cleo, at=london(12, "10:00"), subject="The fair")
    wrote(studio.borealis, by=studio.bo, at=london(12, "16:00"), conversation=first.conversation)
    take(at=NOW)
    return studio


def test_a_snapshot_says_what_a_count_says(taken: Studio) -> None:
    one, trust = newest(taken), trust_of_firm(NOW).clients[taken.borealis.pk].trust
    assert (one.value, one.low, one.high, one.baseline) == (trust.value, trust.low, trust.high, trust.baseline)
    assert [each["points"] for each in one.told["rows"]] == [each.points for each in trust.contributions]
    assert one.told["rows"][0]["words"] == "“The launch”"
    assert untrue() == []


def test_a_snapshot_that_was_tampered_with_is_found_out(taken: Studio) -> None:
    Snapshot.objects.filter(client=taken.borealis).update(value=99.0)
    assert untrue() == [taken.borealis.pk]
    take(at=SOON)
    assert untrue() == []


def test_a_row_removed_behind_keeps_back_is_found_out(taken: Studio) -> None:
    Promise.objects.filter(words="The launch").delete()
    assert untrue() == [taken.borealis.pk]


def undo(s: Studio) -> None:
    promises.take_back(Promise.objects.exclude(ended_at=None).get().outcomes.get(), by=s.bo, at=SOON)


def delete(s: Studio) -> None:
    promises.withdraw(Promise.objects.get(words="The launch"), by=s.bo, at=SOON)


def move_elsewhere(s: Studio) -> None:
    conversations.belong_to(Message.objects.earliest("at").conversation, client=s.cassini, by=s.ada, at=SOON)


def set_aside(s: Studio) -> None:
    row = Promise.objects.get(words="The launch").pk
    reckoning.set_aside(s.borealis, stream="promise", row=row, reason="They asked", until=london(30), by=s.bo, at=SOON)


def change_number(s: Studio) -> None:
    reckoning.change_number("streams.promise_major", value=4.0, by=s.ada, at=SOON)


def change_pledge(s: Studio) -> None:
    clients.change(s.borealis, pledge_minutes=600, by=s.ada, at=SOON)


def take_an_import_back(s: Studio) -> None:
    batch = journal.open_batch("mail", "letters.mbox", by=s.ada, at=SOON)
    Message.objects.filter(subject="The fair").update(batch=batch)
    undo_import(batch, by=s.ada, at=SOON)


ACTS = [undo, delete, move_elsewhere, set_aside, change_number, change_pledge, take_an_import_back]


@pytest.fixture
def of_a_large_firm(taken: Studio, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """As if its clients were so many that only those are counted again for whom something was done."""
    monkeypatch.setattr("kept.readings.snapshots.taking.FEW", 2)
    return taken


@pytest.mark.parametrize("act", ACTS)
def test_after_an_act_a_refresh_brings_the_snapshot_to_what_a_count_says(taken: Studio, act: Any) -> None:
    before = newest(taken).value
    act(taken)
    assert refresh(at=LATER) == 2
    assert newest(taken).value == counted(taken, at=LATER) != before
    assert untrue() == []


@pytest.mark.parametrize("act", ACTS)
def test_in_a_large_firm_as_well_begun_at_the_mornings_average(of_a_large_firm: Studio, act: Any) -> None:
    before = newest(of_a_large_firm).value
    act(of_a_large_firm)
    assert refresh(at=LATER) > 0
    assert newest(of_a_large_firm).value != before
    assert untrue() == []


@pytest.mark.parametrize("act", [undo, delete, set_aside, change_number])
def test_what_was_done_since_does_not_make_the_mornings_snapshot_untrue(taken: Studio, act: Any) -> None:
    act(taken)
    assert untrue() == []


def test_nothing_is_counted_while_nothing_moved_and_then_only_whom_it_was_for(
    of_a_large_firm: Studio, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        assert refresh(at=SOON) == 0
    delete(of_a_large_firm)
    assert refresh(at=LATER) == 1
    assert refresh(at=LATER + A_MINUTE) == 0
    assert set(Snapshot.objects.values_list("client__name", "at")) == {("Borealis", LATER), ("Cassini", NOW)}


def test_a_client_welcomed_since_gets_one_too(of_a_large_firm: Studio) -> None:
    clients.welcome(name="Dione", lead=of_a_large_firm.bo, by=of_a_large_firm.ada, at=SOON)
    assert refresh(at=LATER) == 1
    assert Snapshot.objects.get(client__name="Dione").evidence == "thin"
    assert untrue() == []


def test_on_a_new_day_everybody_is_counted_and_the_day_before_stays(taken: Studio) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert refresh(at=tomorrow) == 2
    assert Snapshot.objects.filter(client=taken.borealis).count() == 2
    assert newest(taken).at == NOW


def test_days_that_were_never_kept_are_counted_once(taken: Studio) -> None:
    assert look_back(at=NOW) == sorted(looked_back_at(NOW.date()))
    assert look_back(at=NOW) == []
    quarter = Snapshot.objects.get(client=taken.borealis, day=NOW.date() - timedelta(days=91))
    assert (quarter.n, "rows" in quarter.told) == (0, False)


def test_older_days_keep_the_numbers_without_the_rows_and_go_after_a_year(taken: Studio) -> None:
    Snapshot.objects.filter(client=taken.cassini).update(day=NOW.date() - timedelta(days=401))
    value = newest(taken).value
    forget(today=NOW.date() + timedelta(days=4))
    kept = Snapshot.objects.get()
    assert (kept.value, "rows" in kept.told, "pillars" in kept.told) == (value, False, True)
    assert Reckoning.objects.count() == 1


# ------------------------------------------------------------ older days


def kept(studio: Studio, *days: date) -> None:
    """A snapshot of Borealis of each of these days."""
    facts = {name: value for name, value in vars(newest(studio)).items() if name not in {"_state", "id", "day"}}
    Snapshot.objects.bulk_create(Snapshot(**facts, day=day) for day in days)


def test_every_older_day_is_drawn_once_while_it_is_kept(taken: Studio) -> None:
    first = NOW.date() + timedelta(days=1)
    life = [first + timedelta(days=age) for age in range(2 * KEPT_FOR.days)]
    kept(taken, *life)
    drawn = Counter(older_day(today=day) for day in life)
    assert {drawn[day] for day in life[1 : KEPT_FOR.days]} == {1}


def test_the_newest_day_is_never_drawn_and_without_others_none(taken: Studio) -> None:
    assert older_day(today=NOW.date()) is None
    day = NOW.date() - timedelta(days=300)
    kept(taken, day)
    assert {older_day(today=NOW.date() + timedelta(days=ahead)) for ahead in range(9)} == {day}


@pytest.mark.parametrize("light", [False, True])
def test_an_older_day_is_compared_by_what_it_keeps_and_counted_again(taken: Studio, light: bool) -> None:
    day, later = NOW.date(), NOW + timedelta(days=5)
    take(at=later)
    if light:
        forget(today=later.date())
    assert "rows" in newest(taken).told or light
    assert untrue_of(day) == []
    one = newest(taken)
    one.told["pillars"]["merit"]["mean"] = 0.123
    one.save()
    assert (untrue(), untrue_of(day)) == ([], [taken.borealis.pk])
    take_again(day)
    assert untrue_of(day) == []
    assert ("rows" in newest(taken).told) is not light
    assert newest(taken).at == NOW


def test_who_is_kept_out_sees_no_snapshot(taken: Studio) -> None:
    seen = {name: set(Snapshot.objects.seen_by(who).values_list("client__name", flat=True))
            for name, who in taken.people.items()}  # fmt: skip
    assert seen["member"] == {"Borealis"}
    assert seen["owner"] == {"Borealis", "Cassini"}
