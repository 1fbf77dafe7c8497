"""No surprise on a bill, counted for the pledge."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from kept.kit import words
from kept.ledgers.bills.models import Bill, Surprise
from kept.measures.billing import Verdict, verdict
from kept.readings.pledge_rows import Bound, Row, Scope
from kept.readings.trust_numbers import parameters_at

NOUN = Bill._meta.label


class Sent(NamedTuple):
    """One bill, and whether they asked about it or disputed it by then."""

    pk: int
    client: int
    sent_at: datetime
    amount: Decimal
    quoted: Decimal | None
    told: bool
    surprised: bool
    within: float  # the share above the quote that the firm takes for the same


def load(scope: Scope) -> list[Sent]:
    """The bills that went out since, with the firm's number of then. Two queries."""
    within = parameters_at(scope.at).streams.bill_within
    asked = Surprise.objects.filter(bill=OuterRef("pk"), opened_at__lte=scope.at, at__lte=scope.at)
    found = Bill.objects.filter(
        Q(sent_on__lte=scope.day(scope.at)), at__lte=scope.at, sent_on__gte=scope.day(scope.since)
    )
    of = {"client": scope.only} if scope.only else {}
    columns = ("pk", "client_id", "sent_on", "amount", "quoted", "told_beforehand", "asked")
    zone = scope.offices.zone
    return [
        Sent(pk, client, datetime.combine(on, time.min, zone), amount, quoted, told, asked_about, within)
        for pk, client, on, amount, quoted, told, asked_about in found.filter(**of)
        .order_by()
        .annotate(asked=Exists(asked))
        .values_list(*columns)
    ]


def rows(found: Iterable[Sent], bound: Bound, scope: Scope) -> Iterator[Row]:
    """Every bill of which is known whether it was as quoted."""
    for one in found:
        if not bound.counts(one.client, one.sent_at, scope):
            continue
        judged = verdict(one.amount, quoted=one.quoted, told=one.told, surprised=one.surprised, within=one.within)
        if judged is None:
            continue
        how, by = _amiss(one) if judged is Verdict.SURPRISE else ("", "")
        what = f"The bill of {one.sent_at.day} {words.MONTHS[one.sent_at.month - 1]}"
        yield Row(NOUN, one.pk, one.client, one.sent_at, not how, how=how, by=by, what=what, opens=one.pk)


def _amiss(one: Sent) -> tuple[str, str]:
    if one.surprised:
        return "questioned", "a question about what it was for"
    return "above the quote", "above what was quoted, and nobody had said so"
