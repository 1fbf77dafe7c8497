"""Lists asked for together are the lists that each alone would have been."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import BooleanField, DateTimeField, Exists, F, OuterRef, Sum, Value
from django.db.models.functions import Cast

from kept.kit.asked_together import together
from kept.ledgers.engagements.models import Budget, Engagement
from kept.ledgers.hours.models import Entry
from kept.ledgers.hours.months import MonthOf
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.promises.verbs import keep, withdraw
from kept.ledgers.reckoning.models import NumberChange
from kept.ledgers.reckoning.verbs import change_number
from tests.acting import promised, sold, worked
from tests.studio import NOW, Studio

DAY = timedelta(days=1)


@pytest.fixture
def busy(studio: Studio) -> Studio:
    for number, client in enumerate([studio.borealis, studio.cassini, studio.borealis]):
        row = promised(client, by=studio.ada, due=NOW + number * DAY, words=f"“Words” {number}, \\ and a\nline")
        if number == 1:
            keep(row, by=studio.ada, at=NOW + timedelta(microseconds=7))
    withdraw(row, by=studio.ada, at=NOW)
    job = sold(studio.borealis, by=studio.ada, fee=None, hours=33)
    for day in (1, 2, 30):
        worked(studio.borealis, engagement=job, member=studio.bo, day=date(2026, 9, day), hours=1.5)
    change_number("staying.place_from", value=0.7, by=studio.ada, at=NOW)
    return studio


def lists(studio: Studio) -> dict[str, Any]:
    """One of each kind of column, of none, of an order, of a union."""
    ends = Outcome.objects.filter(promise=OuterRef("pk"))
    no_moment = Cast(Value(None), DateTimeField())
    outcomes = Outcome.objects.order_by().annotate(none=no_moment).values_list("pk", "at", "none")
    promises = Promise.objects.order_by().annotate(none=no_moment).values_list("pk", "made_at", "none")
    return {
        "promises": Promise.objects.order_by("-pk").values_list("words", "due", "ended_at", Exists(ends), "client_id"),
        "budgets": Budget.objects.values_list("pk", "starts", "ends", "hours", "fee", "currency"),
        "lines": Line.objects.filter(at__gte=NOW).order_by("pk").values_list("verb", "facts", "at"),
        "months": Entry.objects.order_by()
        .annotate(month=MonthOf("day"))
        .values("engagement", "month")
        .annotate(of=Sum("seconds"))
        .values_list("month", "of"),
        "numbers": NumberChange.objects.values_list("key", "value"),
        "nobody": Promise.objects.filter(pk__in=[]).values_list("pk"),
        "plain": Engagement.objects.annotate(yes=Value(True, BooleanField())).values_list("yes", F("client__name")),
        "union": outcomes.union(promises, all=True).order_by(),
        "whose": Promise.objects.filter(client__in=[studio.borealis.pk]).values_list("client__lead__name"),
    }


def test_each_is_what_it_is_alone(busy: Studio, django_assert_num_queries: Any) -> None:
    alone = {name: list(rows) for name, rows in lists(busy).items()}
    with django_assert_num_queries(1):
        found = together(lists(busy))
    assert found == alone
    assert [name for name, rows in found.items() if not rows] == ["nobody"]
    assert [type(one) for one in found["budgets"][0]] == [type(one) for one in alone["budgets"][0]]
    assert [type(one) for one in found["numbers"][0]] == [str, float]


def test_where_nothing_can_be_found_nothing_is_asked(studio: Studio, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert together({"nobody": Promise.objects.filter(pk__in=[]).values_list("pk")}) == {"nobody": []}
