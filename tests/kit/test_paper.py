"""Papers: tagged PDF from plain data; whatever stands in the data is text, and what no font has does no harm."""

import re
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kept.kit import paper

AT = datetime(2026, 10, 20, 9, 40, tzinfo=UTC)
PLAIN = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.said)
#set text(font: ("Inter", "Inter Ext", "Inter Greek", "Inter Cyrillic"))
= #d.said
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of papers with the real fonts and one plain template."""
    (tmp_path / "plain.typ").write_text(PLAIN)
    (tmp_path / "fonts").symlink_to(paper.FOLDER / "fonts")
    monkeypatch.setattr(paper, "FOLDER", tmp_path)
    return tmp_path


def printed(said: str) -> bytes:
    return paper.printed("plain.typ", {"said": said}, at=AT)


def plain(pdf: bytes) -> str:
    """Everything in the file that can be read as text, its compressed parts unpacked."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return b"\n".join(parts).decode("latin-1")


def test_it_is_tagged_and_says_that_it_is_pdf_ua_1(folder: Path) -> None:
    text = plain(printed("Hello"))
    assert "<pdfuaid:part>1</pdfuaid:part>" in text
    assert "/MarkInfo" in text
    assert "/StructTreeRoot" in text
    assert "/Lang" in text


def test_the_same_data_and_moment_give_the_same_bytes(folder: Path) -> None:
    assert printed("Hello") == printed("Hello")


@pytest.mark.parametrize(
    "said",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0": *',
        "$ x $ *bold* _em_ `raw` <label> @ref \\ // not a comment",
        "]#pagebreak()[",
        "#sys.inputs",
        "<script>alert(1)</script>",
    ],
)
def test_what_looks_like_markup_is_only_text(said: str, folder: Path) -> None:
    pages = paper.pictured("plain.typ", {"said": said}, at=AT, dots=20)
    assert len(pages) == 1
    assert printed(said).startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt"])
def test_a_template_reads_its_own_folder_alone(path: str, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "nosy.typ").write_text(f'#read("{path}")')
    with pytest.raises(RuntimeError):
        paper.printed("nosy.typ", {}, at=AT)


@pytest.mark.parametrize(
    "said",
    [
        "Łódź, Ελλάδα, Привет",
        "well done 😀👍🏽",
        "漢字",
        "bell\x07 and \u202eback\u202c",
        "a\u00adb\u200bc\ufeff",
        "ﬁne",
        "",
        "a\nb",
    ],
)
def test_no_letter_from_anywhere_keeps_a_paper_from_being_made(said: str, folder: Path) -> None:
    assert printed(said or "x").startswith(b"%PDF-")


def test_signs_without_a_sound_are_left_out_and_letters_are_not(folder: Path) -> None:
    told: dict[str, Any] = paper.cleaned({"a": ["well 😀", "ﬁne", "Łódź", "bell\x07"], "b": {"c": "non\u2011breaking"}})
    assert told == {"a": ["well ", "fine", "Łódź", "bell"], "b": {"c": "non-breaking"}}
    assert paper.strange({"a": "漢字"})
    assert not paper.strange({"a": "Ελλάδα", "b": [1, None, True, 0.5]})


def test_pages_can_be_looked_at(folder: Path) -> None:
    assert [page[:4] for page in paper.pictured("plain.typ", {"said": "漢"}, at=AT)] == [b"\x89PNG"]


def test_who_asks_for_a_paper_never_loads_what_sets_it(folder: Path) -> None:
    loaded = "typst" in sys.modules
    printed("Hello")
    assert ("typst" in sys.modules) == loaded


def test_a_wrong_template_is_told_in_the_words_of_the_press(folder: Path) -> None:
    (folder / "wrong.typ").write_text("#nobody()")
    with pytest.raises(paper.Unprintable, match="unknown variable: nobody"):
        paper.printed("wrong.typ", {}, at=AT)


def test_a_template_that_never_ends_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "LONGEST", 0.01)
    with pytest.raises(paper.Unprintable, match="given up"):
        printed("Hello")
