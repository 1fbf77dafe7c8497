"""`kept serve`: the pages and the worker."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kept.doors.terminal.ports import PortTaken
from kept.doors.terminal.serving import serve

NO_MAIL = "Mail is not set up: codes for signing in are printed here, not sent. `kept doctor` says how to mend it."


class Command(BaseCommand):
    help = "Serve the pages and run the worker, until ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="(default: 8000)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        def ready() -> None:
            address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            known = settings.KEPT_URL if settings.KEPT_URL_GIVEN else address
            self._say(f"Kept is at {known}" + (f", listening on {address}" if known != address else ""))
            if not settings.MAIL_IS_SET_UP:
                self._say(NO_MAIL)
            self._say("ctrl-C ends it.")

        try:
            serve(host=host, port=port, on_ready=ready)
        except PortTaken as fault:
            raise CommandError(str(fault)) from None

    def _say(self, words: str) -> None:
        # not stdout: it may carry the letters that are printed for want of a mail server
        sys.stderr.write(words + "\n")
        sys.stderr.flush()
