"""Memory of a serving installation: one web process and one worker, after every page was opened."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil

LIMIT_MB = 200.0
PATIENCE = 30.0  # seconds


def serving(opens: int = 30) -> float:
    """Megabytes held by `kept serve` and its children (proportional set size where the system tells it)."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "kept", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        for _ in range(opens):
            get(port)
        time.sleep(2)
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        return sum(held(one) for one in family) / 1e6
    finally:
        os.kill(server.pid, signal.SIGTERM)
        server.wait(10)


def held(process: psutil.Process) -> int:
    """Bytes; shared pages are counted once over all who share them."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", 0) or full.rss)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            get(port)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not answer")


def get(port: int) -> None:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5).read()
    except urllib.error.HTTPError as answer:
        answer.read()
