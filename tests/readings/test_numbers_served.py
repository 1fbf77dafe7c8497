"""A number tried on the pledge, on how clients were served and on the look back: shown is what then comes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.ledgers.bills.models import Bill
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.team import walls
from kept.ledgers.touches.models import Ending, EndingKind, Meeting
from kept.measures.backtest import What
from kept.measures.billing import Verdict
from kept.measures.trust_events import Held
from kept.readings.backtest_losses import losses, told_once
from kept.readings.calendars import offices
from kept.readings.numbers_effects import Trial
from kept.readings.numbers_looking import Counts, of_cases
from kept.readings.numbers_pledge import Keeps, of_pledge
from kept.readings.numbers_served import of_bills, of_meetings
from kept.readings.pledge import pledge_board
from kept.readings.service_page import service_page
from tests.pledging import pledged
from tests.readings.trying import said, tried
from tests.studio import NOW, Studio, london

WITHIN, LATE, LOW = "streams.bill_within", "streams.meeting_late_minutes", "hurting.feeling"


def billed(client: Client, number: str, *, amount: int, quoted: int | None = 100, **more: Any) -> Bill:
    return Bill.objects.create(
        client=client, number=number, sent_on=date(2026, 10, 6), amount=Decimal(amount),
        quoted=None if quoted is None else Decimal(quoted), currency="GBP", at=london(7), **more,
    )  # fmt: skip


def met(client: Client, about: str, *, late: int, kind: EndingKind = EndingKind.HELD) -> None:
    meeting = Meeting.objects.create(client=client, about=about, planned_at=london(13, "10:00"), at=london(1))
    minutes = late if kind == EndingKind.HELD else None
    Ending.objects.create(meeting=meeting, kind=kind, minutes_late=minutes, at=london(13, "18:00"))


def set_so(studio: Studio, trial: Trial, value: float) -> None:
    """What was tried is let count."""
    reckoning.change_number(trial.key, value=value, by=studio.ada, at=NOW)


def bills_kept(client: Client) -> tuple[int, int]:
    """As their own pledge says it."""
    board = pledge_board(at=NOW, client=client)
    assert board is not None
    line = next(one for one in board.lines if one.sentence.measure == "bills")
    return line.share.kept, line.share.n


# bills and the pledge


def test_bills_between_the_one_share_and_the_other_would_be_judged_otherwise_as_then_they_are(studio: Studio) -> None:
    billed(studio.borealis, "1", amount=104)
    billed(studio.borealis, "2", amount=120)
    billed(studio.borealis, "3", amount=103, told_beforehand=True)
    billed(studio.cassini, "4", amount=99)
    trial = tried(studio, WITHIN, 0.05)
    (one,) = of_bills(trial).rows
    assert (one.name, one.about, one.now.verdict, one.then.verdict) == (
        "Borealis", "1", Verdict.SURPRISE, Verdict.AS_QUOTED,
    )  # fmt: skip
    set_so(studio, trial, 0.05)
    shown = service_page(studio.borealis, viewer=studio.ada, at=NOW, offices=offices())
    assert next(each.verdict for each in shown.bills if each.row.number == "1") is one.then.verdict


def test_the_pledge_would_be_kept_as_far_as_it_then_is_of_all_and_of_each_client(studio: Studio) -> None:
    pledged(studio)
    billed(studio.borealis, "1", amount=104)
    billed(studio.borealis, "2", amount=100)
    billed(studio.cassini, "3", amount=100)
    trial = tried(studio, WITHIN, 0.05)
    found = of_pledge(trial)
    (one,) = found.clients.rows
    assert (one.name, one.now, one.then) == ("Borealis", Keeps(1, 2), Keeps(2, 2))
    assert found.sentences == (("No bill surprises you.", Keeps(2, 3), Keeps(3, 3)),)
    assert bills_kept(studio.borealis) == (one.now.kept, one.now.of)
    set_so(studio, trial, 0.05)
    assert bills_kept(studio.borealis) == (one.then.kept, one.then.of)


def test_without_a_pledge_nothing_of_it_would_change(studio: Studio) -> None:
    billed(studio.borealis, "1", amount=104)
    found = of_pledge(tried(studio, WITHIN, 0.05))
    assert (found.sentences, found.clients.rows) == ((), ())


# meetings


def test_a_meeting_late_by_minutes_between_would_be_judged_as_then_it_is(studio: Studio) -> None:
    met(studio.borealis, "The map", late=12)
    met(studio.borealis, "The story", late=10)
    met(studio.borealis, "The plan", late=0, kind=EndingKind.MISSED)
    met(studio.cassini, "The fee", late=16)
    trial = tried(studio, LATE, 15)
    (one,) = of_meetings(trial).rows
    assert (one.name, one.about, one.now.held, one.then.held) == (
        "Borealis", "The map", Held.LACKING, Held.AS_PROMISED,
    )  # fmt: skip
    assert (one.now.words, one.then.words) == ("12 minutes late", "held as promised")
    set_so(studio, trial, 15)
    shown = service_page(studio.borealis, viewer=studio.ada, at=NOW, offices=offices())
    assert next(each.how for each in shown.meetings if each.meeting.about == "The map") is one.then.held


# looking back


def cases() -> set[tuple[int, Any]]:
    found = told_once(losses(at=NOW, offices=offices()))
    return {(one.client, one.at) for one in found if one.what is What.COMPLAINED}


def test_complaints_that_would_count_are_those_that_then_count(studio: Studio) -> None:
    said(studio.borealis, 5, 9, at=london(1, month=3))
    said(studio.borealis, 2, 9, at=london(1, month=5))
    said(studio.cassini, 9, 9, at=london(1, month=5))
    trial = tried(studio, LOW, 5)
    first, second = sorted(of_cases(trial).rows, key=lambda one: one.now.at)
    assert (first.now.counts, first.then.counts) == (Counts.NOT, Counts.CASE)
    assert (second.now.counts, second.then.counts) == (Counts.CASE, Counts.PART)
    assert cases() == {(studio.borealis.pk, second.now.at)}
    set_so(studio, trial, 5)
    assert cases() == {(studio.borealis.pk, first.now.at)}


def test_a_client_we_served_once_is_told_of_as_the_look_back_does(studio: Studio) -> None:
    said(studio.borealis, 5, 9, at=london(1, month=3))
    clients.part(studio.borealis, by=studio.ada, at=london(1))
    found = of_cases(tried(studio, LOW, 5))
    assert [each.name for each in found.rows] == ["Borealis"]
    assert found.others == 1  # Cassini; who is no client any more stays out of those we serve


# all of them


@pytest.mark.parametrize(("read", "key", "value"), [
    (of_bills, WITHIN, 0.05), (lambda trial: of_pledge(trial).clients, WITHIN, 0.05), (of_meetings, LATE, 15),
    (of_cases, LOW, 5),
])  # fmt: skip
def test_of_clients_behind_a_wall_nothing_is_told(read: Any, key: str, value: float, studio: Studio) -> None:
    pledged(studio)
    billed(studio.cassini, "1", amount=104)
    met(studio.cassini, "The map", late=12)
    said(studio.cassini, 5)
    assert [each.name for each in read(tried(studio, key, value)).rows] == ["Cassini"]
    walls.keep_out_of(studio.wall, member=studio.ada, by=studio.bo, at=NOW)
    found = read(tried(studio, key, value))
    assert (found.rows, found.same, found.others) == ((), 0, 1)


@pytest.mark.parametrize(("read", "key", "value", "most"), [
    (of_bills, WITHIN, 0.05, 1), (of_pledge, WITHIN, 0.05, 6), (of_meetings, LATE, 15, 3), (of_cases, LOW, 5, 24),
])  # fmt: skip
def test_as_many_queries_however_much_there_is(read: Any, key: str, value: float, most: int, studio: Studio) -> None:
    pledged(studio)

    def more(many: int) -> None:
        for number in range(many):
            one = clients.welcome(name=f"Client {many}.{number}", by=studio.ada, at=NOW - timedelta(days=200))
            billed(one, f"{many}.{number}", amount=104)
            met(one, "The map", late=12)
            said(one, 5)

    def asked() -> int:
        trial = tried(studio, key, value)
        with CaptureQueriesContext(connection) as asked:
            read(trial)
        return len(asked)

    more(2)
    few = asked()
    more(9)
    assert asked() == few <= most
