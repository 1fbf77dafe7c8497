"""What a file from elsewhere says about hours, budgets and clients, once read: plain frozen facts, not stored yet."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class TimeRow(NamedTuple):
    """One piece of work as a time export tells it; `seconds` is exact (0.01 h is 36).

    `line` counts from 1 as an editor shows it. `external_id` is the id the file gives, else a hash of the row's facts
    with its ordinal among identical rows of the file: the same row is known again in an overlapping file, and two
    honest twins stay two. `started_at` is naive local wall time unless the file names an offset. `rate` is per hour.
    Texts the file does not give are "". A tuple, because a hundred thousand frozen dataclasses take 0.7 s to make.
    """

    line: int
    source: str  # toggl | clockify | harvest | kimai | csv
    external_id: str
    person: str
    person_email: str
    client: str
    project: str
    task: str
    note: str
    day: date
    started_at: datetime | None
    seconds: int
    billable: bool | None
    currency: str
    rate: Decimal | None

    @property
    def minutes(self) -> Fraction:
        """The same time in minutes, exact."""
        return Fraction(self.seconds, 60)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be read: where it is, why, and what its owner can do about it."""

    line: int
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What was agreed for one engagement: `kind` is retainer, fixed or hourly; `hours` and `fee` as agreed, or None."""

    line: int
    client: str
    engagement: str
    kind: str
    starts: date
    ends: date | None
    hours: Decimal | None
    fee: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of a client list: a firm, one of its people, or both; what the list does not say is "".

    Nothing here is consent: columns about newsletters and opting out are not read.
    """

    line: int
    client: str
    domain: str
    contact: str
    emails: tuple[str, ...]
    phone: str
    title: str
    role: str
    language: str
