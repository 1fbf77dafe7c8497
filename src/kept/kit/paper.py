"""Papers: a template of `templates/paper` set by typst as tagged PDF, from plain data and nothing else.

The data reach the template as one JSON text and are shown as text: nothing in them is ever read as markup. The template
can read its own folder alone. Each paper is set in a process of its own (`press`).
"""

import base64
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "paper"
UNPRINTABLE = "?"
LONGEST = 30  # seconds; a review takes a third of one
STEERING = {"Cc", "Cf", "Cn", "Co", "Cs"}  # controls and marks of direction: PDF/UA forbids some, nobody reads any
SILENT = {"So", "Sk", "Mn", "Me"}  # pictures and accents say nothing aloud; they are left out where no font has them


class Unprintable(RuntimeError):
    """The press could not set the paper; the message is its own."""


def printed(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The paper as PDF/UA-1, made at `at`; the same data and moment give the same bytes.

    What the shipped fonts lack is looked for among the machine's own; letters that no font has become question marks.
    Raises Unprintable where the template itself is wrong, and after thirty seconds.
    """
    plain = cleaned(data)
    if not strange(plain):
        return _set(template, plain, at, "pdf")[0]
    try:
        return _set(template, plain, at, "pdf", system=True)[0]
    except Unprintable:
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


def _set(
    template: str, data: Any, at: datetime, form: Literal["pdf", "png"], *, system: bool = False, dots: float = 110
) -> list[bytes]:
    job = {
        "template": str(FOLDER / template),
        "root": str(FOLDER),
        "fonts": str(FOLDER / "fonts"),
        "system": system,
        "form": form,
        "dots": dots,
        "data": json.dumps(data, ensure_ascii=False),
        "at": int(at.timestamp()),
    }
    told = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "LANG") if name in os.environ}
    # isolated (-I): our own kit/html.py and kit/secrets.py, which lie beside it, must not stand in for Python's
    press = [sys.executable, "-I", str(Path(__file__).with_name("press.py"))]
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the data go in by stdin
            press, input=json.dumps(job).encode(), capture_output=True, timeout=LONGEST, check=False, env=told
        )
    except subprocess.TimeoutExpired:
        raise Unprintable(f"The paper was not done within {LONGEST} seconds, and was given up.") from None
    if done.returncode:
        raise Unprintable(done.stderr.decode(errors="replace").strip() or "The press ended without a word.")
    return [base64.b64decode(page) for page in json.loads(done.stdout)]
