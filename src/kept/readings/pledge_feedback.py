"""Feedback followed up, counted for the pledge: whether a person spoke in time with those whom something hurt."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from kept.kit import words
from kept.ledgers.pulses.models import FollowUp
from kept.readings.pledge_rows import Bound, Row, Scope

NOUN = FollowUp._meta.label


class Opened(NamedTuple):
    """One low answer, and when somebody spoke with them."""

    pk: int
    client: int
    opened_at: datetime
    spoke_at: datetime | None
    who: str | None


def load(scope: Scope) -> list[Opened]:
    """What was opened since. One query."""
    found = FollowUp.objects.filter(opened_at__gte=scope.since, opened_at__lte=scope.at)
    of = {"answer__client": scope.only} if scope.only else {}
    columns = ("pk", "answer__client_id", "opened_at", "spoke_at", "answer__contact__name")
    return [Opened(*row) for row in found.filter(**of).order_by().values_list(*columns)]


def rows(found: Iterable[Opened], bound: Bound, scope: Scope) -> Iterator[Row]:
    """Each of which the time has passed, and each spoken about before."""
    for one in found:
        if not bound.counts(one.client, one.opened_at, scope):
            continue
        calendar = scope.offices.calendar(scope.clients[one.client])
        days = bound.within(one.client, one.opened_at, scope)
        due = calendar.same_time_after(one.opened_at, days)
        spoke = one.spoke_at if one.spoke_at is not None and one.spoke_at <= scope.at else None
        if spoke is None and scope.at <= due:
            continue
        kept = spoke is not None and spoke <= due
        how, by = ("", "") if kept else _missed(spoke, one, scope)
        yield Row(
            NOUN, one.pk, one.client, one.opened_at, kept, how=how, by=by, what=one.who or "Somebody", opens=one.pk
        )


def _missed(spoke: datetime | None, one: Opened, scope: Scope) -> tuple[str, str]:
    if spoke is None:
        return "not yet", "nobody has spoken with them yet"
    calendar = scope.offices.calendar(scope.clients[one.client])
    days = len(calendar.open_dates(scope.day(one.opened_at), scope.day(spoke))) - 1
    return "late", f"spoken with after {words.count(days, 'working day')}"
