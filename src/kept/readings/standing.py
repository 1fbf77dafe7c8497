"""Why clients stay: how it feels, how freely they choose us, what ties them, each with its rows; for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kept.measures.quiet import Quiet, quiet
from kept.measures.standing import Standing, placed, side
from kept.measures.standing_numbers import Staying
from kept.measures.standing_signs import REFERRALS, Sign, Signal, pulls
from kept.measures.trust_events import Event
from kept.measures.trust_streams import FEELINGS, Stream
from kept.readings.felt_given import given
from kept.readings.kept_by_client import ByClient, Clients
from kept.readings.stamp import Stamp
from kept.readings.standing_rows import Row, Rows, rows_of
from kept.readings.standing_taken_back import put_back
from kept.readings.standing_ties import Ties, ties_of
from kept.readings.trust_numbers import parameters_at

REACH = timedelta(days=1800)  # ten half-lives: what is older weighs less than a thousandth
YEAR = timedelta(days=365)
FELT = frozenset({*FEELINGS, Stream.MARK})


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to how it felt: the mean of its marks (0..1), and how many there were."""

    pk: int
    at: datetime
    worth: float
    marks: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign of free choice, for or against: its row, or None where it is counted (that they have gone quiet)."""

    sign: Sign
    at: datetime
    words: str = ""
    who: str = ""  # of their people
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """One client's standing with all it stands on; answers and signs the newest first.

    `heard_at` is when a person of theirs last wrote, `since` the day they became ours; it was judged by
    `numbers`.
    """

    client: int
    standing: Standing
    answers: tuple[Answered, ...]
    signs: tuple[Seen, ...]
    quiet: Quiet
    ties: Ties
    heard_at: datetime | None
    since: date | None
    asked: int  # how often in half a year how it felt
    numbers: Staying


def standing_of(
    clients: Collection[int] | None,
    *,
    at: datetime,
    felt: Mapping[int, Iterable[Event]] | None = None,
    numbers: Staying | None = None,
) -> dict[int, Standing]:
    """The standing of these clients (None: of all) as of `at`, by the firm's numbers of then where none are given.

    `felt` are the feelings and marks of each client by key, as events, where they are loaded already.
    Five queries, three with `felt`; one fewer with `numbers`.
    """
    found = grounds_of(clients, at=at, felt=felt, numbers=numbers)
    return {client: one.standing for client, one in found.items()}


def grounds_of(
    clients: Collection[int] | None,
    *,
    at: datetime,
    felt: Mapping[int, Iterable[Event]] | None = None,
    numbers: Staying | None = None,
) -> dict[int, Grounds]:
    """As `standing_of`, with the rows it stands on."""
    answers = _answers(clients, at) if felt is None else {client: _single(own) for client, own in felt.items()}
    rows = rows_of(clients, at=at)
    put_back(rows, at=at, clients=clients)
    ours = numbers or parameters_at(at).staying
    return {client: _judge(client, own, answers.get(client, []), at, ours) for client, own in rows.items()}


def grounds_now(clients: Collection[int] | None, *, at: datetime, numbers: Staying | None = None) -> dict[int, Grounds]:
    """As `grounds_of` at the present moment, which needs no memory of what was changed since: two queries."""
    rows = rows_of(clients, at=at, felt_since=at - REACH)
    answers = {client: [_said(row) for row in own.felt if row.two] for client, own in rows.items()}
    ours = numbers or parameters_at(at).staying
    return {client: _judge(client, own, answers[client], at, ours) for client, own in rows.items()}


def grounds_of_all(*, at: datetime, moved: Stamp, mail: int) -> Mapping[int, Grounds]:
    """Of all clients at the end of this hour, kept in the process so long: in an hour nothing fades.

    Counted again are those of whom the journal, or a new message, tells since (`kept_by_client.newest`). All are
    counted as of one moment, so that it does not matter when; a number that was changed moves everybody.
    """
    return _kept(moved, mail, at.replace(minute=59, second=59, microsecond=999_999))


@ByClient
def _kept(clients: Clients, at: datetime) -> Mapping[int, Grounds]:
    return grounds_now(clients, at=at)


def _answers(clients: Collection[int] | None, at: datetime) -> Mapping[int, list[Answered]]:
    found: dict[int, list[Answered]] = defaultdict(list)
    for one in given(at=at, since=at - REACH, clients=clients):
        if one.marks:
            worth = sum(one.marks.values()) / (10 * len(one.marks))
            found[one.client].append(Answered(one.pk, one.at, worth, len(one.marks)))
    return found


def _said(row: Row) -> Answered:
    assert row.at is not None and row.two  # noqa: S101, PT018  # an answer has its moment, and these have marks
    return Answered(row.pk, row.at, (row.one or 0) / (10 * row.two), row.two)


def _single(events: Iterable[Event]) -> list[Answered]:
    return [Answered(each.row, each.at, each.x, 1) for each in events if each.stream in FELT]


def _judge(client: int, rows: Rows, answers: list[Answered], at: datetime, numbers: Staying) -> Grounds:
    """As `measures.standing.standing`, with the marks of one answer counted together."""
    rate = quiet(rows.lately, rows.before, numbers=numbers)
    seen = [_seen(row) for row in rows.signs] + ([Seen(Sign.GONE_QUIET, at)] if rate.gone else [])
    signals = [Signal(each.sign, each.at, each.row or 0) for each in seen]
    ties = ties_of(rows, day=at.date())
    felt = [(each.worth, float(each.marks), each.at) for each in answers if each.at <= at]
    judged = placed(
        side(felt, at=at, prior=(numbers.felt_good, numbers.felt_bad), bar=numbers.felt_bar, numbers=numbers),
        side(
            pulls(signals, numbers),
            at=at,
            prior=(numbers.free_good, numbers.free_bad),
            bar=numbers.free_bar,
            numbers=numbers,
        ),
        locks=ties.locks,
        sends_others=any(each.sign in REFERRALS and at - each.at <= YEAR for each in signals),
        numbers=numbers,
    )
    return Grounds(
        client=client,
        standing=judged,
        answers=tuple(sorted(answers, key=lambda each: (each.at, each.pk), reverse=True)),
        signs=tuple(sorted(seen, key=lambda each: (each.at, each.row or 0), reverse=True)),
        quiet=rate,
        ties=ties,
        heard_at=rows.heard_at,
        since=rows.since,
        asked=rows.asked,
        numbers=numbers,
    )


def _seen(row: Row) -> Seen:
    assert row.at is not None  # noqa: S101  # a sign always has its moment
    return Seen(Sign[row.kind.upper()], row.at, row.words, row.who, row.pk)
