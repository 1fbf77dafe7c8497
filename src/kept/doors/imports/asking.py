"""What the import commands have in common: their flags, their questions, and the plain end of their reports."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kept.doors.imports import importing
from kept.doors.imports.importing import Report
from kept.doors.imports.questions import Question, Unknown
from kept.kit import words
from kept.measures.entries import Rejection

LISTED = 20  # rejected rows shown in the terminal; --json has all
ASKED = 2  # the exit code of a question: nothing is wrong, an answer is missing


def add_flags(parser: ArgumentParser, *, dates: bool) -> None:
    """Add the flags that every import of a table takes; those about dates where it has any."""
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD", help="which column is which; repeatable"
    )
    if dates:
        order = parser.add_mutually_exclusive_group()
        order.add_argument("--day-first", dest="day_first", action="store_true", default=None, help="03/04 is in April")
        order.add_argument("--month-first", dest="day_first", action="store_false", default=None, help="... in March")
    parser.add_argument("--dry-run", action="store_true", help="look at what would come, keep nothing")
    parser.add_argument("--json", action="store_true", help="what came of it as JSON")


@contextmanager
def asking(stdout: OutputWrapper, *, as_json: bool) -> Iterator[None]:
    """Turn a file that must be explained into words and an exit code: 2 for a question, 1 for a file not known.

    As JSON it is {"question": ..., "remedy": ..., "answers": [flags]}, or {"fault": ..., "remedy": ...}.
    """
    try:
        yield
    except Question as question:
        if as_json:
            facts = {"question": question.text, "remedy": question.remedy, "answers": list(question.answers)}
            stdout.write(words.printable(json.dumps(facts, ensure_ascii=False)))
        raise CommandError(f"{question.text}\n{question.remedy}", returncode=ASKED) from None
    except Unknown as fault:
        if as_json:
            facts = {"fault": fault.text, "remedy": fault.remedy}
            stdout.write(words.printable(json.dumps(facts, ensure_ascii=False)))
        raise CommandError(f"{fault.text}\n{fault.remedy}") from None


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[importing.Progress]:
    """A bar of rows on the terminal, away from what is piped on; yields whom to tell of the progress."""
    columns = TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True, quiet=quiet), transient=True) as bar:
        task = bar.add_task("rows", total=None)
        yield lambda done, total: bar.update(task, advance=done, total=total)


def told(report: Report, said: list[str], options: dict[str, Any]) -> str:
    """Return what is printed: JSON if asked for, else the sentences, what was rejected, and how to take it back."""
    if options["json"]:
        return words.printable(json.dumps(report.told(), ensure_ascii=False))
    lines = [*said, *listed(options["path"], report.rejections)]
    if report.batch:
        lines.append(f"`kept import undo {report.batch}` takes it all back.")
    elif options["dry_run"]:
        lines.append("Nothing was kept: this was a dry run.")
    else:
        lines.append("Nothing changed.")
    # names of files and what stood in their cells were written by others
    return words.printable("\n".join(lines))


def listed(path: Path, rejections: list[Rejection]) -> list[str]:
    """Return a line for each rejection, as many as fit a screen."""
    lines = [f"  {path.name}:{one.line}: {one.why}. {one.remedy}" for one in rejections[:LISTED]]
    if len(rejections) > LISTED:
        lines.append(f"  and {words.count(len(rejections) - LISTED, 'more row')} like these; --json lists them all.")
    return lines
