"""Why clients stay, read from the ledgers: feelings, signs, judgements, contracts, and how often they write first."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Hold, LockKind, SignKind
from kept.ledgers.choices.models import Sign as Noted
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.pulses.models import Answer
from kept.ledgers.reckoning import verbs as reckoning
from kept.measures.standing import Axis, Kind, standing
from kept.measures.standing_numbers import STAYING, Lock
from kept.measures.standing_signs import Sign, Signal
from kept.readings.calendars import offices
from kept.readings.evidence import pulses
from kept.readings.standing import Grounds, grounds_now, grounds_of, standing_of
from tests.acting import sold, wrote
from tests.readings.feeling import asked
from tests.studio import NOW, Studio, london

TODAY = NOW.date()


def felt(client: Client, *marks: int, at: datetime = NOW) -> Answer:
    """How it felt, in the order of the four feelings, then the mark."""
    names = ("secure", "cherished", "delighted", "dazzled", "mark")
    return Answer.objects.create(client=client, at=at, **dict(zip(names, marks, strict=False)))


def noted(studio: Studio, kind: SignKind, *, at: datetime = NOW, **more: Any) -> None:
    choices.note(studio.borealis, kind=kind, seen_at=at, by=studio.bo, at=at, **more)


def tied(studio: Studio, lock: LockKind, **more: Any) -> None:
    choices.tie(studio.borealis, lock=lock, by=studio.bo, **({"since": TODAY, "at": NOW} | more))


def loyal(studio: Studio) -> None:
    for month in (4, 6, 8, 10):
        felt(studio.borealis, 9, 10, 9, 9, 9, at=london(1, month=month))
    noted(studio, SignKind.SENT_OTHERS, at=london(1))


def grounds(studio: Studio, at: datetime = NOW) -> Grounds:
    return grounds_of([studio.borealis.pk], at=at)[studio.borealis.pk]


def test_of_whom_nothing_is_known_it_is_too_early_to_say(studio: Studio) -> None:
    found = standing_of(None, at=NOW)
    assert set(found) == {studio.borealis.pk, studio.cassini.pk}
    one = found[studio.borealis.pk]
    assert (one.kind, one.felt.weight, one.free.weight, one.locks) == (Kind.UNCLEAR, 0, 0, ())


def test_it_is_what_the_measure_says_of_every_mark_and_sign(studio: Studio) -> None:
    for month, marks in ((4, (9, 8, 7, 6, 9)), (7, (8, 8)), (10, (5, 9, 9, 10))):
        felt(studio.borealis, *marks, at=london(2, month=month))
    noted(studio, SignKind.SENT_OTHERS, at=london(5, month=6))
    noted(studio, SignKind.QUESTIONED_FEE, at=london(1))
    noted(studio, SignKind.GOT_IN_TOUCH, at=london(13))
    noted(studio, SignKind.GOT_IN_TOUCH, at=london(14))
    tied(studio, LockKind.SPECIALIST)
    events = [
        event for _, event in pulses.events(at=NOW, since=NOW - timedelta(days=999), offices=offices())
    ]  # fmt: skip
    signals = [
        Signal(Sign.SENT_OTHERS, london(5, month=6), 1), Signal(Sign.QUESTIONED_FEE, london(1), 2),
        Signal(Sign.GOT_IN_TOUCH, london(13), 3), Signal(Sign.GOT_IN_TOUCH, london(14), 4),
    ]  # fmt: skip
    wanted = standing(events, signals, at=NOW, locks=[Lock.SPECIALIST])
    one = grounds(studio).standing
    for name in ("loyal", "for_the_price", "held", "leaving", "lock"):
        assert getattr(one, name) == pytest.approx(getattr(wanted, name), abs=1e-12)
    assert (one.kind, one.locks) == (wanted.kind, wanted.locks)
    given = standing_of([studio.borealis.pk], at=NOW, felt={studio.borealis.pk: events})
    assert given[studio.borealis.pk].loyal == pytest.approx(wanted.loyal, abs=1e-12)


def test_who_is_held_is_named_so_and_never_good(studio: Studio) -> None:
    for month in (4, 6, 8, 10):
        felt(studio.borealis, 4, 5, 5, 4, at=london(2, month=month))
    for lock in (LockKind.OUR_DATA, LockKind.MIGRATION, LockKind.NOTICE):
        tied(studio, lock)
    one = grounds(studio).standing
    assert (one.kind, one.good) == (Kind.HELD, False)


def test_who_is_loyal_and_tied_was_never_tested(studio: Studio) -> None:
    for month in (4, 6, 8, 10):
        felt(studio.borealis, 9, 10, 9, 9, 9, at=london(2, month=month))
    noted(studio, SignKind.SENT_OTHERS)
    noted(studio, SignKind.INVITED)
    assert grounds(studio).standing.good
    tied(studio, LockKind.CONTRACT)
    tied(studio, LockKind.OUR_DATA)
    one = grounds(studio).standing
    assert (one.kind, one.untested, one.good) == (Kind.LOYAL, True, False)


def test_a_long_contract_and_a_long_notice_tie_until_somebody_contradicts_them(studio: Studio) -> None:
    job = sold(studio.borealis, by=studio.ada, starts=date(2026, 1, 1), ends=date(2027, 6, 30))
    Engagement.objects.filter(pk=job.pk).update(notice_days=90)
    ties = grounds(studio).ties
    assert [(one.lock, one.job, one.until, one.days) for one in ties.holding] == [
        (Lock.CONTRACT, job.pk, date(2027, 6, 30), None),
        (Lock.NOTICE, job.pk, None, 90),
    ]
    assert not ties.judged
    choices.untie(studio.borealis, lock=LockKind.CONTRACT, since=TODAY, words="They may leave.", by=studio.bo, at=NOW)
    ties = grounds(studio).ties
    assert [one.lock for one in ties.holding] == [Lock.NOTICE]
    assert [(one.lock, one.words) for one in ties.denied] == [(Lock.CONTRACT, "They may leave.")]


def test_half_a_year_is_no_long_contract_and_three_months_are_a_long_notice(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada, ends=TODAY + timedelta(days=183))
    sold(studio.cassini, by=studio.ada, ends=TODAY + timedelta(days=184))
    found = grounds_of(None, at=NOW)
    assert found[studio.borealis.pk].ties.locks is None
    assert found[studio.cassini.pk].ties.locks == (Lock.CONTRACT,)


def test_nothing_ties_them_until_a_contract_of_after_that_judgement(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada, starts=date(2026, 1, 1), ends=date(2027, 6, 30))
    choices.find_free(studio.borealis, since=TODAY, by=studio.bo, at=NOW)
    ties = grounds(studio).ties
    assert (ties.locks, ties.free is not None) == ((), True)
    later = london(1, month=12)
    sold(studio.borealis, by=studio.ada, name="More", starts=date(2026, 11, 2), ends=date(2027, 12, 31))
    assert grounds(studio, at=later).ties.locks == (Lock.CONTRACT,)


def test_a_tie_counts_from_its_first_to_its_last_day(studio: Studio) -> None:
    tied(studio, LockKind.SPECIALIST, since=date(2026, 10, 1), until=date(2026, 10, 19), at=london(1))
    assert grounds(studio, at=london(19)).ties.locks == (Lock.SPECIALIST,)
    assert grounds(studio).ties.locks == ()


def test_fewer_contacts_than_chance_allows_are_a_sign_against_us(studio: Studio) -> None:
    for day in range(27):
        wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=65 + 6 * day))
    for day in (5, 20, 40):
        wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=day))
    one = grounds(studio)
    assert (one.quiet.lately, one.quiet.before, one.quiet.gone) == (3, 27, True)
    assert one.quiet.chance == pytest.approx(0.037, abs=1e-3)
    assert [(sign.sign, sign.row) for sign in one.signs] == [(Sign.GONE_QUIET, None)]
    assert one.standing.free.beta == 2.5


def test_only_conversations_that_a_person_of_theirs_began_are_contacts(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.bo, at=london(1))
    wrote(studio.borealis, by=studio.cleo, at=london(2), conversation=asked.conversation)
    wrote(studio.borealis, by=studio.cleo, at=london(3), automatic="away")
    mine = wrote(studio.borealis, by=studio.cleo, at=london(4))
    wrote(studio.borealis, by=studio.cleo, at=london(5), conversation=mine.conversation)
    one = grounds(studio)
    assert (one.quiet.lately, one.heard_at) == (1, london(5))


def test_an_earlier_day_keeps_its_answer(studio: Studio) -> None:
    felt(studio.borealis, 9, 9, at=london(2, month=8))
    before = grounds(studio, at=london(1, month=9))
    felt(studio.borealis, 1, 1, at=london(2, month=9))
    choices.note(
        studio.borealis, kind=SignKind.PITCHED, seen_at=london(5, month=8), by=studio.bo, at=london(2, month=9)
    )  # fmt: skip
    tied(studio, LockKind.MIGRATION, since=date(2026, 8, 1), at=london(2, month=9))
    assert grounds(studio, at=london(1, month=9)) == before
    assert grounds(studio).standing != before.standing


def test_what_is_taken_back_later_leaves_an_earlier_day_as_it_was(studio: Studio) -> None:
    noted(studio, SignKind.PITCHED, at=london(1, month=8), contact=studio.cleo, words="To three.")
    noted(studio, SignKind.PRAISED, at=london(2, month=8))
    tied(studio, LockKind.OUR_DATA, since=date(2026, 8, 1), until=date(2027, 8, 1), at=london(2, month=8), words="All.")
    before, other = (grounds_of([one.pk], at=london(1, month=9)) for one in (studio.borealis, studio.cassini))
    for row in (Noted.objects.get(kind=SignKind.PITCHED), Hold.objects.get()):
        choices.take_back(row, by=studio.ada, at=london(1))
    assert grounds_of([studio.borealis.pk], at=london(1, month=9)) == before
    assert grounds_of([studio.cassini.pk], at=london(1, month=9)) == other
    one = grounds(studio)
    assert ([sign.sign for sign in one.signs], one.ties.judged) == ([Sign.PRAISED], False)
    assert grounds(studio, at=london(31, month=7)).signs == ()


def test_each_day_is_judged_by_the_numbers_of_then(studio: Studio) -> None:
    loyal(studio)
    choices.note(studio.borealis, kind=SignKind.VOUCHED, seen_at=london(1), by=studio.bo, at=london(1))
    change = reckoning.change_number("staying.place_from", value=0.95, by=studio.ada, at=london(18))
    kinds = [grounds(studio, at=london(day)).standing.kind for day in (17, 18)]
    assert kinds == [Kind.LOYAL, Kind.UNCLEAR]
    reckoning.take_back_change(change, by=studio.ada, at=london(19))
    assert [grounds(studio, at=london(day)).standing.kind for day in (17, 18, 19)] == [*kinds, Kind.LOYAL]


def test_whoever_wrote_last_was_heard_though_we_chased_an_older_conversation_since(studio: Studio) -> None:
    old = wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=70))
    wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=20))
    wrote(studio.borealis, by=studio.bo, at=NOW - timedelta(days=1), conversation=old.conversation)
    assert grounds(studio).heard_at == NOW - timedelta(days=20)


def test_the_question_is_about_ties_where_nobody_judged_them_and_all_hangs_on_that(studio: Studio) -> None:
    for month in (2, 4, 6, 8, 10):
        felt(studio.borealis, 3, 4, 3, at=london(2, month=month))
    noted(studio, SignKind.SENT_OTHERS, at=london(1))
    noted(studio, SignKind.CUT_SCOPE, at=london(1))
    one = grounds(studio).standing
    assert (one.kind, one.question) == (Kind.UNCLEAR, Axis.LOCK)


@pytest.mark.parametrize("more", [0, 12])
def test_few_queries_whatever_the_history(more: int, studio: Studio, django_assert_num_queries: Any) -> None:
    for each in range(more):
        felt(studio.borealis, 9, 8, at=NOW - timedelta(days=each))
        wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=each))
        noted(studio, SignKind.PRAISED, at=NOW - timedelta(days=each))
        sold(studio.borealis, by=studio.ada, name=f"Job {each}")
    with django_assert_num_queries(5):
        standing_of(None, at=NOW)
    with django_assert_num_queries(2):
        standing_of([studio.borealis.pk], at=NOW, felt={}, numbers=STAYING)


def test_now_is_what_it_is_as_of_now(studio: Studio, django_assert_num_queries: Any) -> None:
    first = felt(studio.borealis, 9, 8, 7, at=london(2, month=9))
    Answer.objects.filter(pk=first.pk).update(changed_at=london(3, month=9))
    felt(studio.borealis, 3, 10, 0, 5, 6, at=london(12))
    Answer.objects.create(client=studio.borealis, at=london(13), words="Thank you.")
    noted(studio, SignKind.INVITED, at=london(4))
    tied(studio, LockKind.NOTICE)
    felt(studio.cassini, 7)
    with django_assert_num_queries(2):
        now = grounds_now(None, at=NOW)
    assert now == grounds_of(None, at=NOW)


def test_who_was_asked_and_could_have_answered_is_counted(studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, at=NOW - timedelta(days=60))
    asked(studio.cleo, by=studio.ada, at=NOW - timedelta(days=200))  # long ago
    asked(studio.cleo, by=studio.ada, at=NOW - timedelta(days=2))  # still open
    assert grounds(studio).asked == 1
