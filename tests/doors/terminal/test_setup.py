"""Founding a firm from the terminal, by flags and by answers."""

import io
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from kept.doors.terminal import founding
from kept.kit.clock import now
from kept.ledgers.clients.verbs import meet, welcome
from kept.ledgers.journal.verbs import open_batch
from kept.ledgers.team.links import holder
from kept.ledgers.team.models import Domain, Firm, Holiday, Member, Office
from tests.doors.terminal.homes import KEPT, PATIENCE, sqlite_home
from tests.studio import Studio

LARKFIELD = {"firm": "Larkfield Studio", "name": "Ada Lark", "email": "ada@larkfield.example", "zone": "Europe/London"}


def set_up(**flags: object) -> str:
    said = io.StringIO()
    call_command("setup", stdout=said, **{**LARKFIELD, **flags})
    return said.getvalue()


@pytest.mark.django_db
def test_flags_alone_found_the_firm_its_office_and_its_owner() -> None:
    set_up()
    assert Firm.objects.get().name == "Larkfield Studio"
    assert Firm.objects.get().currency == "GBP"
    office = Office.objects.get()
    assert (office.name, office.zone, office.country) == ("London", "Europe/London", "GB")
    assert Holiday.objects.filter(office=office, day__month=12, day__day=25).count() == 3
    ada = Member.objects.get()
    assert (ada.role, ada.email, ada.has_usable_password()) == ("owner", "ada@larkfield.example", False)
    assert Domain.objects.get().name == "larkfield.example"


@pytest.mark.django_db
def test_the_printed_link_brings_the_owner_in_once() -> None:
    link = re.search(r"http://\S+/enter/\S+", set_up())
    assert link
    browser = Browser()
    assert browser.post(link[0]).status_code == 302
    assert browser.session["_auth_user_id"] == str(Member.objects.get().pk)
    assert holder(link[0].rstrip("/").rsplit("/", 1)[1], at=now()) is None


@pytest.mark.django_db
def test_a_password_from_a_file_signs_in(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("sails over the fell\n")
    set_up(password_file=tmp_path / "password")
    assert Member.objects.get().check_password("sails over the fell")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"email": "ada"}, "“ada” is not a mail address"),
        ({"zone": "Mars/Olympus"}, "“Mars/Olympus” is not a time zone"),
        ({"country": "XX"}, "“XX” is not a country"),
        ({"currency": "pounds"}, "“pounds” is not the code of a currency"),
        ({"name": ""}, "Say --firm, --name and --email"),
        ({"password_file": Path("/nowhere")}, "The password file cannot be read"),
    ],
)
@pytest.mark.django_db
def test_an_answer_that_will_not_do_is_named_and_nothing_is_founded(flags: dict[str, object], said: str) -> None:
    with pytest.raises(CommandError, match=re.escape(said)) as fault:
        set_up(**flags)
    assert str(fault.value).endswith("Nothing was founded.")
    assert not Firm.objects.exists()
    assert not Office.objects.exists()


@pytest.mark.django_db
def test_a_password_everybody_guesses_founds_nothing(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("password123")
    with pytest.raises(CommandError, match="too common"):
        set_up(password_file=tmp_path / "password")
    assert not Firm.objects.exists()


@pytest.mark.django_db
def test_the_owner_comes_in_by_no_address_that_an_import_gave_to_a_contact() -> None:
    batch = open_batch("clients", "people.csv", by=None, at=now())
    borealis = welcome(name="Borealis", by=None, at=now(), batch=batch)
    meet(borealis, name="Ada", emails=("ada@larkfield.example",), by=None, at=now(), batch=batch)
    with pytest.raises(CommandError, match=r"how Ada of Borealis writes to us.*`kept import list`.*Nothing was"):
        set_up()
    assert not Firm.objects.exists()


def test_a_second_firm_is_refused_kindly(studio: Studio) -> None:
    with pytest.raises(CommandError, match="Larkfield Studio is founded here already"):
        set_up()
    assert Member.objects.filter(role="owner").count() == 1


@pytest.mark.django_db
def test_an_owner_at_a_free_mail_provider_claims_no_domain() -> None:
    set_up(email="ada@gmail.com")
    assert not Domain.objects.exists()


@pytest.mark.slow
def test_in_a_terminal_what_no_flag_says_is_asked_until_it_will_do(tmp_path: Path) -> None:
    home = sqlite_home(tmp_path / "home", tables=True)
    typed, shown = pty.openpty()
    os.write(typed, b"Ada Lark\nnope\nada@larkfield.example\nEurope/Berlin\n\n\n")
    done = subprocess.run(
        [*KEPT, "setup", "--firm", "Larkfield", "--no-password"],
        env=home.environment, stdin=shown, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "“nope” is not a mail address" in done.stderr
    assert "Currency you are paid in [EUR]:" in done.stdout
    assert "Larkfield is founded, with its office in Berlin." in done.stdout


def test_a_machine_suggests_the_country_and_the_currency_of_its_zone() -> None:
    assert founding.likely_country("America/New_York") == "US"
    assert founding.likely_currency("us") == "USD"
    assert founding.likely_country("UTC") == ""
    assert founding.city("America/New_York") == "New York"
