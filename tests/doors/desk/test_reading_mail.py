"""Reading a mail: quotes and signatures folded, own pictures shown, those from elsewhere on asking, files kept safe."""

import zlib

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations.files import Attachment, Content
from kept.ledgers.conversations.models import Body, Message
from kept.ledgers.team.models import Member
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, signed_in
from tests.studio import NOW, Studio, london

PNG = b"\x89PNG\r\n\x1a\nnot much of a picture"
LETTER = """The 9th would be best.

Cleo

-- 
Cleo North
Borealis, +44 20 7946 0000

On Tue, 20 Oct 2026 at 08:00, Bo Field <bo@larkfield.example> wrote:
> When would be best?
"""


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def mail(studio: Studio) -> Message:
    """Cleo's answer, with a signature and a quote below."""
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "08:10"), text="The 9th would be best.\n\nCleo")
    Body.objects.filter(message=message).update(text=LETTER)
    return message


@pytest.fixture
def bos(client: Browser, bo: Member) -> Browser:
    return signed_in(client, bo)


def here(message: Message, more: str = "") -> str:
    return f"/inbox/{message.conversation_id}/{more}"


def enclosed(message: Message, *, name: str, kind: str, content: bytes, inline: str = "") -> Attachment:
    """A file that came with the message."""
    bytes_, _ = Content.objects.get_or_create(
        sha256=f"{zlib.crc32(content):064x}", defaults={"size": len(content), "zipped": zlib.compress(content)}
    )
    position = message.files.count()
    message.attachments = [*message.attachments, [name, kind, len(content)]]
    message.save(update_fields=["attachments"])
    return Attachment.objects.create(
        message=message, content=bytes_, position=position, name=name, kind=kind, size=len(content), inline_id=inline
    )


def test_the_quote_and_the_signature_are_folded_each_by_its_name(bos: Browser, mail: Message) -> None:
    text = main(bos, here(mail))
    assert "What Cleo quoted" in text
    assert "Cleo’s signature" in text
    opened, _, folded = text.partition('<details class="quote">')
    assert "The 9th would be best." in opened
    assert "When would be best?" not in opened
    assert "When would be best?" in folded


def test_a_mail_passed_on_lies_open(bos: Browser, mail: Message) -> None:
    passed = "See below.\n\n---------- Forwarded message ---------\nFrom: Zed <zed@stranger.example>\nDate: today\n" \
        "Subject: Hello\nTo: Cleo\n\nThe words of Zed."  # fmt: skip
    Body.objects.filter(message=mail).update(text=passed, visible="See below.")
    text = main(bos, here(mail))
    assert '<details class="quote" open>' in text
    assert "What Cleo passed on" in text


def test_pictures_of_the_mail_are_shown_and_those_from_elsewhere_only_on_asking(bos: Browser, mail: Message) -> None:
    logo = enclosed(mail, name="logo.png", kind="image/png", content=PNG, inline="logo@cleo")
    html = '<p>Look:</p><img src="cid:logo@cleo"><img src="https://tracker.example/a.png" width="400" height="200">'
    Body.objects.filter(message=mail).update(html=html)
    calm = bos.get(here(mail, f"?sent={mail.pk}"))
    text = calm.content.decode()
    shown = here(mail, f"messages/{mail.pk}/pictures/{logo.pk}/")
    assert f'src="{shown}"' in text
    assert "tracker.example" not in text
    assert "One picture from elsewhere is not loaded." in text
    assert "https:" not in calm["Content-Security-Policy"].partition("img-src")[2].partition(";")[0]
    asked = bos.get(here(mail, f"?sent={mail.pk}&remote=1"))
    assert "https://tracker.example/a.png" in asked.content.decode()
    assert "https:" in asked["Content-Security-Policy"].partition("img-src")[2].partition(";")[0]
    assert bos.get(shown).content == PNG


def test_the_next_page_asks_nobody_else_again(bos: Browser, mail: Message) -> None:
    bos.get(here(mail, f"?sent={mail.pk}&remote=1"))
    assert "https:" not in bos.get(here(mail))["Content-Security-Policy"]
    assert "https:" not in bos.get(here(mail, "?remote=1"))["Content-Security-Policy"]


def test_files_are_taken_away_and_never_shown_as_pages(bos: Browser, mail: Message) -> None:
    page = enclosed(mail, name=f"{HOSTILE}.html", kind="text/html", content=b"<script>alert(1)</script>")
    text = main(bos, here(mail))
    assert "<script>alert" not in text
    taken = bos.get(here(mail, f"messages/{mail.pk}/files/{page.pk}/"))
    assert taken["Content-Type"] == "application/octet-stream"
    assert taken["Content-Disposition"].startswith("attachment")
    assert "sandbox" in taken["Content-Security-Policy"]
    assert bos.get(here(mail, f"messages/{mail.pk}/pictures/{page.pk}/")).status_code == 404


def test_a_file_is_found_by_its_own_message_only(bos: Browser, mail: Message, studio: Studio) -> None:
    page = enclosed(mail, name="plan.pdf", kind="application/pdf", content=b"%PDF")
    other = wrote(studio.cassini, by=studio.cora, at=NOW)
    assert bos.get(here(other, f"messages/{other.pk}/files/{page.pk}/")).status_code == 404
    assert bos.get(here(other, f"messages/{mail.pk}/files/{page.pk}/")).status_code == 404
