"""What a number tried would do to why clients stay: what each is called now, and would be then."""

from dataclasses import dataclass

from kept.measures.standing import Axis, Kind
from kept.measures.standing_words import named
from kept.readings.numbers_effects import Changes, Trial, changes
from kept.readings.standing import Grounds, grounds_now


@dataclass(frozen=True, slots=True)
class Stays:
    """Why a client stays, as it is shown: what they are called, how likely (in 100), or what to ask while unclear.

    `quiet`: they have gone quiet.
    """

    kind: Kind
    called: str
    chance: int | None
    question: Axis | None
    quiet: bool


def of_staying(tried: Trial) -> Changes[Stays]:
    """Every client placed twice, by either numbers. Two queries."""
    now, then = (
        {pk: _stays(one) for pk, one in grounds_now(None, at=tried.at, numbers=each.staying).items()}
        for each in (tried.ours, tried.other)
    )
    return changes(now, then, of=tried)


def _stays(one: Grounds) -> Stays:
    found = one.standing
    return Stays(
        kind=found.kind,
        called=named(found),
        chance=None if found.kind is Kind.UNCLEAR else round(100 * found.chance),
        question=found.question,
        quiet=one.quiet.gone,
    )
