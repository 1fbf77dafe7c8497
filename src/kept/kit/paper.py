"""Papers: a template of `templates/paper` set by typst as tagged PDF, from plain data and nothing else.

The data reach the template as one JSON text and are shown as text: nothing in them is ever read as markup. The template
can read its own folder alone.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # 80 MB of it: only who prints loads it
    from typst import Fonts

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "paper"
UNPRINTABLE = "?"
STEERING = {"Cc", "Cf", "Cn", "Co", "Cs"}  # controls and marks of direction: PDF/UA forbids some, nobody reads any
SILENT = {"So", "Sk", "Mn", "Me"}  # pictures and accents say nothing aloud; they are left out where no font has them


def printed(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The paper as PDF/UA-1, made at `at`; the same data and moment give the same bytes.

    What the shipped fonts lack is looked for among the machine's own; letters that no font has become question marks.
    Raises typst.TypstError where the template itself is wrong.
    """
    plain = cleaned(data)
    if not strange(plain):
        return _set(template, plain, at, "pdf")[0]
    import typst

    try:
        return _set(template, plain, at, "pdf", system=True)[0]
    except typst.TypstError:
        return _set(template, _without(plain), at, "pdf")[0]


def pictured(template: str, data: Mapping[str, Any], *, at: datetime, dots: float = 110) -> list[bytes]:
    """The pages of the same paper as PNG, `dots` to the inch."""
    return _set(template, _without(cleaned(data)), at, "png", dots=dots)


def cleaned(data: Any) -> Any:
    """The same data with every text in letters that can be printed, as far as they can be told apart by eye."""
    if isinstance(data, str):
        return "".join(_letter(each) for each in data)
    if isinstance(data, Mapping):
        return {name: cleaned(each) for name, each in data.items()}
    return [cleaned(each) for each in data] if isinstance(data, list | tuple) else data


def strange(data: Any) -> bool:
    """Whether letters are in it that the shipped fonts lack."""
    return any(not _known(each) for each in json.dumps(data, ensure_ascii=False))


def _without(data: Any) -> Any:
    text = json.dumps(data, ensure_ascii=False)
    return json.loads("".join(each if _known(each) else UNPRINTABLE for each in text))


def _letter(each: str) -> str:
    if each == "\n":
        return " "
    if unicodedata.category(each) in STEERING:
        return ""
    if _known(each):
        return each
    plainer = unicodedata.normalize("NFKC", each).replace("\u2010", "-")
    if all(map(_known, plainer)):
        return plainer
    return "" if unicodedata.category(each) in SILENT else each


def _known(each: str) -> bool:
    return ord(each) in _letters()


@cache
def _letters() -> frozenset[int]:
    """What the shipped fonts can print, as `bin/vendor` wrote it down."""
    lines = (line.split() for line in (FOLDER / "fonts" / "letters.txt").read_text().splitlines())
    return frozenset(each for first, last in lines for each in range(int(first, 16), int(last, 16) + 1) if each > 0)


@cache
def _fonts(*, system: bool) -> "Fonts":
    import typst

    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(FOLDER / "fonts")])


def _set(
    template: str, data: Any, at: datetime, form: Literal["pdf", "png"], *, system: bool = False, dots: float = 110
) -> list[bytes]:
    import typst

    made: bytes | list[bytes] = typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        font_paths=_fonts(system=system),
        ignore_system_fonts=True,
        format=form,
        ppi=dots if form == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=int(at.timestamp()),
    )
    return made if isinstance(made, list) else [made]
