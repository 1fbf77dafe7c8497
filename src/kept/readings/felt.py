"""How it felt, each feeling by itself: what people of a client said, who was silent, and what the firm hears in all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kept.measures.feeling import Answered, FeltService, felt_service
from kept.measures.promoters import Promoters, counted, promoters
from kept.measures.trust_streams import FEELINGS, Stream
from kept.readings.felt_given import MARKS
from kept.readings.felt_heard import Asked, Heard, asked_and_heard

HALF_A_YEAR = timedelta(days=182)  # in which everybody who may be asked about the relationship is asked once


@dataclass(frozen=True, slots=True)
class Line:
    """One feeling at one client, 0..10: the mean of its people, the lowest and the highest of them, how many.

    `before` is the mean of as long a time before; all are None where nobody said anything.
    """

    stream: Stream
    mean: float | None
    low: float | None
    high: float | None
    people: int
    before: float | None
    before_at: datetime | None  # the newest of those


@dataclass(frozen=True, slots=True)
class ClientFelt:
    """What the people of one client said since a day; `heard` is newest first, `earlier` as long a time before."""

    client: int
    lines: tuple[Line, ...]  # the four feelings, then the work
    heard: tuple[Heard, ...]
    earlier: tuple[Heard, ...]
    asked: tuple[str, ...]  # by name, each once
    answered: tuple[str, ...]
    silent: tuple[str, ...]  # asked, and it closed without a word
    still_open: tuple[str, ...]

    @property
    def lowest(self) -> Line | None:
        """The feeling that is lowest."""
        felt = [line for line in self.lines if line.mean is not None and line.stream in FEELINGS]
        return min(felt, key=lambda line: line.mean or 0.0, default=None)

    @property
    def last(self) -> Heard | None:
        """What was said last, in either time."""
        return next(iter((*self.heard, *self.earlier)), None)

    @property
    def is_silent(self) -> bool:
        """Asked, and nobody there answered."""
        return bool(self.silent) and not self.heard


@dataclass(frozen=True, slots=True)
class FirmFelt:
    """All clients in one: `service` with its means, ranges and lower ends; `before` as long a time earlier.

    `score` is the NPS of "I'm glad I chose you", for those who need one; None where nobody marked it.
    """

    service: FeltService
    before: FeltService
    score: Promoters | None
    score_before: Promoters | None


def felt_of(clients: Collection[int], *, at: datetime, since: datetime) -> dict[int, ClientFelt]:
    """For each of these clients what was said after `since` and by `at`, as it was known then. One query.

    Beside it stands as long a time before `since`. Two queries where an answer was changed after `at`.
    """
    rows: dict[int, list[Asked]] = defaultdict(list)
    for one in asked_and_heard(at=at, since=since - (at - since), clients=clients):
        rows[one.client].append(one)
    return {client: _client(client, rows[client], at=at, since=since) for client in clients}


def felt_by_all(found: Iterable[ClientFelt]) -> FirmFelt:
    """What these clients felt together; the client is the unit, so that no client counts twice."""
    each = list(found)
    now, before = [(one, one.heard) for one in each], [(one, one.earlier) for one in each]
    asked = sum(len(one.answered) + len(one.silent) for one in each)
    silent = {one.client: len(one.silent) for one in each if one.is_silent}
    service = felt_service(_answers(now), silent)
    answered = sum(len(one.answered) for one in each)
    return FirmFelt(
        service=replace(service, asked=asked, answered=answered),
        before=felt_service(_answers(before), {}),
        score=_score(heard for _, heard in now),
        score_before=_score(heard for _, heard in before),
    )


def _client(client: int, rows: Sequence[Asked], *, at: datetime, since: datetime) -> ClientFelt:
    said = sorted((one.heard for one in rows if one.heard), key=lambda one: (one.at, one.pk), reverse=True)
    heard = tuple(one for one in said if one.at > since)
    earlier = tuple(one for one in said if one.at <= since)
    now = [one for one in rows if (one.heard.at if one.heard else one.at or at) > since]
    spoke = {one.contact for one in now if one.heard}
    asked = _people(one for one in now if one.at)
    may_yet = {one.contact for one in now if one.closes_at and one.closes_at > at and one.contact not in spoke}
    silent = {contact: name for contact, name in asked.items() if contact not in spoke | may_yet}
    newest, before = _newest(heard), _newest(earlier)
    lines = tuple(_line(stream, newest[stream], before[stream]) for stream in MARKS)
    return ClientFelt(
        client=client,
        lines=lines,
        heard=heard,
        earlier=earlier,
        asked=tuple(asked.values()),
        answered=tuple(name for contact, name in asked.items() if contact in spoke),
        silent=tuple(silent.values()),
        still_open=tuple(name for contact, name in asked.items() if contact in may_yet),
    )


def _people(rows: Iterable[Asked]) -> dict[int | None, str]:
    return {one.contact: one.name for one in rows}


def _newest(heard: Sequence[Heard]) -> Mapping[Stream, list[Heard]]:
    """By feeling the newest answer of each person that marked it; `heard` is newest first."""
    found: dict[Stream, dict[tuple[str, int], Heard]] = {stream: {} for stream in MARKS}
    for one in heard:
        for stream in one.marks:
            found[stream].setdefault(one.who, one)
    return {stream: list(own.values()) for stream, own in found.items()}


def _line(stream: Stream, heard: Sequence[Heard], earlier: Sequence[Heard]) -> Line:
    marks, before = [one.marks[stream] for one in heard], [one.marks[stream] for one in earlier]
    return Line(
        stream=stream,
        mean=sum(marks) / len(marks) if marks else None,  # whole numbers: as exact as can be, and quick
        low=min(marks, default=None),
        high=max(marks, default=None),
        people=len(marks),
        before=sum(before) / len(before) if before else None,
        before_at=max((one.at for one in earlier), default=None),
    )


def _answers(found: Iterable[tuple[ClientFelt, Sequence[Heard]]]) -> list[Answered]:
    """One answer a person: the newest mark of each feeling."""
    return [Answered(one.client, marks) for one, heard in found for marks in _by_person(heard)]


def _by_person(heard: Sequence[Heard]) -> list[Mapping[Stream, float]]:
    found: dict[tuple[str, int], dict[Stream, float]] = defaultdict(dict)
    for one in reversed(heard):
        found[one.who].update(one.marks)
    return list(found.values())


def _score(heard: Iterable[Sequence[Heard]]) -> Promoters | None:
    marks = [one.marks[Stream.DELIGHTED] for said in heard for one in _newest(said)[Stream.DELIGHTED]]
    return promoters(counted(marks)) if marks else None
