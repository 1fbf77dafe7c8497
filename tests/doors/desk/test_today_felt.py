"""Who answered low stands on Today, beside what else we promised."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser

from kept.flows.hear_pulse import hear
from kept.ledgers.promises.models import Promise
from kept.ledgers.pulses.models import FollowUp
from kept.ledgers.team.models import Member
from kept.readings import promises_open
from tests.cast import NOW, Studio
from tests.ledgers.acts_of_pulses import invited


@pytest.fixture
def low(studio: Studio) -> FollowUp:
    """Cleo answered 3 half an hour ago."""
    hear(invited(studio), marks={"secure": 3}, at=NOW - timedelta(minutes=30))
    return FollowUp.objects.get()


NOTHING = {"ada": "Nothing we promised", "bo": "None of your promises"}


@pytest.mark.parametrize("who", ["ada", "bo"])
def test_today_shows_it_beside_the_promises(who: str, low: FollowUp, studio: Studio, client: Browser) -> None:
    member: Member = getattr(studio, who)
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    Promise.objects.update(due=NOW + timedelta(days=3650))  # whatever day it is now, it lies ahead
    page = client.get("/").content.decode()
    assert f"{NOTHING[who]} falls due" in page
    Promise.objects.update(due=low.opened_at, first_due=low.opened_at)
    promises_open.forget()  # no verb wrote this, so no line of the journal tells of it
    page = client.get("/").content.decode()
    assert "Speak with Cleo about how it felt" in page
    assert f"/clients/{studio.borealis.pk}/felt/" in page
