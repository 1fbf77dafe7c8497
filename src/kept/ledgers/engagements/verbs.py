"""What happens to what was sold: open, budget, change, promise people, gift, explain, close."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement, Explanation, Gift, Kind, OverReason, PromisedPerson
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import write
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
    """Open an engagement. Raises AlreadyThere when the client has one of that name."""
    if client.engagements.filter(name__iexact=name.strip()).exists():
        raise AlreadyThere(f"{client.name} has an engagement called {name} already.")
    row = Engagement.objects.create(client=client, name=name.strip(), kind=kind, starts=starts, ends=ends, batch=batch)
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

    With a `reason` it is a change order, beside what stood before. The same stretch twice is once.
    """
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
    """Say who will do how much of the work: a share of the hours, above 0 and at most 1."""
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
    row = Gift.objects.create(
        engagement=engagement, month=month.replace(day=1), hours=hours, purpose=purpose.strip(), by=by, at=at
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
    """Say why a month's hours went beyond what was paid for."""
    row = Explanation.objects.create(
        engagement=engagement, month=month.replace(day=1), hours=hours, reason=reason, words=words, by=by, at=at
    )
    write("engagements.explain", row, by=by, at=at, client_id=engagement.client_id, said=words, hours=str(hours))
    return row


@transaction.atomic
def take_back(row: Gift | Explanation, *, by: Member, at: datetime) -> None:
    """Undo a gift or an explanation; the journal keeps it."""
    write(
        "engagements.take_back", row, by=by, at=at, client_id=row.engagement.client_id,
        month=row.month.isoformat(), hours=str(row.hours),
    )  # fmt: skip
    row.delete()


@transaction.atomic
def close(engagement: Engagement, *, on: date, by: Member, at: datetime) -> None:
    """The engagement is over."""
    engagement.closed_on = on
    engagement.save(update_fields=["closed_on"])
    write("engagements.close", engagement, by=by, at=at, client_id=engagement.client_id, said=engagement.name)


@transaction.atomic
def reopen(engagement: Engagement, *, by: Member, at: datetime) -> None:
    """Undo a closing."""
    engagement.closed_on = None
    engagement.save(update_fields=["closed_on"])
    write("engagements.reopen", engagement, by=by, at=at, client_id=engagement.client_id, said=engagement.name)
