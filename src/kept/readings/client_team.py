"""Who was promised to do a client's work, and who does it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kept.kit.names import calling
from kept.ledgers.engagements.models import PromisedPerson

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Day:
    """Seconds one person worked on one engagement on one day."""

    engagement_id: int | None
    day: date
    member_id: int | None
    who: str
    title: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Person:
    """One of us: the share of the hours that was sold (None: nothing was) and the share they worked, 0..1."""

    who: str
    title: str
    sold: float | None
    share: float
    hours: float

    @property
    def short(self) -> float:
        """How much of the sold share is missing, 0..1."""
        return max(0.0, (self.sold or 0.0) - self.share)

    @property
    def first_name(self) -> str:
        return calling(self.who)


def team(days: Sequence[Day], promised: Iterable[PromisedPerson]) -> tuple[Person, ...]:
    """Sold and worked shares, the largest promise first; where people were promised, of those engagements' hours.

    A share sold of one engagement weighs by the hours worked on it, so that two may be read as one.
    """
    promised = list(promised)
    of = {row.engagement_id for row in promised}
    rows = [row for row in days if not of or row.engagement_id in of]
    whole = sum(row.seconds for row in rows)
    names = {_key(row.member_id, row.who): (row.who, row.title) for row in rows}
    names |= {_key(row.member_id, ""): (row.member.name, row.member.title) for row in promised}
    worked: dict[int | str, int] = defaultdict(int)
    by_job: dict[int | None, int] = defaultdict(int)
    for row in rows:
        worked[_key(row.member_id, row.who)] += row.seconds
        by_job[row.engagement_id] += row.seconds
    sold = _sold(promised, by_job)
    found = [
        Person(*names[key], sold=sold.get(key), share=worked[key] / whole if whole else 0.0, hours=worked[key] / HOUR)
        for key in names
    ]
    return tuple(sorted(found, key=lambda one: (-(one.sold or 0.0), -one.share, one.who)))


def _sold(promised: Sequence[PromisedPerson], by_job: dict[int | None, int]) -> dict[int | str, float]:
    """The share sold of each, of all their engagements together; evenly weighed before anybody worked."""
    jobs = {row.engagement_id for row in promised}
    whole = sum(by_job[job] for job in jobs)
    found: dict[int | str, float] = defaultdict(float)
    for row in promised:
        weight = by_job[row.engagement_id] / whole if whole else 1 / len(jobs)
        found[row.member_id] += float(row.share) * weight
    return dict(found)


def _key(member: int | None, who: str) -> int | str:
    return member if member is not None else who
