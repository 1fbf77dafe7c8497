"""Hours that work for a client took from people's evenings, weekends and holidays, and from beyond their contracts."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime, timedelta

from kept.measures.working_time import Calendar

_HOUR = 3600.0
_LONGEST = timedelta(hours=24)  # a longer record is a sum over days, of which no hour of the day is known


def outside(day: date, started_at: datetime | None, seconds: int, *, calendar: Calendar) -> float | None:
    """Hours of one record outside the open windows of its calendar; None where its time of day is not known.

    On a day without any open hours all of it is outside, whenever it was.
    """
    if not calendar.open_dates(day, day):
        return seconds / _HOUR
    length = timedelta(seconds=seconds)
    if started_at is None or length > _LONGEST:
        return None
    return (length - calendar.between(started_at, started_at + length)).total_seconds() / _HOUR


def beyond_contract[Who: Hashable, Client: Hashable, Week: Hashable](
    worked: Iterable[tuple[Who, Week, Client, float]], contracts: Mapping[Who, float]
) -> dict[Client, float]:
    """Hours beyond people's contracts by the client that took them, of (who, week, client, hours).

    sum over people of max(0, week - contract) x share of the week on the client. MEASURES 8. People without a
    contract are left out.
    """
    weeks: dict[tuple[Who, Week], dict[Client, float]] = defaultdict(lambda: defaultdict(float))
    for who, week, client, hours in worked:
        weeks[who, week][client] += hours
    caused: dict[Client, float] = defaultdict(float)
    for (who, _), by_client in weeks.items():
        whole, contract = sum(by_client.values()), contracts.get(who, 0.0)
        beyond = max(0.0, whole - contract) if contract > 0 else 0.0
        for client, hours in by_client.items():
            caused[client] += beyond * hours / whole if whole else 0.0
    return dict(caused)
