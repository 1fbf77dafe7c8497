"""`kept mailbox list`: how each mailbox stands, and what could not be read."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.kit import words
from kept.readings.calendars import offices
from kept.readings.mailboxes_page import LISTED, Box, boxes, troubled


class Command(BaseCommand):
    help = "The mailboxes that are read, how they stand, and the mails that could not be read."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = boxes()
        if options["json"]:
            self.stdout.write(words.printable(json.dumps([_told(box) for box in found], ensure_ascii=False)))
            return
        for box in found:
            for line in _said(box):
                self.stdout.write(words.printable(line))
        if not found:
            self.stdout.write("No mailbox is read yet. `kept mailbox add ADDRESS --host SERVER` connects one.")


def _told(box: Box) -> dict[str, Any]:
    row = box.mailbox
    moments = {
        name: getattr(row, name) for name in ("added_at", "quiet_before", "looked_at", "paused_at", "trouble_since")
    }
    return {
        "address": row.address, "kind": row.kind, "host": row.host, "folders": row.folders, "trouble": row.trouble,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
        "waiting": box.waiting, "troubled": [_arrival(one) for one in troubled(row)[:LISTED]],
    }  # fmt: skip


def _arrival(one: Any) -> dict[str, Any]:
    return {"folder": one.folder, "uid": one.uid, "arrived_at": one.arrived_at.isoformat(), "why": one.trouble}


def _said(box: Box) -> list[str]:
    row, zone = box.mailbox, offices().zone
    whose = f"{row.member.name}’s own" if row.member else "everybody’s"
    lines = [f"{row.address}  {whose}, {row.host} port {row.port}: {_state(box, zone)}"]
    if row.trouble:
        lines.append(f"    {row.trouble}")
    if box.waiting:
        lines.append(f"    {words.count(box.waiting, 'mail')} fetched and not read yet")
    for one in troubled(row)[:LISTED]:
        lines.append(f"    not read: {one.folder}, number {one.uid}. {one.trouble}")
    return lines


def _state(box: Box, zone: Any) -> str:
    row = box.mailbox
    if row.paused_at:
        return f"paused since {row.paused_at.astimezone(zone):%d %b, %H:%M}"
    if row.trouble_since:
        return f"not reached since {row.trouble_since.astimezone(zone):%d %b, %H:%M}"
    return f"read {row.looked_at.astimezone(zone):%d %b, %H:%M}" if row.looked_at else "not read yet"
