"""A real Dovecot for a test: its own folder and ports on the loopback, TLS with a certificate made for the run.

    with mailserver.running() as server:
        server.deliver("ada@larkfield.example", mail)          # by LMTP, as a mail server would
        server.put("ada@larkfield.example", mail, folder="Sent")   # as a mail program would

Every address exists, with the password `PASSWORD` (or `FOREIGN`); what was delivered outlives a restart.
"""

import grp
import imaplib
import os
import pwd
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from tests.mailserver_config import CONFIG, TOKENS, certify

PASSWORD = "an-apple-a-day"
FOREIGN = "ein-apfel-für-jeden-tag"  # the other password there is: not all fit into the command LOGIN
TOKEN = "token-of-the-day"
PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
ADMIN = shutil.which("doveadm", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin")
needs_dovecot = pytest.mark.skipif(
    not PROGRAM, reason="no Dovecot on this machine: install Debian's packages dovecot-imapd and dovecot-lmtpd"
)


@dataclass
class Server:
    """A running Dovecot: where it listens, and what can be done to it."""

    folder: Path
    port: int
    tls_port: int
    lmtp_port: int
    account: str | None

    @property
    def authority(self) -> Path:
        """The certificate to trust, for KEPT_MAIL_CA."""
        return self.folder / "authority.pem"

    def deliver(self, address: str, *mails: bytes) -> None:
        """Hand the mails over by LMTP: each has come when this returns."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as line:
            for mail in mails:
                line.sendmail("sender@elsewhere.example", [address], mail)

    def lay(self, address: str, *mails: bytes) -> None:
        """Lay the mails into INBOX as files, all at once, as a Maildir allows: for many of them."""
        place = self.folder / "mail" / address / "Maildir"
        if not place.exists():
            self.deliver(address, b"Subject: The first\r\n\r\n")
            with self.program(address) as box:
                box.select("INBOX")
                box.store("1", "+FLAGS", "\\Deleted")
                box.expunge()
        owner = place.stat()
        for number, mail in enumerate(mails):
            name = f"{time.time_ns()}.M{number:06}.kept"
            file = place / "tmp" / name
            file.write_bytes(mail)
            os.chown(file, owner.st_uid, owner.st_gid)
            file.rename(place / "new" / name)

    def put(self, address: str, *mails: bytes, folder: str = "INBOX", at: datetime | None = None) -> None:
        """Lay the mails into a folder, which is made if need be, as a mail program does."""
        with self.program(address) as box:
            if box.select(folder)[0] != "OK":
                box.create(folder)
            for mail in mails:
                moment = imaplib.Time2Internaldate(at or datetime.now(UTC))
                assert box.append(folder, "", moment, mail)[0] == "OK"

    @contextmanager
    def program(self, address: str) -> Iterator[imaplib.IMAP4]:
        """Signed in as that address's own mail program."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=120) as box:
            box.authenticate("PLAIN", lambda _: f"\0{address}\0{PASSWORD}".encode())
            yield box

    def flags(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What is marked upon each mail."""
        with self.program(address) as box:
            box.select(folder, readonly=True)
            return [line for line in box.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]

    def admin(self, *words: str) -> str:
        """Run `doveadm words...`."""
        assert ADMIN
        done = subprocess.run([ADMIN, "-c", str(self.folder / "config"), *words], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        assert PROGRAM
        with (self.folder / "said").open("ab") as said:
            subprocess.run([PROGRAM, "-c", str(self.folder / "config")], check=True, stdout=said, stderr=said)
        for port in (self.port, self.tls_port, self.lmtp_port):
            _await(port)

    def stop(self) -> None:
        """End it, and every connection to it; harmless when it has ended."""
        named = self.folder / "run" / "master.pid"
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            master = psutil.Process(int(named.read_text()))
            children = master.children(recursive=True)
            master.terminate()
            # what serves a line that stands would outlive it for a while, as no machine does that is switched off
            for each in children:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            psutil.wait_procs([master, *children], timeout=60)
        named.unlink(missing_ok=True)

    def restart(self) -> None:
        """As when its machine is updated: every connection breaks, and for a moment nothing answers."""
        self.stop()
        self.start()


@contextmanager
def running(more: str = "", *, tokens: str = "") -> Iterator[Server]:
    """A fresh server; `more` are further lines of its configuration, `tokens` where it asks whether a token holds."""
    folder = Path(tempfile.mkdtemp(prefix="kept-dovecot-"))
    folder.chmod(0o755)
    server = Server(folder, *_free_ports(3), account=_account_that_may_run_it())
    try:
        if tokens:
            (folder / "tokens").write_text(f"tokeninfo_url = {tokens}\nusername_attribute = email\n")
            more += TOKENS.format(folder=folder)
        _lay_out(server, more)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(server: Server, more: str) -> None:
    certify(server.folder)
    account = pwd.getpwnam(server.account) if server.account else pwd.getpwuid(os.geteuid())
    mail = server.folder / "mail"
    mail.mkdir()
    os.chown(mail, account.pw_uid, account.pw_gid)
    root = os.geteuid() == 0
    chroot = "" if root else "chroot ="
    facts = {
        "folder": server.folder, "run": server.folder / "run", "uid": account.pw_uid, "gid": account.pw_gid,
        "login": "dovenull" if root else account.pw_name, "account": "dovecot" if root else account.pw_name,
        "group": "dovecot" if root else grp.getgrgid(account.pw_gid).gr_name,
        "password": PASSWORD, "foreign": FOREIGN, "chroot": chroot,
        "chroots": "" if root else "service anvil {\n  chroot =\n}", "more": more, "port": server.port,
        "tls_port": server.tls_port, "lmtp_port": server.lmtp_port,
    }  # fmt: skip
    (server.folder / "config").write_text(CONFIG.format(**facts))


def _account_that_may_run_it() -> str | None:
    """Dovecot refuses to touch mail as root; an account with no rights stands in."""
    return "nobody" if os.geteuid() == 0 else None


def _free_ports(many: int) -> list[int]:
    probes = [socket.socket() for _ in range(many)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _await(port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError(f"Dovecot does not answer at port {port}")


def context(server: Server) -> ssl.SSLContext:
    """What trusts this server, and no other."""
    return ssl.create_default_context(cafile=str(server.authority))
