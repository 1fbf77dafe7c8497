"""Mail through a real IMAP server: `.venv/bin/python -m bench.mailboxes` in a home of its own, on SQLite.

Milliseconds of processor a mail through IMAP and from files, messages a second of `kept reparse`, the peak of memory
for a mail of 25 MB, and the time from delivery to the message while somebody listens.
"""

import os
import random
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

HELLO = "hello@bench.example"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kept-bench-") as home:
        os.environ |= {"KEPT_HOME": home, "DJANGO_SETTINGS_MODULE": "kept.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        from tests.mailserver import PROGRAM, running

        call_command("migrate", verbosity=0)
        if not PROGRAM:
            print("No Dovecot on this machine; nothing was measured.")
            return
        with running() as server:
            measure(server, Path(home))


def measure(server: object, home: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from bench import imports
    from kept.doors.post import files
    from kept.doors.post.looking import look_into
    from kept.doors.post.reparse import reparse
    from kept.kit import clock
    from kept.ledgers.conversations.models import Conversation, Message

    settings.MAIL_CA = str(server.authority)  # type: ignore[attr-defined]
    mbox = home / "bench.mbox"
    imports.write_mbox(mbox, random.Random(7))
    box = connect(server)
    spent = cpu(lambda: call_command("import_mail", str(mbox), "--json", stdout=(home / "out").open("w")))
    print(f"from files: {1000 * spent / imports.LETTERS:.2f} ms of processor a mail")
    spent = cpu(lambda: reparse(at=clock.now()))
    print(f"reparse: {imports.LETTERS / spent:,.0f} messages a second of processor")
    Message.objects.all().delete()
    Conversation.objects.all().delete()
    server.lay(HELLO, *(raw.content.replace(b"\n", b"\r\n") for raw in files.read([mbox])))  # type: ignore[attr-defined]
    spent = cpu(lambda: look_into(box))
    print(f"through IMAP: {1000 * spent / imports.LETTERS:.2f} ms of processor a mail, {Message.objects.count()} came")
    print(f"from delivery to the message: {listened(server):.0f} ms in the middle of nine")
    large(server, box)


def connect(server: object) -> object:
    from kept.kit import clock
    from kept.kit.secrets import close
    from kept.ledgers.mailboxes.models import Mailbox
    from tests.mailserver import PASSWORD

    facts = {"host": "127.0.0.1", "port": server.tls_port, "username": HELLO, "secret": close(PASSWORD)}  # type: ignore[attr-defined]
    return Mailbox.objects.create(address=HELLO, added_at=clock.now(), quiet_before=clock.now(), **facts)


def listened(server: object) -> float:
    """Milliseconds, the median of nine."""
    from kept.doors.post import watching
    from kept.ledgers.conversations.models import Message

    stop = threading.Event()
    threading.Thread(target=watching.watch, args=[stop], daemon=True).start()
    time.sleep(5)
    waits = []
    for number in range(9):
        server.deliver(HELLO, f"From: a@b.example\r\nMessage-ID: <late-{number}@b>\r\n\r\nHello.".encode())  # type: ignore[attr-defined]
        began = time.perf_counter()
        while not Message.objects.filter(message_id=f"late-{number}@b").exists():
            time.sleep(0.005)
        waits.append(1000 * (time.perf_counter() - began))
        time.sleep(0.5)
    stop.set()
    time.sleep(2)
    return statistics.median(waits)


def large(server: object, box: object) -> None:
    from kept.doors.post.looking import look_into
    from kept.ledgers.conversations.models import Message
    from tests.doors.post.boxes import mail

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    server.lay(HELLO, mail(id="large", file=os.urandom(18_500_000)))  # type: ignore[attr-defined]
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = os.fork()
    if not child:
        from django.db import connections

        connections.close_all()
        spent = cpu(lambda: look_into(box))  # type: ignore[arg-type]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = Message.objects.get(message_id="large").size
        print(f"a mail of {size / 1e6:.0f} MB: {spent:.1f} s of processor, peak {peak / 1024:.0f} MB", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    print(f"  (before it {before / 1024:.0f} MB; {made / 1024:.0f} MB with the mail made for it)")


def cpu(act: Callable[[], object]) -> float:
    """Seconds of processor that it took."""
    began = time.process_time()
    act()
    return time.process_time() - began


if __name__ == "__main__":
    main()
