"""One client on one page: is the relationship good, does the work go as promised, does it pay; and the story."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, JSONObject

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Agreement, Client, Contact
from kept.ledgers.conversations.models import LONG_AGO, Conversation
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.client_hours import Hours, client_hours
from kept.readings.client_promises import Kept, kept, recent
from kept.readings.exchanged import LATELY, Exchanged, exchanged
from kept.readings.promised import judged_rows
from kept.readings.replies import Replies, Reply, held_in, replies_of
from kept.readings.story import Known, Story, story


@dataclass(frozen=True)
class Somebody:
    """A person at the client, and how they like to be spoken to, a sentence each."""

    contact: Contact
    likes: tuple[str, ...]
    agreement: int | None


@dataclass(frozen=True)
class Last:
    """When and where anybody last spoke with them."""

    at: datetime
    conversation_id: int


@dataclass(frozen=True)
class Page:
    """Everything the page shows of `client` (with its lead) to `viewer`. Money is for those who may see it."""

    at: datetime
    day: date
    zone: ZoneInfo
    viewer: Member
    client: Client
    promises: Kept
    replies: Replies
    last: Last | None
    hours: Hours
    people: tuple[Somebody, ...]
    story: Story

    @property
    def money(self) -> bool:
        return self.viewer.may_see_money

    @property
    def waiting(self) -> list[Reply]:
        """Who waits for us now, the longest past our pledge first."""
        return self.replies.waiting


@written_once
def opened(viewer: Member, pk: int) -> QuerySet[Client]:
    """The client of that key, if the viewer may open its page: one or none."""
    return found(viewer).filter(pk=pk)


def found(viewer: Member) -> QuerySet[Client]:
    """The clients whose page the viewer may open, with what `client_page` needs of them."""
    return Client.objects.seen_by(viewer).select_related("lead").annotate(**last_spoken())


def last_spoken() -> dict[str, Any]:
    """Columns for clients: when somebody last spoke with them, and in which conversation.

    Of the conversations in which a person spoke the one that moved last tells; it is found by its index, so the cost
    does not grow with history.
    """
    talks = Conversation.objects.filter(client=OuterRef("pk")).order_by("-last_at")
    human = talks.filter(Q(their_last_at__isnull=False) | Q(settled_until__gt=LONG_AGO))
    spoke = Greatest(Coalesce("their_last_at", Value(LONG_AGO)), "settled_until", output_field=DateTimeField())
    return {
        "talk_id": Subquery(human.values("pk")[:1]),
        "spoke_at": Subquery(human.values(spoke=spoke)[:1]),
    }


def last_of(client: Any) -> Last | None:
    """From the columns of `last_spoken`."""
    return Last(client.spoke_at, client.talk_id) if client.talk_id is not None else None


def client_page(client: Client, *, viewer: Member, at: datetime, offices: Offices) -> Page:
    """The page of a client from `found`. Twelve queries, however long the history."""
    zone = offices.zone_of(viewer)
    day = at.astimezone(zone).date()
    words = exchanged([client.pk], at=at).get(client.pk, [])
    replies = replies_of(client, words, at=at, offices=offices, held=held_in(words, at=at))
    promises = judged_rows(recent(client, at - LATELY, at), at=at, offices=offices)
    known = Known(words=words, replies=replies.each, promises=promises)
    return Page(
        at=at,
        day=day,
        zone=zone,
        viewer=viewer,
        client=client,
        promises=kept(promises, since=at - LATELY),
        replies=replies,
        last=_last(client, words),
        hours=client_hours(client, day=day, offices=offices),
        people=_people(client),
        story=story(client, viewer=viewer, known=known, at=at, zone=zone),
    )


def _last(client: Client, words: list[Exchanged]) -> Last | None:
    """The newest word a person said; of more than half a year ago the conversations know."""
    if words:
        return Last(words[-1].at, words[-1].conversation_id)
    return last_of(client)


def _people(client: Client) -> tuple[Somebody, ...]:
    """Who has not left, those who decide first, each with the newest agreement. One query."""
    order = ["decides", "sponsor", "daily", "finance", "other"]
    return tuple(_somebody(row) for row in sorted(_present(client), key=lambda row: order.index(row.role)))


@written_once
def _present(client: Client) -> QuerySet[Contact]:
    lines = {field: F(field) for field in ("channel", "good_hours", "plainness", "detail", "matters", "no_go_hours")}
    newest = Agreement.objects.filter(contact=OuterRef("pk")).order_by("-agreed_on", "-pk")
    return Contact.objects.filter(client=client, left_on__isnull=True).annotate(
        agreed=Subquery(newest.values(said=JSONObject(pk="pk", **lines))[:1])
    )


def _somebody(row: Any) -> Somebody:
    agreed: dict[str, Any] = dict(row.agreed or {})
    pk = agreed.pop("pk", None)
    return Somebody(contact=row, likes=tuple(Agreement(**agreed).lines()), agreement=pk)
