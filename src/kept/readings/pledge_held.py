"""The facts behind the pledge as a process holds them: for whom nothing moved, nothing is read or judged again.

Replies and promises are nearly all of what the firm's board counts. A client's are read anew when the journal names
the client or a message came in; everything at the turn of the hour, and when something moved that names nobody.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Q

from kept.ledgers.pledges.models import Measure
from kept.measures.promises import State
from kept.readings import pledge_promises, pledge_replies
from kept.readings.calendars import Offices
from kept.readings.fell_due import in_time
from kept.readings.pledge_counting import Ledgers
from kept.readings.pledge_moved import Read, marked, moved
from kept.readings.pledge_rows import Bound, Row, Scope
from kept.readings.promised import Standing
from kept.readings.reply_runs import Run

HOUR = timedelta(hours=1)
MOST = 2  # sets of facts held at once: today's, and those of an earlier day somebody looks at
_Key = tuple[datetime, int, Offices]


@dataclass(frozen=True, eq=False)
class Facts:
    """One client's, apart by whether time alone can still change what they come to."""

    runs: tuple[Run, ...] = ()
    waits: tuple[Run, ...] = ()
    promises: tuple[Standing, ...] = ()
    ahead: tuple[Standing, ...] = ()  # kept before their day, which is still to come


NONE = Facts()


@dataclass
class Held:
    """All clients' facts, what is open of promises now, how far the ledgers were read, and the rows already counted."""

    clients: dict[int, Facts]
    open: list[Standing]
    read: Read
    rows: dict[tuple[object, ...], dict[int, tuple[Facts, list[Row]]]] = field(default_factory=dict)


class HeldLedgers(Ledgers):
    """The same facts as `Ledgers`, those of replies and promises as they are held."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.held = held(scope)

    def found(self, bound: Bound) -> Iterable[Row]:
        part = PARTS.get(bound.sentence.measure)
        if part is None:
            return super().found(bound)
        count, settled, live = part
        # kept by what decides them: a client's facts, and how the sentence is counted
        known = self.held.rows.setdefault(_way(bound), {})
        rows: list[Row] = []
        for client in self.scope.clients:
            facts = self.held.clients.get(client, NONE)
            of, counted = known.get(client, (None, []))
            if of is not facts:
                counted = list(count(settled(facts), bound, self.scope))
                known[client] = facts, counted
            rows += counted
        rows += count(live(self.held), bound, self.scope)
        return rows


_lock = threading.Lock()
_held: dict[_Key, Held] = {}


def held(scope: Scope) -> Held:
    """The facts of all clients as they are at `scope.at`. Five queries at first, then three, or five if one moved."""
    key = (scope.since, int(scope.at.timestamp() // HOUR.total_seconds()), scope.offices)
    with _lock:
        known = _held.pop(key, None)
        found = _again(known, scope) if known else None
        _held[key] = found = found or _all(scope)
        for old in list(_held)[:-MOST]:
            del _held[old]
        return found


def forget() -> None:
    """Hold nothing."""
    with _lock:
        _held.clear()


def _all(scope: Scope) -> Held:
    read = marked(at=scope.at)
    facts, opened = _facts(pledge_replies.load(scope), pledge_promises.load(scope), scope.at)
    return Held(facts, opened, read)


def _again(known: Held, scope: Scope) -> Held | None:
    """With the facts of those for whom something moved; none where everybody has to be read again."""
    read = moved(known.read, at=scope.at)
    if read is None:
        return None
    named = read.clients
    runs = pledge_replies.load(scope, clients=named) if named else []
    promises = pledge_promises.load(scope, of=Q(ended_at=None) | Q(client__in=named))
    fresh, opened = _facts(runs, [one for one in promises if one.client_id in named], scope.at)
    facts = known.clients | dict.fromkeys(named, NONE) | fresh
    others = [one for one in promises if one.client_id not in named]
    opened += [one for one in others if not _is_settled(one, facts)]
    return Held(facts, opened, read, known.rows)


def _is_settled(one: Standing, facts: Mapping[int, Facts]) -> bool:
    """Whether it broke before it was read last: open it is still, and nothing can change it."""
    broken = one.judged.state is State.BROKEN
    return broken and any(one.pk == each.pk for each in facts.get(one.client_id, NONE).promises)


def _facts(runs: Iterable[Run], promises: Iterable[Standing], at: datetime) -> tuple[dict[int, Facts], list[Standing]]:
    """By client what is settled, and of all of them the promises that are open."""
    ended, waits = defaultdict[int, list[Run]](list), defaultdict[int, list[Run]](list)
    for run in runs:
        (waits if run.clock.running else ended)[run.client].append(run)
    past, ahead = defaultdict[int, list[Standing]](list), defaultdict[int, list[Standing]](list)
    opened = []
    for one in promises:
        if in_time(one.judged) is None or one.judged.state is State.LATE:
            opened.append(one)
        else:
            (ahead if one.judged.due > at else past)[one.client_id].append(one)
    found = {
        client: Facts(tuple(ended[client]), tuple(waits[client]), tuple(past[client]), tuple(ahead[client]))
        for client in {*ended, *waits, *past, *ahead}
    }
    return found, opened


def _way(bound: Bound) -> tuple[object, ...]:
    """What decides how an occasion is counted, beside the client's facts."""
    varied: list[tuple[object, ...]] = [
        (one.pk, one.client_id, one.since, one.until, one.within, one.left_out) for one in bound.variations
    ]
    return (bound.sentence.pk, bound.sentence.within, bound.since, *varied)


_Part = tuple[
    Callable[[Iterable[Any], Bound, Scope], Iterable[Row]],
    Callable[[Facts], Iterable[Any]],
    Callable[[Held], Iterable[Any]],
]
_REPLIES: _Part = (
    pledge_replies.rows,
    lambda facts: facts.runs,
    lambda held: chain.from_iterable(facts.waits for facts in held.clients.values()),
)
# how each is counted, what of it is settled, and what time alone may change
PARTS: dict[str, _Part] = {
    Measure.REPLIES: _REPLIES,
    Measure.CALLS: _REPLIES,
    Measure.PROMISES: (
        pledge_promises.rows,
        lambda facts: facts.promises,
        lambda held: chain(held.open, *(facts.ahead for facts in held.clients.values())),
    ),
}
