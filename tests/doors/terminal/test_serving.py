"""Serving as a program: pages answer, the worker is kept alive, and nothing is left over at the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from kept.doors.terminal.ports import PortTaken, check_port, first_free_port, port_for_one
from tests.doors.terminal.homes import KEPT, PATIENCE, START, Home, home, tables_of_this_run
from tests.environment import DATABASE

pytestmark = [pytest.mark.slow, pytest.mark.database]


@pytest.fixture(scope="module")
def a_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One home for all of these, made ready by the first."""
    with home(tmp_path_factory.mktemp("serving") / "home") as made:
        yield made


def a_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until[Found](find: Callable[[], Found], seconds: float = PATIENCE) -> Found:
    """What `find` finds, asked again until it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := find()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


@contextmanager
def serving(home: Home, port: int) -> Iterator[psutil.Process]:
    """Kept served from the home; whatever the test leaves running is ended."""
    said = (home.path / "said").open("w")
    started = subprocess.Popen(
        [*KEPT, "serve", "--port", str(port)], env=home.environment, stdout=said, stderr=said, cwd=home.path
    )
    server = psutil.Process(started.pid)
    family = [server]
    try:
        assert until(lambda: "ctrl-C ends it" in words(home)), words(home)
        family += server.children()
        yield server
    finally:
        with suppress(psutil.Error):
            family += server.children()
        for process in family:
            with suppress(psutil.Error):
                process.kill()
        started.wait(PATIENCE)
        said.close()


def words(home: Home) -> str:
    return (home.path / "said").read_text()


def worker_of(server: psutil.Process) -> psutil.Process | None:
    """The worker that runs now; one that was just killed is no longer one."""
    with suppress(psutil.Error):
        return next((child for child in server.children() if "worker" in child.cmdline()), None)
    return None


def sign_in_page(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def test_one_command_serves_pages_and_their_styles_and_has_a_live_worker(a_home: Home) -> None:
    port = a_port()
    with serving(a_home, port) as server:
        page = sign_in_page(port)
        assert "Welcome back" in page
        stylesheet = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
        with urlopen(f"http://127.0.0.1:{port}{stylesheet}", timeout=PATIENCE) as answer:
            assert answer.headers["Content-Type"].startswith("text/css")
        worker = until(lambda: worker_of(server))
        assert worker
        assert until(lambda: a_home.kept("worker", "--status").stdout.strip()).endswith(tuple("0123456789abcdef"))
        memory = server.memory_info().rss + worker.memory_info().rss
        assert memory < 200 * 1024 * 1024, f"{memory / 1024 / 1024:.0f} MB"
    assert "Mail is not set up" in words(a_home)


def test_a_killed_worker_is_followed_by_another(a_home: Home) -> None:
    with serving(a_home, a_port()) as server:
        first = until(lambda: worker_of(server))
        assert first
        os.kill(first.pid, signal.SIGKILL)
        second = until(lambda: (found := worker_of(server)) and found.pid != first.pid and found)
        assert second
        assert "another one starts" in words(a_home)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_pages_and_worker_in_peace_within_five_seconds(a_home: Home, number: signal.Signals) -> None:
    begun = time.monotonic()
    with serving(a_home, a_port()) as server:
        starting = time.monotonic() - begun
        worker = until(lambda: worker_of(server))
        assert worker
        asked = time.monotonic()
        server.send_signal(number)
        assert server.wait(PATIENCE) == 0
        assert not psutil.pid_exists(worker.pid) or not worker.is_running()
        # where a start takes longer than is usual, everything does
        assert time.monotonic() - asked < max(5, 2 * starting)


def test_a_worker_whose_parent_was_killed_goes_too(a_home: Home) -> None:
    with serving(a_home, a_port()) as server:
        worker = until(lambda: worker_of(server))
        assert worker
        until(lambda: a_home.kept("worker", "--status").returncode == 0)
        os.kill(server.pid, signal.SIGKILL)
        assert until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_a_port_in_use_is_said_in_a_plain_sentence(a_home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = a_home.kept("serve", "--port", str(port))
        assert done.returncode == 1
        assert f"Something else listens on port {port} already." in done.stderr
        assert "Traceback" not in done.stderr
        assert first_free_port("127.0.0.1", port) != port
        with pytest.raises(PortTaken):
            check_port("127.0.0.1", port)


def test_pages_that_fail_are_said_and_end_it(a_home: Home, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text('from kept.settings import *\nROOT_URLCONF = "nowhere.urls"\n')
    broken = {**a_home.environment, "PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "broken"}
    done = Home(a_home.path, broken).kept("serve", "--port", str(a_port()))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Kept has ended: its pages answer with a fault (500).")
    assert "Kept is at" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets two processes share a port unasked")
def test_of_two_that_found_a_port_free_at_the_same_instant_one_has_it() -> None:
    port = a_port()
    check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)
    with closing(port_for_one("127.0.0.1", port)), pytest.raises(PortTaken, match="listens on port"):
        port_for_one("127.0.0.1", port)
    port_for_one("127.0.0.1", port).close()


def test_a_host_that_is_not_this_machine_is_said_in_a_plain_sentence() -> None:
    with pytest.raises(PortTaken, match=r"cannot listen on 192\.0\.2\.1 port"):
        check_port("192.0.2.1", 8000)


def test_two_that_start_at_once_in_an_empty_home_both_find_it_ready() -> None:
    codes, said = json.loads((tables_of_this_run() / START).read_text())
    # there is no worker, and that is all that is wrong
    assert codes == [1, 1]
    assert all("No worker is alive" in words and "Traceback" not in words for words in said)


@pytest.mark.skipif(DATABASE != "sqlite", reason="its database is no file of ours")
def test_a_new_database_is_readable_by_its_owner_only_wherever_it_lies() -> None:
    folder = tables_of_this_run()
    assert folder.stat().st_mode & 0o777 == 0o755
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.glob("kept.sqlite3*")}
    assert "kept.sqlite3" in modes
    assert set(modes.values()) == {0o600}
