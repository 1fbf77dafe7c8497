"""What imports print: cells and file names come from outside, and steer no terminal."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.doors.imports.conftest import Write
from tests.studio import Studio

STEERS = "\x1b]0;mine\x07times\x9b31m"
BUDGET = f"client,engagement,kind,starts,ends,hours,fee,currency\nVela,Care,{STEERS},2026-09-01,,10,1000,GBP\n"


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_no_cell_steers_the_terminal(studio: Studio, write: Write, flags: list[str]) -> None:
    said = StringIO()
    call_command("import_budget", str(write(BUDGET)), *flags, stdout=said)
    assert "times" in said.getvalue()
    assert all(each.isprintable() or each == "\n" for each in said.getvalue())
