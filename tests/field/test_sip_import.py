"""Ten years of one firm's tasks through the import commands, with budgets from its estimates."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.team.people import installation
from kept.readings.budgets import running
from kept.readings.calendars import offices
from tests.field.sip import EFFORT
from tests.ledgers.telling import everything
from tests.shared_rows import made_for_all

pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not EFFORT.is_dir(), reason="shared/data/effort is not beside this checkout"),
]

MAPPED = ["TaskNumber=id", "HoursActual=hours", "CompletedOn=day", "ProjectCode=client", "Bundle=project"]


class Firm:
    """The firm's files as its own tools might give them, and its tasks, one for each number, read by other means."""

    def __init__(self, folder: Path) -> None:
        self.time, self.budgets = folder / "tasks.csv", folder / "budgets.csv"
        dates = {row["TaskNumber"]: row for row in reversed(read("est-act-dates.csv"))}
        self.rows = [{**row, **dates.get(row["TaskNumber"], {})} for row in read("Sip-task-info.csv")]
        for row in self.rows:
            row["Bundle"] = bundle(row)
        self.tasks = {row["TaskNumber"]: row for row in reversed(self.rows) if row.get("CompletedOn")}
        self.bundles: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for task in self.tasks.values():
            self.bundles[task["ProjectCode"], task["Bundle"]].append(task)
        write(self.time, self.rows)
        write(self.budgets, [budget(*named, tasks) for named, tasks in self.bundles.items()])

    def minutes(self, *, until: date = date.max, of: str = "") -> Fraction:
        """Minutes worked on all tasks, or those of one bundle, completed until a day."""
        return sum(
            (Fraction(task["HoursActual"]) * 60 for task in self.tasks.values()
             if of in ("", task["Bundle"]) and day(task["CompletedOn"]) <= until),
            Fraction(),
        )  # fmt: skip


def read(name: str) -> list[dict[str, str]]:
    with (EFFORT / name).open(encoding="latin-1", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)


def bundle(row: dict[str, str]) -> str:
    if not row.get("EstimateOn"):
        return ""
    begun = day(row["EstimateOn"])
    return f"{row['ProjectCode']} in {begun.year}, quarter {(begun.month + 2) // 3}"


def budget(client: str, name: str, tasks: list[dict[str, str]]) -> dict[str, str]:
    begun = min(min(day(task["EstimateOn"]), day(task["CompletedOn"])) for task in tasks)
    return {
        "client": client, "engagement": name, "kind": "fixed", "starts": begun.isoformat(),
        "ends": max(day(task["CompletedOn"]) for task in tasks).isoformat(),
        "hours": str(sum(float(task["HoursEstimate"]) for task in tasks)), "fee": "", "currency": "GBP",
    }  # fmt: skip


def day(text: str) -> date:
    return datetime.strptime(text, "%d-%b-%y").date()  # noqa: DTZ007 - a day, no moment


def told(name: str, path: Path, *words: str) -> dict[str, Any]:
    out = StringIO()
    call_command(name, str(path), "--json", *words, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    assert report["read"] == report["new"] + report["known"] + report["rejected"]
    return report


def import_time(firm: Firm) -> dict[str, Any]:
    flags = [part for pair in MAPPED for part in ("--map", pair)]
    return told("import_time", firm.time, *flags, "--person-column", "AssignedToID")


def undo(report: dict[str, Any]) -> None:
    call_command("import_undo", str(report["batch"]), stdout=StringIO())


@dataclass(frozen=True)
class Imported:
    """The firm, and what was told as its "hours" and its "budgets" were brought in, in the order that happened."""

    firm: Firm
    told: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Firm:
    return Firm(tmp_path_factory.mktemp("firm"))


@pytest.fixture(scope="module", params=["hours first", "budgets first"])
def both(
    request: pytest.FixtureRequest, firm: Firm, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Imported]:
    def bring() -> Imported:
        told_of = {}
        for name in ("hours", "budgets")[:: 1 if request.param == "hours first" else -1]:
            told_of[name] = import_time(firm) if name == "hours" else told("import_budget", firm.budgets)
        return Imported(firm, told_of)

    with made_for_all(django_db_blocker, bring) as made:
        yield made


@pytest.fixture
def imported(both: Imported, db: None) -> Imported:
    return both


hours_first = pytest.mark.parametrize("both", ["hours first"], indirect=True)


@hours_first
def test_hours_reconcile_to_the_last_minute(imported: Imported) -> None:
    firm, report = imported.firm, imported.told["hours"]
    assert report["new"] == len(firm.tasks)
    assert report["read"] == len(firm.rows)
    assert {rejection["why"] for rejection in report["rejections"]} == {"there is no date"}
    assert round(report["hours"] * 60) == round(firm.minutes())
    assert sum(Entry.objects.values_list("seconds", flat=True)) == firm.minutes() * 60
    assert sum(MonthTotal.objects.values_list("seconds", flat=True)) == firm.minutes() * 60


@hours_first
def test_a_second_run_brings_nothing_new(imported: Imported) -> None:
    firm, first, budgets = imported.firm, imported.told["hours"], imported.told["budgets"]
    again, budgets_again = import_time(firm), told("import_budget", firm.budgets)
    assert (again["new"], again["known"], again["hours"]) == (0, first["new"] + first["known"], first["hours"])
    assert (budgets_again["new"], budgets_again["known"]) == (0, budgets["read"])


def test_every_hour_counts_against_its_bundle_whichever_came_first(imported: Imported) -> None:
    firm = imported.firm
    assert Engagement.objects.count() == Budget.objects.count() == len(firm.bundles)
    assert not Entry.objects.filter(engagement=None).exists()
    assert hours.untrue() == []
    for (client, name), tasks in firm.bundles.items():
        of = Engagement.objects.get(client__name=client, name=name)
        worked = sum(of.month_totals.values_list("seconds", flat=True))
        assert worked == sum(Fraction(task["HoursActual"]) for task in tasks) * 3600


@hours_first
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_past_days_forecast_the_jobs_that_ran_then(imported: Imported, share: float) -> None:
    firm = imported.firm
    days = sorted(day(task["CompletedOn"]) for task in firm.tasks.values())
    then = days[int(share * len(days))]
    rows = running(installation(), at=datetime.combine(then, time(12), UTC), offices=offices(), replay=True)
    alive = [row for row in rows if row.starts <= then and not row.is_over(then) and row.budget]
    assert alive
    for row in alive:
        assert round(row.total * 60, 6) == pytest.approx(float(firm.minutes(until=then, of=row.engagement.name)))
        assert row.forecast is not None
        assert row.forecast.likely >= row.worked
        assert 0 <= row.forecast.probability_over() <= 1


@pytest.mark.parametrize("way", [1, -1])
@hours_first
def test_taken_back_nothing_is_left(imported: Imported, way: int) -> None:
    for report in list(imported.told.values())[::way]:
        undo(report)
    assert not Client.objects.exists()
    assert {name for name, rows in everything().items() if rows} == {"journal.Batch"}
