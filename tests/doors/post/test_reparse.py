"""`kept reparse`: today's parser reads everything again, people's words stand, and nothing is done twice."""

import io
import json
import random
import time
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from kept.doors.post import reparse as door
from kept.doors.post.reparse import reparse
from kept.kit import clock
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.contradicting import contradict
from kept.ledgers.conversations.models import Attachment, Body, Conversation, Message, Original, Request, Sentence
from kept.ledgers.conversations.noticed import About
from kept.ledgers.conversations.originals import CUT, original_of
from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.mailboxes.models import Arrival
from kept.readings.kept_by_client import ByClient, Clients, newest
from tests.doors.clock.test_leases import until
from tests.flows.post import letter, received
from tests.flows.test_keep_files import PLAN, WORDS, with_files
from tests.killing import nursery, this_database
from tests.ledgers.acts_of_mail import account
from tests.ledgers.telling import everything, told
from tests.studio import NOW, Studio, set_up_studio

CLEO = "Cleo North <cleo@borealis.example>"
MANY = door.MOST * 4


def test_what_reads_the_same_stays_untouched(studio: Studio) -> None:
    received(letter(CLEO), with_files("two", ("plan.bin", PLAN)))
    before = everything()
    report = reparse(at=NOW)
    assert (report.read, report.changed, report.unreadable) == (2, 0, 0)
    assert everything() == before


def test_what_an_older_parser_read_otherwise_is_put_right(studio: Studio) -> None:
    received(letter(CLEO, id="one", text="Hello Ada."))
    true = everything()
    Body.objects.update(visible="Hell", text="Hell", html="<p>Hell")
    Message.objects.update(subject="?Q?Drafts?=", snippet="Hell", automatic="bounce", automatic_why="It looked so.")
    settling.recount([Message.objects.get().conversation_id])
    counted = reparse(at=NOW, dry_run=True)
    assert (counted.changed, Body.objects.get().visible) == (1, "Hell")
    report = reparse(at=NOW)
    assert report.changed == 1
    assert set(report.fields) >= {"visible", "text", "html", "subject", "snippet", "automatic"}
    assert everything() == true
    assert reparse(at=NOW).changed == 0


