"""A link that is its reader's alone: it goes by the real server, and lies in nothing that we keep."""

from collections.abc import Iterator

import pytest

from kept.doors.post import sending
from kept.doors.post.composing import compose
from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.flows.address_book import AddressBook
from kept.flows.receive_mail import Incoming, Terms, receive
from kept.ledgers.conversations.models import Body
from kept.ledgers.conversations.originals import original_of
from kept.ledgers.letters import deciding, verbs
from kept.ledgers.letters.linking import HERE, link_of, row_of
from kept.ledgers.letters.models import Form, Letter
from tests import smtpserver
from tests.cast import NOW, Studio
from tests.doors.post.outbox import Clock, clock, mailbox
from tests.ledgers.telling import everything
from tests.smtpserver import Server

__all__ = ["clock"]
LINK = "https://kept.example/pulse/aVeryLongTokenThatNobodyGuesses/"


@pytest.fixture
def server() -> Iterator[Server]:
    with smtpserver.running(password=True) as running:
        yield running


@pytest.fixture
def letter(studio: Studio, server: Server) -> Letter:
    mailbox(server)
    words = f"Dear Cleo,\n\n{row_of('delighted')}\n\nOr here:\n{HERE}\n\nAda"
    row = verbs.begin(
        form=Form.NEW, by=studio.ada, at=NOW, client=studio.borealis, to=[("Cleo North", "cleo@borealis.example")],
        subject="How does it feel?", words=words, automatic=True, link=LINK,
    )  # fmt: skip
    return verbs.send_off(row, by=studio.ada, at=NOW)


def test_it_goes_once_in_plain_words_and_eleven_times_more_as_a_row(
    letter: Letter, server: Server, clock: Clock
) -> None:
    assert sending.send_due()["gone"] == 1
    plain, page = (part.get_content() for part in server.taken[0].mail.iter_parts())
    assert plain.replace("\r\n", "\n") == f"Dear Cleo,\n\nOr here:\n{LINK}\n\nAda\n"
    assert page.count(f'href="{LINK}"') == 1
    assert [page.count(f'href="{LINK}?delighted={mark}"') for mark in range(11)] == [1] * 11
    assert "<img" not in page
    assert HERE not in page


def test_nothing_that_we_keep_holds_it_before_or_after(letter: Letter, server: Server, clock: Clock) -> None:
    assert "aVeryLong" not in str(everything())
    assert link_of(letter) == LINK
    sending.send_due()
    letter.refresh_from_db()
    assert letter.message
    assert (letter.link, link_of(letter)) == ("", "")
    assert "aVeryLong" not in str(everything())
    kept = original_of(letter.message)
    assert b"aVeryLong" not in kept
    assert HERE in letter.message.body.text


def test_the_servers_own_copy_that_comes_in_before_loses_it_too(letter: Letter, server: Server, clock: Clock) -> None:
    sent = compose(letter, link=LINK).content
    copy = Incoming(parse(Raw(source="sent", content=sent)), sent)
    receive([copy], book=AddressBook.load(batch=None, at=NOW), terms=Terms())
    assert "aVeryLong" in Body.objects.get().text
    sending.send_due()
    letter.refresh_from_db()
    assert letter.message
    assert "aVeryLong" not in str(everything())
    assert b"aVeryLong" not in original_of(letter.message)


def test_a_try_that_failed_keeps_it_for_the_next(letter: Letter, server: Server, clock: Clock) -> None:
    server.answer_data.append("451 Come back later")
    assert sending.send_due()["gone"] == 0
    letter.refresh_from_db()
    assert link_of(letter) == LINK
    clock.wait(minutes=2)
    assert sending.send_due()["gone"] == 1
    assert LINK.encode() in server.taken[0].content.replace(b"=\n", b"").replace(b"=\r\n", b"")


def test_of_a_letter_that_may_have_gone_it_is_kept_until_somebody_knows(
    letter: Letter, server: Server, clock: Clock, studio: Studio
) -> None:
    server.drop.append("lost")
    sending.send_due()
    letter.refresh_from_db()
    assert link_of(letter) == LINK
    deciding.it_went(letter, by=studio.ada, at=clock.at)
    letter.refresh_from_db()
    assert letter.link == ""
