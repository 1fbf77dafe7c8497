"""`kept brief`: the morning brief in the terminal or as JSON, now or for any past moment."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kept.kit import clock, words
from kept.ledgers.team.models import Member
from kept.ledgers.team.people import find, installation
from kept.readings.brief import Brief, brief
from kept.readings.brief_items import Item
from kept.readings.brief_sentence import plain
from kept.readings.calendars import offices

MARKS = {"late": ("●", "red"), "broken": ("✕", "red"), "soon": ("○", "yellow"), "unknown": ("◌", "dim")}
GROUPS = {
    "waiting": "Waiting for us",
    "stranger": "Strangers",
    "felt": "How it felt",
    "promise": "Promises due",
    "unanswered": "Nobody answered",
    "incident": "What hurt",
    "drift": "What grows worse",
    "hours": "Hours",
    "candidate": "Sounds like a promise",
}


class Command(BaseCommand):
    help = "Whom to serve, how and why; --at replays any past moment."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", metavar="MOMENT", help="a past moment, such as 2026-03-02 or 2026-03-02T09:40+01:00"
        )
        parser.add_argument("--member", metavar="ADDRESS", help="whose brief; without it the whole firm's")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = self._viewer(options["member"])
        at = moment(options["at"], viewer) if options["at"] else clock.now()
        one = brief(viewer, at=at, replay=bool(options["at"]))
        if options["json"]:
            self.stdout.write(words.printable(json.dumps(told(one), ensure_ascii=False, indent=2)))
        else:
            show(one, Console(highlight=False))

    def _viewer(self, address: str | None) -> Member:
        if not address:
            return installation()
        member = find(address)
        if member is None:
            raise CommandError(f"Nobody in the firm has the address {address}.")
        return member


def moment(said: str, viewer: Member) -> datetime:
    """The moment as typed; without a zone it is the reader's, without a time the day's end."""
    try:
        at = datetime.fromisoformat(said.strip())
    except ValueError:
        raise CommandError(f"“{said}” is not a moment. Write it like 2026-03-02 or 2026-03-02T09:40+01:00.") from None
    if len(said.strip()) <= len("2026-03-02"):
        at = at.replace(hour=23, minute=59, second=59)
    return at if at.tzinfo else at.replace(tzinfo=offices().zone_of(viewer))


def told(one: Brief) -> dict[str, Any]:
    """The brief as JSON says it."""
    return {
        "at": one.at.isoformat(),
        "for": one.member.email or None,
        "sentence": plain(one.sentence),
        "counts": one.counts,
        "items": [item.told(reverse(item.place[0], args=[item.place[1]])) for item in one.items],
    }


def show(one: Brief, console: Console) -> None:
    """The brief as a person reads it in a terminal."""
    console.print(Text.assemble("\n", (_safe(plain(one.sentence)), "bold"), "\n"), soft_wrap=False)
    for kind, name in GROUPS.items():
        items = one.of(kind)
        if items:
            console.print(_table(name, items))
            console.print()


def _table(name: str, items: Sequence[Item]) -> Table:
    table = Table(title=name, title_justify="left", title_style="bold", box=None, pad_edge=False, expand=True)
    for column, ratio in (("who", 3), ("what", 6), ("when", 3)):
        table.add_column(column, ratio=ratio, overflow="fold")
    table.show_header = False
    for item in items:
        client = f" {_safe(item.client.name)}" if item.client and item.kind != "hours" else ""
        table.add_row(
            Text.assemble(_safe(item.who), (client, "italic")),
            Text.assemble(_safe(item.what), "\n", (_safe(item.why), "dim")),
            Text.assemble(MARKS.get(item.state, " "), " ", _safe(item.says), "\n", (_safe(item.by), "dim")),
        )
    return table


def _safe(text: str) -> str:
    """On one line and without control characters: what comes from outside must not steer the terminal.

    Given to rich as a Text it is taken as it stands, without markup.
    """
    return "".join(each if each.isprintable() else " " if each.isspace() else "" for each in text)
