"""Taking snapshots: of the whole firm, of the clients something was done for since, and of days gone by."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.measures.drift import Level
from kept.readings.calendars import Offices, offices
from kept.readings.calendars_then import former, offices_at
from kept.readings.snapshots.beside import looked_back_at
from kept.readings.snapshots.models import KEPT_FOR, Reckoning, Snapshot
from kept.readings.snapshots.telling import priors_of, priors_told, told, words_for
from kept.readings.stamp import stamp
from kept.readings.trust import OfFirm, Reckoned, trust_of_clients, trust_of_firm
from kept.readings.trust_numbers import fingerprint

LIGHT_AFTER = timedelta(days=3)  # older snapshots keep no rows: whoever asks for that day counts it anew
LOOKED_THROUGH = timedelta(days=30)  # in which a heavy one may have been left, while no worker ran
AT_ONCE = 500
# What changes how every client is counted; its lines name no client.
# Below so many clients one's evidence moves where others begin, and counting all of them takes no time.
FEW = 50
OF_ALL = ("journal.Batch", "reckoning.NumberChange", "team.Firm", "team.Office", "team.Holiday", "team.Window")
_FIELDS = [
    "at", "line", "value", "low", "high", "baseline", "evidence", "weight", "n", "priors", "told", "alarmed",
]  # fmt: skip


def take(*, at: datetime, past: bool = False, house: Offices | None = None) -> OfFirm:
    """Count the whole firm as of `at` and keep it as that day's. `past`: the day is over, and shows no rows."""
    ours = house or offices_at(at)
    line = 0 if past else _line()
    firm = trust_of_firm(at, house=ours)
    day = at.astimezone(ours.zone).date()
    with transaction.atomic():
        Reckoning.objects.update_or_create(
            day=day,
            defaults={
                "at": at,
                "line": line,
                "numbers": fingerprint(firm.parameters),
                "averages": priors_told(firm.priors.of(0)),
            },
        )
        _keep(firm.clients.values(), day=day, line=line, light=past)
    return firm


def refresh(*, at: datetime) -> int:
    """Count again the clients for whom the journal moved since today's reckoning; all where that moves all, or few are.

    Answers how many were counted. One query when nothing moved.
    """
    ours = offices()
    day, line = at.astimezone(ours.zone).date(), _line()
    today = Reckoning.objects.filter(day=day).first()
    if today is not None and today.line >= line:
        return 0
    lines = Line.objects.filter(pk__gt=today.line if today else line, pk__lte=line)
    if today is None or _moves_all(lines, today):
        return len(take(at=at, house=ours).clients)
    touched = {pk for pk in lines.order_by().values_list("client_id", flat=True).distinct() if pk is not None}
    with transaction.atomic():
        counted = _again(touched, today, at=at, house=ours, line=line)
        Reckoning.objects.filter(pk=today.pk, line__lt=line).update(line=line)
    return counted


def take_again(day: date) -> None:
    """Count a day that is over afresh, as of the moment it was last counted, with rows if it still kept any."""
    kept = Snapshot.objects.filter(day=day)
    last = kept.aggregate(last=Max("at"))["last"]
    if last is not None:
        take(at=last, past=not kept.filter(told__has_key="rows").exists())


def look_back(*, at: datetime) -> list[date]:
    """Count the days pages compare today with, where they were never kept; answers which. A day ends at midnight."""
    ours = offices()
    today = at.astimezone(ours.zone).date()
    wanted = set(looked_back_at(today))
    missing = wanted - set(Reckoning.objects.filter(day__in=wanted).values_list("day", flat=True))
    ends = [datetime.combine(day, time(23, 59, 59), ours.zone) for day in sorted(missing)]
    then = former(since=ends[0]) if ends else None
    for end in ends:
        take(at=end, past=True, house=then and then(end))
    return sorted(missing)


def forget(*, today: date) -> None:
    """Let older snapshots go light, and those of long ago go."""
    Reckoning.objects.filter(day__lt=today - KEPT_FOR).delete()
    Snapshot.objects.filter(day__lt=today - KEPT_FOR).delete()
    span = (today - LIGHT_AFTER - LOOKED_THROUGH, today - LIGHT_AFTER)
    heavy = Snapshot.objects.filter(day__range=span, told__has_key="rows")
    for row in heavy.only("pk", "told").iterator(AT_ONCE):
        Snapshot.objects.filter(pk=row.pk).update(told=_light(row.told))


def _moves_all(lines: QuerySet[Line], today: Reckoning) -> bool:
    """Whether everybody has to be counted again."""
    if Snapshot.objects.filter(day=today.day).count() < FEW:
        return True
    # a conversation that was given to another client is told of the new one only
    elsewhere = Q(noun__in=OF_ALL, client_id=None) | Q(verb="conversations.belong_to")
    return lines.filter(elsewhere).exists()


def _again(touched: set[int], today: Reckoning, *, at: datetime, house: Offices, line: int) -> int:
    """These clients anew, begun at the averages of today's reckoning."""
    begun = dict(Snapshot.objects.filter(day=today.day, client__in=touched).values_list("client_id", "priors"))
    known = {pk: priors_of(begun.get(pk, today.averages)) for pk in _still_there(touched)}
    found = trust_of_clients(known, at=at, house=house)
    _keep(found.values(), day=today.day, line=line)
    return len(found)


def _still_there(touched: Iterable[int]) -> list[int]:
    return list(Client.objects.filter(pk__in=list(touched)).order_by("pk").values_list("pk", flat=True))


def _keep(found: Iterable[Reckoned], *, day: date, line: int, light: bool = False) -> None:
    every = list(found)
    words = {} if light else words_for(every)
    rows = [_snapshot(one, day=day, line=line) for one in every]
    for one, row in zip(every, rows, strict=True):
        row.told = _light(told(one, words)) if light else told(one, words)
    Snapshot.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["client", "day"], update_fields=_FIELDS
    )


def _snapshot(one: Reckoned, *, day: date, line: int) -> Snapshot:
    found = one.trust
    return Snapshot(
        client_id=one.client_id,
        day=day,
        at=one.at,
        line=line,
        value=found.value,
        low=found.low,
        high=found.high,
        baseline=found.baseline,
        evidence=str(found.evidence),
        weight=found.weight,
        n=found.n,
        alarmed=bool(one.incidents) or any(each.level is Level.ALARM for each in one.drifts),
        priors=priors_told({each.part: each.prior for each in found.pillars}),
    )


def _light(said: dict[str, object]) -> dict[str, object]:
    return {name: each for name, each in said.items() if name not in {"rows", "rest"}}


def _line() -> int:
    last = stamp()
    return last[0] if last else 0
