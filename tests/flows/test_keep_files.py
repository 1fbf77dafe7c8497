"""Files of letters: each content once, each original whole to the last byte, and nothing kept that nobody names."""

import os
import zlib
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.flows.keep_files import forget_unused
from kept.flows.receive_mail import Incoming
from kept.flows.undo_import import undo_import
from kept.ledgers.conversations.models import Attachment, Content, Message, Original
from kept.ledgers.conversations.originals import CUT, Missing, head_of, opened, original_of, packed, unpacked
from kept.ledgers.journal import verbs as journal
from tests.flows.post import received
from tests.studio import NOW, Studio

PLAN = os.urandom(30_000)
WORDS = b"All that was agreed, word by word.\n" * 400


def with_files(id: str, *files: tuple[str, bytes], linesep: str = "\r\n") -> Incoming:
    """A letter from Cleo with these files."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Cleo <cleo@borealis.example>", "ada@larkfield.example", "Plans"
    made["Date"], made["Message-ID"] = format_datetime(NOW), f"<{id}>"
    made.set_content("Here they are.")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    content = made.as_bytes(policy=made.policy.clone(linesep=linesep))
    return Incoming(parse(Raw(source=f"{id}.eml", content=content)), content)


def test_a_file_is_kept_by_its_name_and_its_bytes(studio: Studio) -> None:
    received(with_files("one", ("plan.bin", PLAN), ("words.txt", WORDS)))
    files = list(Attachment.objects.select_related("content"))
    assert [(file.name, file.size, file.position) for file in files] == [
        ("plan.bin", len(PLAN), 0), ("words.txt", len(WORDS), 1)
    ]  # fmt: skip
    assert [opened(file.content) for file in files if file.content] == [PLAN, WORDS]


def test_the_same_bytes_are_kept_once_whatever_they_are_called(studio: Studio) -> None:
    received(with_files("one", ("plan.bin", PLAN), ("copy of plan.bin", PLAN)))
    received(with_files("two", ("final.bin", PLAN)))
    assert Content.objects.count() == 1
    assert Attachment.objects.count() == 3


def test_what_does_not_get_smaller_is_kept_as_it_is(studio: Studio) -> None:
    received(with_files("one", ("plan.bin", PLAN), ("words.txt", WORDS)))
    assert dict(Content.objects.values_list("size", "is_zipped")) == {len(PLAN): False, len(WORDS): True}


@pytest.mark.parametrize("linesep", ["\r\n", "\n"])
def test_an_original_is_whole_to_the_last_byte_and_does_not_hold_its_files_again(studio: Studio, linesep: str) -> None:
    coming = with_files("one", ("plan.bin", PLAN), ("words.txt", WORDS), ("same.bin", PLAN), linesep=linesep)
    received(coming)
    message = Message.objects.get()
    kept = bytes(Original.objects.get().zipped)
    assert kept.startswith(CUT)
    # the second copy of the same file stays where it is: one hole a content
    assert len(kept) < len(coming.original) - len(PLAN)
    assert original_of(message) == coming.original
    assert head_of(message, most=500).startswith(b"From: Cleo")


def test_a_file_written_as_nobody_writes_stays_in_its_original(studio: Studio) -> None:
    coming = with_files("one", ("plan.bin", PLAN))
    at = coming.original.index(b"\r\n", coming.original.index(b"filename"))
    odd = coming.original[: at + 500] + b"\r\n" + coming.original[at + 500 :]
    received(Incoming(parse(Raw(source="odd.eml", content=odd)), odd))
    assert not bytes(Original.objects.get().zipped).startswith(CUT)
    assert original_of(Message.objects.get()) == odd


def test_an_original_whose_file_is_gone_or_changed_says_so_instead_of_lying(studio: Studio) -> None:
    received(with_files("one", ("plan.bin", PLAN)))
    Content.objects.update(zipped=PLAN[::-1])
    with pytest.raises(Missing):
        original_of(Message.objects.get())


def test_one_that_was_kept_by_an_earlier_version_is_read_as_before(studio: Studio) -> None:
    coming = with_files("one", ("plan.bin", PLAN))
    received(coming)
    Original.objects.update(zipped=zlib.compress(coming.original))
    assert original_of(Message.objects.get()) == coming.original


def test_a_file_beyond_the_limit_is_a_name_beside_the_original(studio: Studio, settings: Any) -> None:
    settings.LARGEST_FILE = 20_000
    coming = with_files("one", ("plan.bin", PLAN), ("words.txt", WORDS))
    received(coming)
    assert [(file.name, file.content is None) for file in Attachment.objects.all()] == [
        ("plan.bin", True), ("words.txt", False)
    ]  # fmt: skip
    assert original_of(Message.objects.get()) == coming.original


def test_names_are_made_safe(studio: Studio) -> None:
    received(with_files("one", ("../../etc/pass\u202ewd.txt", WORDS)))
    assert Attachment.objects.get().name == "passwd.txt"


def test_what_nothing_names_any_more_is_forgotten(studio: Studio) -> None:
    batch = journal.open_batch("mail", "archive", by=None, at=NOW)
    received(with_files("one", ("plan.bin", PLAN), ("words.txt", WORDS)), batch=batch)
    received(with_files("two", ("words.txt", WORDS)))
    assert forget_unused() == 0
    undo_import(batch, by=None, at=NOW)
    assert forget_unused() == 1
    assert opened(Content.objects.get()) == WORDS


@pytest.mark.django_db
@given(before=st.binary(max_size=200), content=st.binary(min_size=3000, max_size=4000), after=st.binary(max_size=200))
def test_whatever_is_packed_comes_out_the_same(before: bytes, content: bytes, after: bytes) -> None:
    """Of a file that is not kept by itself nothing is cut, so that nothing has to be looked up."""
    from base64 import encodebytes

    original = before + b"\n\n" + encodebytes(content) + after
    assert unpacked(packed(original, {}), fingerprint="") == original
    cut = packed(original, {"0": content})
    if cut.startswith(CUT):
        assert len(cut) < len(zlib.compress(original))
