"""One wrong row for every constraint on the journal, the team and the clients."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from kept.ledgers.clients.models import Client, ClientDomain, Contact, ContactAddress, Tie
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.links import SignInLink
from kept.ledgers.team.models import Address, Domain, Firm, Holiday, KeptOut, Member, Office, Rate, Wall, Window
from tests.cast import FOUNDED, NOW, STUDIO_DOMAIN, Studio

TODAY = NOW.date()
Violation = Callable[[Studio], Any]


def twice(model: type[models.Model], facts: Callable[[Studio], dict[str, Any]], **other: Any) -> Violation:
    """Two rows with the same facts; `other` differ in the second."""

    def act(s: Studio) -> None:
        model._default_manager.create(**facts(s))
        model._default_manager.create(**(facts(s) | other))

    return act


def made(model: type[models.Model], facts: Callable[[Studio], dict[str, Any]]) -> Violation:
    """One row that must not be."""
    return lambda s: model._default_manager.create(**facts(s))


def turned(model: type[models.Model], **facts: Any) -> Violation:
    """Rows that are there turned into what must not be."""
    return lambda s: model._default_manager.update(**facts)


def rate(s: Studio) -> dict[str, Any]:
    return {"member": s.kit, "kind": "cost", "from_day": TODAY, "per_hour": Decimal(40), "currency": "GBP"}


def link(s: Studio) -> dict[str, Any]:
    return {"member": s.kit, "hashed": "0" * 64, "made_at": NOW}


VIOLATIONS: dict[str, Violation] = {
    # journal
    "batch_undone_after": made(
        Batch, lambda s: {"kind": "mail", "source": "x", "at": NOW, "undone_at": NOW - timedelta(seconds=1)}
    ),
    # team
    "one_firm": turned(Firm, only=False),
    "Firm.only": made(Firm, lambda s: {"name": "Another", "founded_at": NOW}),
    "pledge_above_zero": turned(Firm, pledge_minutes=0),
    "our_domain_lower": made(Domain, lambda s: {"name": "Lark.example"}),
    "Domain.name": made(Domain, lambda s: {"name": STUDIO_DOMAIN}),
    "member_email": made(
        Member, lambda s: {"name": "A", "email": "ADA@Larkfield.example", "office": s.office, "joined_on": TODAY}
    ),
    "leaves_after_joining": turned(Member, left_on=FOUNDED.date() - timedelta(days=1)),
    "member_role": turned(Member, role="boss"),
    "weekly_hours_in_a_week": turned(Member, weekly_hours=Decimal("168.1")),
    "member_address": lambda s: [
        Address.objects.create(member=who, email=email)
        for who, email in ((s.kit, "k@home.example"), (s.bo, "K@Home.example"))
    ],
    "one_rate_a_day": twice(Rate, rate, per_hour=Decimal(50)),
    "rate_not_negative": made(Rate, lambda s: rate(s) | {"per_hour": Decimal("-0.01")}),
    "Wall.name": made(Wall, lambda s: {"name": s.wall.name}),
    "kept_out_once": made(KeptOut, lambda s: {"wall": s.wall, "member": s.kit, "since": NOW, "by_name": "Ada"}),
    "Office.name": made(Office, lambda s: {"name": "Leeds", "zone": "UTC"}),
    "window_once": made(Window, lambda s: {"office": s.office, "weekday": 0, "opens": 540, "closes": 600}),
    "window_weekday": made(Window, lambda s: {"office": s.office, "weekday": 7, "opens": 540, "closes": 600}),
    "window_closes_after_opening": turned(Window, closes=540),
    "holiday_once": twice(Holiday, lambda s: {"office": s.office, "day": TODAY}, name="Fair"),
    "SignInLink.hashed": twice(SignInLink, link),
    # clients
    "client_name": made(Client, lambda s: {"name": "BOREALIS"}),
    "client_has_name": made(Client, lambda s: {"name": ""}),
    "client_stage": turned(Client, stage="beloved"),
    "client_pledge": turned(Client, pledge_minutes=0),
    "client_domain_lower": made(ClientDomain, lambda s: {"client": s.borealis, "name": "North.example"}),
    "ClientDomain.name": made(ClientDomain, lambda s: {"client": s.borealis, "name": "cassini.example"}),
    "contact_role": turned(Contact, role="boss"),
    "contact_address": made(ContactAddress, lambda s: {"contact": s.cora, "email": "Cleo@Borealis.example"}),
    "tie_once": twice(Tie, lambda s: {"of": s.cleo, "to": s.cora, "kind": "friend_of"}, words="school"),
    "tie_two_people": made(Tie, lambda s: {"of": s.cleo, "to": s.cleo, "kind": "friend_of"}),
}
