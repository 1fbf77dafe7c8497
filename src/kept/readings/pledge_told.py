"""The lines of the pledge as they are read and drawn, the same for the firm and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from kept.kit import words
from kept.kit.charts.tally import SHOWN, ShareLine, Tally, share_line, tally
from kept.measures import pledge_says as say
from kept.measures.pledge import Share, Verdict
from kept.readings.pledge import Board, Line
from kept.readings.pledge_opening import since_words
from kept.readings.pledge_rows import Row

LATEST = 3
TOO_FEW = "Too few clients stand behind this to say it here."
UNBOUND = "Held against nothing yet."


@dataclass(frozen=True)
class Told:
    """One sentence: its words, what was counted, its state ("calm" is not drawn), and the figures beside.

    `kept` is the number that is set in bold between `before` and `after`; empty where there is nothing to draw.
    """

    pk: int
    words: str
    says: str
    state: str
    before: str = ""
    kept: str = ""
    after: str = ""
    tally: Tally | None = None
    line: ShareLine | None = None
    target: str = ""
    misses: tuple[Row, ...] = ()
    more: str = ""
    missed: int = 0


def told(board: Board) -> list[Told]:
    """Every line of the board."""
    return [_told(line, board) for line in board.lines]


def day_of(row: Row, board: Board) -> str:
    """ "12 Oct", with the year where it was another."""
    day = row.at.astimezone(board.zone).date()
    other = f" {day.year}" if day.year != board.at.astimezone(board.zone).year else ""
    return f"{day.day} {words.SHORT_MONTHS[day.month - 1]}{other}"


def _told(line: Line, board: Board) -> Told:
    if line.kind is None:
        return Told(line.sentence.pk, line.words, UNBOUND, "unknown")
    if line.too_few:
        return Told(line.sentence.pk, line.words, TOO_FEW, "unknown")
    one, misses = line.share, line.misses
    since = since_words(line.since, today=board.at.astimezone(board.zone).date())
    says = say.counted(one, line.kind, since=since, how=[row.how for row in misses])
    says += _unsure(one)
    if one.share is None:
        return Told(line.sentence.pk, line.words, says, "unknown", target=say.hundredths(one.target))
    strokes = tally([row.kept for row in line.rows])
    before, after = _around(one, strokes)
    return Told(
        line.sentence.pk, line.words, says, say.shape(one),
        before=before, kept=say.in_hundred(one), after=after,
        tally=strokes, line=_drawn(one), target=say.hundredths(one.target),
        misses=tuple(misses[:LATEST]), more=_more(len(misses)), missed=len(misses),
    )  # fmt: skip


def _unsure(one: Share) -> str:
    """ " Too close to say whether it holds." """
    if one.verdict is Verdict.CLOSE:
        return " Too close to say whether it holds."
    return " Too little to say whether it holds." if one.verdict is Verdict.THIN else ""


def _around(one: Share, strokes: Tally) -> tuple[str, str]:
    """What stands before and after the number in bold."""
    kept = say.in_hundred(one)
    before, after = say.figures(one).split(kept, 1)
    return (f"The last {SHOWN}. {before}" if strokes.cut else before), after


def _drawn(one: Share) -> ShareLine:
    span = (one.interval.low, one.interval.high)
    short = one.verdict is Verdict.SHORT
    return share_line(one.share or 0.0, span=span, target=one.target, thin=one.is_thin, short=short)


def _more(missed: int) -> str:
    """ "The last three of 19", "Both", "The one"; empty without a miss."""
    if missed <= LATEST:
        return ("", "The one that was missed", "The two that were missed", "The three that were missed")[missed]
    many = words.SMALL[missed] if missed < len(words.SMALL) else f"{missed:,}"
    return f"The last {words.SMALL[LATEST]} of {many}"


def all_misses(boards: Sequence[Line]) -> list[Row]:
    """The misses shown on the board, for those who may read whom they are about."""
    return [row for line in boards for row in line.misses[:LATEST]]
