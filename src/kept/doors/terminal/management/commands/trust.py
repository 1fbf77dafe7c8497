"""`kept trust`: how far a client may trust us, and the rows that moved it; now or as of any day."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kept.doors.terminal.management.commands.brief import moment
from kept.kit import clock, words
from kept.ledgers.clients.models import Client
from kept.ledgers.team.people import installation
from kept.measures.trust_excluded import sentence
from kept.measures.trust_words import called
from kept.readings.calendars import offices
from kept.readings.evidence.sources import told_of
from kept.readings.trust import Reckoned, trust_of_firm
from kept.readings.trust_numbers import parameters_at
from kept.readings.trust_told import alarms, told

SHOWN = 10  # rows of one client in the terminal; --json has all
NEAR = 3


class Command(BaseCommand):
    help = "How far a client may trust us, as a range and with the rows that moved it; --at asks for any past day."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("client", nargs="?", metavar="CLIENT", help="the client's name, or the beginning of it")
        parser.add_argument("--all", action="store_true", help="every client, whoever may trust us least first")
        parser.add_argument("--at", metavar="MOMENT", help="a past moment, such as 2026-03-02")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["client"]) == options["all"]:
            raise CommandError("Name one client, or ask for --all of them.")
        at = moment(options["at"], installation()) if options["at"] else clock.now()
        named = dict(Client.objects.order_by("pk").values_list("pk", "name"))
        wanted = None if options["all"] else _find(options["client"], named)
        found = [one for one in trust_of_firm(at).by_low if wanted in {None, one.client_id}]
        if wanted is not None and not found:
            raise CommandError(f"{named[wanted]} was not a client yet then. Choose a later day.")
        if options["json"]:
            said: Any = [told(one, client=named[one.client_id]) for one in found]
            self.stdout.write(words.printable(json.dumps(said if wanted is None else said[0], ensure_ascii=False)))
        else:
            show(found, named, Console(highlight=False), rows=wanted is not None)


def _find(typed: str, named: dict[int, str]) -> int:
    """The one client meant: by its whole name, else by a beginning that no other has. Raises CommandError."""
    folded = {pk: name.casefold() for pk, name in named.items()}
    said = typed.strip().casefold()
    whole = [pk for pk, name in folded.items() if name == said]
    begins = [pk for pk, name in folded.items() if said and name.startswith(said)]
    if len(found := whole or begins) == 1:
        return found[0]
    if found:
        some = words.listed([named[pk] for pk in found[:NEAR]])
        raise CommandError(f"“{typed}” could be {some}. Write a bit more of the name.")
    near = get_close_matches(said, folded.values(), n=NEAR, cutoff=0.5)
    meant = [named[pk] for name in near for pk, each in folded.items() if each == name]
    hint = f"Did you mean {words.listed(meant)}?" if meant else "`kept trust --all` names them all."
    raise CommandError(f"There is no client called “{typed}”. {hint}")


def show(found: Sequence[Reckoned], named: dict[int, str], console: Console, *, rows: bool) -> None:
    """As a person reads it in a terminal: a sentence for each client, and of one the rows behind it."""
    console.print()
    for one in found:
        console.print(Text.assemble((_safe(named[one.client_id]), "bold"), "  ", one.trust.sentence))
        if rows:
            _show_rows(one, console)
    if not found:
        console.print("There is no client yet.")


def _show_rows(one: Reckoned, console: Console) -> None:
    contributions = one.trust.contributions
    shown = [(each.stream, each.row) for each in contributions[:SHOWN]]
    said = told_of(shown, streams=parameters_at(one.at).streams)
    zone = offices().zone
    table = Table(box=None, pad_edge=False, show_header=False)
    for column in ("when", "what", "points"):
        table.add_column(column, justify="right" if column == "points" else "left", overflow="fold")
    for each in contributions[:SHOWN]:
        words_of = said.get((each.stream, each.row))
        when = words.day(each.event.at.astimezone(zone).date(), today=one.at.astimezone(zone).date())
        what = f"{called(each.event)[0]} {words_of.words if words_of else ''}"
        table.add_row(when, Text(_safe(what)), f"{each.points:+.1f}")
    rest = contributions[SHOWN:]
    if rest:
        table.add_row("", words.count(len(rest), "smaller row"), f"{sum(each.points for each in rest):+.1f}")
    table.add_row("", "from where the firm's average began it", f"{one.trust.value - one.trust.baseline:+.1f}")
    console.print(table)
    for line in [each["what"] for each in alarms(one)] + [sentence(one.trust.excluded)]:
        if line:
            console.print(Text(f"{words.sentence(line.rstrip('.'))}."))


def _safe(text: str) -> str:
    """On one line and without control characters: what comes from outside must not steer the terminal."""
    return "".join(each if each.isprintable() else " " if each.isspace() else "" for each in text)
