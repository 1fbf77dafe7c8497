"""The pledge as it is kept: each sentence in force with its share, interval and misses, for the firm, a client, or all.

For everybody, clients behind a wall are left out, whether there are any or not, and a figure that stands on fewer than
five clients is not told: otherwise somebody who is kept from a client could learn of it from what the figures leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Client
from kept.ledgers.pledges.models import Edition, Sentence, Variation
from kept.ledgers.team.models import Member
from kept.measures.pledge import Case, Share, Verdict, kept_share
from kept.measures.pledge_kinds import KINDS, Kind
from kept.readings.calendars import Offices
from kept.readings.calendars_then import offices_at
from kept.readings.own_pledges import own_pledges
from kept.readings.pledge_asked import Asked, Whose, whose
from kept.readings.pledge_counting import Ledgers
from kept.readings.pledge_held import HeldLedgers
from kept.readings.pledge_in_force import in_force
from kept.readings.pledge_rows import Bound, Row, Scope, variations
from kept.readings.stamp import stamp

FEWEST_CLIENTS = 5  # behind a figure that everybody may read
SLOT = timedelta(minutes=10)  # for so long a page keeps what it counted, while no ledger moves
LONG_SLOT = timedelta(hours=1)  # the same for everybody, whatever moves: strangers cannot make us count


@dataclass(frozen=True)
class Line:
    """One sentence with its figures; `rows` are its occasions, oldest first, and `clients` how many stand behind them.

    `words` and `target` are the client's own where one is asked about and something `varied`. `too_few`: counted, but
    on too few clients to be told to everybody; nothing of it is here then.
    """

    sentence: Sentence
    words: str
    share: Share
    since: date
    rows: tuple[Row, ...] = ()
    clients: int = 0
    varied: Variation | None = None
    too_few: bool = False

    @property
    def kind(self) -> Kind | None:
        """What it is counted by; None while it is bound to nothing."""
        return KINDS.get(self.sentence.measure)

    @property
    def misses(self) -> list[Row]:
        """Newest first."""
        return [row for row in reversed(self.rows) if not row.kept]


@dataclass(frozen=True)
class Board:
    """All sentences of an edition, counted at `at`; `zone` is the firm's."""

    at: datetime
    zone: ZoneInfo
    edition: Edition
    lines: tuple[Line, ...]
    clients: dict[int, Client]
    varied: tuple[Variation, ...]  # what was agreed with these clients by then, the newest first

    def of(self, verdict: Verdict) -> list[Line]:
        """The lines of which that is to be said."""
        return [line for line in self.lines if line.share.verdict is verdict and not line.too_few]


def pledge_board(
    *, at: datetime, viewer: Member | None = None, client: Client | None = None, window: timedelta | None = None
) -> Board | None:
    """The edition in force at `at`, counted from what was known then; None where none was.

    With a viewer: all clients they may know of; with a client: that one alone, by what was agreed with them; with
    neither: what everybody may read. `window` replaces the windows of the sentences. At most 15 queries.
    """
    sentences = in_force(at)
    if not sentences:
        return None
    return _count(Asked(whose(viewer, client), sentences[0].edition_id, at, sentences, offices_at(at), window))


def board_between(client: Client, *, at: datetime, since: datetime, until: datetime, offices: Offices) -> Board | None:
    """The client's occasions of these days as known at `at`, by the edition that was in force at the last of them."""
    sentences = in_force(min(at, until))
    if not sentences:
        return None
    return _count(Asked(whose(None, client), sentences[0].edition_id, at, sentences, offices, between=(since, until)))


def board_of(sentences: Sequence[Sentence], *, at: datetime, offices: Offices, viewer: Member) -> Board:
    """How we would have done by these sentences of one edition, such as a draft's; for all clients the viewer knows."""
    return _count(Asked(whose(viewer, None), sentences[0].edition_id, at, sentences, offices))


def board_lately(
    sentences: Sequence[Sentence],
    *,
    at: datetime,
    offices: Offices,
    viewer: Member | None,
    client: Client | None = None,
) -> Board:
    """The same for a page, of the sentences in force, which stays in the process for a while.

    For a viewer until a ledger moves, ten minutes at most; for everybody for an hour, whatever moves.
    """
    of = whose(viewer, client)
    slot = LONG_SLOT if of.everybody else SLOT
    moved = None if of.everybody else stamp()
    key = Asked(
        of, sentences[0].edition_id, at, tuple(sentences), offices,
        slot=int(at.timestamp() // slot.total_seconds()), moved=moved,
    )  # fmt: skip
    return _kept(key)


@lru_cache(maxsize=64)
def _kept(asked: Asked) -> Board:
    return _count(asked, Ledgers if asked.whose.one else HeldLedgers)


def _count(asked: Asked, ledgers: type[Ledgers] = Ledgers) -> Board:
    places = asked.offices
    begins = [asked.since(one) for one in asked.sentences]
    clients = asked.whose.clients()
    scope = Scope(asked.at, min(begins), clients, places, asked.whose.client, own_pledges(min(begins)))
    varied, facts = variations(at=asked.at, clients=clients), ledgers(scope)
    lines = [
        _line(Bound(one, since, asked.until, varied.get(one.root_pk, ())), facts, of=asked.whose)
        for one, since in zip(asked.sentences, begins, strict=True)
    ]
    found = tuple(line for line in lines if line is not None)
    agreed = sorted(
        (one for rows in varied.values() for one in rows), key=lambda one: (one.since, one.pk), reverse=True
    )
    return Board(asked.at, places.zone, asked.sentences[0].edition, found, clients, tuple(agreed))


def _line(bound: Bound, facts: Ledgers, *, of: Whose) -> Line | None:
    """None where the one client asked about has agreed that the sentence is not for them."""
    sentence, scope = bound.sentence, facts.scope
    varied = bound.varied(of.client, scope.day(scope.at)) if of.client else None
    if varied is not None and varied.left_out:
        return None
    target = ((varied.target if varied else None) or sentence.target) / 100
    words = (varied.words if varied else "") or sentence.words
    rows = facts.rows(bound)
    clients = len({row.client for row in rows})
    if of.everybody and 0 < clients < FEWEST_CLIENTS:
        return Line(sentence, words, kept_share([], target=target), scope.day(bound.since), too_few=True)
    cases = [Case(row.pk, row.at, row.kept) for row in rows]
    return Line(sentence, words, kept_share(cases, target=target), scope.day(bound.since), tuple(rows), clients, varied)
