"""The cast stands as every other test takes it to stand."""

from datetime import timedelta

import pytest
from django.db import transaction

from kept.ledgers.conversations.models import Conversation
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours.models import MonthTotal
from kept.ledgers.journal.models import Line
from kept.ledgers.team.verbs import AlreadyThere
from kept.measures.working_time import Calendar
from tests.cast import NOW, Studio, london, set_up_studio, wrote
from tests.laid_again import LaidAgain
from tests.ledgers.telling import everything


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


@pytest.mark.django_db
def test_laid_again_the_studio_is_as_the_verbs_made_it_and_never_lies_over_another() -> None:
    studio = LaidAgain(set_up_studio)
    with transaction.atomic():
        made, rows, lines = studio(), everything(), list(Line.objects.values())
        transaction.set_rollback(True)
    laid = studio()
    assert (laid, everything(), list(Line.objects.values())) == (made, rows, lines)
    with pytest.raises(AlreadyThere):
        studio()
