"""Texts, HTML and files are told apart as a reader would."""

import base64

import pytest

from kept.doors.post.enclosures import safe_name
from kept.doors.post.parsing import parse
from tests.doors.post.mail import letter


def _multipart(kind: str, *parts: str) -> dict[str, str]:
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return {"more": f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n', "body": body}


PLAIN = "Content-Type: text/plain\n\nHello in plain"
RICH = "Content-Type: text/html\n\n<p>Hello <b>in colour</b></p>"
PICTURE = "Content-Type: image/png; name=a.png\nContent-ID: <pic@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="


def test_of_two_forms_the_plain_one_is_read_and_the_rich_one_shown():
    found = parse(letter(**_multipart("alternative", PLAIN, RICH)))
    assert found.text.strip() == "Hello in plain"
    assert found.html == "<p>Hello <b>in colour</b></p>"
    assert found.attachments == ()


def test_html_alone_is_turned_into_text():
    found = parse(letter(RICH.split("\n\n")[1], more="Content-Type: text/html\n"))
    assert found.text == "Hello in colour"


def test_an_empty_plain_form_gives_way_to_the_rich_one():
    assert parse(letter(**_multipart("alternative", "Content-Type: text/plain\n\n", RICH))).text == "Hello in colour"


def test_a_picture_within_the_text_is_a_file_that_the_html_can_name():
    found = parse(letter(**_multipart("related", RICH, PICTURE)))
    (picture,) = found.attachments
    assert (picture.name, picture.kind, picture.content_id) == ("a.png", "image/png", "pic@x")
    assert picture.content == base64.b64decode("iVBORw0KGgo=")


def test_a_text_file_that_was_attached_is_not_read_as_the_message():
    attached = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="notes.txt"\n\nsecret'
    found = parse(letter(**_multipart("mixed", PLAIN, attached)))
    assert "secret" not in found.text
    assert [file.name for file in found.attachments] == ["notes.txt"]


def test_what_a_list_adds_below_html_is_kept_in_both():
    found = parse(letter(**_multipart("mixed", RICH, "Content-Type: text/plain\n\nSent by the list")))
    assert "Sent by the list" in found.text
    assert "Sent by the list" in found.html


def test_an_enclosed_message_is_a_file_called_after_its_subject():
    inner = "Content-Type: message/rfc822\n\nFrom: zed@elsewhere.example\nSubject: Old\n  story\n\nLong ago\n"
    (enclosed,) = parse(letter(**_multipart("mixed", PLAIN, inner))).attachments
    assert enclosed.name == "Old story.eml"
    assert enclosed.content.startswith(b"From: zed@elsewhere.example\nSubject: Old\n  story\n\nLong ago")


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("filename*=utf-8''%e2%82%ac%20rates.pdf", "€ rates.pdf"),
        ("filename*0=long; filename*1=er.pdf", "longer.pdf"),
        ('filename="=?utf-8?q?Gr=C3=BC=C3=9Fe.pdf?="', "Grüße.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        (r'filename="C:\\Users\\Cleo\\plan.pdf"', "plan.pdf"),
        ("filename*=no-such''%ff.pdf", "ÿ.pdf"),
        ("", "part-1.pdf"),
    ],
)
def test_file_names_are_read_and_made_safe(disposition, name):
    part = f"Content-Type: application/pdf\nContent-Disposition: attachment; {disposition}\n\nx"
    (file,) = parse(letter(**_multipart("mixed", PLAIN, part))).attachments
    assert file.name == name


def test_a_long_file_name_keeps_its_ending():
    assert safe_name("x" * 400 + ".pdf").endswith("x.pdf")
    assert len(safe_name("x" * 400 + ".pdf")) <= 180


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("quoted-printable", "Gr=C3=BC=C3=9Fe, =\nno break =ZZ", "Grüße, no break =ZZ"),
        ("base64", "R3LDvMOfZQ", "Grüße"),
        ("base64", "R3LD\nvM*Of ZQ==\nfooter of a list", "Grüße"),
        ("QUOTED-PRINTABLE ;", "Gr=C3=BC=C3=9Fe", "Grüße"),
        ("7-bit", "Hello", "Hello"),
        ("x-uuencode", "begin 644 a.txt\n%2&5L;&\\\n`\nend\n", "Hello"),
    ],
)
def test_encodings_are_undone_as_far_as_they_go(encoding, body, expected):
    more = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n"
    assert parse(letter(body, more=more)).text == expected


def test_what_was_said_to_be_base64_and_is_not_is_kept_and_said():
    found = parse(letter("...", more="Content-Transfer-Encoding: base64\n"))
    assert found.text == "..."
    assert "A part was said to be base64 and is not." in found.defects


def test_a_file_written_into_the_text_becomes_a_file():
    found = parse(letter("See below.\n\nbegin 644 hi.txt\n%2&5L;&\\\n`\nend\nBye\n"))
    assert found.text == "See below.\n\nBye\n"
    assert [(file.name, file.content) for file in found.attachments] == [("hi.txt", b"Hello")]


def test_a_message_that_promises_parts_and_has_none_is_read_as_it_stands():
    found = parse(letter("just words", more='Content-Type: multipart/mixed; boundary="none"\n'))
    kept = found.text + "".join(file.content.decode() for file in found.attachments)
    assert "just words" in kept
    assert found.defects
