"""The rows of a list of clients, made when they are looked at: a page shows fifty of what may be thousands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from kept.measures.promises import OVERDUE
from kept.readings.budgets import Running
from kept.readings.client_jobs import Jobs
from kept.readings.client_known import Known, Spoken
from kept.readings.client_page import Last
from kept.readings.promised import Standing
from kept.readings.waiting import Waiting


@dataclass(frozen=True)
class Row:
    """One client; the lists in the order of need. `hours` is the budget nearest to its line, None where none runs."""

    client: Known
    waiting: tuple[Waiting, ...]
    promises: tuple[Standing, ...]
    hours: Running | None
    jobs: int
    last: Last | None

    @property
    def overdue(self) -> list[Standing]:
        """Open promises past their day, the oldest first."""
        return [one for one in self.promises if one.judged.state in OVERDUE]

    @property
    def is_over(self) -> bool:
        """Whether more hours were worked than were paid for."""
        return self.hours is not None and Jobs(self.hours, self.jobs).is_over


@dataclass(frozen=True)
class Facts:
    """What is known of the clients, by their keys; `late` are those with a promise past its day."""

    waits: Mapping[int, Sequence[Waiting]]
    promises: Mapping[int, Sequence[Standing]]
    late: frozenset[int]
    jobs: Mapping[int, Jobs]


class Rows(Sequence[Row]):
    """Reads as a list of rows does."""

    def __init__(self, order: Sequence[Spoken], facts: Facts) -> None:
        self.order, self._facts = order, facts

    @property
    def waiting(self) -> "Rows":
        """Those somebody waits of."""
        return Rows([one for one in self.order if one.client.pk in self._facts.waits], self._facts)

    @property
    def late(self) -> "Rows":
        """Those with a promise past its day."""
        return Rows([one for one in self.order if one.client.pk in self._facts.late], self._facts)

    @property
    def over(self) -> "Rows":
        """Those with more hours worked than paid for, most beyond first."""
        jobs = [(self._facts.jobs[one.client.pk], one) for one in self.order if one.client.pk in self._facts.jobs]
        over = [(job.nearest.over, one) for job, one in jobs if job.is_over]
        return Rows([one for _, one in sorted(over, key=lambda each: -each[0])], self._facts)

    def row(self, one: Spoken) -> Row:
        """As it is read."""
        pk, facts = one.client.pk, self._facts
        jobs = facts.jobs.get(pk)
        return Row(
            client=one.client,
            waiting=tuple(facts.waits.get(pk, ())),
            promises=tuple(facts.promises.get(pk, ())),
            hours=jobs.nearest if jobs else None,
            jobs=jobs.many if jobs else 0,
            last=one.last,
        )

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Row]:
        return map(self.row, self.order)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self.row(one) for one in self.order[place]]
        return self.row(self.order[place])
