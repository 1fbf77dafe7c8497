"""What may and may not be agreed about what was sold."""

from datetime import date
from decimal import Decimal

import pytest

from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind, OverReason
from kept.ledgers.engagements.verbs import AlreadyThere
from tests.cast import NOW, Studio, sold
from tests.ledgers.telling import told

TODAY = NOW.date()


def test_a_client_has_one_engagement_of_a_name(studio: Studio, website: Engagement) -> None:
    with pytest.raises(AlreadyThere, match="Borealis has an engagement called WEBSITE"):
        sold(studio.borealis, by=studio.ada, name=" WEBSITE ")
    assert sold(studio.cassini, by=studio.ada, name="Website").pk
    sold(studio.borealis, by=studio.ada, name="Überarbeitung")
    with pytest.raises(AlreadyThere):
        sold(studio.borealis, by=studio.ada, name="ÜBERARBEITUNG")


@pytest.mark.parametrize(("name", "ends", "why"), [(" ", None, "name"), ("Logo", date(2026, 8, 1), "before it starts")])
def test_an_engagement_has_a_name_and_ends_after_it_starts(
    studio: Studio, name: str, ends: date | None, why: str
) -> None:
    who = {"by": studio.ada, "at": NOW}
    with pytest.raises(ValueError, match=why):
        engagements.start(studio.borealis, name=name, kind=Kind.FIXED, starts=date(2026, 9, 1), ends=ends, **who)


def test_a_change_order_stands_beside_the_budget(studio: Studio, website: Engagement) -> None:
    terms = {"starts": TODAY, "fee": None, "currency": "gbp", "by": studio.ada, "at": NOW}
    with pytest.raises(ValueError, match="reason"):
        engagements.budget(website, hours=Decimal(-10), **terms)
    engagements.budget(website, hours=Decimal(-10), reason="No shop", **terms)
    assert [(budget.hours, budget.reason) for budget in website.budgets.all()] == [(100, ""), (-10, "No shop")]


def test_a_budget_ends_after_it_starts(studio: Studio, website: Engagement) -> None:
    with pytest.raises(ValueError, match="before it starts"):
        engagements.budget(
            website, starts=TODAY, ends=date(2026, 10, 1), hours=None, fee=None, currency="GBP", by=None, at=NOW
        )


@pytest.mark.parametrize("share", ["0", "-0.5", "1.001"])
def test_a_person_is_promised_for_a_share_of_the_work(studio: Studio, website: Engagement, share: str) -> None:
    with pytest.raises(ValueError, match="share"):
        engagements.promise_person(website, member=studio.kit, share=Decimal(share), since=TODAY, by=studio.ada, at=NOW)


def test_nobody_is_promised_where_a_wall_keeps_them_out(studio: Studio) -> None:
    work = sold(studio.cassini, by=studio.ada)
    with pytest.raises(ValueError, match="wall"):
        engagements.promise_person(work, member=studio.kit, share=Decimal(1), since=TODAY, by=studio.ada, at=NOW)


def test_a_gift_is_given_on_purpose(studio: Studio, website: Engagement) -> None:
    given = {"month": TODAY, "by": studio.ada, "at": NOW}
    with pytest.raises(ValueError, match="leak"):
        engagements.give(website, hours=Decimal(2), purpose=" ", **given)
    with pytest.raises(ValueError, match="more than none"):
        engagements.give(website, hours=Decimal(0), purpose="A second draft", **given)
    gift = engagements.give(website, hours=Decimal(2), purpose="A second draft", **given)
    assert gift.month == date(2026, 10, 1)


def test_more_hours_than_paid_for_are_explained_by_hours(studio: Studio, website: Engagement) -> None:
    with pytest.raises(ValueError, match="more than none"):
        engagements.explain(website, month=TODAY, hours=Decimal(0), reason=OverReason.HABIT, by=studio.ada, at=NOW)


def test_an_engagement_closes_after_it_began(studio: Studio, website: Engagement) -> None:
    with pytest.raises(ValueError, match="began on 2026-09-01"):
        engagements.close(website, on=date(2026, 8, 31), by=studio.ada, at=NOW)
    assert Engagement.objects.open().get() == website
    engagements.close(website, on=TODAY, by=studio.ada, at=NOW)
    assert not Engagement.objects.open().exists()


def test_a_removed_gift_stays_whole_in_the_journal(studio: Studio, website: Engagement) -> None:
    gift = engagements.give(website, month=TODAY, hours=Decimal(2), purpose="A draft", by=studio.ada, at=NOW)
    with told("engagements.take_back") as lines:
        engagements.take_back(gift, by=studio.bo, at=NOW)
    assert lines[0].facts["was"] | {"hours": "2", "purpose": "A draft", "by_id": studio.ada.pk} == lines[0].facts["was"]
