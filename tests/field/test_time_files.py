"""Real time exports against their own columns: every row read or named, and hours that reconcile to the second."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from kept.doors.imports import client_lists, time_files
from kept.doors.imports.questions import Question, Unknown

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
EXPORTS = DATA / "time-exports"
FILES = sorted(EXPORTS.glob("*/*.csv"))
TIMES = [path for path in FILES if "time_entries" in path.name or "toggl-to-zoho" in str(path)]
OTHERS = [path for path in FILES if path not in TIMES]
AMBIGUOUS = [path for path in TIMES if "clockify" in path.name and not path.stem.endswith(("_2", "_3"))]

pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the time exports are not beside this checkout"),
]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def seconds_of(row: dict[str, str]) -> Fraction:
    """Work one row's length out of its own columns, by other means than the reader's."""
    for column in ("Duration", "Duration (h)", "Time Spent"):
        if row.get(column):
            parts = [int(part) for part in row[column].split(":")]
            return Fraction(sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False)))
    if row.get("Hours"):
        return Fraction(row["Hours"].replace(",", ".")) * 3600
    if "start" in row:
        begin, end = (datetime.fromisoformat(row[name].replace("Z", "+00:00")) for name in ("start", "end"))
        return Fraction(int((end - begin).total_seconds()))
    return Fraction(clock(row["End Time"]) - clock(row["Start Time"]))


def clock(text: str) -> int:
    time, half = text.split()
    hour, minute, second = ([int(part) for part in time.split(":")] + [0])[:3]
    return (hour % 12 + (12 if half == "PM" else 0)) * 3600 + minute * 60 + second


@pytest.mark.parametrize("path", TIMES, ids=lambda path: path.name)
def test_rows_and_seconds_are_those_of_the_file(path: Path) -> None:
    reading = time_files.read(path, day_first=False)
    rejected = {rejection.line for rejection in reading.rejections}
    kept = [row for line, row in enumerate(rows_of(path), start=2) if line not in rejected]
    assert len(reading.rows) == len(kept)
    assert reading.total == len(rows_of(path))
    assert reading.seconds == sum(map(seconds_of, kept))
    assert len({row.external_id for row in reading.rows}) == len(kept)


def test_only_the_impossible_date_is_rejected() -> None:
    rejected = {path.name: time_files.read(path, day_first=False).rejections for path in TIMES}
    named = {name: [each.line for each in rejections] for name, rejections in rejected.items() if rejections}
    assert named == {"clockify_time_entries_import_test_3.csv": [2]}


@pytest.mark.parametrize("path", TIMES, ids=lambda path: path.name)
def test_each_tool_is_recognised_by_its_headings(path: Path) -> None:
    expected = next(
        (tool for tool in ("clockify", "harvest", "test-input-toggl", "toggl_time") if tool in path.name), "csv"
    )
    read = time_files.read(path, day_first=False).format
    assert read == {"test-input-toggl": "toggl", "toggl_time": "toggl"}.get(expected, expected)


@pytest.mark.parametrize("path", AMBIGUOUS, ids=lambda path: path.name)
def test_a_file_whose_every_date_reads_both_ways_is_asked_about(path: Path) -> None:
    with pytest.raises(Question):
        time_files.read(path)
    months = {time_files.read(path, day_first=answer).rows[0].day.month for answer in (True, False)}
    assert months == {3, 4}


@pytest.mark.parametrize("path", [path for path in TIMES if path not in AMBIGUOUS], ids=lambda path: path.name)
def test_any_other_file_is_read_without_a_question(path: Path) -> None:
    assert time_files.read(path).total == len(rows_of(path))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_lists_of_projects_and_clients_are_not_taken_for_time(path: Path) -> None:
    with pytest.raises(Unknown, match="Nothing was imported"):
        time_files.read(path)


def headers() -> Iterator[tuple[str, str]]:
    known = json.loads((EXPORTS / "headers.json").read_text()) if EXPORTS.is_dir() else {}
    for name, entry in known.items():
        if (
            isinstance(entry, dict)
            and "header" in entry
            and not entry["header"].startswith("same")
            and "project" not in name
        ):
            yield name, entry["header"]


CELLS = {
    "date": "2025-04-24", "start date": "2025-04-24", "end date": "2025-04-24", "start time": "09:00:00",
    "end time": "10:30:00", "from": "09:00", "to": "10:30", "hours": "1.5", "hours rounded": "1.75",
    "duration": "01:30:00", "duration (h)": "01:30:00", "duration (decimal)": "1.50", "user": "Kit",
    "first name": "Kit", "last name": "", "employee?": "Yes", "client": "Borealis", "customer": "Borealis",
    "project": "Launch", "task": "Draft", "activity": "Draft", "rate": "135", "hourlyrate": "90",
    "billable rate": "90", "billable rate (usd)": "90", "billable amount": "135",
}  # fmt: skip


@pytest.mark.parametrize(("name", "header"), list(headers()))
def test_every_published_heading_row_is_understood(name: str, header: str, tmp_path: Path) -> None:
    delimiter = ";" if ";" in header else ","
    cells = dict(CELLS) | ({"duration": "5400"} if name.startswith("kimai") else {})
    row = delimiter.join(cells.get(heading.casefold(), "") for heading in header.split(delimiter))
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8-sig")
    reading = time_files.read(path)
    [read] = reading.rows
    assert reading.format == name.split("_")[0]
    assert (read.person, read.client, read.project, read.task, read.seconds) == (
        "Kit",
        "Borealis",
        "Launch",
        "Draft",
        5400,
    )
    assert read.rate in (None, 90)


def test_ten_years_of_one_firm_reconcile_to_the_second(tmp_path: Path) -> None:
    with (DATA / "effort" / "est-act-dates.csv").open(encoding="latin-1", newline="") as file:
        done = {row["TaskNumber"]: row["CompletedOn"] for row in csv.DictReader(file)}
    with (DATA / "effort" / "Sip-task-info.csv").open(encoding="latin-1", newline="") as file:
        tasks = list(csv.DictReader(file))
    path = tmp_path / "tasks.csv"
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.DictWriter(file, [*tasks[0], "CompletedOn"])
        writer.writeheader()
        writer.writerows({**task, "CompletedOn": done.get(task["TaskNumber"], "")} for task in tasks)
    columns = {"TaskNumber": "id", "HoursActual": "hours", "CompletedOn": "day", "ProjectCode": "client"}
    reading = time_files.read(path, columns=columns, person_column="AssignedToID")

    once = {task["TaskNumber"]: task for task in reversed(tasks) if done.get(task["TaskNumber"])}
    assert {row.external_id for row in reading.rows} == set(once)
    assert reading.seconds == sum(Fraction(task["HoursActual"]) for task in once.values()) * 3600
    assert {each.why for each in reading.rejections} == {"there is no date"}
    assert reading.total == len(tasks)


@pytest.mark.parametrize("path", [path for path in OTHERS if "clients" in path.name], ids=lambda path: path.name)
def test_a_list_of_clients_is_read_as_one(path: Path) -> None:
    reading = client_lists.read(path)
    assert [row.client for row in reading.rows] == [row["Client Name"].strip() for row in rows_of(path)]


def test_real_cards_are_read() -> None:
    for path in sorted((DATA / "contacts").glob("**/*.vcf")):
        reading = client_lists.read(path)
        assert (len(reading.rows), reading.rejections) == (path.read_text().count("BEGIN:VCARD"), [])


def test_every_published_contact_heading_row_is_understood(tmp_path: Path) -> None:
    known = json.loads((DATA / "contacts" / "crm_headers.json").read_text())
    rows = [
        header
        for name in ("hubspot_contacts", "hubspot_companies", "salesforce_leads", "google_contacts")
        for header in known[name]
    ]
    for header in [*rows, ",".join(known["pipedrive_people_columns"])]:
        headings = header.split(",")
        cells = [
            "c@borealis.example" if "mail" in h.casefold() and "type" not in h.casefold() else "Borealis"
            for h in headings
        ]
        path = tmp_path / "list.csv"
        path.write_text(f"{header}\n{','.join(cells)}\n")
        [row] = client_lists.read(path).rows
        assert bool(row.emails) == ("mail" in header.casefold())
        assert row.client or row.contact
