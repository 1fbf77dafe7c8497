"""Signs that jobs and budgets seem to show: bought again or renewed early, and what was cut."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kept.kit import words
from kept.ledgers.choices.models import SignKind
from kept.ledgers.engagements.models import Budget, Engagement
from kept.measures.choosing_sold import Bought, Stretch, bought, continued, cuts, prolonged, takes_away
from kept.readings.choices_jobs import Agreed, Sold, jobs_of
from kept.readings.choices_offer import Evidence, Offer, Shown


def sold(clients: Sequence[int], *, at: datetime, since: datetime) -> list[Offer]:
    """Of these clients what was agreed after `since` and by `at`. One query."""
    found = jobs_of(clients)
    return [offer for own in found.values() for offer in _offers(own) if since < offer.at <= at]


def _offers(own: Sequence[Sold]) -> Iterator[Offer]:
    """Of one client."""
    by_key = {one.job.row: one for one in own}
    for one in own:
        others = [each.job for each in own if each is not one]
        yield from _chosen(one, own)
        for former, following in prolonged(one.job):
            yield _prolonged(one, former, following)
        goes_on_from = continued(one.job, others)
        whole = one if goes_on_from is None else by_key[goes_on_from.row]
        for former, following in cuts(one.job, goes_on_from):
            yield _cut(one, {**one.budgets, **whole.budgets}[former.row], one.budgets[following.row])
        for change in one.changes:
            if takes_away(change.hours, change.fee):
                yield _taken_away(one, change)


def _chosen(one: Sold, own: Sequence[Sold]) -> Iterator[Offer]:
    """ "renewed early or bought more": a job they came back for, took beside another, or agreed on before its end."""
    found = bought(one.job, [each.job for each in own if each is not one])
    if found is None or one.job.agreed is None:
        return
    how, job = found
    other = next((each for each in own if job is not None and each.job.row == job.row), None)
    name = other.name if other else ""
    why, noted = {
        Bought.AGAIN: (
            f"Nothing of theirs ran with us any more. Then they came back for “{one.name}”.",
            "Came back for",
        ),
        Bought.MORE: (f"“{name}” runs, and beside it they bought “{one.name}”.", "Bought more:"),
        Bought.EARLY: (
            f"“{one.name}” follows “{name}”, and was agreed {_ahead(one.job.agreed, job.ends if job else None)}.",
            "Renewed early:",
        ),
    }[how]
    before = [_job(other)] if other else [_job(each) for each in own if _over_before(each, one)][-1:]
    agreed = Evidence(one.job.agreed, one.who, f"“{one.name}”, {_span(one.job.starts, one.job.ends)}", one.client)
    yield Offer(
        client=one.client,
        shown=Shown(SignKind.RENEWED_EARLY, Engagement._meta.label, one.job.row),
        at=one.job.agreed,
        why=why,
        words=f"{noted} “{one.name}”.",
        evidence=(agreed, *before),
    )


def _over_before(each: Sold, one: Sold) -> bool:
    return each.job.over is not None and each.job.over < one.job.starts


def _job(one: Sold) -> Evidence:
    return Evidence(one.job.starts, one.who, f"“{one.name}”, {_span(one.job.starts, one.job.over)}", one.client)


def _prolonged(one: Sold, former: Stretch, following: Stretch) -> Offer:
    was, now = one.budgets[former.row], one.budgets[following.row]
    return Offer(
        client=one.client,
        shown=Shown(SignKind.RENEWED_EARLY, Budget._meta.label, now.pk),
        at=now.took_effect,
        why=f"“{one.name}” goes on, which was agreed {_ahead(now.took_effect, was.ends)}.",
        words=f"Prolonged “{one.name}” early.",
        evidence=(_budget(one, now), _budget(one, was)),
    )


def _cut(one: Sold, was: Agreed, now: Agreed) -> Offer:
    return Offer(
        client=one.client,
        shown=Shown(SignKind.CUT_SCOPE, Budget._meta.label, now.pk),
        at=now.took_effect,
        why=f"“{one.name}” has {_amount(one, now)} from {_day(now.starts)} on, and had {_amount(one, was)} before.",
        words=f"Less of “{one.name}” from {_day(now.starts)} on.",
        evidence=(_budget(one, now), _budget(one, was)),
    )


def _taken_away(one: Sold, change: Agreed) -> Offer:
    return Offer(
        client=one.client,
        shown=Shown(SignKind.CUT_SCOPE, Budget._meta.label, change.pk),
        at=change.took_effect,
        why=f"A change took something away from “{one.name}”.",
        words=f"Less of “{one.name}” from {_day(change.starts)} on.",
        evidence=(_budget(one, change),),
    )


def _budget(one: Sold, agreed: Agreed) -> Evidence:
    said = f"“{one.name}”, {_span(agreed.starts, agreed.ends)}: {_amount(one, agreed)}"
    why = f". {agreed.reason}" if agreed.reason else ""
    return Evidence(agreed.written or agreed.starts, agreed.who, said + why, one.client)


def _amount(one: Sold, agreed: Agreed) -> str:
    """ "40 h a month", "−8 h", "£4,000 a month" where nobody said how many hours."""
    each = " a month" if one.job.lasting and not agreed.reason else ""
    if agreed.hours is not None:
        return f"{float(agreed.hours):g} h{each}".replace("-", "−")
    return f"{words.money(agreed.fee or 0, agreed.currency)}{each}"


def _ahead(agreed: datetime, ends: date | None) -> str:
    """ "71 days before the end"."""
    return f"{words.count((ends - agreed.date()).days, 'day')} before the end" if ends else "before the end"


def _span(starts: date, ends: date | None) -> str:
    return f"{_day(starts)} to {_day(ends)}" if ends else f"from {_day(starts)} on"


def _day(of: date) -> str:
    return f"{of.day} {words.MONTHS[of.month - 1]} {of.year}"
