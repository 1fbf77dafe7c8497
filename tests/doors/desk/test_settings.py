"""Settings: who may change what, each change with its way back, faults said in place and words kept."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from kept.flows import walling
from kept.ledgers.clients.addresses import drop_address
from kept.ledgers.clients.models import Client, ContactAddress
from kept.ledgers.journal.models import Line
from kept.ledgers.team import addresses, keeping_hours, links, walls
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Domain, Firm, KeptOut, Member, Office, Rate, Role, Wall
from tests.acting import wrote
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = NOW.date()
FIRM = {"name": "Larkfield Studio", "currency": "GBP", "pledge": "4", "unit": "hours"}
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:30")


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def browsing() -> Callable[[Member], Browser]:
    """A browser in which the member is signed in."""

    def sign_in(member: Member) -> Browser:
        browser = Browser()
        browser.force_login(member, backend=BACKEND)
        return browser

    return sign_in


@pytest.fixture
def adas(browsing: Callable[[Member], Browser], ada: Member) -> Browser:
    return browsing(ada)


def read(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def act(browser: Browser, address: str, **typed: Any) -> str:
    """Do it as a form without scripts would; answers the address of the way back."""
    answer = browser.post(address, typed)
    assert answer.status_code == 303, re.findall(r'class="fault"[^>]*>.*?<span>(.*?)</span>', answer.content.decode())
    line = browser.session["kept.undo"]
    assert line.get("s") != "late", line
    return str(line["url"])


def undo(browser: Browser, address: str) -> None:
    act(browser, address, undo="1")


def refused(browser: Browser, address: str, **typed: Any) -> str:
    """It is not done; answers what the page, or the line at its foot, says."""
    answer = browser.post(address, typed)
    if answer.status_code == 303:
        line = browser.session["kept.undo"]
        assert line.get("s") == "late", line
        return str(line["said"])
    assert answer.status_code == 422
    return answer.content.decode()


def person_typed(member: Member, **new: Any) -> dict[str, Any]:
    typed = {name: getattr(member, name) for name in ("name", "email", "title", "role", "grade", "weekly_hours")}
    return typed | {"office": member.office_id} | new


# ------------------------------------------------------------ the page


def test_it_opens_with_people_offices_and_clients(adas: Browser) -> None:
    text = read(adas, "/settings/")
    assert "Four people in one office, two clients." in text
    assert "sees no money; never meets Cassini" in text
    assert "Kit Marsh never meets Cassini." in text


def test_others_are_led_to_their_own_part(browsing: Callable[[Member], Browser], studio: Studio) -> None:
    for member in (studio.bo, studio.kit, studio.fin):
        answer = browsing(member).get("/settings/")
        assert (answer.status_code, answer["Location"]) == (302, "/settings/you/")


def test_a_longer_firm_takes_no_more_queries(
    adas: Browser, studio: Studio, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(12):
        who = {"by": studio.ada, "at": NOW}
        office = keeping_hours.open_office(name=f"Office {number}", zone="Europe/London", country="GB", **who)
        member = team.join(name=f"Person {number}", email=f"p{number}@larkfield.example", office=office, **who)
        client = Client.objects.create(name=f"Client {number}", lead=studio.bo)
        walling.wall_off(client, keep_out=[member], **who)
    with django_assert_max_num_queries(20):
        read(adas, "/settings/")


# ------------------------------------------------------------ the firm


def test_the_firm_is_changed_and_put_back(adas: Browser, firm: Firm) -> None:
    back = act(adas, "/settings/firm/", **FIRM | {"name": "Lark & Field", "pledge": "90", "unit": "minutes"})
    firm.refresh_from_db()
    assert (firm.name, firm.pledge_minutes) == ("Lark & Field", 90)
    assert "Lark &amp; Field" in read(adas, "/settings/")
    undo(adas, back)
    firm.refresh_from_db()
    assert (firm.name, firm.pledge_minutes) == ("Larkfield Studio", 240)


def test_a_fault_is_said_in_place_and_on_top_and_the_words_are_kept(adas: Browser, firm: Firm) -> None:
    text = refused(adas, "/settings/firm/", **FIRM | {"name": "New name", "pledge": "0"})
    assert "One thing needs mending before this is saved." in text
    assert '<a href="#firm-pledge">We answer within: Promise an answer within at least one minute.</a>' in text
    assert 'aria-describedby="firm-pledge-fault' in text
    assert 'value="New name"' in text
    firm.refresh_from_db()
    assert firm.name == "Larkfield Studio"


def test_a_way_back_serves_only_its_own_page_and_only_as_we_wrote_it(adas: Browser, studio: Studio) -> None:
    back = act(adas, "/settings/firm/", **FIRM | {"name": "Lark & Field"})
    forged = back.replace("/settings/firm/", f"/settings/people/{studio.kit.pk}/")
    before = everything()
    for address in (forged, back[:-3], "/settings/firm/?back=nothing", "/settings/firm/"):
        assert "has closed" in refused(adas, address, undo="1")
    assert everything() == before


def test_a_mail_domain_is_put_in_and_taken_out_and_each_is_undone(adas: Browser, firm: Firm) -> None:
    taken_out = act(adas, "/settings/domains/", domain=" @Lark.example")
    assert Domain.objects.filter(name="lark.example").exists()
    put_in = act(adas, taken_out, undo="1")
    assert not Domain.objects.filter(name="lark.example").exists()
    undo(adas, put_in)
    assert Domain.objects.filter(name="lark.example").exists()


@pytest.mark.parametrize("domain", ["nonsense", "gmail.com", "a b.example", "", "<b>x</b>.example"])
def test_what_is_no_domain_of_ours_is_refused(adas: Browser, firm: Firm, domain: str) -> None:
    text = refused(adas, "/settings/domains/", domain=domain)
    assert 'class="faults"' in text
    assert "<b>x</b>" not in text
    assert Domain.objects.count() == 1


# ------------------------------------------------------------ people


def test_someone_is_welcomed_and_given_a_link_that_is_shown_once(adas: Browser, studio: Studio) -> None:
    typed = {"name": "Ivy Hart", "email": "Ivy@larkfield.example", "role": "member", "grade": "mid"}
    act(adas, "/settings/people/", **typed, title="Designer", office=studio.office.pk, weekly_hours="37.5")
    ivy = Member.objects.get(email="ivy@larkfield.example")
    assert (ivy.title, ivy.weekly_hours, ivy.joined_on) == ("Designer", Decimal("37.5"), TODAY)
    page = adas.post(f"/settings/people/{ivy.pk}/link/")
    assert "no-store" in page["Cache-Control"]
    token = re.search(r"http://testserver/enter/([^/]+)/", page.content.decode())
    assert token
    assert token[1] not in read(adas, f"/settings/people/{ivy.pk}/")
    assert Line.objects.get(verb="team.make_link").by_name == "Ada Lark"
    assert Browser().post(f"/enter/{token[1]}/").status_code == 302


def test_a_link_is_taken_back(adas: Browser, kit: Member) -> None:
    page = adas.post(f"/settings/people/{kit.pk}/link/").content.decode()
    token = re.search(r"/enter/([^/]+)/", page)
    undo(adas, f"/settings/people/{kit.pk}/link/")
    assert token
    assert links.redeem(token[1], at=NOW) is None


def test_who_left_is_given_no_link(adas: Browser, kit: Member, ada: Member) -> None:
    team.leave(kit, on=TODAY, by=ada, at=NOW)
    assert adas.post(f"/settings/people/{kit.pk}/link/").status_code == 302
    assert not links.SignInLink.objects.exists()


def test_an_address_that_somebody_has_is_refused_beside_its_field(adas: Browser, studio: Studio) -> None:
    text = refused(adas, "/settings/people/", **person_typed(studio.kit, name="Kit Two"))
    assert '<a href="#id_email">' in text
    assert "in the firm already" in text
    assert 'value="Kit Two"' in text
    assert Member.objects.count() == 4


def test_what_is_written_about_somebody_is_changed_and_put_back(adas: Browser, kit: Member) -> None:
    new = person_typed(kit, role="lead", grade="senior", title="Lead designer")
    back = act(adas, f"/settings/people/{kit.pk}/", **new)
    kit.refresh_from_db()
    assert (kit.role, kit.grade, kit.title) == ("lead", "senior", "Lead designer")
    undo(adas, back)
    kit.refresh_from_db()
    assert (kit.role, kit.grade, kit.title) == ("member", "mid", "")


def test_the_only_owner_stays_owner(adas: Browser, ada: Member) -> None:
    text = refused(adas, f"/settings/people/{ada.pk}/", **person_typed(ada, role="member"))
    assert "Ada Lark is the only owner" in text
    ada.refresh_from_db()
    assert ada.role == Role.OWNER


def test_somebody_leaves_and_is_back(adas: Browser, kit: Member) -> None:
    back = act(adas, f"/settings/people/{kit.pk}/leaving/", on=TODAY.isoformat())
    assert "Kit Marsh" not in read(adas, "/settings/").partition("No longer here")[0].partition("<tbody>")[2]
    undo(adas, back)
    kit.refresh_from_db()
    assert kit.left_on is None


def test_nobody_leaves_on_a_day_to_come_or_before_they_joined(adas: Browser, kit: Member) -> None:
    for day, why in ((TODAY + timedelta(days=1), "Come back on that day"), (date(2019, 1, 1), "joined on 2020-01-06")):
        assert why in refused(adas, f"/settings/people/{kit.pk}/leaving/", on=day.isoformat())
    kit.refresh_from_db()
    assert kit.left_on is None


def test_another_address_of_somebody_is_put_in_and_taken_out(adas: Browser, kit: Member) -> None:
    taken_out = act(adas, f"/settings/people/{kit.pk}/addresses/", email="kit@home.example")
    assert kit.addresses.get().email == "kit@home.example"
    put_in = act(adas, taken_out, undo="1")
    assert not kit.addresses.exists()
    undo(adas, put_in)
    assert kit.addresses.get().email == "kit@home.example"


# ------------------------------------------------------------ offices


def test_an_office_is_opened_with_its_holidays_and_closed_again(adas: Browser, firm: Firm) -> None:
    before = everything()
    typed = {"name": "York", "zone": "Europe/London", "country": "gb", "region": "eng"}
    back = act(adas, "/settings/offices/", **typed)
    york = Office.objects.get(name="York")
    assert date(2026, 12, 25) in york.days_off()
    assert york.week() == keeping_hours.USUAL_WEEK
    undo(adas, back)
    assert everything() == before


def test_an_old_way_back_never_closes_an_office(adas: Browser, ada: Member, firm: Firm) -> None:
    york = keeping_hours.open_office(name="York", zone="Europe/London", by=ada, at=NOW)
    assert "has closed" in refused(adas, f"/settings/offices/{york.pk}/?back=old", undo="1")
    assert Office.objects.filter(name="York").exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"zone": "London"}, "not a time zone"),
        ({"country": "XX"}, "are not known"),
        ({"country": "GB", "region": "XYZ"}, "holidays of GB, XYZ are not known"),
        ({"region": "ENG"}, "Name the country"),
        ({"name": "Leeds"}, "called Leeds already"),
    ],
)
def test_an_office_nowhere_is_not_opened(adas: Browser, firm: Firm, typed: dict[str, str], why: str) -> None:
    assert why in refused(adas, "/settings/offices/", **{"name": "York", "zone": "Europe/London"} | typed)
    assert Office.objects.get().name == "Leeds"


def test_an_office_moves_and_moves_back(adas: Browser, office: Office) -> None:
    back = act(adas, f"/settings/offices/{office.pk}/", name="Leeds", zone="Europe/Paris", country="", region="")
    office.refresh_from_db()
    assert office.zone == "Europe/Paris"
    undo(adas, back)
    office.refresh_from_db()
    assert office.zone == "Europe/London"


def test_a_week_is_typed_drawn_and_put_back(adas: Browser, office: Office) -> None:
    typed = WEEK | {"mon": "9-12.30, 13:30 to 17:30", "sat": "10:00–12:00 and 14:00–16:00"}
    back = act(adas, f"/settings/offices/{office.pk}/week/", **typed)
    week = Office.objects.get().week()
    assert week["mon"] == [("09:00", "12:30"), ("13:30", "17:30")]
    assert week["sat"] == [("10:00", "12:00"), ("14:00", "16:00")]
    assert 'value="09:00-12:30, 13:30-17:30"' in read(adas, "/settings/")
    assert 'class="win" x1="16.67%" x2="45.83%"' in read(adas, "/settings/")
    undo(adas, back)
    assert Office.objects.get().week() == keeping_hours.USUAL_WEEK


@pytest.mark.parametrize(
    ("friday", "why"),
    [
        ("08:30-12:30, 12:00-15:00", "12:00 lies inside the window from 08:30. Start it at 12:30 or later, "
         "or make both one window, 08:30-15:00."),
        ("17:00-09:00", "17:00-09:00 ends before it begins"),
        ("all day", "“all day” is not a window of time"),
        ("09:00-25:00", "“25:00” is not a time of day"),
        ("09:00-12:61", "is not a time of day"),
    ],
)  # fmt: skip
def test_an_impossible_day_is_named_and_everything_typed_is_kept(
    adas: Browser, office: Office, friday: str, why: str
) -> None:
    text = refused(adas, f"/settings/offices/{office.pk}/week/", **WEEK | {"mon": "10:00-11:00", "fri": friday})
    assert f'<a href="#week-{office.pk}-fri">Friday in Leeds: ' in text
    assert text.count(why) == 2
    assert f'value="{friday}"' in text
    assert 'value="10:00-11:00"' in text
    assert Office.objects.get().week() == keeping_hours.USUAL_WEEK


def test_a_day_off_is_taken_and_worked_after_all_and_each_is_undone(adas: Browser, office: Office) -> None:
    here = f"/settings/offices/{office.pk}/holidays/"
    worked = act(adas, here, day="2026-12-24", name="Party")
    assert "Thursday 24 December 2026" in read(adas, f"/settings/offices/{office.pk}/")
    taken = act(adas, worked, undo="1")
    assert office.days_off() == set()
    undo(adas, taken)
    assert [(day.day, day.name) for day in office.holidays.all()] == [(date(2026, 12, 24), "Party")]


def test_public_holidays_are_taken_once_the_country_is_known(adas: Browser, ada: Member, office: Office) -> None:
    here = f"/settings/offices/{office.pk}/public-holidays/"
    assert "in which country" in refused(adas, here)
    team.change_office(office, country="GB", region="ENG", by=ada, at=NOW)
    act(adas, here)
    assert {date(2026, 12, 25), date(2028, 12, 25)} <= office.days_off()


# ------------------------------------------------------------ rates


def test_finance_sets_a_rate_from_a_day_on_and_the_past_keeps_its_own(
    browsing: Callable[[Member], Browser], studio: Studio
) -> None:
    fins, here = browsing(studio.fin), f"/settings/rates/{studio.kit.pk}/"
    act(fins, here, kind="cost", per_hour="40", from_day="2026-01-01")
    back = act(fins, here, kind="cost", per_hour="48.50", from_day="2026-10-01")
    assert "what it costs is £48.50" in read(fins, here)
    assert sorted(rate.per_hour for rate in Rate.objects.all()) == [40, Decimal("48.50")]
    undo(fins, back)
    assert "what it costs is £40.00" in read(fins, here)
    assert "What an hour of Ada, Bo and Fin costs is not known" in read(fins, "/settings/rates/")


def test_a_rate_taken_back_can_be_set_again(adas: Browser, kit: Member) -> None:
    row = act(adas, f"/settings/rates/{kit.pk}/", kind="bill", per_hour="90", from_day="2026-10-01")
    undo(adas, act(adas, row, undo="1"))
    assert kit.rates.get().per_hour == 90


def test_a_second_rate_of_one_day_is_refused_and_the_first_is_named(adas: Browser, kit: Member) -> None:
    typed = {"kind": "bill", "from_day": "2026-10-01"}
    act(adas, f"/settings/rates/{kit.pk}/", **typed, per_hour="90")
    text = refused(adas, f"/settings/rates/{kit.pk}/", **typed, per_hour="95")
    assert "it is £90.00 already" in text
    assert 'value="95"' in text
    assert kit.rates.get().per_hour == 90


def test_nobody_but_owner_and_finance_reads_a_rate(browsing: Callable[[Member], Browser], studio: Studio) -> None:
    team.set_rate(
        studio.kit, kind="cost", per_hour=Decimal("41.37"), currency="GBP", from_day=TODAY, by=studio.ada, at=NOW
    )
    for member in (studio.bo, studio.kit):
        browser = browsing(member)
        for address in ("/settings/rates/", f"/settings/rates/{studio.kit.pk}/"):
            assert browser.get(address).status_code == 403
        assert "41.37" not in read(browser, "/settings/you/")
        assert "Rates" not in read(browser, "/settings/you/")


# ------------------------------------------------------------ walls


def test_a_wall_is_built_and_taken_away(adas: Browser, studio: Studio) -> None:
    before = everything()
    typed = {"client": studio.borealis.pk, "keep_out": [studio.kit.pk, studio.fin.pk], "reason": "They compete."}
    back = act(adas, "/settings/walls/", **typed)
    text = read(adas, "/settings/")
    assert "Fin Penny and Kit Marsh never meet Borealis." in text
    assert "They compete." in text
    rebuilt = act(adas, back, undo="1")
    assert everything() == before
    undo(adas, rebuilt)
    assert {row.member for row in KeptOut.objects.exclude(wall=studio.wall)} == {studio.kit, studio.fin}


def test_a_lead_is_not_walled_off_from_their_client(adas: Browser, studio: Studio) -> None:
    text = refused(adas, "/settings/walls/", client=studio.borealis.pk, keep_out=[studio.bo.pk], reason="Kept words")
    assert "Bo Field leads Borealis. Give it another lead first." in text
    assert "Kept words" in text
    assert Wall.objects.count() == 1


def test_a_member_is_kept_out_and_let_in_and_each_is_undone(adas: Browser, studio: Studio) -> None:
    here = f"/settings/walls/{studio.wall.pk}/people/{studio.fin.pk}/"
    back = act(adas, here)
    assert not Client.objects.seen_by(studio.fin).filter(name="Cassini").exists()
    out_again = act(adas, back, undo="1")
    assert Client.objects.seen_by(studio.fin).filter(name="Cassini").exists()
    undo(adas, out_again)
    assert not Client.objects.seen_by(studio.fin).filter(name="Cassini").exists()


def test_a_client_is_put_behind_and_brought_out_and_each_is_undone(adas: Browser, studio: Studio) -> None:
    here = f"/settings/walls/{studio.wall.pk}/clients/"
    in_front = act(adas, here, client=studio.borealis.pk)
    assert not Client.objects.seen_by(studio.kit).exists()
    behind = act(adas, in_front, undo="1")
    assert Client.objects.seen_by(studio.kit).get() == studio.borealis
    undo(adas, behind)
    assert not Client.objects.seen_by(studio.kit).exists()


def test_an_old_way_back_neither_lets_in_nor_brings_out(adas: Browser, studio: Studio) -> None:
    before = everything()
    for row in (f"people/{studio.kit.pk}", f"clients/{studio.cassini.pk}"):
        assert "has closed" in refused(adas, f"/settings/walls/{studio.wall.pk}/{row}/?back=old", undo="1")
    assert everything() == before


def test_an_owner_behind_a_wall_finds_neither_client_nor_wall_anywhere(
    browsing: Callable[[Member], Browser], studio: Studio
) -> None:
    team.change_member(studio.bo, role=Role.OWNER, by=studio.ada, at=NOW)
    walls.keep_out_of(studio.wall, member=studio.bo, by=studio.ada, at=NOW)
    bos = browsing(studio.bo)
    pages = [
        "/settings/",
        "/settings/walls/",
        f"/settings/people/{studio.ada.pk}/",
        f"/settings/people/{studio.kit.pk}/",
    ]
    for address in pages:
        text = read(bos, address)
        assert "Cassini" not in text
        assert "competes" not in text
    assert "Four people in one office, one client." in read(bos, "/settings/")
    assert "There is no wall." in read(bos, "/settings/")
    wall, client = studio.wall.pk, studio.cassini.pk
    for address in ("", f"clients/{client}/", f"people/{studio.kit.pk}/"):
        assert bos.get(f"/settings/walls/{wall}/{address}").status_code == 404
        assert bos.post(f"/settings/walls/{wall}/{address}", {"undo": "1"}).status_code == 404
    text = refused(bos, "/settings/walls/", client=client, keep_out=[studio.kit.pk])
    assert "Choose the client" in text or "not one of the available choices" in text
    assert Wall.objects.count() == 1


# ------------------------------------------------------------ you


def test_everybody_settles_their_own_name_and_theme(browsing: Callable[[Member], Browser], kit: Member) -> None:
    kits = browsing(kit)
    back = act(kits, "/settings/you/", name="Kit Marshall", theme="dark")
    assert '<html lang="en-GB" class="dark">' in read(kits, "/settings/you/")
    undo(kits, back)
    kit.refresh_from_db()
    assert (kit.name, kit.theme) == ("Kit Marsh", "")


def test_nobody_settles_more_of_themselves_than_that(browsing: Callable[[Member], Browser], kit: Member) -> None:
    act(browsing(kit), "/settings/you/", name="Kit Marsh", theme="", role="owner", email="owner@larkfield.example")
    kit.refresh_from_db()
    assert (kit.role, kit.email) == ("member", "kit@larkfield.example")


def test_an_address_of_somebody_we_serve_is_nobodys_of_ours(
    browsing: Callable[[Member], Browser], adas: Browser, studio: Studio
) -> None:
    kits, theirs = browsing(studio.kit), "cleo@borealis.example is how Cleo North of Borealis writes to us"
    said = refused(kits, "/settings/you/addresses/", email="Cleo@Borealis.example")
    assert theirs in said
    assert "Name an address that is nobody else’s." in said
    assert theirs in refused(adas, f"/settings/people/{studio.kit.pk}/addresses/", email="cleo@borealis.example")
    behind = refused(kits, "/settings/you/addresses/", email="cora@cassini.example")
    assert "is how somebody we serve writes to us" in behind
    assert "Cora" not in behind
    assert not studio.kit.addresses.exists()


def test_nobody_comes_in_by_the_address_of_somebody_we_serve(adas: Browser, studio: Studio) -> None:
    before = everything()
    theirs = "cleo@borealis.example is how Cleo North of Borealis writes to us"
    remedy = "a lead or an owner takes it off them on the page of Borealis, Their people"
    new = person_typed(studio.kit, name="Ivy Hart", email="Cleo@Borealis.example")
    for page in ("/settings/people/", f"/settings/people/{studio.kit.pk}/"):
        said = refused(adas, page, **new)
        assert theirs in said
        assert remedy in said
    assert everything() == before


def test_an_address_that_was_taken_off_a_contact_is_free_for_one_of_ours(adas: Browser, studio: Studio) -> None:
    (address,) = studio.cleo.addresses.all()
    drop_address(address, by=studio.ada, at=NOW)
    act(adas, f"/settings/people/{studio.kit.pk}/", **person_typed(studio.kit, email=address.email))
    assert Member.objects.get(pk=studio.kit.pk).email == "cleo@borealis.example"


def test_who_came_in_by_a_contacts_address_before_keeps_it(adas: Browser, studio: Studio) -> None:
    ContactAddress.objects.create(contact=studio.cleo, email=studio.kit.email)
    act(adas, f"/settings/people/{studio.kit.pk}/", **person_typed(studio.kit, title="Designer"))
    assert Member.objects.get(pk=studio.kit.pk).title == "Designer"


def test_your_own_addresses_are_yours_alone(browsing: Callable[[Member], Browser], studio: Studio) -> None:
    kits = browsing(studio.kit)
    taken_out = act(kits, "/settings/you/addresses/", email="kit@home.example")
    undo(kits, act(kits, taken_out, undo="1"))
    assert studio.kit.addresses.get().email == "kit@home.example"
    assert "belongs to somebody else" in refused(kits, "/settings/you/addresses/", email="bo@larkfield.example")
    bos = addresses.add_address(studio.bo, email="bo@home.example", by=studio.bo, at=NOW)
    assert kits.post(f"/settings/you/addresses/{bos.pk}/", {"undo": "1"}).status_code == 404
    assert studio.bo.addresses.exists()


def test_a_hostile_name_is_only_words(adas: Browser, kit: Member, borealis: Client) -> None:
    name = "<script>alert(1)</script>"
    act(adas, f"/settings/people/{kit.pk}/", **person_typed(kit, name=name))
    wrote(borealis, by="x@y.example")
    for address in ("/settings/", f"/settings/people/{kit.pk}/", "/settings/rates/", "/settings/walls/"):
        assert "<script>alert" not in read(adas, address)


def test_looking_changes_nothing(adas: Browser, studio: Studio) -> None:
    before = everything()
    nouns = [
        "", "firm/", "domains/", "people/", f"people/{studio.kit.pk}/", f"people/{studio.kit.pk}/leaving/",
        f"people/{studio.kit.pk}/link/", f"people/{studio.kit.pk}/addresses/", "offices/",
        f"offices/{studio.office.pk}/", f"offices/{studio.office.pk}/week/", f"offices/{studio.office.pk}/holidays/",
        f"offices/{studio.office.pk}/public-holidays/", "rates/", f"rates/{studio.kit.pk}/", "walls/",
        f"walls/{studio.wall.pk}/", f"walls/{studio.wall.pk}/clients/",
        f"walls/{studio.wall.pk}/people/{studio.kit.pk}/", "you/", "you/addresses/",
    ]  # fmt: skip
    for noun in nouns:
        assert adas.get(f"/settings/{noun}?back=x&undo=1").status_code in {200, 302}, noun
    assert everything() == before
