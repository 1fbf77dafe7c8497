"""Confidentiality walls: raise one, keep a member out, let them in, take it down."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from kept.kit.rows import hold, remove
from kept.kit.taken import one_only
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import KeptOut, Member, Members, Wall
from kept.ledgers.team.verbs import AlreadyThere


@transaction.atomic
def raise_wall(*, name: str, reason: str = "", keep_out: Iterable[Member] = (), by: Member, at: datetime) -> Wall:
    """Make a wall, and keep these members out from now on."""
    with one_only(AlreadyThere(f"There is a wall called {name} already.")):
        wall = Wall.objects.create(name=name, reason=reason)
    write("team.raise_wall", wall, by=by, at=at, said=name)
    for member in keep_out:
        keep_out_of(wall, member=member, by=by, at=at)
    return wall


def seen_by(viewer: Member) -> QuerySet[Wall]:
    """The walls the viewer may know of: all but those that keep them out, whose names would tell."""
    return Wall.objects.exclude(pk__in=KeptOut.objects.filter(member_id=viewer.pk).values("wall"))


def admitted(wall: int | None) -> Members:
    """Everybody present whom the wall (its key; None: no wall) does not keep out."""
    return Member.objects.present().exclude(pk__in=KeptOut.objects.filter(wall=wall).values("member"))


def a_name(at: datetime) -> str:
    """A name for a wall that nobody named, since a name tells; free, whatever walls there are."""
    return f"wall of {at:%Y-%m-%d}, {secrets.token_hex(4)}"


@transaction.atomic
def give_reason(wall: Wall, *, reason: str, by: Member, at: datetime) -> None:
    """Say why the wall stands. Twice is once."""
    hold(wall)
    before = wall.reason
    if before != reason:
        wall.reason = reason
        wall.save(update_fields=["reason"])
        write("team.give_reason", wall, by=by, at=at, said=reason, before=before)


@transaction.atomic
def keep_out_of(wall: Wall, *, member: Member, by: Member, at: datetime) -> None:
    """Keep the member out from now on. Twice is once; raises ValueError for oneself, since one could not look after it.

    So of every wall at least the owner who did it last knows.
    """
    if member.pk == by.pk:
        raise ValueError("You cannot keep yourself out: nobody might be left who knows of it. Ask another owner to.")
    row, made = KeptOut.objects.get_or_create(wall=wall, member=member, defaults={"since": at, "by_name": by.name})
    if made:
        write("team.keep_out", row, by=by, at=at, said=f"{member.name}, {wall.name}")


@transaction.atomic
def let_in(wall: Wall, *, member: Member, by: Member, at: datetime) -> None:
    """Undo a keeping out. Twice is once."""
    row = KeptOut.objects.filter(wall=wall, member=member).first()
    if row is not None and remove(row):
        write("team.let_in", row, by=by, at=at, said=f"{member.name}, {wall.name}", was=facts_of(row))


@transaction.atomic
def take_down(wall: Wall, *, by: Member, at: datetime) -> None:
    """Undo the raising of a wall. Twice is once; raises ValueError while a client stands behind it."""
    out = sorted(wall.kept_out.values_list("name", flat=True))
    try:
        gone = remove(wall)
    except ProtectedError:
        raise ValueError(f"A client is behind {wall.name}. Put the client in front of it first.") from None
    if gone:
        write("team.take_down", wall, by=by, at=at, said=wall.name, was=facts_of(wall), kept_out=out)
