"""What jobs and budgets seem to show of free choice: bought again, renewed early, cut.

The signs are those of MEASURES 2 (`standing_signs`). From when on a fact looks like one is reasoned, as said beside
each number; a person has the last word, so these are no numbers of the firm.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

RENEWS_WITHIN = timedelta(days=31)  # what begins so near to another's end goes on with it
EARLY = timedelta(days=30)  # before the end, where no notice was agreed
WRITTEN_WITHIN = timedelta(days=31)  # of its beginning; what was written down later tells nothing of when it was agreed
KNOWN_FOR = timedelta(days=60)  # what begins sooner after the first job is part of beginning together
LESS = 0.1  # of the hours or the fee: less than that is rounding
CHEAPER = 0.02  # of the price of an hour: a discount


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours and fee agreed from a day on; `agreed` is when it was written down by hand, None where it was brought."""

    row: int
    starts: date
    ends: date | None
    hours: float | None
    fee: float | None
    currency: str
    agreed: datetime | None

    @property
    def price(self) -> float | None:
        """Of an hour."""
        return self.fee / self.hours if self.fee is not None and self.hours else None


@dataclass(frozen=True, slots=True)
class Job:
    """Something sold; `lasting` unless it is one piece of work, `ends` as agreed, `over` as it came."""

    row: int
    starts: date
    ends: date | None
    over: date | None
    lasting: bool
    notice: int | None  # days
    agreed: datetime | None
    stretches: tuple[Stretch, ...] = ()  # without changes in between, the first first


class Bought(StrEnum):
    """How a job shows that they chose us."""

    AGAIN = "nothing of theirs ran with us any more"
    MORE = "beside what ran"
    EARLY = "before the other ended"


def bought(job: Job, others: Collection[Job]) -> tuple[Bought, Job | None] | None:
    """How a job shows that they chose us, and the one it goes on from or stands beside; None where it shows nothing.

    Renewed at the end, brought in or written down long afterwards, together with what was before, cheaper by the hour,
    or for less: none.
    """
    if job.agreed is None or job.agreed.date() > job.starts + WRITTEN_WITHIN:
        return None
    before = [each for each in others if each.starts < job.starts]
    known = [each for each in before if each.starts + KNOWN_FOR <= job.starts and not _together(each, job)]
    if not known or _cheaper(job, known):
        return None
    former = continued(job, before)
    if former is not None:
        early = former in known and _early(job.agreed, former.ends, former.notice) and not _less(job, former)
        return (Bought.EARLY, former) if early else None
    running = [each for each in before if each.over is None or each.over >= job.starts]
    return (Bought.MORE, max(running, key=lambda each: each.starts)) if running else (Bought.AGAIN, None)


def continued(job: Job, others: Collection[Job]) -> Job | None:
    """The job that this one goes on from: both lasting, and begun near to the other's end."""
    if not job.lasting:
        return None
    lasting = [each for each in others if each.lasting and each.starts < job.starts]
    near = [each for each in lasting if each.over is not None and abs(job.starts - each.over) <= RENEWS_WITHIN]
    return max(near, key=lambda each: each.starts, default=None)


def prolonged(job: Job) -> Iterator[tuple[Stretch, Stretch]]:
    """(former, next) where the next stretch of the same job was agreed before the former's end or notice, for no less.

    Both agreed on one day were agreed at once: none.
    """
    for former, following in _following(job.stretches):
        if following.agreed is None or former.agreed is None or _together(former, following):
            continue
        as_much = smaller(former, following) is None and not _price_fell(former, following)
        if as_much and _early(following.agreed, former.ends, job.notice):
            yield former, following


def cuts(job: Job, former: Job | None) -> Iterator[tuple[Stretch, Stretch]]:
    """(former, next) where the next stretch is smaller, in this job or where it goes on from another."""
    stretches = job.stretches
    if former is not None and former.stretches and stretches and smaller(former.stretches[-1], stretches[0]):
        yield former.stretches[-1], stretches[0]
    for before, following in _following(stretches):
        if smaller(before, following):
            yield before, following


def smaller(former: Stretch, following: Stretch) -> tuple[float, float, bool] | None:
    """What it was, what it is, and whether that is hours; None where it did not shrink by a tenth at least.

    Where both say their hours these tell, and a lower fee for as many hours is a discount of ours; else the fee does.
    """
    if former.hours is not None and following.hours is not None:
        return (former.hours, following.hours, True) if _shrank(former.hours, following.hours) else None
    if former.fee is not None and following.fee is not None and former.currency == following.currency:
        return (former.fee, following.fee, False) if _shrank(former.fee, following.fee) else None
    return None


def takes_away(hours: Decimal | None, fee: Decimal | None) -> bool:
    """Whether a change takes something away: hours, or of one that names none the fee."""
    return hours < 0 if hours else (fee or 0) < 0


def _following(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Each stretch with the next one that takes its place; those that run at once add up."""
    for former, following in pairwise(stretches):
        if former.ends is not None and timedelta(0) < following.starts - former.ends <= RENEWS_WITHIN:
            yield former, following


def _together(one: Job | Stretch, other: Job | Stretch) -> bool:
    """Whether both were written down on one day, as when a firm begins with Kept."""
    return one.agreed is not None and other.agreed is not None and one.agreed.date() == other.agreed.date()


def _early(agreed: datetime, ends: date | None, notice: int | None) -> bool:
    """Whether it was agreed while they could still have left: before notice was due, or a month before the end."""
    return ends is not None and agreed.date() < ends - (timedelta(days=notice) if notice else EARLY)


def _less(job: Job, former: Job) -> bool:
    return bool(former.stretches and job.stretches) and smaller(former.stretches[-1], job.stretches[0]) is not None


def _cheaper(job: Job, others: Collection[Job]) -> bool:
    """Whether its hour costs less than that of the job begun last before it, where both are known."""
    priced = [each for each in others if each.stretches and each.stretches[-1].price is not None]
    last = max(priced, key=lambda each: each.starts, default=None)
    return last is not None and bool(job.stretches) and _price_fell(last.stretches[-1], job.stretches[0])


def _price_fell(former: Stretch, following: Stretch) -> bool:
    if former.price is None or following.price is None or former.currency != following.currency:
        return False
    return following.price < former.price * (1 - CHEAPER)


def _shrank(was: float, now: float) -> bool:
    return now < was * (1 - LESS)
