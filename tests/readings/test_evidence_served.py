"""Meetings, work handed over, bills and promised people as evidence, as known on any day, in few queries."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.deliverables import verbs as deliverables
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind
from kept.ledgers.engagements.replacing import Told
from kept.ledgers.touches import verbs as touches
from kept.ledgers.touches.models import Meeting
from kept.ledgers.touches.verbs import Held
from kept.measures.trust_streams import Stream, Streams
from kept.readings.calendars import offices
from kept.readings.evidence import bills as of_bills
from kept.readings.evidence import deliverables as of_work
from kept.readings.evidence import staffing
from kept.readings.evidence import touches as of_meetings
from tests.cast import NOW, Studio, london, sold, worked

MONDAY = london(19, "10:00")
LONG_AGO = NOW - timedelta(days=800)
LATER = NOW + timedelta(days=2)


def worth(module: ModuleType, *, at: datetime = NOW, since: datetime = LONG_AGO, **more: Any) -> list[float]:
    """What the events are worth, 0 to 1, in the order of their moments."""
    found = sorted(module.events(at=at, since=since, offices=offices(), **more), key=lambda pair: pair[1].at)
    return [event.x for _, event in found]


def words(module: ModuleType) -> list[str]:
    rows = [event.row for _, event in module.events(at=NOW, since=LONG_AGO, offices=offices())]
    return sorted(told.words for told in module.told(rows).values())


@pytest.fixture
def who(studio: Studio) -> dict[str, Any]:
    return {"by": studio.bo, "at": NOW}


class TestMeetings:
    def test_the_promised_person_in_time_is_worth_one(self, studio: Studio, who: dict[str, Any]) -> None:
        touches.met(studio.borealis, about="Review", met_at=MONDAY, promised=[studio.kit], came=[studio.kit], **who)
        assert worth(of_meetings) == [1.0]
        assert words(of_meetings) == ["Review, Monday 19 October: held as promised"]

    def test_somebody_else_or_eleven_minutes_is_worth_a_half(self, studio: Studio, who: dict[str, Any]) -> None:
        kit, bo = studio.kit, studio.bo
        touches.met(studio.borealis, about="Plan", met_at=london(12), promised=[kit], came=[bo], **who)
        late = Held(minutes_late=11)
        touches.met(studio.borealis, about="Review", met_at=MONDAY, promised=[bo], came=[bo, kit], held=late, **who)
        assert worth(of_meetings) == [0.5, 0.5]
        assert words(of_meetings) == [
            "Plan, Monday 12 October: Bo instead of Kit",
            "Review, Monday 19 October: 11 minutes late",
        ]

    def test_ten_minutes_are_in_time(self, studio: Studio, who: dict[str, Any]) -> None:
        touches.met(studio.borealis, about="Review", met_at=MONDAY, came=[studio.bo], held=Held(minutes_late=10), **who)
        assert worth(of_meetings) == [1.0]

    def test_not_to_come_is_worth_nothing(self, studio: Studio, who: dict[str, Any]) -> None:
        row = touches.plan(studio.borealis, about="Review", planned_at=MONDAY, promised=[studio.kit], **who)
        touches.miss(row, **who)
        assert worth(of_meetings) == [0.0]
        assert words(of_meetings) == ["Review, Monday 19 October: we did not come"]

    @pytest.mark.parametrize("by_us", [True, False])
    def test_one_called_off_or_only_planned_is_no_evidence(
        self, studio: Studio, who: dict[str, Any], by_us: bool
    ) -> None:
        touches.call_off(touches.plan(studio.borealis, about="A", planned_at=MONDAY, **who), by_us=by_us, **who)
        touches.plan(studio.borealis, about="B", planned_at=MONDAY, **who)
        assert worth(of_meetings) == []

    def test_an_earlier_day_knows_what_was_known_then(self, studio: Studio, who: dict[str, Any]) -> None:
        row = touches.met(
            studio.borealis, about="Review", met_at=MONDAY, promised=[studio.kit], came=[studio.bo], **who
        )
        assert worth(of_meetings, at=NOW - timedelta(minutes=1)) == []
        touches.take_back(row.ending, by=studio.bo, at=LATER)
        assert (worth(of_meetings), worth(of_meetings, at=LATER)) == ([0.5], [])
        touches.hold(Meeting.objects.get(), came=[studio.kit], by=studio.bo, at=LATER)
        touches.take_back(Meeting.objects.get(), by=studio.bo, at=LATER + timedelta(hours=1))
        assert (worth(of_meetings), worth(of_meetings, at=LATER)) == ([0.5], [1.0])


class TestWork:
    def test_it_is_worth_what_was_said_of_it_worst(self, studio: Studio, who: dict[str, Any]) -> None:
        for name, kinds in {"Logo": ["accepted"], "Site": ["extra_round", "accepted"], "Film": ["redone"]}.items():
            row = deliverables.hand_over(studio.borealis, name=name, handed_at=london(12), **who)
            for hour, kind in enumerate(kinds):
                deliverables.receive(row, kind=ReceiptKind(kind), said_at=MONDAY + timedelta(hours=hour), **who)
        deliverables.hand_over(studio.borealis, name="Silence", handed_at=london(12), **who)
        assert sorted(worth(of_work)) == [0.0, 0.5, 1.0]
        assert words(of_work) == [
            "“Film” had to be done again",
            "“Logo” was accepted within the rounds agreed",
            "“Site” took one more round because of us",
        ]

    def test_an_earlier_day_knows_what_was_known_then(self, studio: Studio, who: dict[str, Any]) -> None:
        row = deliverables.hand_over(studio.borealis, name="Site", handed_at=london(12), **who)
        said = deliverables.receive(row, kind=ReceiptKind.REDONE, said_at=MONDAY, **who)
        assert worth(of_work, at=NOW - timedelta(minutes=1)) == []
        deliverables.take_back(said, by=studio.bo, at=LATER)
        assert (worth(of_work), worth(of_work, at=LATER)) == ([0.0], [])
        deliverables.receive(row, kind=ReceiptKind.ACCEPTED, said_at=LATER, by=studio.bo, at=LATER)
        deliverables.take_back(row, by=studio.bo, at=LATER + timedelta(hours=1))
        assert (worth(of_work), worth(of_work, at=LATER)) == ([0.0], [1.0])


class TestBills:
    def send(self, s: Studio, number: str, billed: str, quoted: str | None = "4500", told: bool = False) -> bills.Bill:
        amount = Amount(Decimal(billed), "GBP", Decimal(quoted) if quoted else None, told)
        return bills.send(s.borealis, number=number, amount=amount, sent_on=date(2026, 10, 5), by=s.fin, at=NOW)

    def test_as_quoted_or_a_surprise(self, studio: Studio, who: dict[str, Any]) -> None:
        self.send(studio, "as quoted", "4500")
        self.send(studio, "above", "4800")
        self.send(studio, "told", "4800", told=True)
        self.send(studio, "not known", "100", quoted=None)
        assert sorted(worth(of_bills)) == [0.0, 1.0, 1.0]
        assert sorted(words(of_bills)) == [
            "The bill of 5 October: a surprise",
            *["The bill of 5 October: as quoted"] * 2,
        ]
        assert worth(of_bills, streams=Streams(bill_within=0.1)) == [1.0, 1.0, 1.0]

    def test_a_surprise_counts_from_when_they_said_so(self, studio: Studio, who: dict[str, Any]) -> None:
        row = self.send(studio, "1", "4500")
        asked = bills.surprise(row, words="What is this?", opened_at=london(26), by=studio.bo, at=london(26, "12:00"))
        bills.settle(asked, how="explained", by=studio.bo, at=london(27))
        assert worth(of_bills) == [1.0]
        (_, event), *rest = of_bills.events(at=london(28), since=LONG_AGO, offices=offices())
        assert (event.x, event.at, rest) == (0.0, london(26), [])

    def test_an_earlier_day_knows_what_was_known_then(self, studio: Studio) -> None:
        row = self.send(studio, "1", "4500")
        asked = bills.surprise(row, words="What is this?", opened_at=NOW, by=studio.bo, at=NOW)
        bills.take_back(asked, by=studio.bo, at=LATER)
        assert (worth(of_bills), worth(of_bills, at=LATER)) == ([0.0], [1.0])
        bills.take_back(row, by=studio.bo, at=LATER + timedelta(hours=1))
        assert (worth(of_bills), worth(of_bills, at=LATER)) == ([0.0], [1.0])
        assert worth(of_bills, at=NOW - timedelta(minutes=1)) == []


class TestPromisedPeople:
    def staff(self, s: Studio, kind: Kind, share: str = "0.5") -> Any:
        row = sold(s.borealis, by=s.ada, name=kind.label, kind=kind, hours=40, starts=date(2026, 8, 1))
        engagements.promise_person(row, member=s.kit, share=Decimal(share), since=row.starts, by=s.ada, at=NOW)
        return row

    def test_hours_of_those_promised_month_by_month(self, studio: Studio) -> None:
        row = self.staff(studio, Kind.RETAINER)
        for day, hours in ((date(2026, 8, 3), 15), (date(2026, 9, 3), 24), (date(2026, 10, 5), 1)):
            worked(studio.borealis, member=studio.kit, day=day, hours=hours, engagement=row)
        worked(studio.borealis, member=studio.bo, day=date(2026, 8, 4), hours=24, engagement=row)
        assert worth(staffing) == [0.75, 1.0]
        assert words(staffing) == [
            "August 2026: 15 of the 20 hours of promised people",
            "September 2026: 24 of the 20 hours of promised people",
        ]

    def test_a_month_counts_once_it_is_over(self, studio: Studio) -> None:
        row = self.staff(studio, Kind.RETAINER)
        worked(studio.borealis, member=studio.kit, day=date(2026, 9, 3), hours=24, engagement=row)
        assert worth(staffing, at=london(1, "00:00") - timedelta(seconds=1)) == []
        assert worth(staffing, at=london(1, "00:00")) == [1.0]
        assert worth(staffing, since=london(1, "00:00")) == []

    def test_of_what_has_no_hours_of_a_month_a_share_is_of_those_worked(self, studio: Studio) -> None:
        row = self.staff(studio, Kind.FIXED)
        worked(studio.borealis, member=studio.kit, day=date(2026, 9, 3), hours=2, engagement=row)
        worked(studio.borealis, member=studio.bo, day=date(2026, 9, 4), hours=8, engagement=row)
        assert worth(staffing) == [pytest.approx(0.4)]

    def test_a_month_of_which_no_hours_are_known_says_nothing(self, studio: Studio) -> None:
        self.staff(studio, Kind.RETAINER)
        assert worth(staffing) == []

    def test_half_a_month_is_half_the_promise(self, studio: Studio) -> None:
        row = sold(studio.borealis, by=studio.ada, kind=Kind.RETAINER, hours=40, starts=date(2026, 9, 1))
        mid = date(2026, 9, 16)
        engagements.promise_person(row, member=studio.kit, share=Decimal(1), since=mid, by=studio.ada, at=NOW)
        worked(studio.borealis, member=studio.kit, day=mid, hours=10, engagement=row)
        assert worth(staffing) == [0.5]

    def test_who_was_replaced_and_whether_they_were_told(self, studio: Studio) -> None:
        person = self.staff(studio, Kind.FIXED).promised_people.get()
        told = Told(date(2026, 10, 19), "on the phone")
        row = replacing.replace(person, instead=studio.bo, since=NOW.date(), told=told, by=studio.ada, at=NOW)
        assert [one.announced for one in self.replaced(at=NOW)] == [True]
        replacing.put_back(row, by=studio.ada, at=LATER)
        assert [one.announced for one in self.replaced(at=NOW)] == [True]
        assert list(self.replaced(at=LATER)) == []

    def test_told_on_the_day_itself_is_told_too_late(self, studio: Studio) -> None:
        person = self.staff(studio, Kind.FIXED).promised_people.get()
        day = NOW.date()
        replacing.replace(person, instead=studio.bo, since=day, told=Told(day, "there"), by=studio.ada, at=NOW)
        assert [(one.announced, one.at) for one in self.replaced(at=NOW)] == [(False, NOW)]

    def test_one_who_will_be_replaced_is_none_yet(self, studio: Studio) -> None:
        person = self.staff(studio, Kind.FIXED).promised_people.get()
        replacing.replace(person, instead=studio.bo, since=LATER.date(), told=None, by=studio.ada, at=NOW)
        assert list(self.replaced(at=NOW)) == []
        assert len(list(self.replaced(at=LATER))) == 1

    def replaced(self, *, at: datetime) -> Iterator[Any]:
        return (one for _, one in staffing.replaced(at=at, since=LONG_AGO))


def fill(s: Studio, months: int) -> None:
    row = sold(s.borealis, by=s.ada, kind=Kind.RETAINER, hours=40, starts=date(2026, 1, 1))
    person = engagements.promise_person(row, member=s.kit, share=Decimal(1), since=row.starts, by=s.ada, at=NOW)
    for month in range(1, months + 1):
        day = datetime(2026, month, 5, 10, tzinfo=NOW.tzinfo)
        worked(s.borealis, member=s.kit, day=day.date(), engagement=row)
        touches.met(s.borealis, about="Review", met_at=day, promised=[s.kit], came=[s.bo], by=s.bo, at=NOW)
        work = deliverables.hand_over(s.borealis, name="Pages", handed_at=day, by=s.kit, at=NOW)
        deliverables.receive(work, kind=ReceiptKind.EXTRA_ROUND, said_at=day, by=s.kit, at=NOW)
        amount = Amount(Decimal(100), "GBP", Decimal(90))
        bill = bills.send(s.borealis, number=str(month), amount=amount, sent_on=day.date(), by=s.fin, at=NOW)
        bills.surprise(bill, words="Why?", opened_at=day, by=s.bo, at=NOW)
    replacing.replace(person, instead=s.bo, since=NOW.date(), told=None, by=s.ada, at=NOW)


@pytest.mark.parametrize("months", [1, 6])
@pytest.mark.parametrize(
    ("module", "stream", "asking", "telling"),
    [
        (of_meetings, Stream.MEETING, 2, 1),
        (of_work, Stream.DELIVERABLE, 2, 1),
        (of_bills, Stream.BILL, 3, 1),
        (staffing, Stream.STAFFING, 4, 3),
    ],
)
def test_the_queries_do_not_grow_with_history(
    studio: Studio,
    django_assert_num_queries: DjangoAssertNumQueries,
    module: ModuleType,
    stream: Stream,
    asking: int,
    telling: int,
    months: int,
) -> None:
    fill(studio, months)
    known = offices()
    with django_assert_num_queries(asking):
        found = list(module.events(at=NOW, since=LONG_AGO, offices=known))
    assert {(client, event.stream) for client, event in found} == {(studio.borealis.pk, stream)}
    assert len(found) == months
    with django_assert_num_queries(telling):
        assert len(module.told([event.row for _, event in found])) == months
    assert list(module.events(at=NOW, since=LONG_AGO, clients=[studio.cassini.pk], offices=known)) == []


def test_a_number_that_is_no_month_tells_nothing(studio: Studio) -> None:
    assert staffing.told([0, 5, 11, studio.borealis.pk * 100_000]) == {}
