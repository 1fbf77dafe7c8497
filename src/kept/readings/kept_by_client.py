"""What a process keeps of every client: counted again for those alone of whom the journal, or new mail, tells since."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate

from django.db.models import CharField, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from kept.kit.written_once import written_once
from kept.ledgers.conversations.models import Message
from kept.ledgers.journal.models import Line
from kept.readings.stamp import Stamp

type Clients = Collection[int] | None  # None: everybody
type Names = list[tuple[int, int | None, str, str]]  # rows that name clients: key, client, noun, verb

LATE = 50  # so far below the newest key a slower transaction may have written since
MANY = 64  # from so many on it is quicker to count everybody than to look for each
# Lines that name no client may move everybody, but for these: no client is counted by them.
OF_NOBODY = frozenset({"conversations", "letters", "mailboxes", "pledges", "rounds"})  # ledgers
SIGNING_IN = "team.SignInLink"
ELSEWHERE = "conversations.belong_to"  # tells of the client it went to alone


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was counted, up to when, and the keys of the lines and messages it knows of."""

    moved: Stamp
    mail: int
    lines: frozenset[int]
    letters: frozenset[int]
    found: Mapping[int, Any]


@dataclass(eq=False)
class ByClient[**Key, One]:
    """Stands before a function that answers by client, for the clients named or for all, and keeps its last answer.

        @ByClient
        def _kept(clients: Clients, day: date) -> dict[int, Grounds]: ...

        _kept(stamp(), None, day)

    With another key, or where something moved everybody, all are counted. What it answers is not to be changed.
    `besides` are keys counted again whenever anything moved.
    """

    count: Callable[Concatenate[Clients, Key], Mapping[int, One]]
    besides: frozenset[int] = frozenset()
    _last: dict[Hashable, _Kept] = field(default_factory=dict)

    def __call__(self, moved: Stamp, mail: int | None, *args: Key.args, **kwargs: Key.kwargs) -> Mapping[int, One]:
        """As of the journal's last line, and the newest message where mail moves it too (see `newest`).

        No query when nothing moved, else one and those of the function; of all its own alone.
        """
        key = (args, tuple(sorted(kwargs.items())))
        before = self._last.get(key)
        if before is not None and (before.moved, before.mail) == (moved, mail or 0):
            return before.found
        if before is None or not _follows(before.moved, moved):
            after = _Kept(moved, mail or 0, frozenset(), frozenset(), self.count(None, *args, **kwargs))
        else:
            after = self._carried_on(before, moved, mail, *args, **kwargs)
        self._last.clear()
        self._last[key] = after
        return after.found

    def _carried_on(
        self, before: _Kept, moved: Stamp, mail: int | None, *args: Key.args, **kwargs: Key.kwargs
    ) -> _Kept:
        since = (before.moved[0] if before.moved else 0) - LATE
        lines, letters = _told(since, moved, mail=None if mail is None else (before.mail - LATE, mail))
        again = _named([*_unknown(lines, before.lines), *_unknown(letters, before.letters)])
        if again is None or len(again) > MANY:
            found: Mapping[int, One] = self.count(None, *args, **kwargs)
        else:
            wanted = again | self.besides
            fresh = self.count(wanted, *args, **kwargs) if wanted else {}
            found = {pk: one for pk, one in before.found.items() if pk not in wanted} | dict(fresh)
        return _Kept(moved, mail or 0, _keys(lines), _keys(letters), found)

    def cache_clear(self) -> None:
        """Forget everything."""
        self._last.clear()
        _told.forget()


@dataclass(eq=False)
class OnceOf[Whole, **Key, One]:
    """Stands before a pure function of an answer of `ByClient`: made once, as long as the answer is the same one."""

    make: Callable[Concatenate[Whole, Key], One]
    _last: tuple[Whole, Hashable, One] | None = None

    def __call__(self, whole: Whole, *args: Key.args, **kwargs: Key.kwargs) -> One:
        """What is made of it; not to be changed."""
        last, key = self._last, (args, tuple(sorted(kwargs.items())))
        if last is None or last[0] is not whole or last[1] != key:
            self._last = last = (whole, key, self.make(whole, *args, **kwargs))
        return last[2]

    def cache_clear(self) -> None:
        """Forget it."""
        self._last = None


def newest() -> tuple[Stamp, int]:
    """The journal's last line and the key of the newest message; one query."""
    message = Subquery(Message.objects.order_by("-pk").values("pk")[:1])
    row = Line.objects.order_by("-pk").values_list("pk", "at", message).first()
    return ((row[0], row[1]), row[2] or 0) if row else (None, 0)


def _follows(before: Stamp, after: Stamp) -> bool:
    """Whether it can be carried on from there: a database put back from a backup goes back in its lines."""
    return before is not None and after is not None and before[0] <= after[0]


class _Told:
    """Lines and letters since the keys given: what functions keep is mostly of one age, so a page asks once."""

    def __init__(self) -> None:
        self._last: tuple[tuple[int, Stamp], tuple[int, int] | None, Names, Names] | None = None

    def __call__(self, after: int, moved: Stamp, *, mail: tuple[int, int] | None) -> tuple[Names, Names]:
        """`moved` is the newest line as it stood; `mail`: since which letter, and the newest, None: none are wanted."""
        last = self._last
        if last is None or last[0] != (after, moved) or mail not in {None, last[1]}:
            rows = _lines(after) if mail is None else _lines_and_letters(after, mail[0])
            lines = [(pk, client, noun, verb) for letter, pk, client, noun, verb in rows if not letter]
            letters = [(pk, client, noun, verb) for letter, pk, client, noun, verb in rows if letter]
            self._last = last = ((after, moved), mail, lines, letters)
        return last[2], last[3]

    def forget(self) -> None:
        self._last = None


_told = _Told()


@written_once
def _lines(after: int) -> QuerySet[Any, tuple[Any, ...]]:
    return _columns(Line.objects.filter(pk__gt=after), letter=0)


@written_once
def _lines_and_letters(after: int, mail: int) -> QuerySet[Any, tuple[Any, ...]]:
    nothing = Cast(Value(""), CharField(max_length=60))
    letters = Message.objects.filter(pk__gt=mail).annotate(noun=nothing, verb=nothing)
    every = _columns(letters, letter=1, client="conversation__client_id")
    return _columns(Line.objects.filter(pk__gt=after), letter=0).union(every, all=True).order_by()


def _columns(rows: QuerySet[Any], *, letter: int, client: str = "client_id") -> QuerySet[Any, tuple[Any, ...]]:
    told: QuerySet[Any] = rows.annotate(is_letter=Cast(Value(letter), IntegerField())).order_by()
    return told.values_list("is_letter", "pk", client, "noun", "verb")


def _keys(rows: Names) -> frozenset[int]:
    return frozenset(pk for pk, *_ in rows)


def _unknown(rows: Names, known: frozenset[int]) -> Names:
    return [row for row in rows if row[0] not in known]


def _named(rows: Iterable[tuple[int, int | None, str, str]]) -> set[int] | None:
    """The clients these rows tell of; None: of everybody."""
    found: set[int] = set()
    for _, client, noun, verb in rows:
        if verb == ELSEWHERE:
            return None
        if client is not None:
            found.add(client)
        elif noun and noun != SIGNING_IN and noun.partition(".")[0] not in OF_NOBODY:
            return None
    return found
