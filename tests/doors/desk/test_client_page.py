"""A client's page: what it says, to whom, and what is done on it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Web
from django.urls import reverse

from kept.kit import clock
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Contact
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Explanation, Gift, Kind
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from tests.acting import promised, sold, worked, wrote
from tests.cast import NOW, Studio, london


@pytest.fixture(autouse=True)
def it_is_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def retainer(studio: Studio) -> Engagement:
    """Forty hours a month for 4,800 pounds; 39 of October's worked by Kit, who was promised for 60 %, and by Ada."""
    row = sold(
        studio.borealis,
        by=studio.ada,
        name="Retainer",
        kind=Kind.RETAINER,
        hours=40,
        fee=4800,
        starts=date(2026, 10, 1),
    )
    engagements.promise_person(
        row, member=studio.kit, share=Decimal("0.6"), since=date(2026, 10, 1), by=studio.ada, at=london(1)
    )
    for day in (1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19):
        worked(studio.borealis, engagement=row, member=studio.kit, day=date(2026, 10, day), hours=1)
        worked(studio.borealis, engagement=row, member=studio.ada, day=date(2026, 10, day), hours=2)
    return row


def enter(web: Web, member: Member) -> Web:
    web.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return web


def shown(web: Web, studio: Studio, more: str = "") -> str:
    return web.get(f"/clients/{studio.borealis.pk}/{more}").content.decode()


def line(web: Web) -> dict[str, Any]:
    """What the undo line will say."""
    found: dict[str, Any] = web.session["kept.undo"]
    return found


def undo(web: Web) -> None:
    """Press the undo that was offered."""
    address = line(web)["url"]
    assert web.post(address, {"undo": "1"}).status_code == 303


# What it says


def test_whoever_is_not_signed_in_is_sent_to_the_door(client: Web, studio: Studio) -> None:
    answer = client.get(f"/clients/{studio.borealis.pk}/")
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_behind_a_wall_and_never_was_read_the_same(client: Web, studio: Studio) -> None:
    enter(client, studio.kit)
    walled, never = client.get(f"/clients/{studio.cassini.pk}/"), client.get("/clients/987654/")
    assert (walled.status_code, never.status_code) == (404, 404)
    assert walled.content.decode().replace("987654", "") == never.content.decode().replace("987654", "")


def test_a_client_of_whom_nothing_is_known_says_so(client: Web, studio: Studio) -> None:
    page = shown(enter(client, studio.bo), studio)
    assert "Nothing is known of Borealis yet: no word, no promise, no hours." in page
    assert "Too early to say." in page
    assert "Make a promise" in page


def test_the_first_sentences_say_what_matters(client: Web, studio: Studio, retainer: Engagement) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    promised(studio.borealis, by=studio.bo, due=london(19, "17:00"), at=london(12), contact=studio.cleo)
    page = shown(enter(client, studio.bo), studio)
    second = page.partition('<p class="second">')[2].partition("</p>")[0]
    assert "Cleo</a> is waiting for us, 5 h past our pledge." in second
    assert "Our promise to <a" in second
    assert "October’s hours run out today" in second


def test_a_calm_client_is_told_to_be_calm(client: Web, studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(16, "09:10"))
    wrote(studio.borealis, by=studio.bo, at=london(16, "10:10"), conversation=message.conversation)
    assert "Nobody waits, no promise is late. We last spoke on Friday." in shown(enter(client, studio.bo), studio)


def test_a_long_silence_is_told(client: Web, studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(1, "09:10", month=9))
    wrote(studio.borealis, by=studio.bo, at=london(1, "10:10", month=9), conversation=message.conversation)
    assert "We have not spoken for 48 days." in shown(enter(client, studio.bo), studio)


def test_every_number_opens_into_its_rows(client: Web, studio: Studio, retainer: Engagement) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(14), at=london(12), words="The drafts")
    promises.keep(row, by=studio.bo, at=london(13))
    slow = wrote(studio.borealis, by=studio.cleo, at=london(13, "09:10"), subject="Stock")
    wrote(studio.borealis, by=studio.bo, at=london(13, "16:10"), conversation=slow.conversation)
    page = shown(enter(client, studio.bo), studio)
    assert '<a href="#promises">1 of 1 promises kept</a>' in page
    assert f'href="/promises/{row.pk}/"' in page
    assert '<a href="#replies">' in page
    assert "after 7 h" in page
    assert '<a href="#hours">39 of 40 hours</a>' in page
    assert '<a href="#people">' in page


