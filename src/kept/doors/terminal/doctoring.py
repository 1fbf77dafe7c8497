"""What is wrong with an installation, and how to mend it: one look at a time, each with its answer in words."""

import os
import platform
import shutil
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import mailers
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from kept.doors.terminal import preparing
from kept.doors.terminal.doctoring_jobs import queue_said
from kept.doors.terminal.doctoring_letters import letters_said
from kept.doors.terminal.doctoring_mailboxes import mailboxes_said
from kept.doors.terminal.doctoring_sums import sums
from kept.doors.terminal.doctoring_trust import trust_found
from kept.kit.clock import now
from kept.ledgers.team.models import Firm

ROOM = 1024**3  # bytes: less free than this is too little to be calm about
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `how` says how to mend it, `mend` does where Kept can do so itself."""

    what: str
    said: str
    good: bool = True
    how: str = ""
    mend: Callable[[], object] | None = None


def look() -> Iterator[Finding]:
    """Everything that can be looked at, in the order in which it would have to be mended."""
    yield Finding("program", f"Kept {version('kept')} on Python {platform.python_version()}")
    yield _home()
    yield _room()
    database = _database()
    yield database
    yield _static()
    yield _address()
    yield _mail()
    if database.good:
        yield _firm()
        yield _worker()
        yield _jobs()
        yield _standing("letters", *letters_said(at=now()))
        yield _standing("mailboxes", *mailboxes_said())
        yield from _sums()
        yield Finding("trust", *trust_found())


def _home() -> Finding:
    home: Path = settings.KEPT_HOME
    if not os.access(home, os.W_OK | os.X_OK):
        return Finding("home", f"{home} cannot be written to", good=False, how=f"Give this account the folder {home}.")
    private = [home, *filter(Path.exists, (home / "secret_key", home / "kept.sqlite3"))]
    open_to_others = [path for path in private if path.stat().st_mode & 0o077]
    # what lies in a folder that is closed is closed
    if home not in open_to_others or not open_to_others[1:]:
        return Finding("home", f"{home}, for this account only")
    return Finding(
        "home",
        f"others on this machine can read {home}",
        good=False,
        how=f"chmod 700 {home}",
        mend=lambda: home.chmod(0o700),
    )


def _room() -> Finding:
    free = shutil.disk_usage(settings.KEPT_HOME).free
    said = f"{free / 1024**3:,.1f} GB free"
    if free < ROOM:
        return Finding("disk", said, good=False, how="Make room where KEPT_HOME lies, or move it to a larger disk.")
    return Finding("disk", said)


def _database() -> Finding:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return Finding("database", "there is none yet", good=False, how="`kept setup` makes it, with your firm.")
    try:
        connection.ensure_connection()
        waiting = preparing.unapplied()
    except DatabaseError as fault:
        how = "Start the database, or mend DATABASE_URL."
        return Finding("database", f"it does not answer: {' '.join(str(fault).split())}", good=False, how=how)
    if waiting:
        said = f"{len(waiting)} changes to its tables are waiting"
        return Finding("database", said, good=False, how="`kept prepare`", mend=_prepare)
    return Finding("database", f"{connection.display_name} answers and is up to date")


def _static() -> Finding:
    if preparing.not_laid_out():
        said = "styles and scripts are not laid out as this version has them"
        return Finding("static files", said, good=False, how="`kept prepare`, or start `kept serve`", mend=_prepare)
    return Finding("static files", "as this version has them")


def _address() -> Finding:
    address = urlsplit(settings.KEPT_URL)
    if settings.DEBUG:
        return Finding("address", "faults are shown to everybody", good=False, how="Unset KEPT_DEBUG.")
    if address.scheme == "https":
        return Finding("address", settings.KEPT_URL)
    if address.hostname in LOOPBACK:
        return Finding("address", f"{settings.KEPT_URL}, for this machine only")
    how = "Put a server with a certificate before it, and set KEPT_URL=https://... and KEPT_BEHIND_PROXY=yes."
    return Finding("address", f"{settings.KEPT_URL} sends passwords in the clear", good=False, how=how)


def _mail() -> Finding:
    if not settings.MAIL_IS_SET_UP:
        how = "Set KEPT_SMTP_HOST, and KEPT_SMTP_PORT, KEPT_SMTP_USER, KEPT_SMTP_PASSWORD_FILE where it asks for them."
        return Finding("mail", "not set up; codes for signing in are printed by `kept serve`", good=False, how=how)
    server = f"{settings.MAIL_HOST} port {settings.MAIL_PORT}"
    try:
        line = mailers.default
        line.open()
        line.close()
    except (OSError, smtplib.SMTPException) as fault:
        how = "Mend KEPT_SMTP_HOST, _PORT, _USER, _PASSWORD or _TLS; codes for signing in do not arrive until then."
        return Finding("mail", f"{server} does not take our letters: {fault}", good=False, how=how)
    return Finding("mail", f"{server} takes our letters")


def _firm() -> Finding:
    firm = Firm.objects.first()
    if firm is None:
        return Finding("firm", "none is founded", good=False, how="`kept setup`")
    return Finding("firm", f"{firm.name}{', the demo' if firm.is_demo else ''}")


def _worker() -> Finding:
    try:
        # the worker lives behind another door; commands are where they meet
        with Path(os.devnull).open("w") as nowhere:
            call_command("worker", status=True, stdout=nowhere)
    except CommandError:
        how = "`kept serve` starts one; on further hosts `kept worker`."
        return Finding("worker", "none is alive, so nothing that recurs is done", good=False, how=how)
    return Finding("worker", "alive")


def _jobs() -> Finding:
    said, mend = queue_said(at=now())
    return Finding("jobs", said, good=not mend, how=mend)


def _standing(what: str, said: str, mend: str) -> Finding:
    return Finding(what, said, good=not mend, how=mend)


def _sums() -> Iterator[Finding]:
    for what, differ, mend in sums():
        if not differ:
            yield Finding(f"sums of {what}", "as the facts have them")
            continue
        yield Finding(
            f"sums of {what}",
            f"{differ} differ from the facts",
            good=False,
            how="`kept doctor --mend` counts them afresh.",
            mend=mend,
        )


def _prepare() -> None:
    preparing.prepare(quiet=True)
