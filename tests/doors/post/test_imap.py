"""Fetching from a real server: everything comes once, nothing is marked, and what happens to the line is survived."""

from datetime import timedelta

import pytest

from kept.doors.post import fetching
from kept.doors.post.imap import signed_in
from kept.doors.post.looking import look_into
from kept.doors.post.reading import read_arrivals
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.mailboxes.models import Arrival, Folder, Mailbox, Security
from tests.doors.post.boxes import CLEO, mail, mailbox
from tests.doors.post.cable import cut_after, doubling, laid
from tests.mailserver import Server, needs_dovecot
from tests.studio import NOW, Studio

pytestmark = needs_dovecot
HOUR = timedelta(hours=1)


def ids() -> set[str]:
    return set(Message.objects.values_list("message_id", flat=True))


def look(box: Mailbox) -> str:
    """Look into it; answers the trouble, if any."""
    look_into(box)
    box.refresh_from_db()
    return box.trouble


def test_mail_becomes_a_message_and_nothing_is_marked(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="one"), mail(id="two", after="one", subject="Re: Drafts"))
    assert look(box) == ""
    assert ids() == {"one", "two"}
    assert Message.objects.get(message_id="one").contact == studio.cleo
    assert not Arrival.objects.exists()
    assert Folder.objects.get(name="INBOX").last_uid == 2
    assert not any(b"Seen" in line for line in server.flags(box.address))


def test_looking_again_fetches_nothing_twice(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="one"))
    look(box)
    with signed_in(box) as line:
        assert list(fetching.loads(box, line, at=NOW)) == []
    server.deliver(box.address, mail(id="two"))
    with signed_in(box) as line:
        assert list(fetching.loads(box, line, at=NOW)) == [1]
    read_arrivals(at=NOW)
    assert ids() == {"one", "two"}


def test_what_we_sent_from_elsewhere_is_ours(server: Server, studio: Studio) -> None:
    box = mailbox(server, address="post@elsewhere.example")
    server.deliver(box.address, mail(id="one", to=box.address))
    server.put(box.address, mail(f"Studio <{box.address}>", to=CLEO, id="two", after="one"), folder="Gesendet")
    look(box)
    sent = Message.objects.get(message_id="two")
    assert sent.direction == Direction.OUT
    assert sent.conversation.messages.count() == 2


def test_only_the_chosen_folders_are_read(server: Server, studio: Studio) -> None:
    box = mailbox(server, folders=["Klienten & Ähnliches"])
    server.deliver(box.address, mail(id="one"))
    server.put(box.address, mail(id="two"), folder='"Klienten &- &AMQ-hnliches"')
    assert look(box) == ""
    assert ids() == {"two"}


def test_older_mail_comes_in_as_history(server: Server, studio: Studio) -> None:
    box = mailbox(server, quiet_before=NOW - HOUR)
    server.deliver(box.address, mail(id="old", at=NOW - 2 * HOUR), mail(id="new", at=NOW))
    look(box)
    assert dict(Message.objects.values_list("message_id", "quiet")) == {"old": True, "new": False}


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.PLAIN])
def test_a_line_may_become_encrypted_later_or_stay_on_this_machine(
    server: Server, studio: Studio, security: Security
) -> None:
    box = mailbox(server, security=security, port=server.port)
    server.deliver(box.address, mail(id="one"))
    assert look(box) == ""
    assert ids() == {"one"}


def test_when_numbers_count_anew_nothing_is_fetched_twice_and_nothing_is_lost(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, *(mail(id=f"m{number}") for number in range(5)))
    look(box)
    server.admin("mailbox", "update", "-u", box.address, "--uid-validity", "77777", "INBOX")
    server.deliver(box.address, mail(id="late"))
    with signed_in(box) as line:
        assert sum(fetching.loads(box, line, at=NOW)) == 1
    read_arrivals(at=NOW)
    assert Message.objects.count() == 6
    assert Folder.objects.get(name="INBOX").uidvalidity == 77777


def test_the_same_mail_in_two_folders_or_two_mailboxes_comes_once(server: Server, studio: Studio) -> None:
    one, other = mailbox(server, folders=["INBOX", "Archive"]), mailbox(server)
    server.deliver(one.address, mail(id="one"))
    server.put(one.address, mail(id="one"), folder="Archive")
    server.deliver(other.address, mail(id="one"))
    look(one)
    look(other)
    assert Message.objects.count() == 1