def test_promised_people_and_what_they_work_stand_together(client: Web, studio: Studio, retainer: Engagement) -> None:
    page = shown(enter(client, studio.bo), studio)
    assert "Nothing is late, but Kit is missed." in page
    assert "Kit 33% of hours, sold 60%" in page


def test_marks_nobody_gave_are_not_drawn(client: Web, studio: Studio) -> None:
    page = shown(enter(client, studio.bo), studio)
    assert "Nobody has said in half a year what the work itself is worth to them." in page
    assert "How it feels is not known." in page
    for missing in ("Trust", "d-said", "Margin"):
        assert missing not in page


def test_a_lead_reads_of_money_a_member_only_of_hours(client: Web, studio: Studio, retainer: Engagement) -> None:
    engagements.give(
        retainer, month=date(2026, 10, 1), hours=Decimal(1), purpose="the size chart", by=studio.ada, at=london(5)
    )
    lead, member = shown(enter(client, studio.bo), studio), shown(enter(client, studio.kit), studio)
    for money in ("£4,800", "Does it pay?", "Earned an hour", "of 40 hours", "40 hours a month", "the size chart"):
        assert money in lead
        assert money not in member
    assert "39 hours in October so far." in member


def test_the_forecast_is_drawn_for_those_who_may_see_it(client: Web, studio: Studio, retainer: Engagement) -> None:
    lead, member = shown(enter(client, studio.bo), studio), shown(enter(client, studio.kit), studio)
    assert lead.count('class="band') == 3
    assert "40 hours, paid for" in lead
    assert 'class="band' not in member
    assert 'class="worked"' in member


def test_another_job_can_be_looked_at(client: Web, studio: Studio, retainer: Engagement, website: Engagement) -> None:
    page = shown(enter(client, studio.bo), studio, f"?job={website.pk}")
    assert "30 of 100 hours worked." in page


def test_words_from_outside_stay_text(client: Web, studio: Studio) -> None:
    evil = "<script>alert(1)</script>"
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"), subject=evil)
    wrote(studio.borealis, by=studio.bo, at=london(19, "17:10"), conversation=message.conversation)
    promised(studio.borealis, by=studio.bo, due=london(23), words=evil)
    clients.meet(studio.borealis, name=evil, by=studio.bo, at=NOW)
    clients.agree(studio.cleo, on=date(2026, 10, 1), by=studio.bo, at=NOW, channel=evil)
    page = shown(enter(client, studio.bo), studio)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_story_goes_on_page_by_page(client: Web, studio: Studio) -> None:
    for day in range(1, 20):
        promised(studio.borealis, by=studio.bo, due=london(30), at=london(day, "09:00"), words=f"Word {day}.")
        promised(studio.borealis, by=studio.bo, due=london(30), at=london(day, "10:00"), words=f"Second {day}.")
    page = shown(enter(client, studio.bo), studio)
    earlier = page.partition('<a class="btn act" href="')[2].partition('"')[0]
    assert "before=" in page
    before = shown(client, studio, "?before=2026-10-10T09:00:00%2B01:00")
    assert "Word 9." in before
    assert "Word 10." not in before
    assert "Is the relationship good?" not in before
    assert earlier


ENDS = ["9999-12-31T23:59:59%2B00:00", "0001-01-01T00:00:00%2B14:00"]


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-13-45T00:00:00+00:00", "2026-10-10T09:00:00", *ENDS])
def test_a_moment_that_is_none_shows_the_page(client: Web, studio: Studio, moment: str) -> None:
    assert "Is the relationship good?" in shown(enter(client, studio.bo), studio, f"?before={moment}")


def test_looking_changes_nothing(client: Web, studio: Studio, retainer: Engagement) -> None:
    enter(client, studio.ada)
    before = Line.objects.count()
    for place in ("", "changing/", "contacts/", "promise/", "?before=2026-10-10T09:00:00%2B01:00"):
        assert client.get(f"/clients/{studio.borealis.pk}/{place}").status_code == 200
    for place in ("gifts/", "explanations/"):
        assert client.get(f"/engagements/{retainer.pk}/{place}").status_code == 200
    assert Line.objects.count() == before


