"""Jobs that leave a row each in a table of their own, so that a test can count how often each was done."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.tasks import TaskContext, task

from kept.kit.trying import tried

TABLES = {
    "once": "number INTEGER PRIMARY KEY",
    "counted": "number INTEGER",
    "dared": "number INTEGER",
}


@contextmanager
def tables() -> Iterator[None]:
    """The tables of these jobs, for the length of a test."""
    with connection.cursor() as cursor:
        for name, columns in TABLES.items():
            cursor.execute(f"CREATE TABLE {name} ({columns})")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in TABLES:
                cursor.execute(f"DROP TABLE {name}")


def rows(table: str) -> list[int]:
    """The numbers that were written into the table, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {table} ORDER BY number")  # noqa: S608  # names of ours
        return [number for (number,) in cursor.fetchall()]


def write(table: str, number: int) -> None:
    """Write one row; where there can be one only, a second is none."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (number) VALUES (%s) ON CONFLICT DO NOTHING", [number])  # noqa: S608


@task(takes_context=True)
@tried(30, pause=0.05)
def write_once(context: TaskContext, number: int) -> None:
    """May run twice without harm, and now and then fails the first time, when it has done its work already."""
    time.sleep(0.01)
    write("once", number)
    time.sleep(0.01)
    if number % 5 == 0 and context.attempt == 1:
        raise ConnectionError("the other side hung up")


@task(queue_name="letters")
@tried(30, pause=0.05, whole=True)
def count(number: int) -> None:
    """Would count twice if it were run twice; one transaction with its being done, so it does not."""
    time.sleep(0.005)
    write("counted", number)
    time.sleep(0.005)


@task(queue_name="mail")
@tried(1)
def dare(number: int) -> None:
    """Must never run twice, even if it is then not done at all."""
    write("dared", number)
    time.sleep(0.02)


@task()
@tried(3, pause=0.0)
def fail(words: str) -> None:
    """Fail with these words, and one sign that not every database takes."""
    raise ConnectionError(f"{words} \0")


@task()
@tried(1)
def leave() -> None:
    sys.exit("enough")


@task()
@tried(1)
def answer_oddly() -> object:
    return object()


@task(queue_name="mail")
@tried(1)
def wait(number: int) -> None:
    """Wait until something can be read from the file of that number."""
    os.read(number, 1)


@task()
@tried(3)
def linger(folder: str) -> int:
    """Last until the folder holds a file that is named by the number of this process. Answers that number."""
    while not (Path(folder) / str(os.getpid())).exists():
        time.sleep(0.02)
    return os.getpid()
