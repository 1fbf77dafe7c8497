"""Killing Kept at random moments, to see that nothing is lost, doubled or stuck.

    kills = kill_often(["worker"], until=all_letters_are_sent, environment=this_database(KEPT_WORKER_LEASE="1"))

It starts `kept worker`, ends it with SIGKILL after a random while, starts it again, and so on: `times` times at least,
all of them before `until()` is true. Then it lets the last one work in peace until `until()` is true.
No verdict hangs on how fast the machine is: where kills hit too little, more follow, and each worker lives longer.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 900.0  # seconds until what has not come about is stuck, and not only slow
MOST = 6  # times as many kills as were asked for, and none of them hit: then it is not the machine that is slow


class Nursery:
    """A process that has loaded Kept and forks it on demand: a start costs 0.1 s instead of 1 s of a busy machine.

    Each child is a process of its own, with connections, threads and random numbers of its own, that runs the words
    given as `kept` would; only that tables are up to date is seen to once, by the first, so that a kill hits work.
    """

    def __init__(self, process: subprocess.Popen[str], log: IO[str]) -> None:
        self._process, self._log = process, log

    def start(self, words: Sequence[str]) -> int:
        """Start `kept words...`. Answers its process number."""
        return self._ask({"start": list(words)})

    def kill(self, number: int) -> int:
        """End it with SIGKILL and wait until it is gone: -9, or the code with which it had ended by itself before."""
        return self._ask({"kill": number})

    def said(self) -> str:
        """The last that any of the processes wrote."""
        return Path(self._log.name).read_text()[-4000:]

    def _ask(self, order: dict[str, object]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the nursery has died: {self.said()}"
        return int(answer)


def kill_often(
    words: Sequence[str],
    *,
    until: Callable[[], bool],
    environment: Mapping[str, str],
    times: int = 50,
    between: tuple[float, float] = (0.05, 0.35),
    workers: int = 1,
    hit: Callable[[], bool] = lambda: True,
    enough: bool = True,
) -> int:
    """Kill `kept words...` at random moments until `until()` is true. Answers how often it was killed.

    `environment` is that of the process, see `this_database` and `tests.doors.terminal.homes.home`. Each process lives
    a random number of seconds within `between`; `workers` of them run at once, of which one at a time is killed.
    While kills have not `hit` what they are meant to, more follow, and each life may last longer.
    Fails when all is done before it was killed `times` times (give it more to do, or say that fewer are `enough`, and
    do the whole again until there were as many as you want), when a process ends by itself,
    and when `until()` is not true after `PATIENCE`.
    """
    deadline, killed = time.monotonic() + PATIENCE, 0
    with nursery(environment) as born:
        alive = [born.start(words) for _ in range(workers)]
        while killed < times or not hit():
            assert killed < times * MOST, f"killed {killed} times, and never in the middle; {born.said()}"
            shortest, longest = between
            time.sleep(random.uniform(shortest, longest * (1 + killed // times)) / workers)
            if not enough and until():
                break
            too_soon = f"all was done when it had been killed {killed} of {times} times: give it more to do"
            assert not enough or not until(), too_soon
            assert time.monotonic() < deadline, f"killed {killed} of {times} times in {PATIENCE} s; {born.said()}"
            ended = born.kill(alive.pop(0))
            assert ended == -signal.SIGKILL, f"it ended by itself with {ended}: {born.said()}"
            alive.append(born.start(words))
            killed += 1
        while not until():
            assert time.monotonic() < deadline, f"not all is done within {PATIENCE} s; {born.said()}"
            time.sleep(0.05)
        for number in alive:
            born.kill(number)
    return killed


def this_database(**more: str) -> dict[str, str]:
    """An environment in which Kept uses the database of the test that asks, which must be a transactional one."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    url = os.environ.get("DATABASE_URL", "")
    url = urlunsplit(urlsplit(url)._replace(path=f"/{name}")) if url else f"sqlite:///{name}"
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {**kept, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kept.settings", **more}


@contextmanager
def nursery(environment: Mapping[str, str]) -> Iterator[Nursery]:
    """A nursery in that environment; at the end all its children are killed."""
    program = [sys.executable, "-m", "tests.killing"]
    with tempfile.NamedTemporaryFile("w", prefix="kept-killing-") as log:
        process = subprocess.Popen(
            program, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            yield Nursery(process, log)
        finally:
            process.communicate(timeout=PATIENCE)


def _serve_orders() -> None:
    """The nursery itself: one order a line from standard input, one number a line in answer."""
    import django

    django.setup()
    _load_what_workers_load()
    from kept.doors.terminal import entry

    first = os.fork() or _run(entry.run, ["worker", "--status"])
    os.waitpid(first, 0)
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            answer = os.fork() or _run(_execute, order["start"])
            children.add(answer)
        else:
            children.discard(order["kill"])
            answer = _end(order["kill"])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for child in children:
        _end(child)


def _load_what_workers_load() -> None:
    """Have it loaded once, not by every child: a child would be killed while it loads, not while it works."""
    from django.conf import settings
    from django.db import connection
    from django.utils.module_loading import import_string

    from kept.doors.clock.management.commands import worker  # noqa: F401
    from kept.doors.clock.schedule import SCHEDULE

    for name in [*settings.KEPT_SERVICES, *(job.task for job in SCHEDULE)]:
        import_string(name)
    assert connection.vendor  # the driver is loaded, and nothing connected
    assert connection.connection is None


def _run(command: Callable[[list[str]], None], words: list[str]) -> int:
    """In the child: run the command, its output into the log, and never come back."""
    code = 1
    with suppress(BaseException):
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        try:
            command(words)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        sys.stderr.flush()
    os._exit(code)


def _execute(words: list[str]) -> None:
    from django.core.management import ManagementUtility

    ManagementUtility(["kept", *words, "--traceback"]).execute()


def _end(child: int) -> int:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    _serve_orders()
