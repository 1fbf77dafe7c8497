"""How the pledge is kept, in one or two sentences that a good colleague would say."""

from collections.abc import Sequence
from datetime import date

from kept.kit import words
from kept.measures.pledge import Verdict
from kept.readings.pledge import Board, Line

SHORT = {
    "replies": "we answer later than we said",
    "calls": "we call back later than we said",
    "promises": "we keep fewer promises than we said",
    "people": "the people who were met aren’t always the people who come",
    "meetings": "we keep fewer meetings than we said",
    "bills": "more bills surprise than we said",
    "first_month": "new clients wait longer for a talk with us than we said",
    "feedback": "whom something hurt waits longer for a call than we said",
}
TOLD = 2  # so many that fall short are said; the rest are counted
NOTHING_YET = "We have pledged nothing yet. Five sentences that one can hold us to would be a beginning."


def opening(board: Board | None) -> str:
    """ "Three of our five sentences hold. We keep fewer promises than we said, 84 of 92 where 88 would do." """
    if board is None or not board.lines:
        return NOTHING_YET
    holds, short = board.of(Verdict.HOLDS), board.of(Verdict.SHORT)
    counted = [line for line in board.lines if line.share.verdict not in {Verdict.NOTHING, Verdict.THIN}]
    if not counted:
        return f"It is too early to say how we keep our {_many(len(board.lines))} sentences."
    said = [_holding(len(holds), len(board.lines)), _short(short), _unsure(board)]
    return " ".join(one for one in said if one)


def client_opening(board: Board | None, name: str) -> str:
    """The same of one client: "With Borealis two of five sentences hold." """
    if board is None or not board.lines:
        return f"Nothing is pledged to {name} yet."
    holds = len(board.of(Verdict.HOLDS))
    counted = [line for line in board.lines if line.share.n]
    if not counted:
        return f"There is nothing to count with {name} yet."
    number = "none" if not holds else words.SMALL[holds]
    return f"With {name} {number} of {_many(len(board.lines))} sentences surely {'hold' if holds > 1 else 'holds'}."


def public_opening(board: Board) -> str:
    """ "Five things you can hold us to, and how we did since 22 July, the misses included."

    Without a day where the sentences look back over times of different length.
    """
    number, begins = words.sentence(_many(len(board.lines))), {line.since for line in board.lines}
    today = board.at.astimezone(board.zone).date()
    since = f" since {since_words(begins.pop(), today=today)}" if len(begins) == 1 else ""
    return f"{number} things you can hold us to, and how we did{since}, the misses included."


def since_words(day: date, *, today: date) -> str:
    """ "22 July"; with the year where it was another."""
    return f"{day.day} {words.MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")


def _many(number: int) -> str:
    return words.SMALL[number] if number < len(words.SMALL) else str(number)


def _holding(holds: int, of: int) -> str:
    if holds == of:
        return f"All our {_many(of)} sentences hold."
    if not holds:
        return f"None of our {_many(of)} sentences surely holds."
    return f"{words.sentence(_many(holds))} of our {_many(of)} sentences {'holds' if holds == 1 else 'hold'}."


def _short(short: Sequence[Line]) -> str:
    """The worst first: who falls furthest below what was pledged."""
    worst = sorted(short, key=lambda line: (line.share.share or 0.0) - line.share.target)
    said = [_falls(line) for line in worst[:TOLD]]
    left = len(short) - len(said)
    if left > 0:
        said.append(f"{words.SMALL[left]} more {'falls' if left == 1 else 'fall'} short")
    return f"{words.sentence('; and '.join(said))}." if said else ""


def _falls(line: Line) -> str:
    one = line.share
    return f"{SHORT[line.sentence.measure]}, {one.kept:,} of {one.n:,} where {one.needed:,} would do"


def _unsure(board: Board) -> str:
    close = len(board.of(Verdict.CLOSE))
    little = len(board.lines) - close - len(board.of(Verdict.HOLDS)) - len(board.of(Verdict.SHORT))
    said = [f"{_many(close)} {'is' if close == 1 else 'are'} too close to call"] if close else []
    if little:
        said.append(f"for {_many(little)} there is too little to say")
    return f"{words.sentence(' and '.join(said))}." if said else ""
