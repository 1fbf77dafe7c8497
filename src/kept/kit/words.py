"""Times, spans, numbers and lists as people say them; every moment is shown in the reader's zone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def count(number: int, one: str, many: str = "") -> str:
    """ "three people", "one promise", "no promises", "14 promises"."""
    noun = one if number == 1 else many or one + "s"
    return f"{SMALL[number] if number < len(SMALL) else f'{number:,}'} {noun}"


def listed(words: Sequence[str]) -> str:
    """ "Dana", "Dana and Cleo", "Dana, Cleo and Noor"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(words: str) -> str:
    """With a capital letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def span(length: timedelta) -> str:
    """ "38 min", "2 h 25", "3 h", "4 days": working or elapsed time, rounded down to the minute."""
    minutes = int(abs(length).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} days"
    if hours:
        return f"{hours} h {rest:02d}" if rest else f"{hours} h"
    return f"{minutes} min"


def working_span(length: timedelta, *, day: timedelta = timedelta(hours=8)) -> str:
    """Like `span`, with long stretches in working days: "3 working days"."""
    days = abs(length) / day
    return span(length) if days < 2 else f"{int(days)} working days"


def hours(seconds: float, *, digits: int = 0) -> str:
    """Seconds as hours: "57.5", "58"; a whole number loses its fraction."""
    text = f"{seconds / 3600:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clock(at: datetime, zone: ZoneInfo) -> str:
    """ "09:40" in the reader's zone."""
    return f"{at.astimezone(zone):%H:%M}"


def day(of: date, *, today: date, article: bool = False) -> str:
    """ "today", "tomorrow", "Thu 15 Oct", "Thu 15 Oct 2024" in another year."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((of - today).days)
    if near:
        return near
    text = f"{WEEKDAYS[of.weekday()][:3]} {of.day} {SHORT_MONTHS[of.month - 1]}"
    if abs((of - today).days) > 300:
        text += f" {of.year}"
    return f"on {text}" if article else text


def long_day(of: date) -> str:
    """ "Tuesday 20 October"."""
    return f"{WEEKDAYS[of.weekday()]} {of.day} {MONTHS[of.month - 1]}"


def day_in_month(of: date) -> str:
    """ "Tuesday the 27th"."""
    return f"{WEEKDAYS[of.weekday()]} the {ordinal(of.day)}"


def ordinal(number: int) -> str:
    """ "1st", "22nd", "13th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def moment(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """ "15:00" today, "tomorrow, 09:15", "Thu 15 Oct, 11:20"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    said = day(local.date(), today=today)
    return f"{local:%H:%M}" if said == "today" else f"{said}, {local:%H:%M}"


def full(at: datetime, zone: ZoneInfo) -> str:
    """ "Tuesday 20 October 2026, 09:40 BST", for hovers and print."""
    local = at.astimezone(zone)
    return f"{long_day(local.date())} {local.year}, {local:%H:%M %Z}"


def since(then: date, *, today: date) -> str:
    """ "today", "yesterday", "since Friday", "23 days ago", "in March"."""
    days = (today - then).days
    if days <= 1:
        return day(then, today=today)
    if days < 7:
        return f"since {WEEKDAYS[then.weekday()]}"
    if days < 60:
        return f"{days} days ago"
    return f"in {MONTHS[then.month - 1]}" + (f" {then.year}" if then.year != today.year else "")


def greeting(at: datetime, zone: ZoneInfo) -> str:
    """ "Good morning", "Good afternoon", "Good evening"."""
    hour = at.astimezone(zone).hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def chance(probability: float) -> str:
    """ "one in three", "three in four", "almost surely": odds a person can picture."""
    if probability >= 0.97:
        return "almost surely"
    if probability < 0.05:
        return "hardly"
    odds = [(1, 10), (1, 6), (1, 5), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (4, 5), (9, 10)]
    top, bottom = min(odds, key=lambda pair: abs(pair[0] / pair[1] - probability))
    return f"{SMALL[top]} in {SMALL[bottom]}"


def money(amount: Decimal | float, currency: str, *, digits: int = 0) -> str:
    """ "£1,920", "€48.50", "CHF 1,920": rounded to `digits`, with the sign people know."""
    sign = {"GBP": "£", "EUR": "€", "USD": "$", "PLN": "zł\u00a0"}.get(currency, f"{currency}\u00a0")
    return f"{sign}{amount:,.{digits}f}"


def weight(size: int) -> str:
    """ "834 bytes", "34 KB", "2.1 MB"."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def last_of_month(of: date) -> date:
    """The last day of the month."""
    return (of.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def printable(text: str) -> str:
    """The same lines with everything that could steer a terminal written as in JSON: "\\u001b"; JSON stays the same."""
    return "".join(each if each.isprintable() or each == "\n" else _spelt(each) for each in text)


def _spelt(each: str) -> str:
    units = each.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
