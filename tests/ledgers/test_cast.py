"""The cast stands as every other test takes it to stand."""

from datetime import timedelta

from kept.ledgers.conversations.models import Conversation
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours.models import MonthTotal
from kept.measures.working_time import Calendar
from tests.cast import NOW, Studio, london, wrote


def test_it_is_tuesday_morning_and_the_office_is_open(studio: Studio) -> None:
    calendar = Calendar(zone=studio.office.zone, windows=studio.office.week(), holidays=studio.office.days_off())
    assert NOW.strftime("%A %d %B %Y %H:%M %Z") == "Tuesday 20 October 2026 09:40 BST"
    assert calendar.is_open(NOW)
    assert calendar.between(london(19, "17:00"), NOW) == timedelta(minutes=70)


def test_cleo_waits_until_bo_answers(studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo)
    assert Conversation.objects.unsettled().get() == asked.conversation
    wrote(studio.borealis, by=studio.bo, at=london(20, "10:00"), conversation=asked.conversation)
    assert not Conversation.objects.unsettled().exists()


def test_the_website_has_thirty_of_its_hundred_hours_worked(website: Engagement) -> None:
    assert website.budgets.get().hours == 100
    assert MonthTotal.objects.get(engagement=website).seconds == 30 * 3600