def test_mail_that_was_moved_meanwhile_comes_once(server: Server, studio: Studio) -> None:
    box = mailbox(server, folders=["INBOX", "Done"])
    server.put(box.address, mail(id="before"), folder="Done")
    server.deliver(box.address, mail(id="one"), mail(id="two"))
    look(box)
    with server.program(box.address) as line:
        line.select("INBOX")
        assert line.uid("MOVE", "1:2", "Done")[0] == "OK"
    assert look(box) == ""
    assert ids() == {"before", "one", "two"}
    assert Message.objects.count() == 3


def test_mail_that_vanishes_between_two_words_is_no_trouble(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="gone"), mail(id="there"))
    with signed_in(box) as line, server.program(box.address) as program:
        started = fetching.loads(box, line, at=NOW)
        program.select("INBOX")
        program.store("1", "+FLAGS", "\\Deleted")
        program.expunge()
        list(started)
    read_arrivals(at=NOW)
    assert ids() == {"there"}
    assert not Arrival.objects.exists()


def test_a_line_that_breaks_in_the_middle_of_a_mail_loses_and_doubles_nothing(server: Server, studio: Studio) -> None:
    box = mailbox(server, security=Security.PLAIN)
    server.deliver(box.address, *(mail(id=f"m{number}", text="x" * 60 + "\n" * 3000) for number in range(40)))
    for much in (2_000, 20_000, 60_000, 90_000, 100_000):
        with laid(server.port, cut_after(much)) as cable:
            Mailbox.objects.update(port=cable.port)
            box.refresh_from_db()
            assert "broke off" in look(box)
    Mailbox.objects.update(port=server.port)
    box.refresh_from_db()
    assert look(box) == ""
    assert Message.objects.count() == 40
    assert not Arrival.objects.exists()


def test_a_server_that_says_everything_twice_is_heard_once(server: Server, studio: Studio) -> None:
    box = mailbox(server, security=Security.PLAIN)
    server.deliver(box.address, mail(id="one"), mail(id="two"))
    with laid(server.port, doubling) as cable:
        Mailbox.objects.update(port=cable.port)
        box.refresh_from_db()
        assert look(box) == ""
    assert Message.objects.count() == 2


def test_a_restart_of_the_server_is_survived(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="one"))
    look(box)
    server.stop()
    try:
        assert look(box).startswith("Nothing answers at 127.0.0.1")
        assert box.trouble_since
    finally:
        server.start()
    server.deliver(box.address, mail(id="two"))
    assert look(box) == ""
    assert ids() == {"one", "two"}


def test_a_very_large_mail_comes_in(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(id="large", file=bytes(range(256)) * 73_000), mail(id="small"))
    assert look(box) == ""
    assert Message.objects.get(message_id="large").size > 25_000_000
    assert ids() == {"large", "small"}


def test_a_mail_beyond_all_measure_stays_on_the_server_and_is_told(
    server: Server, studio: Studio, settings: object
) -> None:
    settings.LARGEST_MAIL = 1_000_000  # type: ignore[attr-defined]
    box = mailbox(server)
    server.deliver(box.address, mail(id="large", file=b"x" * 2_000_000), mail(id="small"))
    assert look(box) == ""
    assert ids() == {"small"}
    assert Arrival.objects.get().trouble.startswith("It is 2 MB large and was left on the server")
    settings.LARGEST_MAIL = 10_000_000  # type: ignore[attr-defined]
    look(box)
    assert ids() == {"large", "small"}


def test_what_cannot_be_read_waits_apart_and_stops_no_other(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.put(box.address, b"%PDF-1.7\nno mail at all\n")
    server.deliver(box.address, mail(id="one"))
    assert look(box) == ""
    assert ids() == {"one"}
    assert Arrival.objects.get().trouble == "It is a PDF. Only mail can be read here."
    assert read_arrivals(at=NOW, again=True)["troubled"] == 1
    assert Arrival.objects.count() == 1


def test_a_conversation_is_one_however_its_mails_come(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    chain = [mail(id=f"c{n}", after=" ".join(f"c{m}" for m in range(n)), at=NOW + n * HOUR) for n in range(6)]
    for each in reversed(chain):
        server.deliver(box.address, each)
        look(box)
    assert Conversation.objects.count() == 1