def test_each_chunk_that_changed_tells_the_journal_so_that_nothing_kept_goes_by_the_old_reading(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(letter(CLEO, id="asks"), letter("Ada <ada@larkfield.example>", to=CLEO, id="answers", after="asks"))
    looked: list[Clients] = []
    kept = ByClient(lambda among: looked.append(among) or {})
    monkeypatch.setattr(door, "MOST", 1)
    with told():
        kept(*newest())
        reparse(at=NOW)
        kept(*newest())
    assert looked == [None], "nothing was read otherwise, nothing is counted again"
    Message.objects.update(automatic="bounce")
    with told("mail.read_again", "mail.read_again") as lines:
        reparse(at=NOW, dry_run=True)
        reparse(at=NOW)
    assert [line.facts for line in lines] == [{"messages": 1, "automatic": 1, "noticed": 0}] * 2
    kept(*newest())
    assert looked == [None, None]


def test_what_is_noticed_anew_in_words_that_stayed_is_told_too(studio: Studio) -> None:
    received(letter(CLEO))
    assert Request.objects.exists()
    Request.objects.all().delete()
    with told("mail.read_again") as lines:
        reparse(at=NOW)
    assert lines[0].facts == {"noticed": 1}


def test_files_come_to_messages_that_were_read_before_files_were_kept(studio: Studio) -> None:
    coming = with_files("one", ("plan.bin", PLAN), ("words.txt", WORDS))
    received(coming)
    true = everything()
    Attachment.objects.all().delete()
    Original.objects.update(zipped=zlib.compress(coming.original))
    assert reparse(at=NOW).fields == {"files": 1}
    assert everything() == true
    assert bytes(Original.objects.get().zipped).startswith(CUT)
    assert original_of(Message.objects.get()) == coming.original


def test_our_question_that_an_older_reader_missed_comes_back_if_nobody_answers(studio: Studio) -> None:
    text = "Could you send us the logo by Friday?"
    for days in (2, 200):
        received(
            letter(studio.bo.email, to="cleo@borealis.example", id=f"{days}", at=NOW - timedelta(days=days), text=text)
        )
    Message.objects.update(asks=False)
    assert reparse(at=NOW).fields == {"asks": 1}
    assert Message.objects.get(asks=True).message_id == "2"


def test_what_a_person_contradicted_stays_as_they_said(studio: Studio) -> None:
    received(letter(CLEO, id="one", more="Auto-Submitted: auto-replied", subject="Automatic reply: away"))
    message = Message.objects.get()
    assert message.automatic
    contradict(message, about=About.AUTOMATIC, by=studio.bo, at=NOW)
    assert reparse(at=NOW).changed == 0
    message.refresh_from_db()
    assert message.automatic == ""


def test_only_messages_since_a_day_are_read_if_asked(studio: Studio) -> None:
    received(letter(CLEO, at=NOW.replace(day=1)), letter(CLEO, at=NOW))
    assert reparse(at=NOW, since=NOW.replace(day=10)).read == 1


def test_what_we_sent_to_whom_is_a_client_by_now_is_known_when_it_is_written_again(studio: Studio) -> None:
    line = "We looked at every page with fresh eyes this morning."
    received(letter(studio.bo.email, to="zed@elsewhere.example", at=NOW - timedelta(days=1), text=line))
    Conversation.objects.update(client=studio.cassini)
    assert not Sentence.objects.exists()
    reparse(at=NOW, dry_run=True)
    assert not Sentence.objects.exists()
    for _ in range(2):
        reparse(at=NOW)
        assert [one.client_id for one in Sentence.objects.all()] == [studio.cassini.pk]


def test_an_original_that_is_not_whole_leaves_its_message_as_it_was(studio: Studio) -> None:
    received(letter(CLEO, id="one"), letter(CLEO, id="two"))
    Original.objects.filter(message__message_id="one").update(zipped=b"dust")
    before = everything()
    report = reparse(at=NOW)
    assert (report.read, report.unreadable) == (1, 1)
    assert everything() == before


def test_mail_that_could_not_be_read_before_comes_in(studio: Studio) -> None:
    box = mailboxes.add(account(studio), by=studio.bo, at=NOW)
    coming = letter(CLEO, id="late")
    facts = {"mailbox": box, "folder": "INBOX", "uidvalidity": 1, "arrived_at": NOW}
    mail = {"zipped": zlib.compress(coming.original), "size": len(coming.original)}
    Arrival.objects.create(**facts, **mail, uid=1, trouble="It could not be read.")
    Arrival.objects.create(**facts, zipped=zlib.compress(b"%PDF"), size=4, uid=2, trouble="It could not be read.")
    report = reparse(at=NOW)
    assert (report.placed, report.still_apart) == (1, 1)
    assert Message.objects.get().message_id == "late"
    assert Arrival.objects.get().trouble.startswith("It is a PDF.")


def test_the_command_says_what_came_of_it(studio: Studio) -> None:
    received(letter(CLEO, id="one"))
    Body.objects.update(visible="Hell")
    out = io.StringIO()
    call_command("reparse", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["read"], told["changed"], told["fields"]) == (1, 1, {"visible": 1})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_it_does_no_harm() -> None:
    set_up_studio()
    received(*(letter(CLEO, id=f"m{number}", subject=f"Job {number}") for number in range(MANY)))
    true = everything()
    left = [MANY]
    with nursery(this_database()) as born:
        for kills in range(8):
            if not _unread():
                # it was quicker than the kill: all over again
                Body.objects.update(visible="?", text="?")
            left.append(_unread())
            running = born.start(["reparse"])
            if kills % 2:
                until(lambda: _unread() < left[-1])  # in the middle, however slow this machine is
            else:
                time.sleep(random.uniform(0.05, 0.4))
            born.kill(running)
            left.append(_unread())
    assert set(left) - {0, MANY}, "it was never killed in the middle"
    reparse(at=clock.now())
    assert everything() == true


def _unread() -> int:
    return Body.objects.filter(visible="?").count()


def test_chunks_are_bounded_by_bytes_too(studio: Studio, monkeypatch: Any) -> None:
    received(*(letter(CLEO) for _ in range(5)))
    monkeypatch.setattr(door, "MOST_BYTES", 1)
    assert [len(chunk) for chunk in door._chunks(None)] == [1] * 5
