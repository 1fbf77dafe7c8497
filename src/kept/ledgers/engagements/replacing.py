"""Somebody else instead of a promised person: replace, tell the client; and taking each back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.kit.taken import one_only
from kept.ledgers.engagements.models import Engagement, PromisedPerson
from kept.ledgers.engagements.replaced import Replacement
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


@dataclass(frozen=True)
class Told:
    """When the client was told and how, such as "on the phone to Cleo"."""

    on: date
    how: str


@transaction.atomic
def replace(
    promised: PromisedPerson, *, instead: Member, since: date, told: Told | None, by: Member, at: datetime
) -> Replacement:
    """From `since` on somebody else does the promised person's share; `told` None: the client was not told.

    Twice is once. Raises ValueError for the same person, a day outside their time, without a word how they were told,
    when the part was given to somebody else before, and when a wall keeps the other from the client.
    """
    hold(promised)
    standing = Replacement.objects.filter(promised=promised).select_related("instead__member").first()
    if standing is not None:
        if standing.instead.member_id == instead.pk and standing.since == since:
            return standing
        raise ValueError(f"{standing.instead.member.name} took over before. Take that back first.")
    _check(promised, instead, since, told)
    with one_only(ValueError(f"{instead.name} was promised from that day already.")):
        new = PromisedPerson.objects.create(
            engagement_id=promised.engagement_id,
            member=instead,
            share=promised.share,
            since=since,
            until=promised.until,
        )
    row = Replacement.objects.create(
        promised=promised, instead=new, since=since, told_on=told.on if told else None,
        told_how=told.how.strip()[:300] if told else "", by=by, at=at,
    )  # fmt: skip
    _until(promised, since - timedelta(days=1))
    write(
        "engagements.replace", row, by=by, at=at, client_id=promised.engagement.client_id,
        said=promised.member.name, instead=instead.name, since=since.isoformat(),
    )  # fmt: skip
    return row


@transaction.atomic
def tell(replacement: Replacement, *, told: Told, by: Member, at: datetime) -> None:
    """The client was told, if later than they should have been. Told once is told; raises ValueError without how."""
    if not told.how.strip():
        raise ValueError("Say how they were told: by whom, and where.")
    hold(replacement)
    if replacement.told_on is not None:
        return
    replacement.told_on, replacement.told_how = told.on, told.how.strip()[:300]
    replacement.save(update_fields=["told_on", "told_how"])
    write(
        "engagements.tell", replacement, by=by, at=at, client_id=replacement.promised.engagement.client_id,
        said=told.how, on=told.on.isoformat(),
    )  # fmt: skip


@transaction.atomic
def untell(replacement: Replacement, *, by: Member, at: datetime) -> None:
    """Undo the telling. Twice is once; the journal keeps it."""
    hold(replacement)
    if replacement.told_on is None:
        return
    was = facts_of(replacement)
    replacement.told_on, replacement.told_how = None, ""
    replacement.save(update_fields=["told_on", "told_how"])
    write(
        "engagements.untell", replacement, by=by, at=at, client_id=replacement.promised.engagement.client_id,
        said=was["told_how"], was=was,
    )  # fmt: skip


@transaction.atomic
def put_back(replacement: Replacement, *, by: Member, at: datetime) -> None:
    """Undo a replacement: the part is the promised person's again. Twice is once.

    Raises ValueError when the one who took over was replaced in turn: that is taken back first.
    """
    promised, new = replacement.promised, replacement.instead
    hold(promised)
    if Replacement.objects.filter(promised=new).exists():
        raise ValueError(f"{new.member.name} was replaced in turn. Take that back first.")
    if not remove(replacement):
        return
    _until(promised, new.until)
    remove(new)
    write(
        "engagements.put_back", replacement, by=by, at=at, client_id=promised.engagement.client_id,
        said=promised.member.name, was=facts_of(replacement),
    )  # fmt: skip


def _until(promised: PromisedPerson, day: date | None) -> None:
    promised.until = day
    promised.save(update_fields=["until"])


def _check(promised: PromisedPerson, instead: Member, since: date, told: Told | None) -> None:
    if instead.pk == promised.member_id:
        raise ValueError(f"{instead.name} is the person who was promised. Choose who comes instead.")
    if since <= promised.since:
        raise ValueError(f"Their part began on {promised.since}. Choose a later day.")
    if promised.until is not None and since > promised.until:
        raise ValueError(f"Their part ended on {promised.until}. Choose that day or an earlier one.")
    if told is not None and not told.how.strip():
        raise ValueError("Say how they were told: by whom, and where.")
    if not Engagement.objects.seen_by(instead).filter(pk=promised.engagement_id).exists():
        raise ValueError(f"A wall keeps {instead.name} from this client. Choose somebody else.")
