"""Messages are found in every kind of file and folder, each once, and nothing is passed over in silence."""

from datetime import UTC, datetime

import pytest

from kept.doors.post import files
from kept.doors.post.parsing import parse
from tests.doors.post.mail import HEAD

LINE = b"From cleo@borealis.example Mon May  6 10:00:00 2024\n"


@pytest.fixture
def archive(tmp_path):
    def write(content: bytes, name: str = "archive.mbox"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def _subjects(*paths):
    return [parse(raw).subject for raw in files.read(paths)]


def _entry(subject: str, body: bytes = b"Hi\n") -> bytes:
    return LINE + b"From: cleo@borealis.example\nSubject: " + subject.encode() + b"\n\n" + body


def test_an_mbox_gives_its_messages_with_place_envelope_and_offset(archive):
    path = archive(_entry("one") + b"\n" + _entry("two"))
    first, second = files.read([path])
    assert (first.source, second.source) == (f"{path}:1", f"{path}:2")
    assert first.envelope_from == "cleo@borealis.example"
    assert first.envelope_at == datetime(2024, 5, 6, 10, tzinfo=UTC)
    assert path.read_bytes()[second.offset :].startswith(LINE)
    assert first.content == b"From: cleo@borealis.example\nSubject: one\n\nHi\n"


def test_windows_line_ends_and_a_missing_last_one_change_nothing(archive):
    content = (_entry("one") + b"\n" + _entry("two")).replace(b"\n", b"\r\n").rstrip(b"\r\n")
    assert _subjects(archive(content)) == ["one", "two"]


def test_a_line_of_text_that_begins_with_from_is_no_new_message(archive):
    body = b"Hi\nFrom cleo Mon May  6 10:00:00 2024\n\nFrom here on it is easy.\n\nFrom Monday 2024 on\n"
    (raw,) = files.read([archive(_entry("one", body))])
    assert raw.content.endswith(body)


def test_a_patch_in_a_text_is_no_new_message(archive):
    patch = (
        b"Look:\n\nFrom " + b"ab" * 20 + b" Mon Sep 17 00:00:00 2001\nFrom: Kit <kit@studio.example>\nSubject: fix\n\n"
    )
    assert _subjects(archive(_entry("one", patch) + b"\n" + _entry("two"))) == ["one", "two"]


def test_a_file_of_patches_is_an_mbox_of_them(archive):
    one = (
        b"From " + b"ab" * 20 + b" Mon Sep 17 00:00:00 2001\nFrom: kit@studio.example\nSubject: fix %d\n\n-- \n2.43\n\n"
    )
    assert _subjects(archive(one % 1 + one % 2)) == ["fix 1", "fix 2"]


@pytest.mark.parametrize(("stored", "written"), [(b">From here", b"From here"), (b">>From here", b">From here")])
def test_escaped_lines_are_given_back(archive, stored, written):
    (raw,) = files.read([archive(_entry("one", stored + b"\n"))])
    assert raw.content.endswith(b"\n" + written + b"\n")


@pytest.mark.parametrize(
    "line",
    [
        b"From cleo@b.example Mon May  6 10:00:00 2024\n",
        b"From cleo@b.example Mon May  6 10:00:00 +0200 2024\n",
        b"From cleo@b.example  Mon May 06 10:00 2024\n",
        b"From - Mon May 06 10:00:00 2024\n",
        b"From MAILER-DAEMON Mon, 6 May 2024 10:00:00 +0200\n",
        b"From 1790@xxx Mon May 06 10:00:00 +0000 2024\r\n",
    ],
)
def test_envelope_lines_of_many_programs_are_known(archive, line):
    content = line + HEAD + b"\nHi\n\n" + line + HEAD + b"\nHi\n"
    assert len(list(files.read([archive(content)]))) == 2


def test_a_maildir_is_read_with_its_folders_and_flags_but_not_what_still_arrives(archive, tmp_path):
    archive(HEAD + b"\nHi\n", "box/cur/1:2,RS")
    archive(HEAD + b"\nHi\n", "box/new/2")
    archive(HEAD + b"\nHi\n", "box/tmp/3")
    archive(HEAD + b"\nHi\n", "box/.Sent/cur/4;2,S")
    (tmp_path / "box/.Sent/tmp").mkdir()
    archive(b"V 1\n", "box/dovecot-uidlist")
    found = {raw.source.removeprefix(f"{tmp_path}/box/"): raw.flags for raw in files.read([tmp_path / "box"])}
    assert found == {
        ".Sent/cur/4;2,S": frozenset({"seen"}),
        "cur/1:2,RS": frozenset({"answered", "seen"}),
        "new/2": frozenset(),
    }


def test_a_folder_gives_its_messages_and_names_what_is_none(archive, tmp_path):
    archive(HEAD + b"\nHi\n", "a/one.eml")
    archive(HEAD + b"\nHi\n", "a/deeper/two.txt")
    archive(_entry("three"), "a/three")
    archive(b"Dear diary,\nnothing happened.\n", "a/diary.txt")
    archive(b"\xd0\xcf\x11\xe0rest", "a/four.msg")
    archive(b"", "a/empty.eml")
    found = {raw.source.rpartition("/")[2]: raw.trouble for raw in files.read([tmp_path / "a"])}
    assert {name for name, trouble in found.items() if trouble is None} == {"one.eml", "two.txt", "three:1"}
    assert found["four.msg"].reason == "It is an Outlook file (.msg)."
    assert found["empty.eml"].reason == "The file is empty."
    assert found["diary.txt"].remedy


def test_a_path_that_does_not_exist_is_said(tmp_path):
    (raw,) = files.read([tmp_path / "nowhere"])
    assert raw.trouble.reason == "There is no file or folder of this name."


def test_a_named_file_is_believed_to_be_mail(archive):
    (raw,) = files.read([archive(b"Only words, no headers\n", "one.eml")])
    assert raw.trouble is None


def test_progress_reaches_exactly_what_was_counted(archive, tmp_path):
    archive(b"\n" + _entry("zero") + b"\n" + _entry("one") + b"\n\n" + _entry("two"), "a/x.mbox")
    archive(_entry("one") + b"\n" + _entry("two"), "a/y.mbox")
    archive(HEAD + b"\nHi\n", "a/one.eml")
    archive(b"no mail", "a/readme")
    assert sum(raw.taken for raw in files.read([tmp_path / "a"])) == files.count([tmp_path / "a"]) > 0


def test_an_mbox_is_never_held_whole(archive):
    path = archive(b"\n".join(_entry(f"m{number}", b"x" * 70_000 + b"\n") for number in range(200)))
    reader = files.read([path])
    assert len(next(reader).content) < 71_000
    assert sum(1 for _ in reader) == 199
