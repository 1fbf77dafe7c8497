"""Letters through a real SMTP server: they arrive once, wait when it is busy, and say what became of them."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from kept.doors.post import sending, smtp
from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.flows.address_book import AddressBook
from kept.flows.receive_mail import Incoming, Terms, receive
from kept.ledgers.conversations.models import Direction, FollowUp, Message
from kept.ledgers.letters import deciding, trying, verbs
from kept.ledgers.letters.models import Bounce, Letter
from kept.ledgers.mailboxes.models import Security
from tests import smtpserver
from tests.cast import NOW, Studio, london, wrote
from tests.doors.post.outbox import ADDRESS, Clock, clock, mailbox, on_its_way
from tests.ledgers.telling import told
from tests.smtpserver import Server

__all__ = ["clock"]
NILS, ANN = "nils@borealis.example", "ann@borealis.example"


@pytest.fixture
def server() -> Iterator[Server]:
    with smtpserver.running(password=True) as running:
        yield running


@pytest.fixture(autouse=True)
def _sign_in_in_the_clear(server: Server, studio: Studio) -> None:
    mailbox(server)


def asked(s: Studio) -> Message:
    return wrote(s.borealis, by=s.cleo, at=london(19, "15:00"))


def test_a_letter_arrives_once_and_is_a_message(studio: Studio, server: Server, clock: Clock) -> None:
    message = asked(studio)
    letter = on_its_way(studio, message, bcc=[("", "archive@larkfield.example")], follow_up_at=london(27))
    with told("letters.go"):
        assert sending.send_due() == {"tried": 1, "gone": 1, "filed": 0}
        assert sending.send_due()["tried"] == 0
    (taken,) = server.taken
    assert (taken.sender, taken.user) == (ADDRESS, ADDRESS)
    assert taken.receivers == ["cleo@borealis.example", "archive@larkfield.example"]
    assert b"archive@" not in taken.content
    letter.refresh_from_db()
    assert (letter.accepted_at, letter.trying_since, letter.tries) == (clock.at, None, 1)
    filed = letter.message
    assert filed is not None
    assert (filed.conversation, filed.direction, filed.member) == (message.conversation, Direction.OUT, studio.bo)
    assert (filed.body.visible, filed.message_id, filed.at) == (
        "Here it is.\n\nWarmly, Bo",
        letter.mail_id,
        letter.go_at,
    )
    message.conversation.refresh_from_db()
    assert message.conversation.settled_until == filed.at
    assert FollowUp.objects.get(message=filed).due_at == london(27)


def test_nothing_goes_within_the_ten_seconds(studio: Studio, server: Server, clock: Clock) -> None:
    letter = on_its_way(studio)
    clock.at = NOW + timedelta(seconds=9)
    assert sending.send_due()["tried"] == 0
    verbs.call_back(letter, by=studio.bo, at=clock.at)
    clock.wait(hours=1)
    assert sending.send_due()["tried"] == 0
    assert not server.taken


def test_the_copy_from_the_folder_of_sent_mail_is_the_same_letter(studio: Studio, server: Server, clock: Clock) -> None:
    on_its_way(studio, asked(studio))
    sending.send_due()
    copy = _as_received(b"Received: by the mailbox\r\n" + server.taken[0].content)
    assert receive([copy], book=AddressBook.load(batch=None, at=NOW), terms=Terms()).known == 1


def test_a_copy_that_comes_in_first_is_taken_for_the_letter(studio: Studio, server: Server, clock: Clock) -> None:
    message = asked(studio)
    letter = on_its_way(studio, message)
    copy = _as_received(b"Received: by the mailbox\r\n" + sending.compose(letter).content)
    receive([copy], book=AddressBook.load(batch=None, at=NOW), terms=Terms())
    sending.send_due()
    letter.refresh_from_db()
    assert Message.objects.filter(direction=Direction.OUT).get() == letter.message
    assert letter.message
    assert letter.message.member == studio.bo


def _as_received(content: bytes) -> Incoming:
    return Incoming(parse(Raw(source="sent", content=content)), content)


@pytest.mark.parametrize("answers", [["421 Come back"], ["451 4.7.1 Greylisted", "451 4.7.1 Still"]])
def test_a_busy_server_is_asked_again_later(studio: Studio, server: Server, clock: Clock, answers: list[str]) -> None:
    letter = on_its_way(studio)
    server.answer_data += answers
    for pause in (1, 2, 4):
        if not server.answer_data:
            break
        assert sending.send_due() == {"tried": 1, "gone": 0, "filed": 0}
        letter.refresh_from_db()
        assert letter.next_try_at == clock.at + timedelta(minutes=pause)
        assert "did not take the letter: 4" in letter.trouble
        assert (letter.data_began_at, letter.trying_since) == (None, None)
        assert sending.send_due()["tried"] == 0
        clock.wait(minutes=pause)
    assert sending.send_due()["gone"] == 1
    assert len(server.taken) == 1


def test_after_two_days_it_is_given_up_and_can_be_tried_anew(studio: Studio, server: Server, clock: Clock) -> None:
    letter = on_its_way(studio)
    server.answer_mail += ["451 Busy"] * 40
    tries = 0
    while not Letter.objects.refused().exists():
        tries += sending.send_due()["tried"]
        clock.wait(minutes=30)
    letter.refresh_from_db()
    assert 15 < tries < 25
    assert letter.trouble.endswith("Kept tried for two days and gave up.")
    server.answer_mail.clear()
    deciding.try_now(letter, by=studio.bo, at=clock.at)
    assert sending.send_due()["gone"] == 1


def test_a_refusal_for_good_is_told_at_once(studio: Studio, server: Server, clock: Clock) -> None:
    letter = on_its_way(studio)
    server.answer_data.append("554 5.7.1 Looks like advertising")
    with told("letters.refuse"):
        sending.send_due()
    letter.refresh_from_db()
    assert letter.refused_at == clock.at
    assert letter.trouble == "The server did not take the letter: 554 5.7.1 Looks like advertising"
    clock.wait(days=1)
    assert sending.send_due()["tried"] == 0
    with told("letters.write_anew"):
        for _ in range(2):
            deciding.write_anew(letter, by=studio.bo, at=clock.at)
    verbs.keep(letter, at=clock.at, words="Fewer words")
    verbs.send_off(letter, by=studio.bo, at=clock.at)
    clock.wait(minutes=1)
    assert sending.send_due()["gone"] == 1


class TestReceivers:
    def test_one_that_is_not_known_there_does_not_keep_it_from_the_others(
        self, studio: Studio, server: Server, clock: Clock
    ) -> None:
        letter = on_its_way(studio, cc=[("Nils", NILS), ("Ann", ANN)])
        server.answer_rcpt[NILS] = ["550 5.1.1 No such person"]
        sending.send_due()
        assert server.taken[0].receivers == ["cleo@borealis.example", ANN]
        bounce = Bounce.objects.get(letter=letter)
        assert (bounce.email, bounce.said, bounce.for_good) == (NILS, "550 5.1.1 No such person", True)

    def test_all_wait_for_one_that_is_greylisted_but_not_for_ever(
        self, studio: Studio, server: Server, clock: Clock
    ) -> None:
        on_its_way(studio, cc=[("Nils", NILS)])
        server.answer_rcpt[NILS] = ["450 4.7.1 Greylisted"] * 4
        for _ in range(3):
            assert sending.send_due()["gone"] == 0
            clock.wait(hours=1)
        assert sending.send_due()["gone"] == 1
        assert server.taken[0].receivers == ["cleo@borealis.example"]
        assert Bounce.objects.get().status == "4.0.0"

    def test_nobody_taken_for_good_is_a_refusal(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        server.answer_rcpt["cleo@borealis.example"] = ["550 5.1.1 Gone"]
        sending.send_due()
        letter.refresh_from_db()
        assert letter.trouble == "Nobody it is for was taken. cleo@borealis.example: 550 5.1.1 Gone"
        assert not server.taken


class TestBrokenConnections:
    def test_before_the_last_word_it_is_sent_again(
        self, studio: Studio, server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        letter = on_its_way(studio, words="A long line.\n" * 1000)
        # else all of it would lie in the buffers of this machine before the server hangs up
        monkeypatch.setattr(smtp, "PIECE", 1000)
        monkeypatch.setattr(sending._Alive, "go_on", lambda alive: time.sleep(0.05))
        server.drop.append("before")
        assert sending.send_due()["gone"] == 0
        letter.refresh_from_db()
        assert (letter.data_began_at, letter.trouble) == (None, "The connection to 127.0.0.1 broke off.")
        clock.wait(minutes=1)
        monkeypatch.undo()
        monkeypatch.setattr(sending, "now", clock)
        assert sending.send_due()["gone"] == 1
        assert len(server.taken) == 1

    @pytest.mark.parametrize("fate", ["after", "lost"])
    def test_after_it_nobody_knows_and_nothing_is_sent_twice(
        self, studio: Studio, server: Server, clock: Clock, fate: str
    ) -> None:
        letter = on_its_way(studio)
        server.drop.append(fate)
        sending.send_due()
        clock.wait(days=3)
        assert sending.send_due()["tried"] == 0
        assert Letter.objects.uncertain(clock.at).get() == letter
        assert len(server.taken) == (fate == "after")

    def test_it_went_makes_a_message_of_it(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio, asked(studio), follow_up_at=london(27))
        server.drop.append("after")
        sending.send_due()
        with told("letters.it_went"):
            for _ in range(2):
                deciding.it_went(letter, by=studio.bo, at=clock.at)
        assert sending.send_due() == {"tried": 0, "gone": 0, "filed": 1}
        letter.refresh_from_db()
        assert letter.message
        assert letter.message.message_id == letter.mail_id
        assert FollowUp.objects.count() == 1
        assert sending.send_due()["filed"] == 0

    def test_send_again_sends_the_same_letter(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        server.drop.append("after")
        sending.send_due()
        with told("letters.send_again"):
            for _ in range(2):
                deciding.send_again(letter, by=studio.bo, at=clock.at)
        assert sending.send_due()["gone"] == 1
        first, second = server.taken
        assert first.content == second.content
        with pytest.raises(verbs.TooLate):
            deciding.give_up(letter, by=studio.bo, at=clock.at)

    def test_nothing_listens(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        letter.mailbox.smtp_port = 1  # type: ignore[union-attr]
        letter.mailbox.save()  # type: ignore[union-attr]
        sending.send_due()
        letter.refresh_from_db()
        assert letter.trouble.startswith("Nothing answers at 127.0.0.1, port 1.")


class TestSeveralWorkers:
    def test_a_try_is_taken_by_one(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        first = trying.begin(letter.pk, at=clock.at, lease=sending.LEASE)
        assert first is not None
        assert sending.send_due()["tried"] == 0
        clock.wait(seconds=sending.LEASE.total_seconds() - 1)
        trying.go_on(first, at=clock.at)
        clock.wait(seconds=60)
        assert sending.send_due()["tried"] == 0

    def test_one_that_was_thought_dead_sends_nothing_more(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        slow = trying.begin(letter.pk, at=clock.at, lease=sending.LEASE)
        assert slow is not None
        clock.wait(seconds=sending.LEASE.total_seconds() + 1)
        assert sending.send_due()["gone"] == 1
        for act in (trying.go_on, trying.last_word):
            with pytest.raises(trying.Lost):
                act(slow, at=clock.at)
        trying.put_off(slow, why="x", at=clock.at)
        trying.refuse(slow, why="x", at=clock.at)
        letter.refresh_from_db()
        assert (letter.trouble, letter.refused_at) == ("", None)

    @pytest.mark.django_db(transaction=True)
    def test_of_five_at_once_one_sends(self, studio: Studio, server: Server, clock: Clock) -> None:
        letters = [on_its_way(studio) for _ in range(6)]

        def work() -> None:
            try:
                sending.send_due()
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _ in range(5)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sorted(taken.id for taken in server.taken) == sorted(f"<{letter.mail_id}>" for letter in letters)


class TestWaysOut:
    def test_a_wrong_password_waits_for_a_better_one(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        letter.mailbox.secret = "gibberish"  # type: ignore[union-attr]
        letter.mailbox.save()  # type: ignore[union-attr]
        sending.send_due()
        letter.refresh_from_db()
        assert "KEPT_SECRETS" in letter.trouble
        from kept.kit.secrets import close

        letter.mailbox.secret = close("wrong")  # type: ignore[union-attr]
        letter.mailbox.save()  # type: ignore[union-attr]
        clock.wait(minutes=1)
        sending.send_due()
        letter.refresh_from_db()
        assert letter.trouble == (
            "127.0.0.1 did not let hello@larkfield.example in. Check the name and the password of the mailbox."
        )

    def test_no_password_goes_over_an_open_line_to_another_machine(
        self, studio: Studio, server: Server, clock: Clock
    ) -> None:
        letter = on_its_way(studio)
        letter.mailbox.smtp_host = "mail.larkfield.example"  # type: ignore[union-attr]
        letter.mailbox.save()  # type: ignore[union-attr]
        sending.send_due()
        letter.refresh_from_db()
        assert "would get the password in the clear" in letter.trouble

    def test_a_server_that_offers_no_encryption_gets_nothing(
        self, studio: Studio, server: Server, clock: Clock
    ) -> None:
        letter = on_its_way(studio)
        letter.mailbox.smtp_security = Security.STARTTLS  # type: ignore[union-attr]
        letter.mailbox.save()  # type: ignore[union-attr]
        sending.send_due()
        letter.refresh_from_db()
        assert "does not offer what was asked of it" in letter.trouble
        assert not server.taken

    def test_a_firm_without_any_server_is_told_so(self, studio: Studio, server: Server, clock: Clock) -> None:
        letter = on_its_way(studio)
        letter.mailbox.smtp_host = ""  # type: ignore[union-attr]
        letter.mailbox.save()  # type: ignore[union-attr]
        sending.send_due()
        letter.refresh_from_db()
        assert letter.trouble.startswith("There is no server for outgoing mail.")


def test_what_a_server_says_steers_nothing() -> None:
    assert smtp._plain(b"5.1.1\x1b[31m No\r\nsuch person") == "5.1.1 [31m No such person"
