"""Signing in: by a code sent by mail or a password; and who does not come in, whatever they try."""

import re
import threading
from copy import deepcopy
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import HttpResponse
from django.test import Client as Browser

from kept.doors.desk.entry import POSTING
from kept.kit.clock import now
from kept.ledgers.team.models import Member
from kept.ledgers.team.verbs import change_member, come_back, leave

PASSWORD = "three quiet herons"
LOGIN, CODE, CONFIRM = "/account/login/", "/account/login/code/", "/account/login/code/confirm/"
RESET = "/account/password/reset/"
TOO_MANY = "Too many tries from here."


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """How slowly a password is hashed is Django's care; here it would only cost time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(ada: Member) -> Member:
    """The owner, with a password."""
    ada.set_password(PASSWORD)
    ada.save()
    return ada


def post(browser: Browser, address: str, *, here: str = "198.51.100.7", **typed: str) -> HttpResponse:
    """A form sent from the network address `here`."""
    answer: Any = browser.post(address, typed, REMOTE_ADDR=here)
    return answer


def letters() -> list[mail.EmailMessage]:
    """Every letter sent, once those on their way have arrived."""
    for thread in threading.enumerate():
        if thread.name == POSTING:
            thread.join()
    return list(mail.outbox)


def code_for(browser: Browser, email: str) -> str:
    """Ask for a code and read it from the mail."""
    assert post(browser, CODE, email=email).status_code == 302
    found = re.search(r"^ +(\d{6})$", str(letters()[-1].body), re.MULTILINE)
    assert found
    return found[1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def inside(browser: Browser) -> bool:
    return browser.get("/settings/you/").status_code == 200


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


# ------------------------------------------------------------ by a code


def test_a_code_by_mail_brings_in(client: Browser, kit: Member) -> None:
    code = code_for(client, "Kit@Larkfield.example")
    assert letters()[0].to == ["kit@larkfield.example"]
    assert "Kept, for Larkfield Studio" in str(letters()[0].body)
    answer = post(client, CONFIRM, code=f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(kit.pk)


def test_a_code_is_good_once(client: Browser, kit: Member) -> None:
    code = code_for(client, kit.email)
    post(client, CONFIRM, code=code)
    post(client, "/account/logout/")
    post(client, CONFIRM, code=code)
    assert not inside(client)


def test_a_code_is_good_only_where_it_was_asked_for(client: Browser, kit: Member) -> None:
    code = code_for(client, kit.email)
    elsewhere = Browser()
    post(elsewhere, CODE, email=kit.email)
    post(elsewhere, CONFIRM, code=code)
    assert not inside(elsewhere)


def test_a_code_grows_old_in_ten_minutes(client: Browser, kit: Member) -> None:
    code = code_for(client, kit.email)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()
    answer = post(client, CONFIRM, code=code)
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert not inside(client)


def test_the_newest_code_counts(client: Browser, kit: Member) -> None:
    first = code_for(client, kit.email)
    assert post(client, CONFIRM, action="resend").status_code == 302
    second = re.search(r"^ +(\d{6})$", str(letters()[-1].body), re.MULTILINE)
    assert second
    assert len(letters()) == 2
    assert "That is not the code in our newest mail" in text_of(post(client, CONFIRM, code=wrong(first)))
    post(client, CONFIRM, code=second[1])
    assert inside(client)


@pytest.mark.parametrize(
    ("typed", "why"), [("41902", "That was five digits; the code has six."), ("12345a", "six digits and nothing else")]
)
def test_a_slip_in_a_code_is_named(client: Browser, kit: Member, typed: str, why: str) -> None:
    code_for(client, kit.email)
    text = text_of(post(client, CONFIRM, code=typed))
    assert why in text
    assert f'value="{typed}"' in text


def test_after_three_wrong_codes_a_new_one_is_needed(client: Browser, kit: Member) -> None:
    code = code_for(client, kit.email)
    for _ in range(3):
        answer = post(client, CONFIRM, code=wrong(code))
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert "Have a new one sent." in text_of(client.get(CODE))
    post(client, CONFIRM, code=code)
    assert not inside(client)


def test_an_unknown_address_reads_the_same_and_gets_no_mail(kit: Member) -> None:
    def page(email: str, address: str) -> str:
        browser = Browser()
        first = post(browser, address, email=email)
        second = browser.get(first["Location"])
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(second)).replace(email, "")
        return f"{first.status_code} {first['Location']} {second.status_code} {text}"

    for address in (CODE, RESET):
        assert page(kit.email, address) == page("zed@stranger.example", address)
    assert [letter.to for letter in letters()] == [[kit.email]] * 2


def test_mail_that_cannot_be_sent_does_not_tell_who_is_known(settings: Any, kit: Member) -> None:
    mailers = deepcopy(settings.MAILERS)
    mailers["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
    }
    settings.MAILERS = mailers
    for email in (kit.email, "zed@stranger.example"):
        answer = post(Browser(), CODE, email=email)
        assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    assert letters() == []


# ------------------------------------------------------------ by a password


def test_a_password_brings_in(client: Browser, ada: Member) -> None:
    assert post(client, LOGIN, login=ada.email, password=PASSWORD).status_code == 302
    assert inside(client)


def test_a_wrong_password_and_an_unknown_address_read_the_same(ada: Member) -> None:
    def page(email: str) -> str:
        text = text_of(post(Browser(), LOGIN, login=email, password="not this one"))
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(email, "")

    assert page(ada.email) == page("zed@stranger.example")
    assert "Address and password do not belong together." in page(ada.email)


def test_who_has_no_password_comes_in_by_none(client: Browser, kit: Member) -> None:
    for password in ("", "!", kit.password):
        post(client, LOGIN, login=kit.email, password=password)
    assert not inside(client)


def test_a_guesser_is_stopped_and_the_owner_elsewhere_is_not(ada: Member) -> None:
    guesser, owner = Browser(), Browser()
    pages = [
        text_of(post(guesser, LOGIN, here="203.0.113.9", login=ada.email, password=f"guess {n}")) for n in range(7)
    ]
    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True] * 2
    assert TOO_MANY in text_of(post(guesser, LOGIN, here="203.0.113.9", login=ada.email, password=PASSWORD))
    assert not inside(guesser)
    post(owner, LOGIN, login=ada.email, password=PASSWORD)
    assert inside(owner)


def test_a_guesser_with_many_addresses_of_one_network_is_one_guesser(ada: Member) -> None:
    pages = [
        text_of(post(Browser(), LOGIN, here=f"2001:db8::{n:x}", login=ada.email, password="guess")) for n in range(1, 8)
    ]
    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True] * 2


def test_guesses_from_everywhere_together_are_stopped_too(settings: Any, ada: Member) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_everywhere": "4/h/key"}
    pages = [
        text_of(post(Browser(), LOGIN, here=f"203.0.113.{n}", login=ada.email, password="guess")) for n in range(6)
    ]
    assert [TOO_MANY in page for page in pages] == [False] * 4 + [True] * 2


def test_codes_are_asked_for_only_so_often_and_nobody_else_waits_for_it(ada: Member) -> None:
    pages = [text_of(post(Browser(), CODE, here="203.0.113.9", email=ada.email)) for _ in range(7)]
    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True] * 2
    assert len(letters()) == 5
    owner = Browser()
    code = code_for(owner, ada.email)
    post(owner, CONFIRM, code=code)
    assert inside(owner)


def test_behind_a_proxy_each_visitor_is_counted_alone(settings: Any, ada: Member) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def guess(visitor: str, password: str) -> Browser:
        browser = Browser(headers={"x-forwarded-for": f"10.0.0.1, {visitor}"})
        post(browser, LOGIN, here="127.0.0.1", login=ada.email, password=password)
        return browser

    for number in range(12):
        guess("203.0.113.9", f"guess {number}")
    assert not inside(guess("203.0.113.9", PASSWORD))
    assert inside(guess("198.51.100.7", PASSWORD))


def test_a_new_password_is_set_by_a_link_that_is_good_once(ada: Member) -> None:
    before = Browser()
    post(before, LOGIN, login=ada.email, password=PASSWORD)
    browser = Browser()
    post(browser, RESET, email=ada.email)
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(letters()[-1].body))
    assert link
    form = browser.get(link[1])["Location"]
    assert link[1].split("-")[-1] not in form
    assert post(browser, form, password1="four loud geese", password2="four loud geese").status_code == 302
    assert not inside(before)
    post(browser, LOGIN, login=ada.email, password="four loud geese")
    assert inside(browser)
    assert "That link has been used" in text_of(Browser().get(link[1]))


def test_whoever_asks_does_not_choose_where_the_link_leads(settings: Any, ada: Member) -> None:
    settings.KEPT_URL, settings.KEPT_URL_GIVEN = "https://kept.larkfield.example", True
    settings.ALLOWED_HOSTS = ["localhost"]
    post(Browser(headers={"host": "localhost:4444"}), RESET, email=ada.email)
    body = str(letters()[-1].body)
    assert "https://kept.larkfield.example/account/password/reset/key/" in body
    assert "localhost" not in body


@pytest.mark.parametrize("password", ["short", "password123", "1234567890123"])
def test_a_password_that_is_easily_guessed_is_refused(client: Browser, kit: Member, password: str) -> None:
    client.force_login(kit, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/password/change/")["Location"] == "/account/password/set/"
    answer = post(client, "/account/password/set/", password1=password, password2=password)
    assert (answer.status_code, 'class="fault"' in text_of(answer)) == (200, True)
    kit.refresh_from_db()
    assert not kit.has_usable_password()


def test_a_changed_password_ends_every_other_session_and_leads_back_to_ones_settings(ada: Member) -> None:
    here, elsewhere = Browser(), Browser()
    for browser in (here, elsewhere):
        post(browser, LOGIN, login=ada.email, password=PASSWORD)
    new = {"oldpassword": PASSWORD, "password1": "four loud geese", "password2": "four loud geese"}
    answer = post(here, "/account/password/change/", **new)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/you/")
    assert "Your new password is kept." in text_of(here.get("/settings/you/"))
    assert not inside(elsewhere)


# ------------------------------------------------------------ who left, and addresses that are no longer theirs


def test_who_left_is_out_at_once_with_every_session(client: Browser, kit: Member, ada: Member) -> None:
    post(client, CONFIRM, code=code_for(client, kit.email))
    assert inside(client)
    leave(kit, on=now().date(), by=ada, at=now())
    answer = client.get("/settings/you/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/settings/you/")
    assert client.post("/settings/you/", {"name": "Still here", "theme": ""}).status_code == 302
    kit.refresh_from_db()
    assert kit.name == "Kit Marsh"


def test_who_left_comes_in_by_no_way(kit: Member, ada: Member) -> None:
    kit.set_password(PASSWORD)
    kit.save()
    waiting = Browser()
    code = code_for(waiting, kit.email)
    leave(kit, on=now().date(), by=ada, at=now())
    sent = len(letters())
    post(waiting, CONFIRM, code=code)
    by_password, by_code, by_link = Browser(), Browser(), Browser()
    assert post(by_password, LOGIN, login=kit.email, password=PASSWORD)["Location"] == "/account/inactive/"
    post(by_code, CODE, email=kit.email)
    post(by_link, RESET, email=kit.email)
    assert len(letters()) == sent
    assert not any(inside(browser) for browser in (waiting, by_password, by_code, by_link))
    come_back(kit, by=ada, at=now())
    post(by_password, LOGIN, login=kit.email, password=PASSWORD)
    assert inside(by_password)


def test_an_address_that_was_changed_brings_nobody_in(kit: Member, ada: Member) -> None:
    kit.set_password(PASSWORD)
    kit.save()
    old, waiting = kit.email, Browser()
    post(waiting, CONFIRM, code=code_for(waiting, old))
    post(waiting, RESET, email=old)
    post(waiting, "/account/logout/")
    code = code_for(waiting, old)
    reset = re.search(
        r"http://testserver(/account/password/reset/key/\S+)", "".join(str(one.body) for one in letters())
    )
    change_member(kit, email="kit@home.example", by=ada, at=now())
    sent = len(letters())
    post(waiting, CONFIRM, code=code)
    asked = Browser()
    post(asked, CODE, email=old)
    post(asked, RESET, email=old)
    post(asked, LOGIN, login=old, password=PASSWORD)
    assert len(letters()) == sent
    assert not inside(waiting)
    assert not inside(asked)
    assert reset
    assert "That link has been used" in text_of(Browser().get(reset[1]))
    new = Browser()
    post(new, CONFIRM, code=code_for(new, "kit@home.example"))
    assert inside(new)


def test_no_second_list_of_addresses_is_kept(client: Browser, ada: Member) -> None:
    post(client, RESET, email=ada.email)
    post(client, CONFIRM, code=code_for(client, ada.email))
    post(client, "/account/logout/")
    post(client, LOGIN, login=ada.email, password=PASSWORD)
    assert inside(client)
    assert not EmailAddress.objects.exists()


# ------------------------------------------------------------ going out, and where the door leads


def test_signing_out_is_a_form_never_a_link(client: Browser, ada: Member) -> None:
    post(client, LOGIN, login=ada.email, password=PASSWORD)
    assert client.get("/account/logout/").status_code == 200
    assert inside(client)
    answer = post(client, "/account/logout/")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert not inside(client)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_the_door_leads_nowhere_else(ada: Member, kit: Member, to: str) -> None:
    by_password, by_code = Browser(), Browser()
    assert post(by_password, LOGIN, login=ada.email, password=PASSWORD, next=to)["Location"] == "/"
    code = code_for(by_code, kit.email)
    assert post(by_code, CONFIRM, code=code, next=to)["Location"] == "/"
    assert post(by_code, "/account/logout/", next=to)["Location"] == LOGIN
    post(by_code, LOGIN, login=ada.email, password=PASSWORD)
    assert post(by_code, "/settings/you/", name="Ada Lark", theme="", next=to)["Location"] == "/"
    assert by_code.post("/settings/you/", {"name": "A", "theme": ""}, headers={"referer": to})["Location"] == "/"


def test_the_door_leads_on_to_where_one_wanted(client: Browser, ada: Member) -> None:
    wanted = client.get("/promises/")["Location"]
    assert wanted == "/account/login/?next=/promises/"
    assert 'name="next" value="/promises/"' in text_of(client.get(wanted))  # type: ignore[arg-type]
    answer = post(client, LOGIN, login=ada.email, password=PASSWORD, next="/promises/")
    assert answer["Location"] == "/promises/"


@pytest.mark.parametrize(
    "address", ["", "signup/", "email/", "confirm-email/", "confirm-email/key/", "reauthenticate/", "phone/change/"]
)
def test_what_is_not_wanted_is_not_there(client: Browser, ada: Member, address: str) -> None:
    for _ in range(2):
        assert client.get(f"/account/{address}").status_code == 404
        assert client.post(f"/account/{address}", {}).status_code == 404
        client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
