"""The reply pledge in words: "a person answers within 4 working hours, 2 for Borealis"."""

from datetime import timedelta

from kept.kit import words
from kept.readings.brief import Brief
from kept.readings.waiting import Waiting

HOUR = timedelta(hours=1)
NAMED = 2  # so many clients with a pledge of their own are said; the rest one sees in their rows


def pledge_words(one: Brief) -> str:
    """The firm's pledge, and the clients of this brief with another."""
    usual = one.offices.pledge
    others = {
        each.client.name: each.wait.pledge
        for each in one.of("waiting").subjects()
        if isinstance(each, Waiting) and each.wait.pledge != usual and each.client
    }
    own = "".join(f", {_length(pledge, than=usual)} for {name}" for name, pledge in list(others.items())[:NAMED])
    return f"our pledge: a person answers within {_length(usual)}{own}"


def _length(pledge: timedelta, *, than: timedelta | None = None) -> str:
    """ "4 working hours", "1 working hour", "20 working minutes"; after another in the same unit the number alone."""
    unit = "hour" if pledge >= HOUR else "minute"
    size = pledge / HOUR if unit == "hour" else pledge / timedelta(minutes=1)
    text = words.hours(size * 3600, digits=2)
    if than is not None and (than >= HOUR) == (pledge >= HOUR):
        return text
    return f"{text} working {unit if size == 1 else unit + 's'}"
