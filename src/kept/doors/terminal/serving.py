"""Serving: the pages in this process, the worker as a child of it that is started again whenever it ends."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing

from django.core.management import CommandError
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mt import MTServer

from kept.doors.terminal.ports import check_port, port_for_one
from kept.doors.terminal.preparing import KEPT, prepare

# Python runs one of them at a time; more would only hold more database connections
THREADS = 4
WORKER = [*KEPT, "worker", "--with-parent"]
SECONDS_TO_END = 4.0
SECONDS_TO_ANSWER = 60.0
NO_ANSWER = "Kept has ended: its pages {how}. What went wrong stands above; nothing was changed. Ask `kept doctor`."
LONGEST_PAUSE = 60.0  # seconds before a worker that keeps ending is tried again


class _Pages(MTServer):
    """Granian with its one page worker as a thread of this process.

    It offers that for a Python without the global lock only; with one worker nothing in it needs the lock away, and
    it saves a second copy of the program in memory and a process that could be left over. The same Rust worker runs.
    """

    def _check_gil(self) -> None:
        pass


def serve(*, host: str, port: int, on_ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; then pages and worker end within five seconds.

    `on_ready` is called, in another thread, when a page answers. Raises PortTaken, and CommandError when no page
    answers well within a minute. Needs the main thread.
    """
    prepare(quiet=False)
    check_port(host, port)
    ending, faults = threading.Event(), list[str]()
    keeper = threading.Thread(target=_keep_worker, args=[ending], name="worker keeper")
    server = _pages(host, port)
    server.on_startup(lambda: _listen_for_the_end(server, ending, faults))
    server.on_startup(keeper.start)
    if on_ready:
        asking = threading.Thread(target=_await_answer, args=[host, port, on_ready, faults], daemon=True)
        server.on_startup(asking.start)
    with closing(port_for_one(host, port)):
        try:
            server.serve()
        finally:
            ending.set()
            if keeper.is_alive():
                keeper.join()
    if faults:
        raise CommandError(faults[0])


def _pages(host: str, port: int) -> _Pages:
    return _Pages(
        "kept.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        websockets=False,
        log_level=LogLevels.error,
    )


def _listen_for_the_end(server: _Pages, ending: threading.Event, faults: list[str]) -> None:
    def end(*_: object) -> None:
        ending.set()
        # a page that takes longer than this is cut off
        deadline = threading.Timer(SECONDS_TO_END, os._exit, [1 if faults else 0])
        deadline.daemon = True
        deadline.start()
        server.signal_handler_interrupt()  # type: ignore[no-untyped-call]

    # by its own habit the server would begin anew at a hang-up
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def _keep_worker(ending: threading.Event) -> None:
    """Have a worker running until `ending`; one that ends by itself is followed by another, ever later."""
    pause = 1.0
    while not ending.is_set():
        started = time.monotonic()
        # its input is a pipe that nothing is written to: when this process dies, however, it closes and the worker
        # goes too; a session of its own keeps the terminal's ctrl-C, which comes to us, from reaching it twice
        with subprocess.Popen(WORKER, stdin=subprocess.PIPE, start_new_session=True) as worker:  # noqa: S603
            while worker.poll() is None and not ending.wait(0.2):
                pass
            if worker.poll() is None:
                _end(worker)
        if ending.is_set():
            return
        pause = 1.0 if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        _say(f"The worker ended ({worker.returncode}); another one starts in {pause / 2:.0f} s.")
        ending.wait(pause / 2)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_END - 1)
    except subprocess.TimeoutExpired:
        worker.kill()


def _await_answer(host: str, port: int, on_ready: Callable[[], None], faults: list[str]) -> None:
    """Ask for a page until one comes, which also loads what the first reader would wait for; end all when none does."""
    deadline, status = time.monotonic() + SECONDS_TO_ANSWER, 0
    while not status and time.monotonic() < deadline:
        status = _asked(host, port)
    if 0 < status < http.client.INTERNAL_SERVER_ERROR:
        on_ready()
        return
    how = f"answer with a fault ({status})" if status else f"did not answer within {SECONDS_TO_ANSWER:.0f} s"
    faults.append(NO_ANSWER.format(how=how))
    os.kill(os.getpid(), signal.SIGTERM)


def _asked(host: str, port: int) -> int:
    """The status of the first page, or 0 when nothing came."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # asked, not listened on
    connection = http.client.HTTPConnection(near, port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        time.sleep(0.05)
        return 0
    finally:
        connection.close()


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
