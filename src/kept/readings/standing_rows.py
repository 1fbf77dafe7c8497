"""What standing is judged from beside feelings, in one query: signs, judgements, contracts, contacts they began."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import Any, NamedTuple

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
from kept.measures.quiet import BEFORE_DAYS, LATELY_DAYS

SIGN, HOLD, JOB, FELT, COUNT, CLIENT, ASKED = range(7)
UNANSWERED = timedelta(days=180)  # so long no answer to how it felt is silence


class Row(NamedTuple):
    """One row of the query; what a column holds differs by `what`, see the parts below."""

    what: int
    client: int
    pk: int
    at: datetime | None
    kind: str
    yes: bool | None
    first: date | None
    last: date | None
    one: int | None
    two: int | None
    words: str
    who: str


@dataclass
class Rows:
    """The rows of one client; those with a moment the oldest first."""

    signs: list[Row] = field(default_factory=list)
    holds: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)
    felt: list[Row] = field(default_factory=list)
    lately: int = 0
    before: int = 0
    asked: int = 0
    heard_at: datetime | None = None
    since: date | None = None


def rows_of(clients: Collection[int] | None, *, at: datetime, felt_since: datetime | None = None) -> Mapping[int, Rows]:
    """By client, as known at `at`; of all clients for None. One query.

    With `felt_since` the answers to how it felt since then as well, as they stand now.
    """
    found: dict[int, Rows] = defaultdict(Rows)
    reads = (_clients, _signs, _holds, _jobs, _counts, _asked)
    first, *others = (read(clients, at) for read in reads)
    if felt_since is not None:
        others.append(_felt(clients, at, felt_since))
    for values in first.union(*others, all=True).order_by():
        row = Row._make(values)
        own = found[row.client]
        if row.what == COUNT:
            own.lately, own.before = row.one or 0, row.two or 0
        elif row.what == ASKED:
            own.asked = row.one or 0
        elif row.what == CLIENT:
            own.heard_at, own.since = row.at, row.first
        else:
            (own.signs, own.holds, own.jobs, own.felt)[row.what].append(row)
    for own in found.values():
        own.signs.sort(key=by_moment)
        own.holds.sort(key=by_moment)
    return found


def by_moment(row: Row) -> tuple[datetime, int]:
    """Signs and judgements in the order in which they were seen or made."""
    assert row.at is not None  # noqa: S101  # these always have one
    return row.at, row.pk


def _of(rows: QuerySet[Any], clients: Collection[int] | None, name: str = "client") -> QuerySet[Any]:
    return rows.order_by() if clients is None else rows.filter(**{f"{name}__in": clients}).order_by()


def _signs(clients: Collection[int] | None, at: datetime) -> QuerySet[Any, Any]:
    rows = _of(Sign.objects.filter(at__lte=at, noted_at__lte=at), clients)
    return _columns(rows, SIGN, at=F("at"), kind=F("kind"), words=F("words"), who=Coalesce("contact__name", Value("")))


def _holds(clients: Collection[int] | None, at: datetime) -> QuerySet[Any, Any]:
    rows = _of(Hold.objects.filter(at__lte=at), clients)
    return _columns(
        rows, HOLD, at=F("at"), kind=F("lock"), yes=F("ties"), first=F("since"), last=F("until"), words=F("words"),
        who=Coalesce("by__name", Value("")),
    )  # fmt: skip


def _jobs(clients: Collection[int] | None, at: datetime) -> QuerySet[Any, Any]:
    """What runs: begun, and not closed by the day."""
    day = at.date()
    rows = Engagement.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day), starts__lte=day)
    return _columns(
        _of(rows, clients), JOB, first=F("starts"), last=F("ends"), one=Cast("notice_days", IntegerField()),
        words=F("name"),
    )  # fmt: skip


def _felt(clients: Collection[int] | None, at: datetime, since: datetime) -> QuerySet[Any, Any]:
    """When something was last said, the sum of its marks (one), and how many there were (two)."""
    said = Coalesce("changed_at", "at")
    rows = Answer.objects.annotate(said=said).filter(said__lte=at, said__gt=since)
    marks = [Coalesce(name, 0) for name in MARKS]
    given = [Case(When(**{f"{name}__isnull": False}, then=1), default=0) for name in MARKS]
    return _columns(_of(rows, clients), FELT, at=F("said"), one=reduce(add, marks), two=reduce(add, given))


def _counts(clients: Collection[int] | None, at: datetime) -> QuerySet[Any, Any]:
    """How often they began a conversation in the last 60 days (one), and in the 180 before (two)."""
    turn = at - timedelta(days=LATELY_DAYS)
    # the first message of a conversation is theirs; a note of a meeting is ours, whoever asked for it
    theirs = Message.objects.theirs().exclude(channel=Channel.NOTE)
    begun = Exists(theirs.filter(conversation=OuterRef("pk"), at=OuterRef("started_at")))
    rows = Conversation.objects.filter(
        begun, client__isnull=False, started_at__lte=at, started_at__gt=turn - timedelta(days=BEFORE_DAYS)
    )
    counted = _of(rows, clients).values("client_id")
    return _columns(
        counted, COUNT, pk=Value(0), one=Count("pk", filter=Q(started_at__gt=turn)),
        two=Count("pk", filter=Q(started_at__lte=turn)),
    )  # fmt: skip


def _asked(clients: Collection[int] | None, at: datetime) -> QuerySet[Any, Any]:
    """How often somebody there was asked in half a year how it felt, so that they could have answered by now (one)."""
    rows = Invitation.objects.filter(withdrawn_at=None, at__gt=at - UNANSWERED, closes_at__lte=at)
    return _columns(_of(rows, clients).values("client_id"), ASKED, pk=Value(0), one=Count("pk"))


def _clients(clients: Collection[int] | None, at: datetime) -> QuerySet[Any, Any]:
    """Since when they are ours, and when a person of theirs last wrote, in whichever conversation."""
    talks = Conversation.objects.filter(client=OuterRef("pk"), their_last_at__lte=at).order_by("-their_last_at")
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