def test_the_page_asks_little_of_the_database_whatever_the_history(
    client: Web, studio: Studio, retainer: Engagement, django_assert_max_num_queries: Any
) -> None:
    enter(client, studio.ada)
    for length in (1, 19):
        for day in range(1, length + 1):
            message = wrote(studio.borealis, by=studio.cleo, at=london(day, "10:00"))
            wrote(studio.borealis, by=studio.bo, at=london(day, "16:00"), conversation=message.conversation)
            promises.keep(
                promised(studio.borealis, by=studio.bo, due=london(day, "17:00"), at=london(day)),
                by=studio.bo, at=london(day, "17:30"),
            )  # fmt: skip
        for more in ("", "?before=2026-10-10T09:00:00%2B01:00"):
            with django_assert_max_num_queries(20):
                client.get(f"/clients/{studio.borealis.pk}/{more}")


# What is done on it


def test_who_leads_is_changed_and_changed_back(client: Web, studio: Studio) -> None:
    enter(client, studio.bo)
    place = f"/clients/{studio.borealis.pk}/changing/"
    typed = {"lead": studio.ada.pk, "stage": "paused", "pledge": "1.5"}
    for _ in range(2):
        assert client.post(place, typed).status_code == 303
        studio.borealis.refresh_from_db()
        facts = (studio.borealis.lead, studio.borealis.stage, studio.borealis.pledge_minutes)
        assert facts == (studio.ada, "paused", 90)
    assert Line.objects.filter(verb="clients.change").count() == 1
    client.post(place, {"lead": "", "stage": "active", "pledge": ""})
    undo(client)
    studio.borealis.refresh_from_db()
    assert (studio.borealis.lead, studio.borealis.stage, studio.borealis.pledge_minutes) == (studio.ada, "paused", 90)


def test_a_fault_is_said_and_what_was_typed_stays(client: Web, studio: Studio) -> None:
    answer = enter(client, studio.bo).post(
        f"/clients/{studio.borealis.pk}/changing/", {"lead": "", "stage": "active", "pledge": "soon"}
    )
    assert answer.status_code == 422
    assert "Write hours as a number" in answer.content.decode()
    assert 'value="soon"' in answer.content.decode()


def test_somebody_a_wall_keeps_out_cannot_lead(client: Web, studio: Studio) -> None:
    place = f"/clients/{studio.cassini.pk}/changing/"
    assert "Kit Marsh" not in enter(client, studio.ada).get(place).content.decode()
    assert client.post(place, {"lead": studio.kit.pk, "stage": "active"}).status_code == 422


def test_somebody_new_is_met(client: Web, studio: Studio) -> None:
    enter(client, studio.kit)
    typed = {"name": "Maya Brandt", "email": "Maya@Borealis.example", "role": "decides"}
    place = f"/clients/{studio.borealis.pk}/contacts/"
    assert client.post(place, typed).status_code == 303
    maya = Contact.objects.get(name="Maya Brandt")
    assert [one.email for one in maya.addresses.all()] == ["maya@borealis.example"]
    again = client.post(place, typed)
    assert again.status_code == 422
    assert "belongs to a contact already" in again.content.decode()
    assert Contact.objects.filter(name="Maya Brandt").count() == 1


def test_how_they_like_to_be_spoken_to_is_agreed_and_taken_back(client: Web, studio: Studio) -> None:
    clients.agree(studio.cleo, on=date(2026, 9, 1), by=studio.bo, at=NOW, channel="By mail.")
    enter(client, studio.kit)
    place = f"/contacts/{studio.cleo.pk}/agreement/"
    assert "By mail." in client.get(place).content.decode()
    for _ in range(2):
        client.post(place, {"channel": "By phone."})
    assert studio.cleo.agreements.count() == 2
    assert "By phone." in shown(client, studio)
    client.post(place, {"channel": "By phone."})
    undo(client)
    assert [row.channel for row in studio.cleo.agreements.all()] == ["By mail."]
    assert client.post(place, {}).status_code == 422


