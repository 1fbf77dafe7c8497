"""`kept demo`: an invented firm to look at, made once, kept under KEPT_HOME, served to this machine only."""

import ipaddress
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kept.doors.terminal.demo import people, story
from kept.doors.terminal.ports import PortTaken, first_free_port
from kept.doors.terminal.preparing import prepare
from kept.doors.terminal.serving import serve
from kept.kit import clock, words
from kept.ledgers.team.links import make_link
from kept.ledgers.team.models import Member

PORT = 8000
KEYS = [sheet.key for sheet in people.COLLEAGUES if sheet.left_months is None]


class Command(BaseCommand):
    help = "An invented firm to look at, in the browser; nothing of your own is touched."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help=f"where to serve (default: {PORT}, or the next free one)")
        parser.add_argument("--host", default="127.0.0.1", help="this machine only, whatever its name")
        parser.add_argument("--reset", action="store_true", help="make the demo anew, with today's dates")
        parser.add_argument("--no-serve", action="store_true", help="only make it")
        parser.add_argument("--as", choices=KEYS, default=KEYS[0], dest="whom", help="who you are (default: the owner)")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_others(options["host"])
        refuse_secure_address()
        prepare(quiet=False)
        self._make(reset=options["reset"])
        if not options["no_serve"]:
            self._serve(options["host"], options["port"], options["whom"])

    def _make(self, *, reset: bool) -> None:
        loaded = story.loaded_at()
        if loaded is not None and not reset:
            days = (clock.now() - loaded).days
            if days:
                self._say(f"The demo is here from {words.count(days, 'day')} ago, and its dates are as old.")
                self._say("`kept demo --reset` makes it fresh; what you did in it would go.")
            return
        try:
            with progress() as tell:
                story.tell(at=clock.now(), progress=tell)
        except story.NotTheDemo as fault:
            raise CommandError(
                f"{fault} The demo touched nothing. Give it a home of its own to look at it: "
                "KEPT_HOME=~/kept-demo kept demo"
            ) from None
        self._say(f"{people.FIRM} is ready, invented from top to bottom.")

    def _serve(self, host: str, port: int | None, whom: str) -> None:
        member = Member.objects.get(email__iexact=f"{whom}@{people.DOMAIN}")
        try:
            port = port or first_free_port(host, PORT)
            serve(host=host, port=port, on_ready=lambda: self._ready(host, port or PORT, member))
        except PortTaken as fault:
            raise CommandError(str(fault)) from None
        self._say("The demo has ended; its firm stays where it is.")

    def _ready(self, host: str, port: int, member: Member) -> None:
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        link = reverse("desk:arriving", args=[make_link(member, at=clock.now())])
        self._say(f"\nKept is at {address}")
        self._say(f"Come in as {member.name} ({member.title.lower()}) by this link; it works once:\n")
        self._say(f"    {address}{link}\n")
        self._say("Others see less: `kept demo --as kit`, or bo, ines, fin. ctrl-C ends it.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def refuse_others(host: str) -> None:
    """Raise CommandError unless the host is this machine itself."""
    try:
        near = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near:
        raise CommandError(
            f"The demo lets anybody in who has its link, so it serves this machine only, not {host}. Leave --host away."
        )


def refuse_secure_address() -> None:
    """Raise CommandError where pages would all lead to an https address that the demo does not serve."""
    if settings.SECURE_SSL_REDIRECT:
        raise CommandError(
            f"KEPT_URL is {settings.KEPT_URL}, and pages would lead there. Start the demo without it: "
            "env -u KEPT_URL kept demo"
        )


@contextmanager
def progress() -> Iterator[story.Progress]:
    """A line that tells which chapter is being written; quiet where nobody watches."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Inventing a firm", total=len(story.CHAPTERS))
        begun = iter(range(len(story.CHAPTERS)))

        def tell(chapter: str) -> None:
            bar.update(task, description=f"Inventing a firm: {chapter}", completed=next(begun))

        yield tell
        bar.update(task, completed=len(story.CHAPTERS))
