"""The parts of the query that standing is judged from, each with the same columns, one under the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from kept.ledgers.choices.models import Hold, Sign
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Channel, Conversation, Message
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.pulses.models import MARKS, Answer, Invitation

SIGN, HOLD, JOB, FELT, COUNT, CLIENT, ASKED = range(7)


@dataclass(frozen=True)
class Moments:
    """What the query compares with: now and its day, how far back conversations, asking and feelings are looked at."""

    at: datetime
    day: date
    lately: datetime
    before: datetime
    asked: datetime
    felt: datetime | None


def union(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    """Of these clients, or of all: the columns of `standing_rows.Row`; with feelings where it is said since when."""
    first, *others = (read(clients, when) for read in (_clients, _signs, _holds, _jobs, _counts, _asked))
    if when.felt is not None:
        others.append(_felt(clients, when.at, when.felt))
    found: QuerySet[Any, Any] = first.union(*others, all=True).order_by()
    return found


def _of(rows: QuerySet[Any], clients: Sequence[int] | None, name: str = "client") -> QuerySet[Any]:
    return rows.order_by() if clients is None else rows.filter(**{f"{name}__in": clients}).order_by()


def _signs(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    rows = _of(Sign.objects.filter(at__lte=when.at, noted_at__lte=when.at), clients)
    return _columns(rows, SIGN, at=F("at"), kind=F("kind"), words=F("words"), who=Coalesce("contact__name", Value("")))


def _holds(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    rows = _of(Hold.objects.filter(at__lte=when.at), clients)
    return _columns(
        rows, HOLD, at=F("at"), kind=F("lock"), yes=F("ties"), first=F("since"), last=F("until"), words=F("words"),
        who=Coalesce("by__name", Value("")),
    )  # fmt: skip


def _jobs(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    """What runs: begun, and not closed by the day."""
    rows = Engagement.objects.filter(Q(closed_on=None) | Q(closed_on__gt=when.day), starts__lte=when.day)
    return _columns(
        _of(rows, clients), JOB, first=F("starts"), last=F("ends"), one=Cast("notice_days", IntegerField()),
        words=F("name"),
    )  # fmt: skip


def _felt(clients: Sequence[int] | None, at: datetime, since: datetime) -> QuerySet[Any, Any]:
    """When something was last said, the sum of its marks (one), and how many there were (two)."""
    said = Coalesce("changed_at", "at")
    rows = Answer.objects.annotate(said=said).filter(said__lte=at, said__gt=since)
    marks = [Coalesce(name, 0) for name in MARKS]
    given = [Case(When(**{f"{name}__isnull": False}, then=1), default=0) for name in MARKS]
    return _columns(_of(rows, clients), FELT, at=F("said"), one=reduce(add, marks), two=reduce(add, given))


def _counts(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    """How often they began a conversation in the last 60 days (one), and in the 180 before (two)."""
    # the first message of a conversation is theirs; a note of a meeting is ours, whoever asked for it
    theirs = Message.objects.theirs().exclude(channel=Channel.NOTE)
    begun = Exists(theirs.filter(conversation=OuterRef("pk"), at=OuterRef("started_at")))
    rows = Conversation.objects.filter(begun, client__isnull=False, started_at__lte=when.at, started_at__gt=when.before)
    counted = _of(rows, clients).values("client_id")
    return _columns(
        counted, COUNT, pk=Value(0), one=Count("pk", filter=Q(started_at__gt=when.lately)),
        two=Count("pk", filter=Q(started_at__lte=when.lately)),
    )  # fmt: skip


def _asked(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    """How often somebody there was asked in half a year how it felt, so that they could have answered by now (one)."""
    rows = Invitation.objects.filter(withdrawn_at=None, at__gt=when.asked, closes_at__lte=when.at)
    return _columns(_of(rows, clients).values("client_id"), ASKED, pk=Value(0), one=Count("pk"))


def _clients(clients: Sequence[int] | None, when: Moments) -> QuerySet[Any, Any]:
    """Since when they are ours, and when a person of theirs last wrote, in whichever conversation."""
    talks = Conversation.objects.filter(client=OuterRef("pk"), their_last_at__lte=when.at).order_by("-their_last_at")
    heard = Subquery(talks.values("their_last_at")[:1])
    return _columns(
        _of(Client.objects.all(), clients, "pk"), CLIENT, client=F("pk"), at=heard, kind=F("stage"), first=F("since")
    )  # fmt: skip


def _columns(rows: QuerySet[Any], what: int, **given: Any) -> QuerySet[Any, Any]:
    """The same columns of every part, so that they can stand under each other; what is not given is empty."""
    empty: dict[str, Expression | F] = {
        "client": F("client_id"),
        "pk": F("pk"),
        "at": Cast(Value(None), DateTimeField()),
        "kind": Cast(Value(""), CharField(max_length=300)),
        "yes": Cast(Value(None), BooleanField()),
        "first": Cast(Value(None), DateField()),
        "last": Cast(Value(None), DateField()),
        "one": Cast(Value(None), IntegerField()),
        "two": Cast(Value(None), IntegerField()),
        "words": Cast(Value(""), CharField(max_length=300)),
        "who": Cast(Value(""), CharField(max_length=300)),
    }
    columns = {"what": Cast(Value(what), BigIntegerField())} | empty | given
    named = {f"c_{name}": column for name, column in columns.items()}
    found: QuerySet[Any, Any] = rows.annotate(**named).values_list(*named)
    return found
