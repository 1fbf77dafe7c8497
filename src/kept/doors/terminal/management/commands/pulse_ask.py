"""`kept pulse ask`: ask one person by hand how it felt, or say at which occasions Kept asks by itself."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kept.flows.send_pulse import NotNow, ask
from kept.kit import words
from kept.kit.clock import now
from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses import wishing
from kept.ledgers.pulses.models import Habit, Occasion
from kept.ledgers.team.models import Member
from kept.ledgers.team.people import find


class Command(BaseCommand):
    help = "Ask somebody how it felt, or say at which occasions Kept asks by itself."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("contact", nargs="?", metavar="ADDRESS", help="whom to ask, by their mail address")
        parser.add_argument("--by", metavar="ADDRESS", help="which of us asks; somebody else signs who is not judged")
        parser.add_argument("--occasion", choices=Occasion.values, default=Occasion.QUARTER)
        parser.add_argument("--about", default="", help="of a meeting or a milestone: its name")
        parser.add_argument("--begin", choices=Occasion.values, help="from now on Kept asks by itself on it")
        parser.add_argument("--stop", choices=Occasion.values, help="Kept asks by itself on it no more")
        parser.add_argument("--json", action="store_true", help="what came of it, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["begin"] or options["stop"]:
            told = _settle(options["begin"], options["stop"])
        elif options["contact"]:
            told = _ask(options)
        else:
            told = _habits()
        self.stdout.write(words.printable(json.dumps(told, ensure_ascii=False) if options["json"] else told["said"]))


def _settle(begin: str | None, stop: str | None) -> dict[str, Any]:
    if begin:
        wishing.take_up(Occasion(begin), by=None, at=now())
    for row in Habit.objects.filter(occasion=stop or ""):
        wishing.give_up(row, by=None, at=now())
    return _habits()


def _habits() -> dict[str, Any]:
    habits = [Occasion(one) for one in Habit.objects.values_list("occasion", flat=True)]
    named = words.listed([one.label for one in habits])
    said = f"Kept asks by itself: {named}." if habits else "Kept asks nobody by itself. --begin quarter changes that."
    if habits and not settings.KEPT_URL_GIVEN:
        said += " It waits until KEPT_URL says at which address clients find it."
    return {"habits": [str(one) for one in habits], "said": said}


def _ask(options: dict[str, Any]) -> dict[str, Any]:
    contact = Contact.objects.filter(addresses__email__iexact=options["contact"].lower()).first()
    by: Member | None = find(options["by"]) if options["by"] else None
    if contact is None:
        raise CommandError(f"Nobody at a client has the address {options['contact']}.")
    if by is None:
        raise CommandError("Say who of us asks: --by and the address of a member who is here.")
    if not settings.KEPT_URL_GIVEN:
        raise CommandError("Set KEPT_URL first: the link in the letter would lead nowhere. Nobody was asked.")
    try:
        row = ask(contact, occasion=Occasion(options["occasion"]), about=options["about"], by=by, at=now())
    except NotNow as why:
        until = f" Until then: {why.until:%Y-%m-%d}." if why.until else ""
        raise CommandError(f"{why}{until}") from None
    said = f"{contact.name} is asked in {row.by.name}’s name; the letter goes within seconds, or when they open."
    return {"invitation": row.pk, "by": row.by.name, "closes": row.closes_at.isoformat(), "said": said}
