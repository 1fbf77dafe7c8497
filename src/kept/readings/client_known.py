"""Every client by what its row says of it alone, kept in the process: name, stage, lead, and when we last spoke."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from kept.kit.called import containing
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.team.models import Member
from kept.readings.client_page import Last, last_spoken
from kept.readings.kept_by_client import ByClient, Clients
from kept.readings.stamp import Stamp

SERVED = "served"  # all but those we no longer work with


class Known(NamedTuple):
    """As much of a client as its row shows; a page knows hundreds of them, too many to load whole."""

    pk: int
    name: str
    stage: str
    lead: str  # their whole name; "" where nobody leads


class Spoken(NamedTuple):
    """A client, who leads it, and when anybody last spoke with them."""

    client: Known
    lead_id: int | None
    last: Last | None
    folded: str  # the name as it is sorted by


@dataclass(frozen=True)
class Wanted:
    """Whose clients (a lead's key, None: everyone's), in which stage ("served", or one of them), and of which name."""

    lead: int | None = None
    stage: str = SERVED
    name: str = ""

    def fits(self, one: Spoken) -> bool:
        """Whether it is one of them, its name apart."""
        stage = one.client.stage
        if self.stage == SERVED and stage == Stage.PAST:
            return False
        if self.stage in Stage.values and stage != self.stage:
            return False
        return self.lead is None or one.lead_id == self.lead


def known(viewer: Member, wanted: Wanted, *, moved: Stamp, mail: int, apart: Collection[int]) -> list[Spoken]:
    """Those wanted, but for the clients `apart`, in no order. No query when nothing moved; one to look for a name."""
    rows = [one for pk, one in _kept(moved, mail).items() if pk not in apart and wanted.fits(one)]
    if not wanted.name:
        return rows
    named = set(containing(Client.objects.seen_by(viewer), wanted.name).order_by().values_list("pk", flat=True))
    return [one for one in rows if one.client.pk in named]


@ByClient
def _kept(clients: Clients) -> Mapping[int, Spoken]:
    rows = Client.objects.filter(Q() if clients is None else Q(pk__in=list(clients))).order_by()
    spoken = last_spoken()
    columns = ("pk", "name", "stage", "lead__name", "lead", spoken["spoke_at"], spoken["talk_id"])
    return {
        pk: Spoken(
            Known(pk, name, stage, lead or ""),
            lead_id,
            Last(spoke_at, talk) if talk is not None else None,
            name.casefold(),
        )
        for pk, name, stage, lead, lead_id, spoke_at, talk in rows.values_list(*columns)
    }


def forget() -> None:
    """Read everything anew when next asked."""
    _kept.cache_clear()
