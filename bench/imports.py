"""Imports against reading the file plus the bare insert, in the same run."""

import csv
import io
import json
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection

ROWS, LETTERS = 100_000, 5_000
MAIL_LIMIT_MS, TIME_LIMIT_RATIO = 4.0, 3.0


@dataclass(frozen=True)
class Import:
    """Seconds of the whole import, and of the bare work it is measured against."""

    name: str
    rows: int
    seconds: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare

    @property
    def each_ms(self) -> float:
        return 1000 * self.seconds / self.rows


def mail(folder: Path, chance: random.Random) -> Import:
    """An mbox of ordinary letters in threads: parsed, threaded, matched, original kept."""
    path = folder / "bench.mbox"
    write_mbox(path, chance)
    began = time.perf_counter()
    parts = path.read_bytes().split(b"\nFrom ")
    insert_bare("bench_mail", [(str(k), part.decode("latin-1")) for k, part in enumerate(parts)], "text text")
    bare = time.perf_counter() - began
    return Import("mail from files", LETTERS, run("import_mail", str(path)), bare)


def write_mbox(path: Path, chance: random.Random) -> None:
    words = [
        "the",
        "launch",
        "moves",
        "to",
        "friday",
        "and",
        "the",
        "second",
        "proof",
        "is",
        "with",
        "the",
        "printer",
        "since",
        "noon",
    ]
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    with path.open("wb") as file:
        for k in range(LETTERS):
            letter = EmailMessage()
            letter["From"] = f"Person {k % 300} <person@c{k % 300}.example>"
            letter["To"] = "studio@bench.example"
            letter["Subject"] = f"{'Re: ' if k % 4 else ''}Thread {k // 4}"
            letter["Message-ID"] = f"<mbox.{k}@bench.example>"
            letter["Date"] = format_datetime(start + timedelta(minutes=k))
            if k % 4:
                letter["In-Reply-To"] = letter["References"] = f"<mbox.{k - 1}@bench.example>"
            text = " ".join(chance.choices(words, k=180)) + "\n\nOn Monday somebody wrote:\n> " + " ".join(words)
            letter.set_content(text)
            if k % 3 == 0:
                letter.add_alternative(f"<p>{text}</p>", subtype="html")
            file.write(b"From bench Mon Jan  5 09:00:00 2026\n" + letter.as_bytes() + b"\n\n")


def hours(folder: Path, chance: random.Random) -> Import:
    """A Toggl export of a hundred thousand rows: read, validated, matched, inserted."""
    path = folder / "toggl.csv"
    write_toggl(path, chance)
    began = time.perf_counter()
    with path.open(newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    insert_bare("bench_hours", rows, " ".join(["text"] * 13))
    bare = time.perf_counter() - began
    return Import("time entries", ROWS, run("import_time", str(path)), bare)


def write_toggl(path: Path, chance: random.Random) -> None:
    heads = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags"
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(heads.split(","))
        for k in range(ROWS):
            day = f"2025-{chance.randint(1, 12):02d}-{chance.randint(13, 28):02d}"
            length = chance.choice((15, 30, 45, 60, 90))
            ends = datetime(2025, 1, 1, 9) + timedelta(minutes=length)  # noqa: DTZ001  # a wall time, as the export has it
            row = [
                f"Lee {k % 40}",
                f"lee{k % 40}@bench.example",
                f"Import {k % 150}",
                f"Job {k % 400}",
                "",
                f"Piece {k}",
            ]
            span = f"{length // 60:02d}:{length % 60:02d}:00"
            table.writerow([*row, "Yes", day, "09:00:00", day, f"{ends:%H:%M}:00", span, ""])


def insert_bare(table: str, rows: list[tuple[str, ...]], columns: str) -> None:
    """The plainest insert this database allows, committed."""
    names = [f"c{k} {kind}" for k, kind in enumerate(columns.split())]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} (id {serial()}, {', '.join(names)})")
        holes = ", ".join(["%s"] * len(names))
        fields = ", ".join(name.split()[0] for name in names)
        cursor.executemany(f"INSERT INTO {table} ({fields}) VALUES ({holes})", rows)
        cursor.execute(f"DROP TABLE {table}")


def serial() -> str:
    return "serial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY"


def run(command: str, path: str) -> float:
    """Seconds of an import by its own command."""
    out = io.StringIO()
    began = time.perf_counter()
    call_command(command, path, "--json", stdout=out)
    spent = time.perf_counter() - began
    told = json.loads(out.getvalue())
    assert told["new"] == told["read"], told
    return spent
