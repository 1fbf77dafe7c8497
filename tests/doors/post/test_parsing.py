"""A letter is made of whatever arrives, and says what was wrong with it."""

import base64
import hashlib
import random
import time
import tracemalloc
from datetime import UTC, datetime

import pytest

from kept.doors.post.parsing import parse
from kept.doors.post.raw import Unreadable
from kept.measures.text.letter import Address
from tests.doors.post.mail import HEAD, letter, raw
from tests.pace import slowness


def test_an_ordinary_letter_is_read_whole():
    found = parse(letter("Hello Ada.\n\nThe poster is fine.\n\n-- \nCleo\n"))
    assert found.sender == Address(name="Cleo", email="cleo@borealis.example")
    assert found.to == (Address(name="Ada", email="ada@studio.example"),)
    assert (found.subject, found.message_id) == ("The poster", "one@borealis.example")
    assert found.at == datetime(2024, 5, 6, 8, 0, tzinfo=UTC)
    assert found.visible == "Hello Ada.\n\nThe poster is fine."
    assert (found.html, found.attachments, found.defects, found.at_is_guess) == ("", (), (), False)
    assert not found.automatic.automatic


def test_a_letter_without_an_id_is_known_again_by_its_bytes():
    source = raw(b"From: cleo@borealis.example\nSubject: Hi\n\nHello\n")
    fingerprint = hashlib.sha256(source.content).hexdigest()
    assert parse(source).message_id == parse(source).message_id == f"kept-{fingerprint}"
    assert "It carries no id of its own." in parse(source).defects


def test_references_run_from_the_oldest_to_the_answered_one():
    found = parse(letter(more="References: <a@x> <b@x>\n <a@x>\nIn-Reply-To: <c@x> (Ada's message)\n"))
    assert found.references == ("a@x", "b@x", "c@x")


def test_an_answered_id_that_is_already_referred_to_stays_in_its_place():
    assert parse(letter(more="References: <a@x> <b@x>\nIn-Reply-To: <a@x>\n")).references == ("a@x", "b@x")


def test_a_letter_never_answers_itself():
    assert parse(letter(more="In-Reply-To: <one@borealis.example>\n")).references == ()


def test_of_endless_references_the_first_and_the_latest_are_kept():
    found = parse(letter(more="References: " + " ".join(f"<{i}@x>" for i in range(50_000)))).references
    assert (len(found), found[0], found[1], found[-1]) == (1000, "0@x", "49001@x", "49999@x")


def test_an_endless_id_is_cut_to_a_fingerprint_that_both_sides_share():
    endless = "x" * 3000 + "@x.example"
    answer = parse(letter(more=f"In-Reply-To: <{endless}>\n"))
    original = parse(raw(f"From: a@x.example\nMessage-ID: <{endless}>\n\nHi"))
    assert answer.references == (original.message_id,)
    assert len(original.message_id) < 100


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?b?R3LDvMOfZQ==?= und =?iso-8859-1?Q?mehr_=E4?=", "Grüße und mehr ä"),
        (b"=?utf-8?b?R3LD?=\n =?utf-8?b?vMOfZQ==?=", "Grüße"),
        (b"=?iso-2022-jp?B?GyRCJTMlcyVLJUEbKEI=?=", "コンニチ"),
        (b"=?utf-8?q?half open", "=?utf-8?q?half open"),
        (b"=?no-such-charset?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        (b"=?iso-8859-1?Q?Gr\xfc\xdfe?=", "Grüße"),
        (b"nothing\0here", "nothinghere"),
        (b"  two \n\t lines ", "two lines"),
        ("\x1b]0;mine\x07 the \x9b31mposter \u202egnp.exe".encode(), "]0;mine the 31mposter gnp.exe"),
        ("\u200fשלום".encode(), "\u200fשלום"),
    ],
)
def test_subjects_are_read_as_they_were_meant(header, expected):
    head = b"From: cleo@borealis.example\nSubject: " + header + b"\n"
    assert parse(letter(head=head)).subject == expected


@pytest.mark.parametrize(
    ("charset", "body", "expected"),
    [
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("us-ascii", "Grüße an alle".encode(), "Grüße an alle"),
        ("utf-8", "Grüße an alle".encode("cp1252"), "Grüße an alle"),
        ("iso-8859-1", "“Grüße” – 5 €".encode("cp1252"), "“Grüße” – 5 €"),
        ("gb2312", "你好，海报".encode("gb18030"), "你好，海报"),
        ("ks_c_5601-1987", "안녕하세요".encode("cp949"), "안녕하세요"),
        ("idna", b"plain", "plain"),
        ("a\0b", b"plain", "plain"),
        ("utf-7", b"+2AA- lone", "\ufffd lone"),
    ],
)
def test_texts_are_read_whatever_charset_they_claim(charset, body, expected):
    found = parse(letter(body, more=f'Content-Type: text/plain; charset="{charset}"\n'))
    assert found.text == expected


def test_a_wrong_charset_is_said():
    found = parse(letter("Grüße".encode(), more="Content-Type: text/plain; charset=us-ascii\n"))
    assert found.defects == ("Its text was said to be us-ascii; it was read as utf-8.",)


