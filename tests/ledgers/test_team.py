"""What may and may not be done with the firm, its people, offices and walls."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kept.ledgers.team import addresses, keeping_hours, people, walls
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Domain, Firm, Grade, Holiday, KeptOut, Member, Office, Role, Wall
from kept.ledgers.team.verbs import AlreadyThere
from tests.cast import FOUNDED, NOW, Studio
from tests.ledgers.telling import everything, told

TODAY = NOW.date()


@pytest.mark.django_db
def test_a_firm_is_founded_once() -> None:
    with told("team.found"):
        firm = team.found(name="Larkfield Studio", currency="gbp", at=FOUNDED)
    assert (firm.currency, firm.pledge_minutes) == ("GBP", 240)
    with pytest.raises(AlreadyThere, match="a firm here"):
        team.found(name="Another", currency="EUR", at=NOW)
    assert Firm.objects.count() == 1


def test_a_pledge_is_of_some_time(studio: Studio) -> None:
    with pytest.raises(ValueError, match="one minute"):
        team.change_firm(studio.firm, pledge_minutes=0, by=studio.ada, at=NOW)


def test_a_domain_of_ours_is_claimed_once_whatever_its_case(studio: Studio) -> None:
    with told("team.claim_domain"):
        new = team.claim_domains(["LARKFIELD.example", "lark.example", "@Lark.example"], by=studio.ada, at=NOW)
    assert [domain.name for domain in new] == ["lark.example"]
    assert Domain.objects.count() == 2


def test_an_address_is_of_one_member(studio: Studio) -> None:
    who = {"by": studio.ada, "at": NOW}
    with pytest.raises(AlreadyThere, match="in the firm already"):
        team.join(name="Kit Two", email="KIT@larkfield.example", office=studio.office, **who)
    addresses.add_address(studio.kit, email="kit@home.example", **who)
    for email in ("Kit@Home.example", "ada@larkfield.example"):
        with pytest.raises(AlreadyThere, match="somebody else"):
            addresses.add_address(studio.bo, email=email, **who)
    assert list(studio.bo.addresses.all()) == []


def test_an_address_stays_of_one_member_when_it_changes(studio: Studio) -> None:
    who = {"by": studio.ada, "at": NOW}
    addresses.add_address(studio.kit, email="kit@home.example", **who)
    for email in ("Kit@Home.example", "KIT@larkfield.example"):
        with pytest.raises(AlreadyThere, match="in the firm already"):
            team.change_member(studio.bo, email=email, **who)
        with pytest.raises(AlreadyThere, match="in the firm already"):
            team.join(name="Ivy Hart", email=email, office=studio.office, **who)
    team.change_member(studio.kit, email=" Kit@Home.example", **who)
    assert Member.objects.get(pk=studio.kit.pk).email == "kit@home.example"


def test_a_member_is_found_by_each_of_their_addresses_until_they_leave(studio: Studio) -> None:
    addresses.add_address(studio.kit, email="kit@home.example", by=studio.ada, at=NOW)
    assert people.find("KIT@larkfield.example") == people.find("Kit@Home.example") == studio.kit
    team.leave(studio.kit, on=TODAY, by=studio.ada, at=NOW)
    assert people.find("kit@home.example") is None
    assert not Member.objects.get(pk=studio.kit.pk).is_active
    assert studio.kit not in Member.objects.present()


def test_who_joins_without_a_password_cannot_sign_in_by_one(studio: Studio) -> None:
    assert not studio.kit.has_usable_password()


def test_the_only_owner_stays(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Ada Lark is the only owner"):
        team.leave(studio.ada, on=TODAY, by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="only owner"):
        team.change_member(studio.ada, role=Role.LEAD, by=studio.ada, at=NOW)
    team.change_member(studio.bo, role=Role.OWNER, by=studio.ada, at=NOW)
    team.change_member(studio.ada, role=Role.LEAD, by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="Bo Field is the only owner"):
        team.leave(studio.bo, on=TODAY, by=studio.ada, at=NOW)


def test_an_owner_who_left_does_not_count_as_one(studio: Studio) -> None:
    team.change_member(studio.bo, role=Role.OWNER, by=studio.ada, at=NOW)
    team.leave(studio.bo, on=TODAY, by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="only owner"):
        team.leave(studio.ada, on=TODAY, by=studio.ada, at=NOW)


def test_nobody_leaves_before_they_joined(studio: Studio) -> None:
    with pytest.raises(ValueError, match="joined on 2020-01-06"):
        team.leave(studio.kit, on=date(2020, 1, 5), by=studio.ada, at=NOW)


@pytest.mark.parametrize(
    ("role", "money", "rates", "settle"),
    [
        ("owner", True, True, True),
        ("lead", True, False, False),
        ("member", False, False, False),
        ("finance", True, True, False),
    ],
)
def test_each_role_sees_what_it_needs(studio: Studio, role: str, money: bool, rates: bool, settle: bool) -> None:
    member = studio.people[role]
    assert (member.may_see_money, member.may_see_rates, member.may_settle) == (money, rates, settle)


def test_a_rate_set_again_on_its_day_tells_what_it_was(studio: Studio) -> None:
    rate = {"kind": "bill", "currency": "GBP", "from_day": TODAY, "by": studio.ada, "at": NOW}
    team.set_rate(studio.kit, per_hour=Decimal(80), **rate)
    with told("team.set_rate") as lines:
        team.set_rate(studio.kit, per_hour=Decimal(90), **rate)
    assert studio.kit.rates.get().per_hour == 90
    assert lines[0].facts["before"] == "80.00 GBP"


def test_a_wall_is_raised_and_taken_down(studio: Studio) -> None:
    before = everything()
    with told("team.raise_wall", "team.keep_out", "team.keep_out"):
        wall = walls.raise_wall(name="New wall", keep_out=[studio.kit, studio.bo], by=studio.ada, at=NOW)
    with pytest.raises(AlreadyThere, match="New wall"):
        walls.raise_wall(name="New wall", by=studio.ada, at=NOW)
    with told("team.take_down") as lines:
        walls.take_down(wall, by=studio.ada, at=NOW)
        walls.take_down(wall, by=studio.ada, at=NOW)
    assert lines[0].facts["kept_out"] == ["Bo Field", "Kit Marsh"]
    assert everything() == before


def test_a_wall_with_a_client_behind_it_stands(studio: Studio) -> None:
    with pytest.raises(ValueError, match="in front of it first"):
        walls.take_down(studio.wall, by=studio.ada, at=NOW)
    assert Wall.objects.get() == studio.wall
    assert KeptOut.objects.get().member == studio.kit


def test_who_is_kept_out_by_a_wall_does_not_know_of_the_wall(studio: Studio) -> None:
    assert not walls.seen_by(studio.kit).exists()
    assert walls.seen_by(studio.ada).get() == studio.wall
    walls.raise_wall(name=walls.a_name(NOW), keep_out=[studio.bo], by=studio.ada, at=NOW)
    assert [wall.name[:18] for wall in walls.seen_by(studio.kit)] == ["wall of 2026-10-20"]


def test_nobody_keeps_themselves_out_so_somebody_always_knows_of_the_wall(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Ask another owner"):
        walls.keep_out_of(studio.wall, member=studio.ada, by=studio.ada, at=NOW)
    assert studio.wall in walls.seen_by(studio.ada)


@pytest.mark.parametrize("zone", ["London", "", "../etc/passwd", "Europe/Atlantis"])
def test_an_office_is_in_a_zone_that_is_known(studio: Studio, zone: str) -> None:
    with pytest.raises(ValueError, match="not a time zone"):
        keeping_hours.open_office(name="York", zone=zone, by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="not a time zone"):
        team.change_office(studio.office, zone=zone, by=studio.ada, at=NOW)
    assert Office.objects.get().zone == "Europe/London"


def test_an_office_in_which_people_sit_stays_open(studio: Studio) -> None:
    with pytest.raises(ValueError, match="another office first"):
        keeping_hours.close_office(studio.office, by=studio.ada, at=NOW)
    assert studio.office.week() == keeping_hours.USUAL_WEEK


def test_an_office_has_a_name_of_its_own(studio: Studio) -> None:
    york = keeping_hours.open_office(name="York", zone="Europe/London", by=studio.ada, at=NOW)
    with pytest.raises(AlreadyThere, match="called Leeds already"):
        team.change_office(york, name="Leeds", by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="called Leeds already"):
        keeping_hours.open_office(name="Leeds", zone="Europe/London", by=studio.ada, at=NOW)


@pytest.mark.parametrize(
    ("week", "why"),
    [
        ({"mon": [("12:00", "09:00")]}, "ends before it begins"),
        ({"mon": [("09:00", "13:00"), ("12:00", "17:00")]}, "two windows overlap"),
        ({"mon": [("9 o'clock", "13:00")]}, "not a time of day"),
        ({"mon": [("09:00", "24:30")]}, "not a time of day"),
        ({"monday": [("09:00", "13:00")]}, "mon, tue"),
    ],
)
def test_an_impossible_week_is_refused_and_the_old_one_stays(
    studio: Studio, week: keeping_hours.Week, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        keeping_hours.set_week(studio.office, week, by=studio.ada, at=NOW)
    assert studio.office.week() == keeping_hours.USUAL_WEEK


def test_a_lunch_break_and_a_night_that_ends_the_day_are_possible(studio: Studio) -> None:
    week = {"mon": [("09:00", "12:30"), ("13:30", "17:30")], "sun": [("20:00", "24:00")]}
    with told("team.set_week") as lines:
        keeping_hours.set_week(studio.office, week, by=studio.ada, at=NOW)
    assert studio.office.week() == week
    assert lines[0].facts["before"]["fri"] == [["09:00", "17:30"]]


def test_public_holidays_come_with_the_country(studio: Studio) -> None:
    york = keeping_hours.open_office(
        name="York", zone="Europe/London", country="gb", region="eng", by=studio.ada, at=NOW
    )
    assert {date(2025, 12, 25), date(2026, 12, 25), date(2027, 1, 1)} <= york.days_off()
    with pytest.raises(ValueError, match="XX"):
        keeping_hours.open_office(name="Nowhere", zone="UTC", country="XX", by=studio.ada, at=NOW)
    assert not Office.objects.filter(name="Nowhere").exists()


def test_a_day_off_is_taken_back_once_and_stays_in_the_journal(studio: Studio) -> None:
    holiday = keeping_hours.close_on(studio.office, day=TODAY + timedelta(days=1), name="Fair", by=studio.ada, at=NOW)
    with told("team.work_on") as lines:
        keeping_hours.work_on(Holiday.objects.get(), by=studio.ada, at=NOW)
        keeping_hours.work_on(holiday, by=studio.ada, at=NOW)
    assert lines[0].facts["was"]["name"] == "Fair"
    assert studio.office.days_off() == set()


def test_changing_a_grade_tells_what_stood_before(studio: Studio) -> None:
    with told("team.change_member") as lines:
        team.change_member(studio.kit, grade=Grade.SENIOR, by=studio.ada, at=NOW)
    assert lines[0].facts["before"] == {"grade": "mid"}
