"""Felt service: what clients feel, each feeling by itself, with who was not heard."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Annotated

from kept.measures.feeling_intervals import mean_interval
from kept.measures.intervals import Interval
from kept.measures.told import Told
from kept.measures.trust_streams import FEELINGS, Stream

_TOP = 10.0


@dataclass(frozen=True, slots=True)
class Feeling:
    """Numbers of MEASURES 6."""

    call_up_to: Annotated[float, Told("Somebody calls within a working day after an answer up to", high=10.0)] = 6.0
    one_number_alpha: Annotated[
        float, Told("Feelings may become one number from a consistency (Cronbach) of", low=0.5)
    ] = 0.7
    one_number_answers: Annotated[float, Told("and from so many answers", low=10.0, high=1000.0)] = 50.0


FEELING = Feeling()


@dataclass(frozen=True, slots=True)
class Felt:
    """One feeling over clients, 0..10; the client is the unit: people of one client are averaged first.

    `lower` is the mean if every client who was asked and did not answer felt like the lowest quarter of those who
    did; None without answers. `interval` is 95 % by Student's t, None below two clients; `change` words are not here:
    compare two rounds by `feeling_intervals.differs`.
    """

    stream: Stream
    mean: float | None
    interval: Interval | None
    lower: float | None
    clients: int
    people: int


@dataclass(frozen=True, slots=True)
class FeltService:
    """All that was felt in one round: each feeling by itself, how many answered, and which clients were silent."""

    feelings: tuple[Felt, ...]
    asked: int  # people
    answered: int
    silent: tuple[int, ...]  # clients of whom nobody answered

    @property
    def response(self) -> float | None:
        """Share of the people asked who answered, 0..1."""
        return self.answered / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's answer: a mark 0..10 for each feeling that was given."""

    client: int
    marks: Mapping[Stream, float]


def felt_service(answers: Sequence[Answered], asked: Mapping[int, int]) -> FeltService:
    """From the answers of one round and how many people of each client were asked.

    Silence is said beside every mean, since quiet clients are those who leave. MEASURES 6.
    """
    heard = {each.client for each in answers}
    silent = tuple(sorted(client for client, people in asked.items() if people and client not in heard))
    return FeltService(
        feelings=tuple(_felt(stream, answers, len(silent)) for stream in (*FEELINGS, Stream.MARK)),
        asked=sum(asked.values()),
        answered=len(answers),
        silent=silent,
    )


def by_client(stream: Stream, answers: Sequence[Answered]) -> dict[int, float]:
    """Each client's mean of one feeling."""
    marks: dict[int, list[float]] = {}
    for each in answers:
        if stream in each.marks:
            marks.setdefault(each.client, []).append(each.marks[stream])
    return {client: fmean(given) for client, given in marks.items()}


def lower_bound(means: Sequence[float], silent: int) -> float:
    """The mean with each silent client at the mean of the lowest quarter (at least one) of those heard."""
    quarter = sorted(means)[: max(1, math.floor(len(means) / 4))]
    return (math.fsum(means) + silent * fmean(quarter)) / (len(means) + silent)


def needs_a_call(marks: Collection[float], *, numbers: Feeling = FEELING) -> bool:
    """Whether an answer reaches the owner today and asks for a human word within a working day."""
    return any(each <= numbers.call_up_to for each in marks)


def consistency(answers: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha = k / (k - 1) (1 - sum of item variances / variance of sums); None where nothing varies.

    `answers`: one row a person, the same items in each. Raises ValueError on rows of different length.
    """
    if len(answers) < 2 or len(answers[0]) < 2:
        return None
    items = len(answers[0])
    of_items = math.fsum(_variance(column) for column in zip(*answers, strict=True))
    of_sums = _variance([math.fsum(row) for row in answers])
    return items / (items - 1) * (1 - of_items / of_sums) if of_sums else None


def may_be_one_number(answers: Sequence[Sequence[float]], *, numbers: Feeling = FEELING) -> bool:
    """Whether the four feelings may be shown as one: consistent, and often enough asked. Else they stay four."""
    alpha = consistency(answers) if len(answers) >= numbers.one_number_answers else None
    return alpha is not None and alpha >= numbers.one_number_alpha


def _felt(stream: Stream, answers: Sequence[Answered], silent: int) -> Felt:
    means = by_client(stream, answers)
    given = list(means.values())
    return Felt(
        stream=stream,
        mean=fmean(given) if given else None,
        interval=mean_interval(given, low=0.0, high=_TOP),
        lower=lower_bound(given, silent) if given else None,
        clients=len(given),
        people=sum(stream in each.marks for each in answers),
    )


def _variance(values: Sequence[float]) -> float:
    mean = fmean(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
