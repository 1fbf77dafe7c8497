"""Walls with clients behind them: build one, change who and what it keeps apart, take it away."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.team import walls
from kept.ledgers.team.models import Member, Wall


@transaction.atomic
def wall_off(client: Client, *, keep_out: Iterable[Member], reason: str = "", by: Member, at: datetime) -> Wall:
    """Build a wall before the client, and keep these members out from now on.

    Raises ValueError where its lead would be kept out, or who does it.
    """
    wall = walls.raise_wall(name=walls.a_name(at), reason=reason, keep_out=keep_out, by=by, at=at)
    put_behind(client, wall=wall, by=by, at=at)
    return wall


@transaction.atomic
def put_behind(client: Client, *, wall: Wall, by: Member, at: datetime) -> None:
    """Put the client behind the wall. Twice is once; raises ValueError where its lead would be kept out."""
    if client.lead and wall.kept_out.filter(pk=client.lead_id).exists():
        raise ValueError(_leads(client.lead, client))
    clients.put_behind(client, wall=wall, by=by, at=at)


@transaction.atomic
def keep_out(wall: Wall, *, member: Member, by: Member, at: datetime) -> None:
    """Keep the member out from now on. Twice is once; raises ValueError for the lead of a client there, and oneself."""
    led = Client.objects.filter(wall=wall, lead=member).first()
    if led:
        raise ValueError(_leads(member, led))
    walls.keep_out_of(wall, member=member, by=by, at=at)


@transaction.atomic
def take_away(wall: Wall, *, by: Member, at: datetime) -> None:
    """Bring every client out in front of the wall, then take it down. Twice is once."""
    for client in Client.objects.filter(wall=wall):
        clients.put_behind(client, wall=None, by=by, at=at)
    walls.take_down(wall, by=by, at=at)


def _leads(member: Member, client: Client) -> str:
    return f"{member.name} leads {client.name}. Give it another lead first."