@pytest.mark.parametrize(
    ("headers", "expected", "guessed"),
    [
        ("Date: Mon, 6 May 2024 10:00:00 -0500", datetime(2024, 5, 6, 15, tzinfo=UTC), False),
        ("Date: 2024-05-06T10:00:00+02:00", datetime(2024, 5, 6, 8, tzinfo=UTC), False),
        ("Date: long ago\nReceived: by x; Mon, 6 May 2024 10:00:00 +0000", datetime(2024, 5, 6, 10, tzinfo=UTC), True),
        ("Date: Mon, 1 Jan 1900 00:00:00 +0000", datetime(1970, 1, 1, tzinfo=UTC), True),
        ("Date: Sat, 6 May 2150 10:00:00 +0000", datetime(1970, 1, 1, tzinfo=UTC), True),
        (
            "Received: by second; Mon, 6 May 2024 10:09:00 +0000\nReceived: by first; Mon, 6 May 2024 10:01:00 +0000\n"
            "Date: Tue, 6 May 2031 10:00:00 +0000",
            datetime(2024, 5, 6, 10, 1, tzinfo=UTC),
            True,
        ),
        ("Date: Mon, 99 Foo 99999 99:99:99 +9999", datetime(1970, 1, 1, tzinfo=UTC), True),
        ("X-Nothing: here", datetime(1970, 1, 1, tzinfo=UTC), True),
    ],
)
def test_dates_are_believed_only_when_they_can_be(headers, expected, guessed):
    found = parse(raw(f"From: cleo@borealis.example\n{headers}\n\nHi"))
    assert (found.at, found.at_is_guess) == (expected, guessed)


def test_the_mailbox_entry_dates_a_letter_that_does_not():
    entry = datetime(2024, 5, 6, 10, tzinfo=UTC)
    found = parse(raw("From: cleo@borealis.example\n\nHi", envelope_at=entry))
    assert (found.at, found.at_is_guess) == (entry, True)


def test_a_date_after_the_present_is_not_believed():
    found = parse(letter(), not_after=datetime(2020, 1, 1, tzinfo=UTC))
    assert found.at_is_guess


def test_the_envelope_names_a_sender_when_nothing_else_does():
    assert parse(raw("Subject: x\n\nHi", envelope_from="cleo@borealis.example")).sender.email == "cleo@borealis.example"


def test_a_list_that_writes_in_its_own_name_tells_who_wrote():
    head = b"From: Cleo via Friends <friends@lists.example>\nList-Id: <friends.lists.example>\n"
    found = parse(letter(head=head, more="Reply-To: Cleo <cleo@borealis.example>\n"))
    assert found.sender.email == "cleo@borealis.example"
    assert found.list_id == "friends.lists.example"


def test_damaged_headers_give_what_is_left_of_them():
    found = parse(raw(b"Fro :m\nsome foreign line\n" + HEAD + b"\nHello\n"))
    assert (found.sender.email, found.subject, found.text) == ("cleo@borealis.example", "The poster", "Hello\n")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"From cleo Mon May  6 10:00:00 2024\n"])
def test_what_programs_put_before_a_message_is_left_out(before):
    assert parse(raw(before + HEAD + b"\nHi\n")).subject == "The poster"


def test_apple_mail_files_are_read():
    body = HEAD + b"\nHi\n"
    found = parse(raw(str(len(body)).encode() + b"\n" + body + b"<?xml version='1.0'?><plist></plist>"))
    assert (found.subject, found.text) == ("The poster", "Hi\n")


@pytest.mark.parametrize(
    "content", [b"", b"\r\n \n", b"\0" * 900, b"\x89PNG\r\n\x1a\n....", b"PK\x03\x04....", b"\x01\0\x02\0"]
)
def test_what_cannot_be_a_message_is_refused_with_a_remedy(content):
    with pytest.raises(Unreadable) as refused:
        parse(raw(content))
    assert refused.value.reason.endswith(".")
    assert refused.value.remedy.endswith(".")


def test_parts_nested_without_end_do_not_stop_the_reader():
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    assert parse(raw(b"From: cleo@borealis.example\n" + nested + b"\nHi")).sender.email == "cleo@borealis.example"


def test_of_endless_parts_the_first_thousand_are_read_and_it_is_said():
    parts = b"".join(b"--b\nContent-Type: text/plain; name=%d.txt\n\nhi\n" % i for i in range(100_000))
    began = time.process_time()
    found = parse(letter(parts, more="Content-Type: multipart/mixed; boundary=b\n"))
    assert time.process_time() - began < 3 * slowness(time.process_time)
    assert len(found.attachments) + found.text.count("hi") == 1000
    assert any("more than 1,000 parts" in defect for defect in found.defects)


def test_a_text_with_a_thousand_ruled_lines_is_no_message_of_many_parts():
    body = "--- a/poster\n+++ b/poster\n" * 3000
    assert parse(letter(body)).text == body


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("footer", ["", "-- a footer of a list\n"])
def test_a_large_file_is_read_byte_by_byte_with_little_memory(end, footer):
    content = random.Random(7).randbytes(12_000_000)
    coded = base64.encodebytes(content).decode().replace("\n", end)
    head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
    part = "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    source = letter(f"--b\n\nHello\n{part}{coded}{footer}{part}{coded}\n--b--\n", more=head)
    tracemalloc.start()
    found = parse(source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [file.content[: len(content)] == content for file in found.attachments] == [True, True]
    assert found.text == "Hello"
    if not footer:
        assert peak < 2 * len(content) + 20_000_000


def test_a_large_text_that_only_looks_like_a_file_is_kept():
    body = ("x" * 76 + "\n") * 20_000
    assert parse(letter(body)).text == body


def test_a_large_message_within_a_message_comes_out_whole():
    inner = "From: zed@elsewhere.example\nContent-Transfer-Encoding: base64\n\n" + ("QUJD" * 19 + "\n") * 20_000
    body = f"--b\n\nHello\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
    (enclosed,) = parse(letter(body, more="Content-Type: multipart/mixed; boundary=b\n")).attachments
    assert enclosed.content.decode().split() == inner.split()


def test_a_text_of_many_megabytes_is_kept_whole():
    body = b"A line of text that says little.\n" * 800_000
    assert len(parse(letter(body)).text) == len(body)
