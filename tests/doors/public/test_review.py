"""A review behind its link: read by whoever has it, on the web and on paper; nothing to press, nothing of others."""

import re
import zlib
from typing import Any

import pytest
from django.test import Client as Browser

from kept.flows.share_review import share_review
from kept.ledgers.journal.models import Line
from kept.ledgers.reviews import sharing
from kept.ledgers.reviews.models import Share
from kept.readings.calendars import offices
from tests.ledgers.acts_of_reviews import JUDGED
from tests.readings.test_review import begun, quarter, retainer
from tests.studio import NOW, Studio

__all__ = ["quarter", "retainer"]  # fixtures of the reading's tests


@pytest.fixture
def link(quarter: Studio, retainer: Any) -> str:
    """The address of Borealis' third quarter, hours told."""
    row = begun(quarter, with_hours=True, changes="You hear from us first.", ahead="The checkout opens.")
    _, token = share_review(row, by=quarter.bo, at=NOW, offices=offices())
    return f"/review/{token}/"


def test_it_is_read_without_signing_in(link: str) -> None:
    answer = Browser().get(link)
    text = answer.content.decode()
    assert answer.status_code == 200
    for said in (
        "Borealis",
        JUDGED,
        "The new navigation",
        "120 hours paid for",
        "How can I help you?",
        "The same on paper",
    ):
        assert said in text
    assert "<form" not in text
    assert "<script" not in text


def test_no_store_keeps_it_no_search_finds_it_and_no_other_site_learns_of_it(link: str) -> None:
    for address in (link, f"{link}pdf/"):
        answer = Browser().get(address)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


def test_reading_it_changes_nothing_however_often(link: str) -> None:
    before = Line.objects.count(), list(Share.objects.values())
    for address in (link, f"{link}pdf/"):
        for _ in range(3):
            Browser().get(address)
    assert (Line.objects.count(), list(Share.objects.values())) == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_there_is_nothing_to_press(method: str, link: str) -> None:
    for address in (link, f"{link}pdf/"):
        assert getattr(Browser(), method)(address).status_code == 405


def test_a_closed_link_reads_like_one_that_never_was(link: str, studio: Studio) -> None:
    sharing.revoke(Share.objects.get(), by=studio.bo, at=NOW)
    never = Browser().get("/review/never-was/")
    for address in (link, f"{link}pdf/", f"/review/{Share.objects.get().hashed}/"):
        answer = Browser().get(address)
        assert (answer.status_code, answer.content) == (404, never.content)


def test_it_shows_what_it_showed_when_it_was_made(link: str, studio: Studio) -> None:
    before = Browser().get(link).content
    paper = Browser().get(f"{link}pdf/").content
    begun(studio, judgement="I changed my mind about all of it, and of course I should have told you first, Cleo.")
    assert Browser().get(link).content == before
    assert Browser().get(f"{link}pdf/").content == paper


def test_the_paper_is_tagged_and_holds_the_words(link: str) -> None:
    """Read back by the letters its own fonts map to, as any reader of PDF does."""
    pdf = Browser().get(f"{link}pdf/").content
    parts = unpacked(pdf)
    whole = b"\n".join([pdf, *parts]).decode("latin-1")
    assert "<pdfuaid:part>1</pdfuaid:part>" in whole
    for tag in ("/StructTreeRoot", "/MarkInfo", "/H1", "/Table", "/TH", "/Figure", "/Alt"):
        assert tag in whole, tag
    assert "Borealis, July to September 2026: how we served you" in whole
    letters = glyphs(parts)
    for letter in "BorealisThnwvgtumpd":
        assert letter in letters


def test_whoever_has_the_link_cannot_keep_the_press_busy(
    link: str, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Browser().get(f"{link}pdf/").content
    monkeypatch.setattr("kept.doors.public.review.printed", None)
    assert Browser().get(f"{link}pdf/").content == first
    sharing.revoke(Share.objects.get(), by=studio.bo, at=NOW)
    assert Browser().get(f"{link}pdf/").status_code == 404


def unpacked(pdf: bytes) -> list[bytes]:
    """The file's compressed parts."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return found


def glyphs(parts: list[bytes]) -> str:
    """All letters that the fonts' maps to Unicode name."""
    maps = b"\n".join(part for part in parts if b"begincmap" in part).decode("latin-1")
    return "".join(chr(int(code[:4], 16)) for code in re.findall(r"<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4,})>", maps))


def test_a_token_is_kept_from_the_logs() -> None:
    from logging import LogRecord

    from django.conf import settings

    from kept.kit.logs import Blanked

    record = LogRecord("x", 30, "", 0, "Not Found: %s", ("/review/a-secret-token/",), None)
    Blanked(settings.LOGGING["filters"]["blanked"]["secret"]).filter(record)
    assert "a-secret-token" not in record.getMessage()
