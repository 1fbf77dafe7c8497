"""What people wrote between us and clients lately: one light row a message, machines left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from kept.kit.written_once import written_once
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.conversations.undelivered import peoples_words

LATELY = timedelta(days=180)  # how far back a client's page looks: half a year of quarters and habits
MOST = 400  # messages looked at for one page of a story


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One message a person wrote, without its words.

    `closed`: somebody said that it needs no answer here; `later`: it was set aside until then; `closing`: it asks
    for no answer, being a mere thank-you.
    """

    pk: int
    client_id: int
    conversation_id: int
    subject: str
    at: datetime
    ours: bool
    quiet: bool
    channel: str
    who: str
    closed: bool
    later: datetime | None
    closing: bool = False

    @property
    def asks(self) -> bool:
        """Whether it starts a clock, or lets one run on that stood."""
        return not (self.ours or self.quiet or self.closing)


def exchanged(clients: Iterable[int], *, at: datetime) -> dict[int, list[Exchanged]]:
    """By client, oldest first: the messages of the last half year until `at`, and any older one still unanswered.

    One query; its cost is that of half a year, whatever lies before.
    """
    found: dict[int, list[Exchanged]] = defaultdict(list)
    for row in _lately(list(clients), at - LATELY, at):
        one = _one(row)
        found[one.client_id].append(one)
    return found


@written_once
def _lately(clients: Sequence[int], since: datetime, at: datetime) -> QuerySet[Message, tuple[Any, ...]]:
    open_still = Q(conversation__their_last_at__gt=F("conversation__settled_until"))
    unanswered = open_still & Q(at__gt=F("conversation__settled_until"))
    rows = (
        Message.objects.filter(peoples_words(at), conversation__client__in=clients, at__lte=at)
        .filter(open_still | Q(conversation__last_at__gte=since))
        .filter(unanswered | Q(at__gte=since))
    )
    return _columns(rows.order_by("at", "pk"), at=at)


def exchanged_before(client: int, *, before: datetime, facts: int) -> tuple[list[Exchanged], datetime | None]:
    """The newest messages before a moment, oldest first, and the moment before which they are not all there.

    At least `facts` conversations are looked into, so that these hold the newest `facts` days of talk. Two queries.
    """
    talks = Conversation.objects.filter(client=client, started_at__lt=before)
    # one that went on after the moment has its say before it, however new its newest word is
    across = Q(last_at__gte=before)
    newest = talks.filter(last_at__lt=before).order_by("-last_at").values("pk")[:facts]
    either = Q(conversation__in=newest) | Q(conversation__in=talks.filter(across))
    rows = Message.objects.filter(either, at__lt=before, automatic="")
    found = [_one(row) for row in _columns(rows.order_by("-at", "-pk")[:MOST], at=before)]
    cut = len(found) == MOST
    return sorted(found, key=lambda one: (one.at, one.pk)), found[-1].at if cut else None


def _columns(rows: QuerySet[Message], *, at: datetime) -> QuerySet[Message, tuple[Any, ...]]:
    marks = Aside.objects.filter(message=OuterRef("pk"), at__lte=at)
    columns = ("pk", "conversation__client_id", "conversation_id", "conversation__subject", "at", "direction", "quiet")
    names = ("channel", "contact__name", "member__name", "sender_name", "sender_email", "closing")
    found = rows.annotate(
        closed=Exists(marks.filter(kind__in=[AsideKind.NO_REPLY, AsideKind.ELSEWHERE])),
        later=Subquery(marks.filter(kind=AsideKind.LATER, until__gt=at).values("until")[:1]),
    )
    return found.values_list(*columns, *names, "closed", "later")


def _one(row: tuple[Any, ...]) -> Exchanged:
    """From `_columns`."""
    pk, client, talk, subject, at, direction, quiet, channel, contact, member, name, email, closing, *marks = row
    return Exchanged(
        pk=pk,
        client_id=client,
        conversation_id=talk,
        subject=subject,
        at=at,
        ours=direction == Direction.OUT,
        quiet=quiet,
        channel=channel,
        who=(contact if direction == Direction.IN else member) or name or email or "Somebody",
        closed=marks[0],
        later=marks[1],
        closing=bool(closing),
    )
