"""Everything of one kind as plain facts, row by row, so that any number of rows takes little memory."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any

from django.db.models import F

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations.models import Message
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours.models import Entry
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.export_served import bills, deliverables, meetings
from kept.readings.promised import Said, judged

Facts = dict[str, Any]
CHUNK = 500


def messages(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """Every message the viewer may know of, in the order in which they came in; `visible` is without quotes."""
    rows = Message.objects.seen_by(viewer).values(
        "message_id", "conversation", "direction", "channel", "at", "at_is_guess", "automatic", "automatic_why",
        "quiet", "sender_name", "sender_email", "to", "cc", "subject", "list_id", "size", "attachments",
        client=F("conversation__client__name"), of_contact=F("contact__name"), of_member=F("member__name"),
        visible=F("body__visible"),
    )  # fmt: skip
    for row in rows.order_by("pk").iterator(CHUNK):
        facts: Facts = dict(row)
        yield {"contact": facts.pop("of_contact"), "member": facts.pop("of_member"), **facts}


def promises(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """Every promise the viewer may know of, with what came of it and what it is judged to be at the moment."""
    known = offices()
    numbers = Promise.objects.seen_by(viewer).order_by("pk").values_list("pk", flat=True)
    for some in batched(numbers.iterator(CHUNK), CHUNK, strict=False):
        for said in judged(Promise.objects.filter(pk__in=some).order_by("pk"), at=at, offices=known):
            yield _promise(said)


def hours(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """Every piece of time the viewer may know of; `hours` beside the exact seconds."""
    rows = Entry.objects.seen_by(viewer).values(
        "id", "person", "day", "started_at", "seconds", "project", "task", "note", "billable", "source", "external_id",
        of_client=F("client__name"), of_engagement=F("engagement__name"), of_member=F("member__name"),
    )  # fmt: skip
    for row in rows.order_by("pk").iterator(CHUNK):
        facts: Facts = dict(row)
        of = {name: facts.pop(f"of_{name}") for name in ("client", "engagement", "member")}
        yield {"id": facts.pop("id"), **of, "hours": round(row["seconds"] / 3600, 4), **facts}


def clients(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """Every client the viewer may know of, with its people and what was sold; money only to those who may see it."""
    known = Client.objects.seen_by(viewer).select_related("lead", "office").order_by("pk")
    whole = known.prefetch_related("domains", "contacts__addresses", "contacts__agreements", "engagements__budgets")
    for client in whole.iterator(CHUNK):
        yield {
            "client": client.name,
            "stage": client.stage,
            "since": client.since,
            "lead": client.lead.name if client.lead else None,
            "office": client.office.name if client.office else None,
            "pledge_minutes": client.pledge_minutes,
            "domains": [domain.name for domain in client.domains.all()],
            "contacts": [_contact(contact) for contact in client.contacts.all()],
            "engagements": [_engagement(one, money=viewer.may_see_money) for one in client.engagements.all()],
        }


KINDS: dict[str, Callable[..., Iterator[Facts]]] = {
    "messages": messages,
    "promises": promises,
    "hours": hours,
    "clients": clients,
    "meetings": meetings,
    "deliverables": deliverables,
    "bills": bills,
}


def _promise(said: Said) -> Facts:
    promise = said.promise
    return {
        "id": promise.pk,
        "client": promise.client.name,
        "contact": promise.contact.name if promise.contact else None,
        "by": promise.by.name,
        "words": promise.words,
        "size": promise.size,
        "made_at": promise.made_at,
        "first_due": promise.first_due,
        "due": promise.due,
        "state": said.judged.state,
        "ended_at": promise.ended_at,
        "source": f"{promise.source_noun} {promise.source_id}" if promise.source_id else None,
        "outcomes": [
            {"kind": one.kind, "at": one.at, "by": one.by.name if one.by else None, "new_due": one.new_due,
             "agreed": one.agreed, "reason": one.reason, "words": one.words}
            for one in said.outcomes
        ],
    }  # fmt: skip


def _contact(contact: Contact) -> Facts:
    agreement = next(iter(contact.agreements.all()), None)
    return {
        "name": contact.name,
        "role": contact.role,
        "title": contact.title,
        "phone": contact.phone,
        "left_on": contact.left_on,
        "addresses": [address.email for address in contact.addresses.all()],
        "agreement": agreement.lines() if agreement else [],
    }


def _engagement(engagement: Engagement, *, money: bool) -> Facts:
    budgets = [
        {"starts": one.starts, "ends": one.ends, "hours": one.hours, "reason": one.reason,
         **({"fee": one.fee, "currency": one.currency} if money else {})}
        for one in engagement.budgets.all()
    ]  # fmt: skip
    return {
        "name": engagement.name,
        "kind": engagement.kind,
        "starts": engagement.starts,
        "ends": engagement.ends,
        "closed_on": engagement.closed_on,
        "budgets": budgets,
    }
