"""For whom something moved since the ledgers were read last: as the journal says, and by mail, which writes no line."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, CharField, DateTimeField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member
from kept.readings.snapshots.taking import OF_ALL
from kept.readings.stamp import Stamp

# what was written at the same time may be seen later, though its key is lower; so long nothing takes to be written
OVERLAP = timedelta(minutes=2)
BEHIND = 20  # messages: when they came in stands nowhere
NOBODYS = (*OF_ALL, Member._meta.label)  # of a member: the office whose hours are their clients'
LINE, MESSAGE = "line", "message"
BELONGS = "conversations.belong_to"  # told of the new client only


class Mark(NamedTuple):
    """How far the ledgers were read: the last line of the journal, and the newest message that had come in."""

    at: datetime
    line: Stamp
    message: int
    ahead: frozenset[int]  # clients with messages that bear a later moment than this


class Read(NamedTuple):
    """How far somebody has read: who had moved, the marks from which to ask the next time, and the last line seen."""

    clients: frozenset[int]
    marks: tuple[Mark, ...]
    seen: Stamp


def marked(*, at: datetime) -> Read:
    """How far the ledgers are written now; take it before reading all of them. One query."""
    line, message, ahead = None, 0, set[int]()
    for what, pk, when in _ends(at):
        if what == LINE:
            line = (pk, when)
        elif what == MESSAGE:
            message = max(0, pk - BEHIND)
        else:
            ahead.add(pk)
    return Read(frozenset(), (Mark(at, line, message, frozenset(ahead)),), line)


def moved(read: Read, *, at: datetime) -> Read | None:
    """Who has moved since the first of the marks; none where something moves everybody. One query.

    The second mark takes the place of the first once it is old enough that all of before it can be seen.
    """
    first = read.marks[0]
    lines, message, found = set[tuple[int, datetime]](), first.message, set(first.ahead)
    for is_line, pk, client, noun, verb, when in _written(first.line[0] if first.line else 0, first.message):
        if is_line:
            lines.add((pk, when))
            if (pk, when) == first.line:
                continue
            if verb == BELONGS or (client is None and noun in NOBODYS):
                return None
        else:
            message = max(message, pk)
        found.add(client)
    if not {first.line, read.seen} - {None} <= lines:  # another journal: what was read is of no firm any more
        return None
    newest = Mark(at, max(lines, default=None), message, first.ahead)
    second = read.marks[1] if len(read.marks) > 1 else newest
    marks = (first, second) if second.at > at - OVERLAP else (second, newest)
    return Read(frozenset(found - {None}), marks, newest.line)


def _written(line: int, message: int) -> QuerySet[Any, Any]:
    """(whether of the journal, key, client, noun, verb, at) of what was written since, that line included."""
    nothing, never = _word(""), Cast(Value(None), DateTimeField())
    lines: QuerySet[Any, Any] = Line.objects.filter(pk__gte=line).order_by()
    lines = lines.annotate(is_line=Value(True, BooleanField()))
    came: QuerySet[Any, Any] = Message.objects.filter(pk__gt=message).order_by()
    # looked up for each of the few: joined, a database may begin at the conversations and go through all messages
    whose = Subquery(Conversation.objects.filter(pk=OuterRef("conversation_id")).values("client_id"))
    came = came.annotate(is_line=Value(False, BooleanField()), of=whose, noun=nothing, verb=nothing, never=never)
    first: QuerySet[Any, Any] = lines.values_list("is_line", "pk", "client_id", "noun", "verb", "at")
    second: QuerySet[Any, Any] = came.values_list("is_line", "pk", "of", "noun", "verb", "never")
    return first.union(second, all=True).order_by()


def _ends(at: datetime) -> QuerySet[Any, Any]:
    """(what, key, moment): the last line that all can see, the newest message, and the clients with later ones.

    A message whose clock is ahead counts from its own moment, with nothing to tell of it.
    """
    last = Line.objects.filter(at__lte=at - OVERLAP).order_by("-pk").values("pk")[:1]
    line = Line.objects.filter(pk__in=last).order_by()
    message = Message.objects.filter(pk__in=Message.objects.order_by("-pk").values("pk")[:1]).order_by()
    ahead = Conversation.objects.filter(client__isnull=False, last_at__gt=at).order_by()
    first: QuerySet[Any, Any] = line.annotate(what=_word(LINE)).values_list("what", "pk", "at")
    second: QuerySet[Any, Any] = message.annotate(what=_word(MESSAGE)).values_list("what", "pk", "at")
    third: QuerySet[Any, Any] = ahead.annotate(what=_word("")).values_list("what", "client_id", "last_at")
    return first.union(second, third, all=True).order_by()


def _word(said: str) -> Cast:
    return Cast(Value(said), CharField(max_length=60))
