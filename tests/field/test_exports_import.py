"""Every real export through the import command: its hours are those of its column, once, and gone when taken back."""

from pathlib import Path

import pytest

from kept.ledgers.hours.models import Entry
from tests.field.sip import EFFORT
from tests.field.test_sip_import import told, undo
from tests.field.test_time_files import TIMES, rows_of, seconds_of
from tests.ledgers.telling import everything

pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not EFFORT.is_dir(), reason="shared/data/effort is not beside this checkout"),
]


@pytest.mark.parametrize("path", TIMES, ids=lambda path: path.name)
def test_the_hours_of_every_real_export_are_those_of_its_column(path: Path) -> None:
    report = told("import_time", path, "--month-first")
    rejected = {rejection["line"] for rejection in report["rejections"]}
    seconds = sum(seconds_of(row) for line, row in enumerate(rows_of(path), start=2) if line not in rejected)
    assert report["hours"] == pytest.approx(float(seconds / 3600), abs=1e-4)
    assert sum(Entry.objects.values_list("seconds", flat=True)) == seconds
    again = told("import_time", path, "--month-first")
    assert (again["new"], again["hours"]) == (0, report["hours"])
    if report["batch"]:
        undo(report)
    assert {name for name, rows in everything().items() if rows} <= {"journal.Batch"}
