"""What a client sees of a quarter: words and places on lines, and nothing else that could tell more.

This is all that a page or a paper is given, and what is frozen when it is shared: text, numbers, lists of them.
"""

from dataclasses import asdict, dataclass
from typing import Any

from kept.kit.charts.ranges import RangeLine

FORM = 1  # of what is frozen; who changes a part reads the older ones too


@dataclass(frozen=True)
class Third:
    """One of the three questions at the top, with its plain answer, its line (if any), what stands at it, a note."""

    ask: str
    answer: str
    note: str
    line: RangeLine | None = None
    mark: str = ""  # the value's own words, at the mark
    anchor: str = "middle"  # how they stand there, as SVG says it
    low: str = ""  # what the ends of the line are
    high: str = ""


@dataclass(frozen=True)
class Vow:
    """One promise: its words, who made it to whom, its day, and what became of it as a state with words."""

    words: str
    by: str
    to: str
    due: str
    s: str
    said: str
    large: bool = True  # stands on the paper; the rest is on the page


@dataclass(frozen=True)
class Promised:
    """All promises of the quarter, in a sentence and by row."""

    say: str
    rows: tuple[Vow, ...]
    note: str = ""


@dataclass(frozen=True)
class Vouched:
    """One sentence of the pledge: a stroke for each time (where it stands, and whether we kept it); what it came to."""

    sentence: str
    strokes: tuple[tuple[str, bool], ...]
    s: str
    said: str


@dataclass(frozen=True)
class Felt:
    """One feeling of theirs, 0 to 10: its line, its value and the one before in words."""

    name: str
    line: RangeLine
    value: str
    before: str
    label: str


@dataclass(frozen=True)
class Quote:
    """Words of theirs, as they wrote them, with who and when."""

    words: str
    who: str
    when: str


@dataclass(frozen=True)
class Feelings:
    """How it felt: who was heard, in a sentence; the feelings; their words."""

    note: str
    lines: tuple[Felt, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Share:
    """One person's part of a month's hours: "58%", on a line with the part that was sold."""

    month: str
    value: str
    line: RangeLine
    short: bool
    label: str


@dataclass(frozen=True)
class Worker:
    who: str
    months: tuple[Share, ...]


@dataclass(frozen=True)
class People:
    """Who did the work, by month, against who was promised."""

    months: tuple[str, ...]
    rows: tuple[Worker, ...]
    say: str


@dataclass(frozen=True)
class MonthOfHours:
    """A month's hours day by day, drawn in a box: places from its left and its top, in % of it.

    `points` are numbers, `course` the same as SVG takes it; `limit` is how far down the hours paid for stand.
    """

    name: str
    last: str
    points: tuple[tuple[float, float], ...]
    course: str
    worked: str
    limit: str | None
    limit_words: str
    label: str
    over: bool


@dataclass(frozen=True)
class Hours:
    """Hours worked against hours paid for, in a sentence, by month and by job."""

    say: str
    months: tuple[MonthOfHours, ...]
    jobs: tuple[tuple[str, str], ...]
    over: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Written:
    """What changed because of them, or what comes next: the lead's words, and promises."""

    words: tuple[str, ...]
    rows: tuple[Vow, ...]


@dataclass(frozen=True)
class Head:
    """Who tells whom of what, and when it was assembled."""

    firm: str
    client: str
    quarter: str
    span: str
    assembled: str
    readers: str
    lead: str
    lead_first: str
    mail: str
    within: str  # "two working hours"


@dataclass(frozen=True)
class Sheet:
    """The whole review as its client sees it. `people` and `hours` are none where there is nothing to show."""

    head: Head
    with_hours: bool  # whether hours are told anywhere in it
    opening: str
    three: tuple[Third, ...]
    judgement: tuple[str, ...]
    felt: Feelings
    changes: Written
    promised: Promised
    pledge: tuple[Vouched, ...]
    people: People | None
    hours: Hours | None
    ahead: Written

    def plain(self) -> dict[str, Any]:
        """As JSON takes it, with the form it has."""
        told: dict[str, Any] = _listed(asdict(self))
        return {"form": FORM} | told


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value
