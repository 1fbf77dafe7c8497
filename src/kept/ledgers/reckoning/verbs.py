"""What people do about the reckoning: change a number, set a row aside, see an alarm; and taking each back.

What is taken back is removed; the journal keeps until when it stood, so that trust as of any day stays what it was.
"""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.reckoning.models import AlarmSeen, NumberChange, RowSetAside
from kept.ledgers.team.models import Firm, Member


class ChangedSince(ValueError):
    """The number was changed again; the message says so."""


@transaction.atomic
def change_number(key: str, *, value: float | None, by: Member, at: datetime, why: str = "") -> NumberChange:
    """Set one of our numbers, or None: put it back to what Kept comes with. Twice is once.

    Whether the number exists and lies within its bounds is for who knows them (`measures.parameters.with_numbers`).
    """
    _one_at_a_time()
    standing = newest(key)
    if standing is not None and standing.value == value:
        return standing
    row = NumberChange.objects.create(key=key, value=value, by=by, at=at, why=why.strip()[:500])
    before = standing.value if standing else None
    write("reckoning.change_number", row, by=by, at=at, said=row.why, key=key, value=value, before=before)
    return row


@transaction.atomic
def take_back_change(change: NumberChange, *, by: Member, at: datetime) -> None:
    """Undo a change: what stood before it counts again. Twice is once.

    Raises ChangedSince when the number was changed again: that is taken back first.
    """
    _one_at_a_time()
    standing = newest(change.key)
    if standing is not None and standing.pk > change.pk:
        raise ChangedSince("This number was changed again since; take that back first.")
    if remove(change):
        write("reckoning.take_back_change", change, by=by, at=at, said=change.key, was=facts_of(change))


def newest(key: str) -> NumberChange | None:
    """The change of this number that counts now; None while it is as Kept comes with it."""
    return NumberChange.objects.filter(key=key).order_by("-pk").first()


@transaction.atomic
def set_aside(
    client: Client, *, stream: str, row: int, reason: str, until: datetime, by: Member, at: datetime
) -> RowSetAside:
    """Let a row of evidence not count until a day, and say why. Twice is once: the first one stands.

    Raises ValueError with a plain sentence without a reason, or for a day that has passed.
    """
    if not reason.strip():
        raise ValueError("Say why this row should not count: whoever reads it later will ask.")
    if until <= at:
        raise ValueError("Choose a day still to come, until which the row does not count.")
    hold(client)
    standing = RowSetAside.objects.filter(client=client, stream=stream, row=row, until__gt=at).first()
    if standing is not None:
        return standing
    aside = RowSetAside.objects.create(
        client=client, stream=stream, row=row, reason=reason.strip()[:500], since=at, until=until, by=by
    )
    write(
        "reckoning.set_aside", aside, by=by, at=at, client_id=client.pk, said=aside.reason,
        stream=stream, of=row, until=until.isoformat(),
    )  # fmt: skip
    return aside


@transaction.atomic
def let_count(aside: RowSetAside, *, by: Member, at: datetime) -> None:
    """Let the row count again from now on. Twice is once."""
    if remove(aside):
        write(
            "reckoning.let_count", aside, by=by, at=at, client_id=aside.client_id, said=aside.reason,
            was={**facts_of(aside), "by": aside.by.name},
        )  # fmt: skip


@transaction.atomic
def see_alarm(client: Client, *, part: str, by: Member, at: datetime, words: str = "") -> AlarmSeen:
    """Say that a pillar's drift was seen, and what is done about it: it is watched anew from then on. Twice is once."""
    hold(client)
    standing = AlarmSeen.objects.filter(client=client, part=part, at=at).first()
    if standing is not None:
        return standing
    row = AlarmSeen.objects.create(client=client, part=part, at=at, by=by, words=words.strip()[:500])
    write("reckoning.see_alarm", row, by=by, at=at, client_id=client.pk, said=row.words, part=part)
    return row


@transaction.atomic
def take_back_seeing(row: AlarmSeen, *, by: Member, at: datetime) -> None:
    """Undo the seeing of an alarm; it stands again. Twice is once."""
    if remove(row):
        write(
            "reckoning.take_back_seeing", row, by=by, at=at, client_id=row.client_id, said=row.words, was=facts_of(row)
        )


def _one_at_a_time() -> None:
    """Keep two who change numbers from crossing."""
    firm = Firm.objects.first()
    if firm is not None:
        hold(firm)