def test_a_gift_is_chosen_once_and_taken_back(client: Web, studio: Studio, retainer: Engagement) -> None:
    enter(client, studio.bo)
    for _ in range(2):
        client.post(f"/engagements/{retainer.pk}/gifts/", {"hours": "6", "purpose": "the trail map"})
    gift = Gift.objects.get()
    assert (gift.hours, gift.month, gift.by) == (6, date(2026, 10, 1), studio.bo)
    undo(client)
    assert not Gift.objects.exists()
    assert client.delete(f"/engagements/{retainer.pk}/gifts/{gift.pk}/").status_code == 303


def test_one_tap_says_why_and_can_be_taken_back(client: Web, studio: Studio, retainer: Engagement) -> None:
    page = shown(enter(client, studio.bo), studio)
    assert 'name="reason" value="rework"' in page
    hours = page.partition('name="hours" value="')[2].partition('"')[0]
    for _ in range(2):
        client.post(
            f"/engagements/{retainer.pk}/explanations/", {"hours": hours, "month": "2026-10-01", "reason": "rework"}
        )
    assert [row.reason for row in Explanation.objects.all()] == ["rework"]
    assert "Not yet said" not in shown(client, studio)
    client.post(
        f"/engagements/{retainer.pk}/explanations/", {"hours": hours, "month": "2026-10-01", "reason": "rework"}
    )
    undo(client)
    assert not Explanation.objects.exists()


def test_a_gift_without_hours_is_a_fault(client: Web, studio: Studio, retainer: Engagement) -> None:
    answer = enter(client, studio.bo).post(f"/engagements/{retainer.pk}/gifts/", {"hours": "0", "purpose": "a map"})
    assert answer.status_code == 422
    assert "Say how many hours" in answer.content.decode()


def test_a_promise_is_made_from_the_page_and_leads_back_to_it(client: Web, studio: Studio) -> None:
    enter(client, studio.bo)
    back = f"/clients/{studio.borealis.pk}/"
    assert f'value="{back}"' in client.get(f"{back}promise/").content.decode()
    typed = {"client": studio.borealis.pk, "words": "The drafts", "by": studio.bo.pk, "day": "2026-10-23"}
    answer = client.post("/promises/", typed | {"size": "normal", "next": back})
    assert answer.headers["Location"] == back
    assert Promise.objects.get().client == studio.borealis


ACTS = [
    "/clients/{client}/changing/",
    "/clients/{client}/contacts/",
    "/clients/{client}/promise/",
    "/contacts/{contact}/agreement/",
    "/engagements/{engagement}/gifts/",
    "/engagements/{engagement}/explanations/",
]


@pytest.mark.parametrize("place", ACTS)
def test_behind_a_wall_no_act_is_found(client: Web, studio: Studio, place: str) -> None:
    engagement = sold(studio.cassini, by=studio.ada)
    address = place.format(client=studio.cassini.pk, contact=studio.cora.pk, engagement=engagement.pk)
    enter(client, studio.kit)
    assert client.get(address).status_code in {403, 404}
    assert client.post(address, {}).status_code in {403, 404, 405}
    enter(client, studio.ada)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("place", ["/clients/{client}/changing/", *ACTS[4:]])
def test_a_member_may_neither_change_a_client_nor_speak_of_money(
    client: Web, studio: Studio, retainer: Engagement, place: str
) -> None:
    address = place.format(client=studio.borealis.pk, engagement=retainer.pk)
    enter(client, studio.kit)
    assert client.get(address).status_code == 403
    assert client.post(address, {"stage": "past", "hours": "1", "purpose": "x", "reason": "habit"}).status_code == 403
    assert not Gift.objects.exists()
    studio.borealis.refresh_from_db()
    assert studio.borealis.stage == "active"


def test_a_row_of_another_job_cannot_be_taken_back_through_this_one(
    client: Web, studio: Studio, retainer: Engagement, website: Engagement
) -> None:
    gift = engagements.give(website, month=date(2026, 10, 1), hours=Decimal(1), purpose="a map", by=studio.ada, at=NOW)
    enter(client, studio.bo)
    client.delete(f"/engagements/{retainer.pk}/gifts/{gift.pk}/")
    assert Gift.objects.filter(pk=gift.pk).exists()
    assert client.post(f"/engagements/{website.pk}/gifts/{gift.pk}/").status_code == 404
