"""Settings as a program meets them at its start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 300  # seconds until a start is stuck, and not only slow
READ_KEY = [sys.executable, "-c", "from kept import settings; print(settings.SECRET_KEY)"]


def environment(home: Path, **more: str) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if not name.startswith(("KEPT_", "DATABASE_URL"))}
    return {**rest, "KEPT_HOME": str(home), **more}


def test_of_many_that_start_at_once_all_read_the_same_whole_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    starts = [subprocess.Popen(READ_KEY, env=environment(home), stdout=subprocess.PIPE, text=True) for _ in range(4)]
    keys = {start.communicate(timeout=PATIENCE)[0].strip() for start in starts}
    assert len(keys) == 1
    assert len(keys.pop()) > 60
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_a_home_that_cannot_be_written_to_stops_the_start_with_a_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    start = subprocess.run(
        READ_KEY, env=environment(tmp_path / "file" / "home"), capture_output=True, text=True, timeout=PATIENCE
    )
    assert start.returncode == 1
    assert start.stderr.startswith("Kept did not start: KEPT_HOME should be a folder that this account may write to")


@pytest.mark.parametrize(("port", "encrypted"), [("465", "use_ssl"), ("587", "use_tls")])
def test_mail_goes_by_an_encrypted_line_of_the_kind_its_port_is_for(tmp_path: Path, port: str, encrypted: str) -> None:
    ask = "from kept.settings import MAILERS; o = MAILERS['default']['OPTIONS']; print(o['use_ssl'], o['use_tls'])"
    more = {"KEPT_SMTP_HOST": "post.example", "KEPT_SMTP_PORT": port}
    said = subprocess.run(
        [sys.executable, "-c", ask], env=environment(tmp_path, **more), capture_output=True, text=True, timeout=PATIENCE
    )
    assert said.stdout.split() == (["True", "False"] if encrypted == "use_ssl" else ["False", "True"])


def test_a_lease_that_nobody_could_hold_stops_the_start_with_a_plain_sentence(tmp_path: Path) -> None:
    more = {"KEPT_WORKER_LEASE": "0"}
    start = subprocess.run(
        READ_KEY, env=environment(tmp_path, **more), capture_output=True, text=True, timeout=PATIENCE
    )
    assert start.returncode == 1
    assert start.stderr.strip() == "Kept did not start: KEPT_WORKER_LEASE should be a number of seconds, 1 or more."
