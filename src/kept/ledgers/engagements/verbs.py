"""What happens to what was sold: open, budget, change, promise people, gift, explain, close."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from kept.kit.called import called
from kept.kit.rows import hold, remove
from kept.kit.taken import one_only
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement, Explanation, Gift, Kind, OverReason, PromisedPerson
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


class AlreadyThere(ValueError):
    """The client has an engagement of that name; the message says which."""


@transaction.atomic
def start(
    client: Client,
    *,
    name: str,
    kind: Kind,
    starts: date,
    by: Member | None,
    at: datetime,
    ends: date | None = None,
    batch: Batch | None = None,
) -> Engagement:
    """Open an engagement.

    Raises AlreadyThere when the client has one of that name, ValueError without a name or when it ends too early.
    """
    name = name.strip()[:200]
    if not name:
        raise ValueError("An engagement needs a name.")
    _check_span(starts, ends)
    taken = AlreadyThere(f"{client.name} has an engagement called {name} already.")
    if called(client.engagements.all(), name).exists():
        raise taken
    with one_only(taken):
        row = Engagement.objects.create(client=client, name=name, kind=kind, starts=starts, ends=ends, batch=batch)
    write("engagements.start", row, by=by, at=at, client_id=client.pk, said=row.name)
    return row


@transaction.atomic
def budget(
    engagement: Engagement,
    *,
    starts: date,
    hours: Decimal | None,
    fee: Decimal | None,
    currency: str,
    by: Member | None,
    at: datetime,
    ends: date | None = None,
    reason: str = "",
    batch: Batch | None = None,
) -> Budget:
    """Agree hours and a fee for a stretch of time: of a retainer for each month of it, of anything else for the whole.

    With a `reason` it is a change order, beside what stood before, and may take hours away. The same stretch twice is
    once. Raises ValueError when it ends before it starts or has less than no hours.
    """
    _check_span(starts, ends)
    if hours is not None and hours < 0 and not reason.strip():
        raise ValueError("A budget has no less than no hours; give the reason if this takes hours away.")
    reason = reason.strip()[:500]
    row, made = Budget.objects.get_or_create(
        engagement=engagement,
        starts=starts,
        reason=reason,
        defaults={"ends": ends, "hours": hours, "fee": fee, "currency": currency.upper(), "batch": batch},
    )
    if made:
        write(
            "engagements.budget",
            row,
            by=by,
            at=at,
            client_id=engagement.client_id,
            said=engagement.name,
            hours=str(hours),
        )
    return row


@transaction.atomic
def promise_person(
    engagement: Engagement, *, member: Member, share: Decimal, since: date, by: Member | None, at: datetime
) -> PromisedPerson:
    """Say who will do how much of the work: a share of the hours, above 0 and at most 1. Twice is once.

    Raises ValueError for another share, and when a wall keeps the member from the client.
    """
    if not 0 < share <= 1:
        raise ValueError("A share of the work is above 0 and at most 1.")
    if not Engagement.objects.seen_by(member).filter(pk=engagement.pk).exists():
        raise ValueError(f"A wall keeps {member.name} from this client. Promise somebody else.")
    row, made = PromisedPerson.objects.get_or_create(
        engagement=engagement, member=member, since=since, defaults={"share": share}
    )
    if made:
        write("engagements.promise_person", row, by=by, at=at, client_id=engagement.client_id, said=member.name)
    return row


@transaction.atomic
def give(engagement: Engagement, *, month: date, hours: Decimal, purpose: str, by: Member, at: datetime) -> Gift:
    """Choose to give hours, with a purpose. Raises ValueError without one: what nobody chose is no gift."""
    if not purpose.strip():
        raise ValueError("Say what the gift is for; hours given without a purpose are a leak.")
    _check_hours(hours)
    row = Gift.objects.create(
        engagement=engagement, month=month.replace(day=1), hours=hours, purpose=purpose.strip()[:300], by=by, at=at
    )
    write("engagements.give", row, by=by, at=at, client_id=engagement.client_id, said=purpose, hours=str(hours))
    return row


@transaction.atomic
def explain(
    engagement: Engagement,
    *,
    month: date,
    hours: Decimal,
    reason: OverReason,
    by: Member,
    at: datetime,
    words: str = "",
) -> Explanation:
    """Say why a month's hours went beyond what was paid for. Raises ValueError for no hours."""
    _check_hours(hours)
    row = Explanation.objects.create(
        engagement=engagement,
        month=month.replace(day=1),
        hours=hours,
        reason=reason,
        words=words.strip()[:300],
        by=by,
        at=at,
    )
    write("engagements.explain", row, by=by, at=at, client_id=engagement.client_id, said=words, hours=str(hours))
    return row


@transaction.atomic
def take_back(row: Budget | PromisedPerson | Gift | Explanation, *, by: Member, at: datetime) -> None:
    """Undo a budget, a promised person, a gift or an explanation; twice is once. The journal keeps it."""
    if remove(row):
        write(
            "engagements.take_back", row, by=by, at=at, client_id=row.engagement.client_id, said=row.engagement.name,
            was=facts_of(row),
        )  # fmt: skip


@transaction.atomic
def close(engagement: Engagement, *, on: date, by: Member, at: datetime) -> None:
    """The engagement is over. Twice is once; raises ValueError for a day before it began."""
    hold(engagement)
    if engagement.closed_on == on:
        return
    if on < engagement.starts:
        raise ValueError(f"{engagement.name} began on {engagement.starts}. Choose that day or a later one.")
    engagement.closed_on = on
    engagement.save(update_fields=["closed_on"])
    write(
        "engagements.close", engagement, by=by, at=at, client_id=engagement.client_id, said=engagement.name,
        on=on.isoformat(),
    )  # fmt: skip


@transaction.atomic
def reopen(engagement: Engagement, *, by: Member, at: datetime) -> None:
    """Undo a closing. Twice is once."""
    hold(engagement)
    if engagement.closed_on is None:
        return
    closed_on, engagement.closed_on = engagement.closed_on, None
    engagement.save(update_fields=["closed_on"])
    write(
        "engagements.reopen", engagement, by=by, at=at, client_id=engagement.client_id, said=engagement.name,
        closed_on=closed_on.isoformat(),
    )  # fmt: skip


def _check_span(starts: date, ends: date | None) -> None:
    if ends is not None and ends < starts:
        raise ValueError(f"It ends on {ends}, before it starts on {starts}. Change one of the days.")


def _check_hours(hours: Decimal) -> None:
    if hours <= 0:
        raise ValueError("Say how many hours; more than none.")
