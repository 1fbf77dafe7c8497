"""`kept prepare`: tables and static files up to date; every command sees to that itself, an image is built with it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.terminal import preparing


class Command(BaseCommand):
    help = "Bring the tables and the static files up to date. Other commands do so by themselves where it is needed."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=["database", "static"], help="do this part, whether it is needed or not")

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        if only:
            preparing.do(only)
        else:
            preparing.prepare(quiet=False)
