"""By when they ask for something, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.measures.wishes import Wanted


def wanted_words(wanted: Wanted, *, now: datetime, zone: ZoneInfo) -> str:
    """ "by Friday", "by Fri 30 Oct", "by tomorrow, 12:00", "today", "asap"; a whole day is told without its hour."""
    if wanted.word:
        return wanted.word.lower()
    if not wanted.whole_day:
        return f"by {words.moment(wanted.by, now=now, zone=zone)}"
    day, today = wanted.by.astimezone(zone).date(), now.astimezone(zone).date()
    if day == today:
        return "today"
    return f"by {words.WEEKDAYS[day.weekday()] if 1 < (day - today).days < 7 else words.day(day, today=today)}"
