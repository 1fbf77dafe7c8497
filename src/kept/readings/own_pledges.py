"""What each client's own reply pledge was on an earlier day, which the journal remembers."""

from datetime import datetime

from kept.ledgers.journal.models import Line

# by client, oldest first: until when it had which reply pledge of its own, in minutes
Own = dict[int, list[tuple[datetime, int | None]]]


def own_pledges(since: datetime) -> Own:
    """What clients' own reply pledges were before they were changed after `since`. One query."""
    rows = Line.objects.filter(verb="clients.change", at__gt=since, facts__before__has_key="pledge_minutes")
    found: Own = {}
    for client, at, before in rows.order_by("at", "pk").values_list("row_id", "at", "facts__before__pledge_minutes"):
        found.setdefault(client or 0, []).append((at, int(before) if str(before).isdigit() else None))
    return found


def own_pledge(own: Own, client: int, *, at: datetime, now: int | None) -> int | None:
    """The client's own reply pledge at `at` in minutes, or none; `now` is what it is today."""
    return next((minutes for until, minutes in own.get(client, ()) if at < until), now)
