"""`kept letters`: what is on its way, what may have gone, what was refused; and deciding about one of them."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.kit import words
from kept.kit.clock import now
from kept.ledgers.letters import deciding
from kept.ledgers.letters.faults import TooLate
from kept.ledgers.letters.models import Letter
from kept.readings.calendars import offices

ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "try_now": (deciding.try_now, "It is tried again within seconds."),
    "give_up": (deciding.give_up, "It is not tried any more; --try-now takes that back."),
    "it_went": (deciding.it_went, "It counts as gone."),
    "send_again": (deciding.send_again, "It is sent once more within seconds, by the same id."),
}


class Command(BaseCommand):
    help = "Letters on their way, those that may have gone, and those that were refused; and what to do about one."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--failed", action="store_true", help="only those that were refused")
        which.add_argument("--try-now", type=int, metavar="LETTER", help="try it now: it waits, or was refused")
        which.add_argument("--give-up", type=int, metavar="LETTER", help="try it no more")
        which.add_argument("--it-went", type=int, metavar="LETTER", help="one that may have gone has arrived")
        which.add_argument("--send-again", type=int, metavar="LETTER", help="one that may have gone has not arrived")
        parser.add_argument("--json", action="store_true", help="the list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, (act, said) in ACTS.items():
            if options[name] is not None:
                self._decide(act, options[name], said)
                return
        refused, others = Letter.objects.refused(), Letter.objects.under_way()
        letters = refused if options["failed"] else refused | others
        rows = [_told(letter) for letter in letters.order_by("go_at", "pk").select_related("by")]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        elif not rows:
            self.stdout.write("No letter was refused." if options["failed"] else "Every letter has gone.")
        else:
            self._list(rows)

    def _list(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            tries = words.count(row["tries"], "try", "tries")
            line = f"{row['letter']}  {row['state']}, {row['by']} to {row['to']}, {row['when']}, {tries}"
            # what servers said was written by others
            self.stdout.write(words.printable(line))
            if row["trouble"]:
                self.stdout.write(words.printable(f"      {row['trouble']}"))

    def _decide(self, act: Callable[..., None], number: int, said: str) -> None:
        letter = Letter.objects.filter(pk=number, go_at__isnull=False).first()
        if letter is None:
            raise CommandError(f"There is no letter {number} that was sent off. `kept letters` lists them.")
        try:
            act(letter, by=None, at=now())
        except TooLate as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Letter {number}: {said}")


def _told(letter: Letter) -> dict[str, Any]:
    at = now()
    people = [email for _, email in (*letter.to, *letter.cc, *letter.bcc)]
    when = letter.refused_at or letter.next_try_at or letter.go_at or at
    return {
        "letter": letter.pk,
        "state": _state(letter),
        "by": letter.by.name,
        "to": words.listed(people[:3]) + (f" and {len(people) - 3} more" if len(people) > 3 else ""),
        "when": words.moment(when, now=at, zone=offices().zone),
        "tries": letter.tries,
        "trouble": letter.trouble,
    }


def _state(letter: Letter) -> str:
    if letter.refused_at is not None:
        return "refused" if letter.trouble else "given up"
    if letter.is_uncertain(now()):
        return "may have gone"
    if letter.trying_since is not None:
        return "going just now"
    return "waits for its next try" if letter.tries else "waits for its time"
