"""Of a person's own mailbox only mail with people at clients comes in; of the rest nothing is ever stored."""

import threading

import pytest
from django.apps import apps

from kept.doors.post.looking import look_into
from kept.ledgers.conversations.models import Message
from kept.ledgers.mailboxes.models import Folder, Kind, Mailbox
from tests.doors.post.boxes import CLEO, HELLO, ZED, an_address, mail, mailbox
from tests.doors.post.cable import laid
from tests.mailserver import Server, needs_dovecot
from tests.studio import Studio

pytestmark = needs_dovecot
MARK = "appendicitis"


@pytest.fixture
def own(server: Server, studio: Studio) -> Mailbox:
    """Bo's own mailbox, on the server on which the studio has one too."""
    mailbox(server, address=HELLO)
    return mailbox(server, address=an_address(), kind=Kind.PERSONAL, member=studio.bo)


def ids() -> set[str]:
    return set(Message.objects.values_list("message_id", flat=True))


def whole_database() -> str:
    """Every value of every table, as text."""
    rows = (row for model in apps.get_models() for row in model._default_manager.values_list())
    return repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in rows])


def test_only_mail_with_people_at_clients_comes_in(server: Server, own: Mailbox, studio: Studio) -> None:
    me = own.address
    server.deliver(
        me,
        mail(CLEO, to=me, id="from-her"),
        mail("Noor <noor@borealis.example>", to=me, id="from-her-firm"),
        mail(ZED, to=f"{me}, {CLEO}", id="to-her-too"),
        mail(f"Bo <{me}>", to=ZED, id="to-a-friend"),
        mail(ZED, to=me, id="from-a-doctor", text=f"It is {MARK}.", subject=MARK),
        mail("Kit <kit@larkfield.example>", to=me, id="from-kit"),
    )
    assert look_into(own)
    assert ids() == {"from-her", "from-her-firm", "to-her-too"}
    assert Message.objects.get(message_id="from-her").contact == studio.cleo


def test_a_thread_that_is_ours_stays_whole(server: Server, own: Mailbox) -> None:
    server.deliver(own.address, mail(CLEO, to=own.address, id="one"))
    look_into(own)
    answer = mail(f"Bo <{own.address}>", to=ZED, id="two", after="one")
    server.put(own.address, answer, mail(ZED, id="three", after="one two"), mail(ZED, id="other"), folder="Gesendet")
    look_into(own)
    assert ids() == {"one", "two", "three"}
    assert Message.objects.get(message_id="two").member == own.member


def test_nothing_of_the_rest_is_ever_stored(server: Server, own: Mailbox) -> None:
    doctor = f"Doctor {MARK} <{MARK}@hospital.example>"
    for number in range(30):
        server.deliver(own.address, mail(doctor, to=own.address, id=f"{MARK}-{number}", text=MARK, subject=MARK))
        server.deliver(own.address, mail(CLEO, to=own.address, id=f"work-{number}"))
    look_into(own)
    assert Message.objects.count() == 30
    assert MARK not in whole_database()
    # it was seen and passed over, and is not asked for again
    assert Folder.objects.get(mailbox=own, name="INBOX").last_uid == 60


def test_the_rest_does_not_even_come_over_the_line(server: Server, own: Mailbox) -> None:
    server.deliver(own.address, mail(ZED, to=own.address, text=MARK, subject=MARK))
    server.deliver(own.address, mail(CLEO, to=own.address, text="Could you send the new drafts?"))
    said: list[bytes] = []
    lock = threading.Lock()

    def listening(piece: bytes) -> bytes:
        with lock:
            said.append(piece)
        return piece

    with laid(server.port, lambda: listening) as cable:
        Mailbox.objects.update(port=cable.port, security="plain")
        own.refresh_from_db()
        look_into(own)
    heard = b"".join(said)
    assert b"new drafts" in heard
    assert MARK.encode() not in heard


def test_an_address_of_a_client_behind_a_wall_opens_nothing(server: Server, studio: Studio) -> None:
    """Who is kept from a client cannot take their mail for one's own by naming their address as one's mailbox."""
    mailbox(server, address=HELLO)
    taken = mailbox(server, address="cora@cassini.example", kind=Kind.PERSONAL, member=studio.kit)
    server.deliver(taken.address, mail("Cora <cora@cassini.example>", id="hers"))
    look_into(taken)
    hers = Message.objects.get(message_id="hers")
    assert (hers.contact, hers.conversation.client) == (studio.cora, studio.cassini)
    assert not Message.objects.seen_by(studio.kit).exists()
