"""Memory of a serving installation: one web process and one worker, after every page was opened."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterable
from http.cookiejar import CookieJar

import psutil

LIMIT_MB = 200.0
PATIENCE = 30.0  # seconds


def serving(token: str, pages: Iterable[str], *, times: int = 5) -> float:
    """Megabytes held by `kept serve` and its children after somebody came in by `token` and opened all pages."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "kept", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        wait_for(browser, port)
        come_in(browser, f"http://127.0.0.1:{port}/enter/{token}/")
        for page in list(pages) * times:
            browser.open(f"http://127.0.0.1:{port}{page}", timeout=20).read()
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        return sum(held(one) for one in family) / 1e6
    finally:
        os.kill(server.pid, signal.SIGTERM)
        server.wait(20)


def come_in(browser: urllib.request.OpenerDirector, address: str) -> None:
    """Redeem a one-time link as its page does: by the form on it."""
    page = browser.open(address, timeout=20).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "the page of the link has no form"
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1]}).encode()
    browser.open(urllib.request.Request(address, form, {"Referer": address}), timeout=20).read()  # noqa: S310


def held(process: psutil.Process) -> int:
    """Bytes; shared pages are counted once over all who share them."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", 0) or full.rss)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(browser: urllib.request.OpenerDirector, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            browser.open(f"http://127.0.0.1:{port}/account/login/", timeout=5).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not answer")
