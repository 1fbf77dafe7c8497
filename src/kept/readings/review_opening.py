"""How a review begins: one sentence for the whole quarter, and three questions with plain answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kept.kit.charts.axis import Axis
from kept.kit.charts.ranges import range_line
from kept.kit.words import SMALL, listed, sentence
from kept.measures.intervals import jeffreys
from kept.measures.promises import State
from kept.readings.client_team import Day
from kept.readings.review_felt import MARK, Heard, points
from kept.readings.review_hours import Paid, sums
from kept.readings.review_pledge import within
from kept.readings.review_promises import Owed
from kept.readings.review_replies import Replied
from kept.readings.review_told import Third

TIMES = {1: "once", 2: "twice"}
MOVED_BY = 0.5  # a smaller step between two marks is not worth a word
NEAR_AN_END = 0.15
FEW = 5  # so few tell nothing by a range
HUNDRED, TEN = Axis(0.0, 100.0), Axis(0.0, 10.0)


@dataclass(frozen=True)
class Counts:
    """What the first page counts from."""

    owed: Owed
    replies: Sequence[Replied]
    heard: Heard
    days: Sequence[Day]
    agreed: Paid | None
    pledge: timedelta

    @property
    def in_time(self) -> int:
        return sum(one.in_time for one in self.replies)


def opening(counts: Counts) -> str:
    """ "We kept 19 of 22 promises, answered 27 of 30 times within two working hours, and broke our word once.

    You mark the work 9 of 10, and being sure of us 6.5, down from 8."
    """
    return " ".join(filter(None, (_did(counts), _felt(counts.heard))))


def three(counts: Counts) -> tuple[Third, ...]:
    """Did we keep our word, is the work good, and: was it worth the fee, or, without hours, were we there."""
    fee = _fee(counts)
    return (_word(counts.owed), _work(counts.heard), fee or _there(counts))


def _did(counts: Counts) -> str:
    kept, settled, broken = counts.owed.kept, counts.owed.settled, len(counts.owed.of(State.BROKEN))
    parts = []
    if settled:
        whole = "the one promise that fell due" if settled == 1 else f"all {_number(settled)} promises"
        parts.append(f"kept {whole if kept == settled else f'{_number(kept)} of {_number(settled)} promises'}")
    if counts.replies:
        asked = len(counts.replies)
        times = "each time" if counts.in_time == asked else f"{_number(counts.in_time)} of {_number(asked)} times"
        parts.append(f"answered {times} within {within(counts.pledge)}")
    if broken:
        parts.append(f"broke our word {TIMES.get(broken) or f'{_number(broken)} times'}")
    if not parts:
        return "No promise fell due this quarter, and nobody wrote to us."
    return f"We {listed(parts)}."


def _felt(heard: Heard) -> str:
    mark, secure, before = heard.mean(MARK), heard.mean("secure"), heard.mean_before("secure")
    if mark is None and secure is None:
        return "How it felt to you we don’t know yet."
    said = []
    if mark is not None:
        said.append(f"mark the work {points(mark)} of 10")
    if secure is not None:
        step = "" if before is None or abs(secure - before) < MOVED_BY else _step(secure, before)
        verb = "being sure of us" if said else "mark being sure of us"
        said.append(f"{verb} {points(secure)}{'' if mark is not None else ' of 10'}{step}")
    return f"You {', and '.join(said) if 'from' in said[-1] else listed(said)}."


def _step(now: float, before: float) -> str:
    return f", {'down' if now < before else 'up'} from {points(before)}"


def _word(owed: Owed) -> Third:
    ask, kept, settled = "Did we keep our word?", owed.kept, owed.settled
    if not settled:
        return Third(ask, "No promise fell due.", "Nothing to count, and nothing to be proud of.")
    answer = f"Yes: all {_number(settled)} of them." if kept == settled > 1 else f"{kept} of {settled} promises kept."
    if settled < FEW:
        return Third(ask, sentence(answer), "Too few to say how it usually goes; each stands below.")
    span = jeffreys(kept, settled)
    low, high = round(100 * span.low), round(100 * span.high)
    return Third(
        ask=ask,
        answer=sentence(answer),
        note=f"As we are, we’d keep between {low} and {high} of 100.",
        line=range_line(HUNDRED, span=(low, high), mark=100 * kept / settled),
        mark=f"{100 * kept / settled:.0f} in 100",
        anchor=_anchor(kept / settled),
        low="0",
        high="100",
    )


def _work(heard: Heard) -> Third:
    ask, mark, before = "Is the work good?", heard.mean(MARK), heard.mean_before(MARK)
    if mark is None:
        return Third(ask, "You haven’t told us yet.", "We don’t take silence for a yes.")
    same = before is not None and points(before) == points(mark)
    change = "" if before is None else f" Dashed: {points(before)} the quarter before."
    return Third(
        ask=ask,
        answer=f"You give it {points(mark)} of 10.",
        note=f"Your mark for the work, asked apart.{' As the quarter before.' if same else change}",
        line=range_line(TEN, mark=mark, ghost=None if same else before),
        mark=points(mark),
        anchor=_anchor(mark / 10),
        low="0",
        high="10",
    )


def _there(counts: Counts) -> Third:
    ask, asked, good = "Were we there when you wrote?", len(counts.replies), counts.in_time
    if not asked:
        return Third(ask, "You didn’t need to write.", "No message of yours waited for us.")
    answer = "Every time." if good == asked else f"In time {good} of {asked} times."
    return Third(
        ask=ask,
        answer=answer,
        note=f"A person answers within {within(counts.pledge)}.",
        line=range_line(HUNDRED, mark=100 * good / asked),
        mark=f"{100 * good / asked:.0f} in 100",
        anchor=_anchor(good / asked),
        low="0",
        high="100",
    )


def _fee(counts: Counts) -> Third | None:
    if counts.agreed is None:
        return None
    worked, paid_for = sums(counts.days, counts.agreed)
    if not paid_for:
        return None
    over, gift = worked - paid_for, min(max(0.0, worked - paid_for), counts.agreed.gifts)
    if over < 0.5:
        note = "Within what you pay for."
    else:
        note = f"{over:,.0f} hours more than you pay for" + (f"; {gift:,.0f} of them a gift." if gift else ".")
    return Third(
        ask="Was it worth the fee?",
        answer=f"{paid_for:,.0f} hours paid for, {worked:,.0f} worked.",
        note=note,
        line=range_line(Axis(0.0, max(worked, paid_for) * 1.1), used=worked, limit=paid_for),
        mark=f"{worked:,.0f}",
        low="0 h",
        high="",
    )


def _anchor(share: float) -> str:
    """Words at the end of a short line stay within it."""
    return "start" if share < NEAR_AN_END else "end" if share > 1 - NEAR_AN_END else "middle"


def _number(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else f"{number:,}"
