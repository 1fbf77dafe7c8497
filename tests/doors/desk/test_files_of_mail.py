"""Files that came with mail are taken away and never shown; pictures within the words are shown where they are some."""

from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kept.doors.desk.conversation_files import drawn_as
from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.flows.receive_mail import Incoming
from kept.ledgers.conversations.models import Attachment, Message
from kept.ledgers.team.models import Member
from tests.flows.post import received
from tests.studio import NOW, Studio

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
SCRIPT = b"<script>alert(1)</script>"


def signed_in(member: Member) -> Browser:
    browser = Browser()
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def sent(by: str, *files: tuple[str, str, bytes]) -> list[Attachment]:
    """A mail with these files (name, kind, bytes), each shown within its words."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = by, "ada@larkfield.example", "Plans"
    made["Date"], made["Message-ID"] = format_datetime(NOW), "<with-files@made.example>"
    made.set_content("Here they are.")
    for name, kind, content in files:
        main, sub = kind.split("/")
        made.add_attachment(
            content, maintype=main, subtype=sub, filename=name, cid=f"<{name}@made>", disposition="inline"
        )
    content = made.as_bytes()
    received(Incoming(parse(Raw(source="one.eml", content=content)), content))
    return list(Attachment.objects.all())


def at(name: str, file: Attachment) -> str:
    return reverse(f"desk:{name}", args=[Message.objects.get().conversation_id, file.message_id, file.pk])


def test_a_file_is_only_ever_taken_away(studio: Studio) -> None:
    (page,) = sent("cleo@borealis.example", ("plän.html", "text/html", SCRIPT))
    answer = signed_in(studio.bo).get(at("file", page))
    assert answer.content.strip() == SCRIPT
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''pl%C3%A4n.html")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_picture_is_shown_as_what_its_bytes_are(studio: Studio) -> None:
    files = sent(
        "cleo@borealis.example", ("a.png", "image/png", PNG), ("b.jpg", "image/jpeg", PNG),
        ("c.png", "image/png", SCRIPT), ("d.svg", "image/svg+xml", b"<svg onload='alert(1)'/>"),
    )  # fmt: skip
    bo = signed_in(studio.bo)
    answers = [bo.get(at("picture", file)) for file in files]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    assert [answer["Content-Type"] for answer in answers[:2]] == ["image/png", "image/png"]
    assert all("sandbox" in answer["Content-Security-Policy"] for answer in answers[:2])
    assert answers[0]["X-Content-Type-Options"] == "nosniff"


def test_a_wall_hides_files_and_pictures(studio: Studio) -> None:
    (picture,) = sent("cora@cassini.example", ("a.png", "image/png", PNG))
    for name in ("file", "picture"):
        assert signed_in(studio.kit).get(at(name, picture)).status_code == 404
        assert signed_in(studio.bo).get(at(name, picture)).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"GIF89a", "image/gif"), (b"GIF87a", "image/gif"),
     (b"RIFF....WEBPVP8 ", "image/webp"), (b"RIFF....WAVE", ""), (b"<svg>", ""), (b"%PDF-", ""), (b"", "")],
)  # fmt: skip
def test_pictures_are_told_by_how_they_begin(content: bytes, kind: str) -> None:
    assert drawn_as(content) == kind
