"""Reads the dates that mail carries, and decides which of them to believe."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Mail is not older than this; an earlier date is a broken clock.
EARLIEST = datetime(1975, 1, 1, tzinfo=UTC)
# Without knowing the present, a date beyond this is taken for a broken clock.
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
# A letter can't be written after it arrived; zones entered wrongly account for so much.
SLACK = timedelta(hours=26)
# No queue holds a letter this long: written so much before its first hop means the sender's clock stood.
LONGEST_QUEUE = timedelta(days=400)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?", re.I)


def read(value: str) -> datetime | None:
    """The moment that a header value names, in UTC (UTC too where it names no zone); None when it names none."""
    value = value.strip()
    if not value or len(value) > 500:
        return None
    try:
        found = parsedate_tz(value)
        if found is None or not 0 < found[1] <= 12:
            return _iso(value)
        zone = timezone(timedelta(seconds=found[9] or 0))
        year, month, day, hour, minute, second = found[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return _iso(value)


def _iso(value: str) -> datetime | None:
    if not (found := _ISO.match(value)):
        return None
    text = "{}-{:0>2}-{:0>2}T{:0>2}:{}:{}".format(*found.groups("00")[:6])
    zone = (found[7] or "+00:00").upper().replace("Z", "+00:00")
    try:
        return datetime.fromisoformat(text + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def believe(
    dated: Sequence[str], *, received: Sequence[str], envelope_at: datetime | None, not_after: datetime | None = None
) -> tuple[datetime, str]:
    """When the message was written, and '' or a sentence on why that is a guess.

    dated: the Date headers, of which there should be one. received: the Received headers, newest first.
    not_after: the present, where the caller knows it.
    """
    latest = min(LATEST, not_after + SLACK) if not_after else LATEST
    hops = [hop for value in received if (hop := read(value.rpartition(";")[2])) and EARLIEST <= hop <= latest]
    for own in filter(None, map(read, dated)):
        if _is_likely(own, hops, latest):
            return own, ""
    complaint = "Its date was missing" if not any(dated) else "Its date could not be believed"
    if hops:
        return hops[-1], f"{complaint}; the time at which the first mail server received it was taken."
    if envelope_at and EARLIEST <= envelope_at <= latest:
        return envelope_at, f"{complaint}; the date of its mailbox entry was taken."
    return EPOCH, f"{complaint}, and nothing else says when it was written."


def _is_likely(own: datetime, hops: list[datetime], latest: datetime) -> bool:
    if not EARLIEST <= own <= latest:
        return False
    return not hops or hops[-1] - LONGEST_QUEUE <= own <= max(hops) + SLACK
