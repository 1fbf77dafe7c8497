"""`kept setup`: your firm and its first owner, by answers typed in or by flags."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from kept.doors.terminal import founding
from kept.doors.terminal.founding import CHECKS, Answers, found_firm
from kept.kit.clock import now
from kept.ledgers.team.models import Firm

ASKED = {
    "firm": "Your firm's name",
    "name": "Your name",
    "email": "Your mail address",
    "zone": "Time zone of your office",
    "country": "Country whose public holidays it keeps (- for none)",
    "currency": "Currency you are paid in",
}
NEXT = """{firm} is founded, with its office in {city}.

  kept serve                          starts the pages, at {url}
  {link}
                                      brings you in, once, in the next twelve hours
  kept import mail PATH               brings in your mail (--dry-run looks first); also time, budget, clients
  kept doctor                         says what is still to set up
"""


class Command(BaseCommand):
    requires_system_checks = []
    help = "Make your firm, its first office with its public holidays, and its first owner. What no flag says is asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for field, words in ASKED.items():
            parser.add_argument(f"--{field}", help=words)
        password = parser.add_mutually_exclusive_group()
        password.add_argument("--password-file", type=Path, help="file with your password (- reads it from input)")
        password.add_argument("--no-password", action="store_true", help="sign in by codes sent by mail, and by links")

    def handle(self, *args: Any, password_file: Path | None, no_password: bool, **options: Any) -> None:
        self._refuse_a_second()
        given = {field: options[field] for field in ASKED}
        asking = sys.stdin.isatty() and not all(given.values())
        try:
            answers = _answers(given, asking=asking)
            password = _password(password_file, asking=asking and not no_password)
            firm = Answers(**answers, password=password)
            token = found_firm(firm, at=now())
        except ValueError as fault:
            raise CommandError(f"{fault} Nothing was founded.") from None
        link = settings.KEPT_URL + reverse("desk:arriving", args=[token])
        self.stdout.write(NEXT.format(firm=firm.firm, city=founding.city(firm.zone), url=settings.KEPT_URL, link=link))

    def _refuse_a_second(self) -> None:
        firm = Firm.objects.first()
        if firm is None:
            return
        if firm.is_demo:
            raise CommandError(
                "The demo firm lives here. Give yours a home of its own: set KEPT_HOME or DATABASE_URL, then try again."
            )
        raise CommandError(f"{firm.name} is founded here already; `kept serve` opens it. One home holds one firm.")


def _answers(given: dict[str, str | None], *, asking: bool) -> dict[str, str]:
    """Every answer: as given, as typed in, or as this machine suggests. Raises ValueError for what is missing."""
    answers: dict[str, str] = {}
    for field, check in CHECKS.items():
        suggested = _suggested(field, answers)
        answer = given[field] or (_ask(field, suggested) if asking else suggested)
        if not answer and field != "country":
            raise ValueError("Say --firm, --name and --email, or run `kept setup` in a terminal and it asks.")
        answers[field] = "" if field == "country" and answer == "-" else answer
        check(answers[field])
    return answers


def _suggested(field: str, answers: dict[str, str]) -> str:
    if field == "zone":
        return founding.likely_zone()
    if field == "country":
        return founding.likely_country(answers["zone"])
    return founding.likely_currency(answers["country"]) if field == "currency" else ""


def _ask(field: str, suggested: str) -> str:
    """What is typed in, asked again until it will do."""
    while True:
        try:
            answer = input(f"{ASKED[field]}{f' [{suggested}]' if suggested else ''}: ").strip() or suggested
            CHECKS[field]("" if answer == "-" else answer)
        except EOFError:
            raise ValueError("The answers ended early.") from None
        except ValueError as fault:
            sys.stderr.write(f"  {fault}\n")
        else:
            return answer


def _password(file: Path | None, *, asking: bool) -> str | None:
    """The password, or None for none. Raises ValueError for one that is easily guessed."""
    if file is not None:
        try:
            password = (sys.stdin.readline() if str(file) == "-" else file.read_text()).strip()
        except OSError as fault:
            raise ValueError(f"The password file cannot be read ({fault.strerror}): {file}.") from None
        if not password:
            raise ValueError(f"There is no password in {file}.")
        return password
    while asking:
        password = getpass("A password (empty: none, codes by mail bring you in): ")
        try:
            founding.check_password(password)
        except ValueError as fault:
            sys.stderr.write(f"  {fault}\n")
            continue
        return password or None
    return None
