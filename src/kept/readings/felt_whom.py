"""Whom we could ask how it felt: who has been asked longest ago comes first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Subquery

from kept.ledgers.clients.models import Client, Contact, ContactAddress, Stage
from kept.ledgers.pulses.models import Invitation, Wish
from kept.ledgers.team.models import Member

MOST = 200
SERVED = (Stage.ONBOARDING, Stage.ACTIVE)


@dataclass(frozen=True)
class Somebody:
    """A person at a client, and when they were asked last; None: never."""

    contact: Contact  # with its client
    asked_at: datetime | None


def whom_to_ask(viewer: Member, *, at: datetime, client: Client | None = None) -> list[Somebody]:
    """Who is there, has an address and did not ask to be left alone, at clients we serve or at that one. One query.

    Whether they may be asked now is decided when somebody asks: too soon, say, or while something hurts.
    """
    asked = Invitation.objects.filter(contact=OuterRef("pk"), withdrawn_at=None, at__lte=at).order_by("-at")
    rows = Contact.objects.seen_by(viewer).filter(
        ~Exists(Wish.objects.filter(contact=OuterRef("pk"))),
        Exists(ContactAddress.objects.filter(contact=OuterRef("pk"))),
        left_on=None,
    )
    rows = rows.filter(client=client) if client else rows.filter(client__stage__in=SERVED)
    last = Subquery(asked.values("at")[:1])
    found = rows.annotate(last=last).select_related("client").order_by(F("last").asc(nulls_first=True), "client", "pk")
    return [Somebody(row, row.last) for row in found[:MOST]]  # type: ignore[attr-defined]  # annotated above
