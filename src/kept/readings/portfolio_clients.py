"""Which clients stand in the portfolio, each with who leads them and in whose hours their clocks run."""

from collections.abc import Sequence

from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.team.models import Member
from kept.readings.client_list import Known

SERVED = (Stage.ONBOARDING, Stage.ACTIVE, Stage.PAUSED)
Place = tuple[int, str] | None


def clients_of(viewer: Member) -> Sequence[tuple[Known, Place, Place]]:
    """Each with who leads them and the office whose hours their clocks run in. One query."""
    rows = Client.objects.seen_by(viewer).filter(stage__in=SERVED).order_by()
    columns = ("pk", "name", "stage", "lead", "lead__name", "office", "office__name")
    theirs = ("lead__office", "lead__office__name")
    return [
        (
            Known(pk, name, stage, lead_name or ""),
            (lead, lead_name) if lead else None,
            (office, office_name) if office else (near, near_name) if near else None,
        )
        for pk, name, stage, lead, lead_name, office, office_name, near, near_name in rows.values_list(
            *columns, *theirs
        )
    ]
