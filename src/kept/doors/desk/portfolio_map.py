"""The map of the portfolio: how it feels, against what ties them; few clients by name, many as heaps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.portfolio_rows import quiet_words, unheard
from kept.doors.desk.standing_said import out_of_ten, question, stays, too_little
from kept.doors.desk.ways import way
from kept.kit.charts.plane import DrawnSpot, Heap, Spot, across, down, heaps, plane
from kept.measures.intervals import beta_interval
from kept.measures.standing import Kind, Standing
from kept.measures.standing_numbers import STAYING, Staying
from kept.readings.portfolio import Portfolio, Row

BEGINS, LOWEST, NEAR = 5.0, 4.0, 5.5  # of ten: where the map begins, and where if somebody feels worse than the last
NAMED = 60  # clients that are drawn by name; of more only who is held
HELD = 12  # of the held that are named on a map of heaps
SHOWN = 8  # rows beside the map
CROSSES = 6  # of the little known whose range is drawn
CORNERS = ("glad, never tested", "glad, and free to go", "held", "free to go, and may")


@dataclass(frozen=True)
class Map:
    """What is drawn: spots, or heaps with the held as spots; where the bars lie; and the way of `label` in words."""

    spots: tuple[DrawnSpot, ...]
    heaps: tuple[Heap, ...]
    half: str
    good: str
    lowest: str
    corners: tuple[str, ...] = CORNERS


@dataclass(frozen=True)
class Placed:
    """A client of the map's table."""

    name: str
    to: str
    felt: str
    free: str
    why: str


@dataclass(frozen=True)
class Said:
    """A client and a few words."""

    name: str
    to: str
    words: str
    state: State | None = None


def drawn(found: Portfolio) -> Map:
    """Everybody by name, or where they are too many the heaps, and the held by name."""
    rows = found.rows
    few = len(rows) <= NAMED
    named = rows if few else found.of(Kind.HELD)[:HELD]
    crossed, low = _crossed(named), _lowest(rows)
    apart, ours = {row.client.pk for row in named}, _numbers(rows)
    return Map(
        spots=plane([_spot(row, low, crossed=row.client.pk in crossed) for row in named], corners=CORNERS),
        heaps=() if few else heaps(_spot(row, low) for row in rows if row.client.pk not in apart),
        half=across(100 * (1 - ours.untested_from)),
        good=down(_felt(ours.felt_bar, low)),
        lowest=f"{low:g}",
    )


def _numbers(rows: Sequence[Row]) -> Staying:
    """The numbers everybody here was judged by."""
    return next((row.grounds.numbers for row in rows), STAYING)


def _crossed(named: Sequence[Row]) -> set[int]:
    """Of whom little is known and whose range stands in nobody's way."""
    ties = Counter(row.grounds.standing.lock for row in named)
    pale = {row.client.pk for row in named if _pale(row) and ties[row.grounds.standing.lock] == 1}
    return pale if len(pale) <= CROSSES else set()


def _pale(row: Row) -> bool:
    """Whether little is known: too early to say, or nobody judged what ties them."""
    return row.grounds.standing.kind is Kind.UNCLEAR or row.grounds.ties.locks is None


def _spot(row: Row, low: float, *, crossed: bool = False) -> Spot:
    one = row.grounds.standing
    held = one.kind is Kind.HELD
    tall = beta_interval(one.felt.alpha, one.felt.beta) if crossed else None
    return Spot(
        x=100 * (1 - one.lock),
        y=_felt(one.felt.mean, low),
        words=row.client.name if len(row.client.name) <= 22 else f"{row.client.name[:20].rstrip()}…",
        s="late" if held else "unknown" if _pale(row) else "calm",
        urgency=-1 if held else 0,
        tall=(_felt(tall.low, low), _felt(tall.high, low)) if tall else None,
    )


def _lowest(rows: Sequence[Row]) -> float:
    """Of ten, where the map begins: as high as nobody stands at its edge."""
    worst = min((10 * row.grounds.standing.felt.mean for row in rows), default=10.0)
    return LOWEST if worst < NEAR else BEGINS


def _felt(share: float, low: float) -> float:
    """A share of how it feels as one of the map, which begins at `low` of ten; what is worse stands at its edge."""
    return max(0.0, 100 * (10 * share - low) / (10 - low))


def table(rows: Sequence[Row]) -> list[Placed]:
    """The map in figures."""
    return [
        Placed(
            name=row.client.name,
            to=way("standing", row.client.pk),
            felt=out_of_ten(row.grounds.standing.felt.mean),
            free=_free(row.grounds.standing, judged=row.grounds.ties.locks is not None),
            why=stays(row.grounds.standing, unknown=row.unknown),
        )
        for row in rows
    ]


def _free(one: Standing, *, judged: bool) -> str:
    return f"{100 * (1 - one.lock):.0f}" if judged else "nobody judged"


def one_question(found: Portfolio) -> list[Said]:
    """Of whom one question would tell, and why nothing else does: the untested, then those it is too early to place."""
    rows = [*found.untested, *found.of(Kind.UNCLEAR)]
    return [
        Said(row.client.name, way("standing", row.client.pk), too_little(row.grounds, days=_days(row))) for row in rows
    ]


def _days(row: Row) -> int | None:
    return (row.at.date() - row.grounds.since).days if row.grounds.since else None


def silent(found: Portfolio) -> list[Said]:
    """Who has gone quiet, by name."""
    eye = Eye(found.at, found.zone)
    return [
        Said(row.client.name, way("client", row.client.pk), quiet_words(row), unheard(row, eye)) for row in found.silent
    ]


def asks(row: Row) -> str:
    """The question for them."""
    return question(row.grounds.standing)
