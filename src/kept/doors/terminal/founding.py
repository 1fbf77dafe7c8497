"""Founding a firm from the terminal: what is asked, what is guessed from this machine, and what is made of it."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from holidays import country_holidays

from kept.flows.join import join
from kept.ledgers.team.keeping_hours import check_zone, open_office
from kept.ledgers.team.links import make_link
from kept.ledgers.team.models import Member, Role
from kept.ledgers.team.verbs import claim_domains, found
from kept.measures.text.providers import is_free

EURO = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK"
OTHERS = """
    AU:AUD BR:BRL CA:CAD CH:CHF CN:CNY CZ:CZK DK:DKK GB:GBP HU:HUF IL:ILS IN:INR IS:ISK JP:JPY KR:KRW MX:MXN NO:NOK
    NZ:NZD PL:PLN RO:RON SE:SEK SG:SGD TR:TRY UA:UAH US:USD ZA:ZAR
"""
CURRENCIES = dict.fromkeys(EURO.split(), "EUR") | dict(pair.split(":") for pair in OTHERS.split())


@dataclass(frozen=True)
class Answers:
    """What a firm begins with; `country` may be empty (no public holidays), `password` None (codes and links only)."""

    firm: str
    name: str
    email: str
    zone: str
    country: str
    currency: str
    password: str | None = None


@transaction.atomic
def found_firm(answers: Answers, *, at: datetime) -> str:
    """Found the firm, open its first office, welcome its owner. Answers the token of a one-time sign-in link.

    Raises AlreadyThere when there is a firm, SomebodyWeServe for the address of a contact, ValueError with a plain
    sentence for an answer that will not do.
    """
    for answer, check in CHECKS.items():
        check(getattr(answers, answer))
    found(name=answers.firm, currency=answers.currency, at=at)
    office = open_office(name=city(answers.zone), zone=answers.zone, country=answers.country, by=None, at=at)
    owner = join(
        name=answers.name, email=answers.email, password=answers.password, role=Role.OWNER, office=office,
        by=None, at=at,
    )  # fmt: skip
    check_password(answers.password, owner)
    domain = answers.email.rsplit("@", 1)[1].lower()
    if not is_free(domain):
        claim_domains([domain], by=owner, at=at)
    return make_link(owner, at=at)


def check_named(name: str) -> None:
    """Raise ValueError for an empty name."""
    if not name.strip():
        raise ValueError("Write a name.")


def check_address(email: str) -> None:
    """Raise ValueError unless it can be a mail address."""
    try:
        validate_email(email)
    except ValidationError:
        raise ValueError(f"“{email}” is not a mail address; write it like ada@studio.example.") from None


def check_country(country: str) -> None:
    """Raise ValueError for a country whose holidays are not known; none is allowed."""
    try:
        country_holidays(country.upper(), years=[]) if country else None
    except NotImplementedError:
        raise ValueError(f"“{country}” is not a country whose public holidays are known; write it like GB.") from None


def check_currency(currency: str) -> None:
    """Raise ValueError unless it has the form of a currency's code."""
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise ValueError(f"“{currency}” is not the code of a currency; write it like GBP.")


def check_password(password: str | None, owner: Member | None = None) -> None:
    """Raise ValueError for a password that is easily guessed; none is allowed."""
    try:
        validate_password(password, owner) if password else None
    except ValidationError as fault:
        raise ValueError(" ".join(fault.messages)) from None


# in the order in which they are asked
CHECKS: dict[str, Callable[[str], None]] = {
    "firm": check_named,
    "name": check_named,
    "email": check_address,
    "zone": check_zone,
    "country": check_country,
    "currency": check_currency,
}


def city(zone: str) -> str:
    """What to call the office: "America/New_York" is in New York."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def likely_zone() -> str:
    """The time zone of this machine, "UTC" where it does not say."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone()):
        with suppress(ValueError, OSError):
            return ZoneInfo(name or "-").key
    return "UTC"


def likely_country(zone: str) -> str:
    """The country in which the zone's city lies, "" where the list of zones does not say."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text()
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return next((row[0] for row in rows if row[2].strip() == zone), "")


def likely_currency(country: str) -> str:
    """The currency paid with there, the euro where it is not known."""
    return CURRENCIES.get(country.upper(), "EUR")


def _linked_zone() -> str:
    target = str(Path("/etc/localtime").resolve())
    return target.partition("zoneinfo/")[2]
