"""What texts seem to promise and to ask, and nobody has said yes or no to; it counts for nothing until then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Message, Request
from kept.ledgers.promises.models import Candidate
from kept.ledgers.team.models import Member

MOST = 100
SOURCE = "conversations.Message"


@dataclass(frozen=True)
class Noticed:
    """By message: what it seems to promise, and what it seems to ask for."""

    promises: dict[int, list[Candidate]] = field(default_factory=dict)
    requests: dict[int, list[Request]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """One candidate with the message it was found in, where that is still there."""

    candidate: Candidate
    conversation_id: int | None


def noticed_in(messages: Iterable[int]) -> Noticed:
    """What was noticed in these messages and stands, in the order of the text. Two queries."""
    keys = list(messages)
    said: dict[int, list[Candidate]] = defaultdict(list)
    for one in _whole(Candidate.objects.waiting()).filter(source_noun=SOURCE, source_id__in=keys).order_by("pk"):
        said[one.source_id].append(one)
    asked: dict[int, list[Request]] = defaultdict(list)
    for each in Request.objects.standing().filter(message__in=keys):
        asked[each.message_id].append(each)
    return Noticed(said, asked)


def offered(viewer: Member) -> list[Offered]:
    """What waits for the viewer's word: what they wrote, and what was written to clients they lead; the owner all.

    The newest first, a hundred at most. Two queries.
    """
    rows = list(_whole(_whose(viewer)).order_by("-said_at", "-pk")[:MOST])
    homes = dict(
        Message.objects.filter(pk__in=[row.source_id for row in rows if row.source_noun == SOURCE]).values_list(
            "pk", "conversation_id"
        )
    )
    return [Offered(row, homes.get(row.source_id) if row.source_noun == SOURCE else None) for row in rows]


def offers(viewer: Member) -> int:
    """How many wait for the viewer's word. One query."""
    return _whose(viewer).count()


def _whose(viewer: Member) -> QuerySet[Candidate]:
    rows = Candidate.objects.seen_by(viewer).waiting().exclude(client__in=Client.objects.filter(stage="past"))
    return rows if viewer.may_settle else rows.filter(Q(by=viewer) | Q(client__lead=viewer))


def _whole(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    return rows.select_related("client__lead", "contact", "by")
