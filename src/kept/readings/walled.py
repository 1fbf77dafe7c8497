"""Which clients stand behind a wall for a reader: few, so what is kept of everybody is shown without them."""

from django.db.models import QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.team.models import Member


def behind_walls(viewer: Member) -> frozenset[int]:
    """The keys of the clients the viewer may not know of. One query."""
    return frozenset(pk for (pk,) in _apart(viewer))


@written_once
def _apart(viewer: Member) -> QuerySet[Client, tuple[int]]:
    return Client.objects.filter(behind_wall(viewer)).order_by().values_list("pk")
