"""Serving: the pages in this process, the worker as a child of it that is started again whenever it ends."""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mt import MTServer

from kept.doors.terminal.preparing import KEPT, prepare

# Python runs one of them at a time; more would only hold more database connections
THREADS = 4
WORKER = [*KEPT, "worker", "--with-parent"]
SECONDS_TO_END = 4.0
LONGEST_PAUSE = 60.0  # seconds before a worker that keeps ending is tried again


class _Pages(MTServer):
    """Granian with its one page worker as a thread of this process.

    It offers that for a Python without the global lock only; with one worker nothing in it needs the lock away, and
    it saves a second copy of the program in memory and a process that could be left over. The same Rust worker runs.
    """

    def _check_gil(self) -> None:
        pass


class PortTaken(Exception):
    """The port cannot be had; the message says why and what to do."""


def serve(*, host: str, port: int, on_ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; then pages and worker end within five seconds.

    `on_ready` is called, in another thread, when the port answers. Raises PortTaken. Needs the main thread.
    """
    prepare(quiet=False)
    check_port(host, port)
    ending = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=[ending], name="worker keeper")
    server = _pages(host, port)
    server.on_startup(lambda: _listen_for_the_end(server, ending))
    server.on_startup(keeper.start)
    if on_ready:
        server.on_startup(threading.Thread(target=_await_answer, args=[host, port, on_ready], daemon=True).start)
    try:
        server.serve()
    finally:
        ending.set()
        if keeper.is_alive():
            keeper.join()


def check_port(host: str, port: int) -> None:
    """Raise PortTaken, with a plain sentence, unless the server may listen there."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OverflowError:
        raise PortTaken(f"{port} is no port; choose one from 1024 to 65535.") from None
    except OSError as fault:
        raise PortTaken(_why_not(fault, host, port)) from None


def first_free_port(host: str, port: int, *, tries: int = 50) -> int:
    """The port, or the next one above it that nobody listens on. Raises PortTaken when all tries are in use."""
    for candidate in range(port, port + tries - 1):
        try:
            check_port(host, candidate)
        except PortTaken:
            continue
        return candidate
    check_port(host, port + tries - 1)
    return port + tries - 1


def _why_not(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return f"Something else listens on port {port} already. Choose another with --port, or end what is there."
    if fault.errno == errno.EACCES:
        return f"This account may not listen on port {port}. Choose one above 1023 with --port."
    return f"This machine cannot listen on {host} port {port} ({fault.strerror or fault})."


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


def _listen_for_the_end(server: _Pages, ending: threading.Event) -> None:
    def end(*_: object) -> None:
        ending.set()
        # a page that takes longer than this is cut off
        deadline = threading.Timer(SECONDS_TO_END, os._exit, [0])
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


def _await_answer(host: str, port: int, on_ready: Callable[[], None]) -> None:
    """Ask for a page until something comes, which also loads what the first reader would wait for."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # asked, not listened on
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection(near, port, timeout=30)
            connection.request("GET", "/", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
            continue
        on_ready()
        return


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
