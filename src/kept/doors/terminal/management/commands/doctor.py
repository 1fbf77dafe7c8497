"""`kept doctor`: what is wrong, and how to mend it."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.terminal.doctoring import Finding, look


class Command(BaseCommand):
    help = "Look at everything Kept stands on; say what is good, and of the rest how to mend it. Exit 1 if anything is."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="mend what can be mended from here, then look again")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        findings = list(look())
        if mend:
            for finding in findings:
                if finding.mend:
                    finding.mend()
            findings = list(look())
        self._tell(findings, as_json=options["json"])
        if not all(finding.good for finding in findings):
            sys.exit(1)

    def _tell(self, findings: list[Finding], *, as_json: bool) -> None:
        if as_json:
            told = [{"what": one.what, "good": one.good, "said": one.said, "mend": one.how} for one in findings]
            good = all(finding.good for finding in findings)
            self.stdout.write(json.dumps({"good": good, "findings": told}, ensure_ascii=False, indent=2))
            return
        for one in findings:
            self.stdout.write(f"{'good' if one.good else 'mend'}  {one.what}: {one.said}")
            if one.how:
                self.stdout.write(f"      {one.how}")
