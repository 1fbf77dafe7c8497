"""What the journal says, for those who may know of it."""

from django.db.models import QuerySet

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member

OF_WALLS = ["team.Wall", "team.KeptOut"]


def lines_seen_by(viewer: Member) -> QuerySet[Line]:
    """Lines about clients the viewer may know of; those about walls, whose names tell much, for owners only."""
    hidden = Client.objects.filter(behind_wall(viewer)).values("pk")
    lines = Line.objects.exclude(client_id__in=hidden)
    return lines if viewer.may_settle else lines.exclude(noun__in=OF_WALLS)
