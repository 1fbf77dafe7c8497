"""`kept export KIND`: everything of one kind as JSON lines on standard output."""

import json
import sys
from argparse import ArgumentParser
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.kit.clock import now
from kept.ledgers.team.models import Member
from kept.ledgers.team.people import find, installation
from kept.readings.export import KINDS


class Command(BaseCommand):
    help = "Write every row of one kind, one JSON object a line; moments in UTC, durations in seconds or hours."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("--member", metavar="ADDRESS", help="only what this member may know of")

    def handle(self, *args: Any, kind: str, member: str | None, **options: Any) -> None:
        # where it may reach a terminal, no letter from outside may steer it
        encode = json.JSONEncoder(ensure_ascii=sys.stdout.isatty(), default=_plain).encode
        for facts in KINDS[kind](_viewer(member), at=now()):
            self.stdout.write(encode(facts))
        self.stdout.flush()


def _viewer(address: str | None) -> Member:
    member = find(address) if address else installation()
    if member is None:
        raise CommandError(f"Nobody in the firm has the address {address}.")
    return member


def _plain(value: Any) -> str | float:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON.")
