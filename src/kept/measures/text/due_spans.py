"""Which day "tomorrow", "next week" or "in two days" means, and the order in which all such words are looked for."""

import re
from collections.abc import Callable
from datetime import timedelta

from kept.measures.text import due_days
from kept.measures.text import due_words as words
from kept.measures.text.due_days import Day, Seen

_A_DAY = timedelta(days=1)

type Reading = Callable[[re.Match[str], Seen], Day | None]


def _today(found: re.Match[str], seen: Seen) -> Day:
    late = seen.sent_at >= seen.work.closing(seen.today)
    evening = any(word in found[0].lower() for word in ("night", "evening", "soir")) or late
    return Day(seen.today, evening=evening)


def _tomorrow(_: re.Match[str], seen: Seen) -> Day:
    return Day(seen.work.after(seen.today, 1))


def _day_after(_: re.Match[str], seen: Seen) -> Day:
    return Day(seen.work.after(seen.today, 2))


def _this_week(_: re.Match[str], seen: Seen) -> Day:
    ends = seen.today + (6 - seen.today.weekday()) * _A_DAY
    last = seen.work.last(seen.today, ends)
    if last is None or seen.sent_at >= seen.work.closing(last):
        last = seen.work.last(ends + _A_DAY, ends + 7 * _A_DAY) if seen.today.weekday() >= 5 else seen.today
    return Day(last or ends)


def _next_week(found: re.Match[str], seen: Seen) -> Day:
    begins = seen.today + (7 - seen.today.weekday()) * _A_DAY
    part = (found.groupdict().get("part") or "").lower()
    days = {"e": 2, "m": 3, "b": 2, "s": 2, "a": 2}.get(part[:1], 7)
    ends = begins + (days - 1) * _A_DAY
    return Day(seen.work.last(begins, ends) or ends)


def _end_of_month(found: re.Match[str], seen: Seen) -> Day | None:
    first = seen.today.replace(day=1)
    if found["month"]:
        month = words.month(found["month"])
        first = first.replace(month=month, year=first.year + (month < first.month))
    elif found["next"]:
        first = (first + timedelta(days=32)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Day(seen.work.last(max(first, seen.today), after - _A_DAY) or after - _A_DAY)


def _first_week(found: re.Match[str], seen: Seen) -> Day | None:
    month = words.month(found["month"])
    first = seen.today.replace(day=1, month=month, year=seen.today.year + (month < seen.today.month))
    monday = first + (-first.weekday() % 7) * _A_DAY if first.weekday() >= 5 else first - first.weekday() * _A_DAY
    return Day(seen.work.last(monday, monday + 6 * _A_DAY) or monday + 4 * _A_DAY)


def _in_days(found: re.Match[str], seen: Seen) -> Day:
    """Days are working days; hours and minutes run on the wall."""
    many, unit = words.count(found["count"]), found["unit"].lower()
    few = "few" in found["count"].lower()
    if unit.startswith(("min", "h", "st")):
        length = timedelta(minutes=many) if unit.startswith("min") else timedelta(hours=many)
        return Day(seen.today, at=seen.sent_at + length)
    if unit.startswith(("week", "woche", "sem")):
        return Day(seen.work.on_or_after(seen.today + 7 * many * _A_DAY), vague=few)
    if unit.startswith("month"):
        return Day(seen.work.on_or_after(seen.today + timedelta(days=30 * many)), vague=True)
    # fourteen days are two weeks to everybody who says it so
    if many in {14, 28, 30, 60, 90} and not re.search("business|work|bank", found[0], re.I):
        return Day(seen.work.on_or_after(seen.today + many * _A_DAY), vague=few)
    return Day(seen.work.after(seen.today, many), vague=few)


def _minutes(found: re.Match[str], seen: Seen) -> Day:
    return Day(seen.today, at=seen.sent_at + timedelta(minutes=int(found["count"])))


def _hour(_: re.Match[str], seen: Seen) -> Day:
    return Day(seen.today, at=seen.sent_at + timedelta(hours=1))


def _soon(_: re.Match[str], seen: Seen) -> Day:
    return Day(seen.work.after(seen.today, 1), vague=True)


# What stands earlier takes its words from what stands later: "end of next week" is not "next week".
READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (words.ISO, due_days.iso),
    (words.DOTTED, due_days.iso),
    (words.DAY_MONTH, due_days.day_month),
    (words.MONTH_DAY, due_days.day_month),
    (words.SLASHED, due_days.slashed),
    (words.FIRST_WEEK, _first_week),
    (words.END_OF_MONTH, _end_of_month),
    (words.END_OF_NEXT_WEEK, _next_week),
    (words.WEEKDAY, due_days.weekday),
    (words.NEXT_WEEK, _next_week),
    (words.THIS_WEEK, _this_week),
    (words.DAY_AFTER, _day_after),
    (words.TOMORROW, _tomorrow),
    (words.TODAY, _today),
    (words.IN_DAYS, _in_days),
    (words.BARE_MINUTES, _minutes),
    (words.THE_HOUR, _hour),
    (words.ORDINAL, due_days.ordinal),
    (words.SOON, _soon),
)
