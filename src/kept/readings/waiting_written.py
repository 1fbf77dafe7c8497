"""What waits unanswered in each conversation, kept in the process: read anew where the journal or new mail tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import LONG_AGO, Message
from kept.ledgers.conversations.noticed import Contradiction
from kept.readings.kept_by_client import ByClient, Clients
from kept.readings.looked_after import Talk
from kept.readings.unsettled import Moved

STRANGERS = 0  # stands for a client's key: lines about strangers name nobody, so they are read anew whenever one comes
ASKS = Q(requests__by_at__isnull=False) | Q(requests__urgent__gt="")  # a request that hurries

COLUMNS = ("pk", "at", "channel", "contact_id", "sender_name", "sender_email")
HURRIES = (F("wish__by_at").asc(nulls_last=True), "wish__pk")


PLAIN = (None, None, None)  # neither put off, nor asking for anything by a day


class Written(NamedTuple):
    """One of their unanswered messages, as much of it as a clock and a count of people need."""

    pk: int
    at: datetime
    channel: str
    contact_id: int | None
    sender_name: str
    sender_email: str
    put_off: int | None  # by which mark, until a day still to come
    by: datetime | None  # by when it asks for something, where it names a moment
    word: str | None  # that hurries, where it does not


class Marked(NamedTuple):
    """What was said and noticed of one message: until when it is put off, what it asks for, until that is dismissed."""

    put_off: int | None
    since: datetime | None
    until: datetime | None
    by: datetime | None
    word: str | None
    dismissed: datetime | None


class Run(NamedTuple):
    """The messages of one conversation since it was settled, oldest first; `marks` of those that have any."""

    settled: datetime
    written: tuple[Written, ...]
    marks: Mapping[int, Sequence[Marked]]

    def at(self, at: datetime) -> Sequence[Written]:
        """As it stood at the moment."""
        if not self.marks and self.written[-1].at <= at:
            return self.written
        return [_as_of(one, self.marks.get(one.pk, ()), at) for one in self.written if one.at <= at]


def written(talks: Sequence[Talk], *, at: datetime, moved: Moved) -> Mapping[int, Sequence[Written]]:
    """Their unanswered messages by conversation, oldest first, each with whether it is put off.

    No query when neither the journal nor the mail moved, else three at most.
    """
    runs = _kept(moved.stamp, moved.mail) if talks else {}
    found: dict[int, Sequence[Written]] = {}
    missing = []
    for talk in talks:
        run = runs.get(talk.client_id or STRANGERS, {}).get(talk.pk)
        if run is None or run.settled != talk.until:
            missing.append(talk)
        elif standing := run.at(at):
            found[talk.pk] = standing
    return {**found, **written_then(missing, at=at, replay=False)} if missing else found


def written_then(talks: Sequence[Talk], *, at: datetime, replay: bool) -> Mapping[int, Sequence[Written]]:
    """The same, read afresh; a `replay` takes what was contradicted later as it was taken then. One query."""
    untils = {talk.pk: talk.until for talk in talks}
    # the oldest unsettled moment keeps long histories out of the read
    rows = _asked(list(untils), min(untils.values(), default=LONG_AGO), at, replay=replay)
    found: dict[int, list[Written]] = defaultdict(list)
    for talk, *columns in rows:
        one = Written(*columns)
        if one.at > untils[talk] and not (found[talk] and found[talk][-1].pk == one.pk):
            found[talk].append(one)
    return found


def _as_of(one: Written, marks: Sequence[Marked], at: datetime) -> Written:
    later = (each for each in marks if each.until and each.since and each.since <= at < each.until)
    wish = (each for each in marks if (each.by or each.word) and (each.dismissed is None or each.dismissed > at))
    put_off, asks = next(later, None), next(wish, None)
    return one._replace(
        put_off=put_off.put_off if put_off else None,
        by=asks.by if asks else None,
        word=asks.word if asks else None,
    )


@partial(ByClient, besides=frozenset({STRANGERS}))
def _kept(clients: Clients) -> Mapping[int, Mapping[int, Run]]:
    found: dict[int, dict[int, Run]] = defaultdict(dict)
    talks: dict[int, tuple[int, datetime]] = {}
    said: dict[int, dict[int, Written]] = defaultdict(dict)
    marks: dict[int, dict[int, list[Marked]]] = defaultdict(lambda: defaultdict(list))
    for talk, client, settled, *columns in _every(clients):
        talks[talk] = (client or STRANGERS, settled)
        one, mark = Written(*(*columns[:6], *PLAIN)), Marked(*columns[6:])
        said[talk][one.pk] = one
        if any(mark):
            marks[talk][one.pk].append(mark)
    for talk, (client, settled) in talks.items():
        found[client][talk] = Run(settled, tuple(said[talk].values()), marks.get(talk, {}))
    return found


def _every(clients: Clients) -> Iterable[tuple[Any, ...]]:
    rows = Message.objects.asking().filter(
        conversation__their_last_at__gt=F("conversation__settled_until"), at__gt=F("conversation__settled_until")
    )
    if clients is not None:
        whose = Q(conversation__client__in=[pk for pk in clients if pk != STRANGERS])
        rows = rows.filter(whose | Q(conversation__client=None) if STRANGERS in clients else whose)
    rows = rows.annotate(
        later=FilteredRelation("asides", condition=Q(asides__kind=AsideKind.LATER)),
        wish=FilteredRelation("requests", condition=ASKS),
    )
    talk = ("conversation_id", "conversation__client_id", "conversation__settled_until")
    marks = ("later__pk", "later__at", "later__until", "wish__by_at", "wish__urgent", "wish__dismissed_at")
    return rows.order_by("at", "pk", *HURRIES).values_list(*talk, *COLUMNS, *marks)


@written_once
def _asked(talks: Sequence[int], after: datetime, at: datetime, *, replay: bool) -> QuerySet[Message, tuple[Any, ...]]:
    """A row for each wish of a message, what hurries most first; joined, as a question for each of them took longer."""
    later = Q(asides__kind=AsideKind.LATER, asides__at__lte=at, asides__until__gt=at)
    standing_then = Q(requests__dismissed_at=None) | Q(requests__dismissed_at__gt=at)
    rows = Message.objects.asking().filter(conversation__in=talks, at__gt=after, at__lte=at)
    rows = rows.annotate(
        later=FilteredRelation("asides", condition=later),
        wish=FilteredRelation("requests", condition=standing_then & ASKS),
    )
    if replay:
        rows = rows.exclude(Exists(Contradiction.objects.filter(message=OuterRef("pk"), at__gt=at)))
    marks = ("later__pk", "wish__by_at", "wish__urgent")
    return rows.order_by("at", "pk", *HURRIES).values_list("conversation_id", *COLUMNS, *marks)


def forget() -> None:
    """Read everything anew when next asked."""
    _kept.cache_clear()
