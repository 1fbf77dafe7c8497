"""A table opens whatever program saved it, and its lines are those an editor shows."""

from pathlib import Path

import pytest

from kept.doors.imports.questions import Unknown
from kept.doors.imports.sheets import TORN, Sheet, open_sheet, read_text

from .conftest import Write


def opened(path: Path) -> Sheet:
    return open_sheet(read_text(path), lambda cells: len({"Client", "Hours"} & set(cells)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_every_usual_encoding_is_read(write: Write, encoding: str) -> None:
    sheet = opened(write("Client,Hours\nBoréalis für Ö,1\n", encoding=encoding))
    assert sheet.headings == ("Client", "Hours")
    assert list(sheet.rows()) == [(2, ["Boréalis für Ö", "1"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(write: Write, delimiter: str) -> None:
    sheet = opened(write(f"Client{delimiter}Hours\nBorealis{delimiter}1\n"))
    assert sheet.delimiter == delimiter
    assert list(sheet.rows()) == [(2, ["Borealis", "1"])]


def test_headings_are_found_below_a_title_and_a_sep_line(write: Write) -> None:
    sheet = opened(write("sep=;\nOur hours, April\n\nClient;Hours\nBorealis;1,5\n"))
    assert (sheet.heading_line, sheet.headings) == (4, ("Client", "Hours"))
    assert list(sheet.rows()) == [(5, ["Borealis", "1,5"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_count_as_in_an_editor_below_a_cell_of_several_lines(write: Write, ending: str) -> None:
    sheet = opened(write(ending.join(["Client,Hours", '"Borea', 'lis",1', "", "Cassini,2", ""])))
    assert [line for line, _ in sheet.rows()] == [2, 5]


def test_a_quotation_mark_that_never_closes_costs_its_own_line_and_no_other(write: Write) -> None:
    sheet = opened(write('Client,Hours\nBorealis,"1\nCassini,2\nZed,3\n'))
    assert list(sheet.rows()) == [(2, [TORN]), (3, ["Cassini", "2"]), (4, ["Zed", "3"])]


def test_a_stray_mark_that_closes_in_a_later_row_swallows_nothing(write: Write) -> None:
    sheet = opened(write('Client,Hours\nA,"oops\nB,"fine"\nC,3\n'))
    assert list(sheet.rows()) == [(2, [TORN]), (3, ["B", "fine"]), (4, ["C", "3"])]


def test_a_mark_that_swallows_a_long_file_is_found_too(write: Write) -> None:
    sheet = opened(write('Client,Hours\nA,"oops\n' + "Borealis,1\n" * 20_000))
    lines = list(sheet.rows())
    assert lines[0] == (2, [TORN])
    assert len(lines) == 20_001


@pytest.mark.parametrize(
    ("data", "word"), [(b"PK\x03\x04rest", "workbook"), (b"%PDF-1.7", "PDF"), (b"", "empty"), (b"\n\n", "empty")]
)
def test_a_file_that_is_no_table_is_named_kindly(write: Write, data: bytes, word: str) -> None:
    with pytest.raises(Unknown, match=word) as unknown:
        opened(write(data))
    assert unknown.value.remedy


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match=r"nowhere\.csv could not be opened"):
        opened(tmp_path / "nowhere.csv")
