"""The words for days of the week and times of the day, as people write them in a hurry."""

import re

MINUTES_A_DAY = 24 * 60
EVERY_DAY = frozenset(range(7))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b"
_TIME = r"(noon|midday|midnight|\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|h)?(?:\s*o'clock)?)(?![\w:.]*\d)"
_TO = r"\s*(?:-|–|—|to|till|until|and)\s*"
_PARTS = {"morning": (0, 720), "afternoon": (720, 1080), "evening": (1080, MINUTES_A_DAY)}


def take_days(rest: str) -> tuple[str, frozenset[int]]:
    """The lower-cased words without the days in them, and the days (0 is Monday)."""
    found: set[int] = set()

    def span(match: re.Match[str]) -> str:
        first, last = _DAYS.index(match[1][:3]), _DAYS.index(match[2][:3])
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
        return " "

    def one(match: re.Match[str]) -> str:
        found.add(_DAYS.index(match[1][:3]))
        return " "

    rest = re.sub(rf"\b{_DAY}\s*(?:-|–|to|till|until|through)\s*{_DAY}", span, rest)
    rest = re.sub(rf"\b{_DAY}", one, rest)
    for name, days in (
        ("weekends?", {5, 6}),
        ("weekdays?|working days?", set(range(5))),
        ("every day|daily", EVERY_DAY),
    ):
        if re.search(rf"\b(?:{name})\b", rest):
            found |= days
            rest = re.sub(rf"\b(?:{name})\b", " ", rest)
    return rest, frozenset(found)


def take_times(rest: str) -> tuple[str | None, tuple[tuple[int, int], ...]]:
    """The words without the times in them, and the spans they name; None instead when a time can mean two things."""
    spans: list[tuple[int, int]] = []
    doubtful = False

    def put(start: int | None, end: int | None) -> str:
        nonlocal doubtful
        if start is None or end is None or start >= end:
            doubtful = True
        else:
            spans.append((start, end))
        return " "

    def between(match: re.Match[str]) -> str:
        start, end = match[1], match[2]
        half = re.search(r"[ap]m", end)
        return put(_minute(start if re.search(r"[apm:]", start) or not half else start + half[0]), _minute(end))

    rest = re.sub(rf"\b(?:between|from)?\s*\b{_TIME}{_TO}{_TIME}", between, rest)
    rest = re.sub(rf"\b(?:before|until|till|earlier than|up to)\s+{_TIME}", lambda m: put(0, _minute(m[1])), rest)
    late = rf"\b(?:after|from|since|later than|past)\s+{_TIME}(?:\s+on(?:wards)?\b)?"
    rest = re.sub(late, lambda m: put(_minute(m[1]), MINUTES_A_DAY), rest)
    for name, (start, end) in _PARTS.items():
        if re.search(rf"\b{name}s?\b", rest):
            spans.append((start, end))
            rest = re.sub(rf"\b{name}s?\b", " ", rest)
    return (None if doubtful else rest), tuple(spans)


def _minute(said: str) -> int | None:
    """ "10", "9.30", "5 pm", "17h", "noon" as a minute of the day; None for what is no time, or could be two."""
    said = said.replace("o'clock", "").strip()
    if said in ("noon", "midday"):
        return 720
    if said == "midnight":
        return MINUTES_A_DAY
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|h)?", said)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    # "after 5" may be five in the morning or in the afternoon
    if hour > 24 or minute > 59 or (half in ("am", "pm") and not 1 <= hour <= 12):
        return None
    if half is None and found[2] is None and hour < 7:
        return None
    if half in ("am", "pm"):
        hour = hour % 12 + (12 if half == "pm" else 0)
    return min(hour * 60 + minute, MINUTES_A_DAY)
