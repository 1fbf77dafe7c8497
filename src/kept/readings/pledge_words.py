"""The reply pledge in words: "a person answers within 4 working hours, 2 for Borealis"."""

from datetime import timedelta

from kept.kit import words
from kept.ledgers.team.models import Firm
from kept.readings.brief import Brief
from kept.readings.calendars import PLEDGE
from kept.readings.waiting import Waiting


def pledge_words(one: Brief) -> str:
    """The firm's pledge, and the clients of this brief with another."""
    firm = Firm.objects.values_list("pledge_minutes", flat=True).first()
    usual = timedelta(minutes=firm) if firm else PLEDGE
    others = {
        item.client.name: item.subject.wait.pledge
        for item in one.of("waiting")
        if item.client and isinstance(item.subject, Waiting) and item.subject.wait.pledge != usual
    }
    own = "".join(f", {_hours(pledge)} for {name}" for name, pledge in list(others.items())[:2])
    return f"our pledge: a person answers within {_hours(usual)} working hours{own}"


def _hours(pledge: timedelta) -> str:
    return words.hours(pledge.total_seconds(), digits=1)
