"""Sets large files within a message aside while it is parsed, so that they are copied once: when they are decoded."""

import hashlib
import re
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

# Only messages of this size are worth it, and only files of that size within them, in bytes.
_WORTH, _LARGE = 1_000_000, 200_000
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\r\n]*")


@dataclass(frozen=True, slots=True)
class Aside:
    """content: the message with a line of its own for each file; files: those, as views of the original bytes."""

    content: bytes
    mark: str = ""
    files: tuple[memoryview, ...] = field(default=())


def set_aside(content: bytes) -> Aside:
    """The message without its large base64 texts. What stands for them no sender can have written before."""
    runs = _runs(content) if len(content) >= _WORTH else []
    if not runs:
        return Aside(content)
    mark = "kept-aside-" + hashlib.sha256(content).hexdigest()[:32]
    view = memoryview(content)
    pieces: list[bytes | memoryview] = []
    at = 0
    for number, (start, end) in enumerate(runs):
        pieces += [view[at:start], f"{mark}-{number}.".encode()]
        at = end
    return Aside(b"".join([*pieces, view[at:]]), mark, tuple(view[start:end] for start, end in runs))


def give_back(message: "Message[Any, Any]", aside: Aside) -> None:
    """Put the files into the parts they belong to, as bytes where a part is nothing but one file."""
    if not aside.files:
        return
    for part in message.walk():
        inner = vars(part).get("_payload")
        if not isinstance(inner, str) or aside.mark not in inner:
            continue
        is_base64 = str(part.get("content-transfer-encoding") or "").strip().lower().startswith("base64")
        alone = re.fullmatch(rf"\s*{aside.mark}-(\d+)\.\s*", inner) if is_base64 else None
        vars(part)["_payload"] = aside.files[int(alone[1])] if alone else _whole(inner, aside)


def _whole(inner: str, aside: Aside) -> str:
    return re.sub(rf"{aside.mark}-(\d+)\.", lambda found: bytes(aside.files[int(found[1])]).decode("ascii"), inner)


def _runs(content: bytes) -> list[tuple[int, int]]:
    """Where large base64 texts begin and end: each after a blank line, up to the first byte that is none of theirs."""
    found: list[tuple[int, int]] = []
    last = 0
    for probe in range(_LARGE // 2, len(content), _LARGE // 2):
        if probe < last:
            continue
        behind = max(last, probe - _LARGE // 2)
        start = max(content.rfind(b"\n\n", behind, probe) + 2, content.rfind(b"\r\n\r\n", behind, probe) + 4)
        if start < 4 or not (run := _BASE64.match(content, start)) or run.end() - start < _LARGE:
            continue
        last = run.end()
        # the line that ends the file stays, as the next border stands below it
        found.append((start, _filled_end(content, last)))
    return found


def _filled_end(content: bytes, end: int) -> int:
    while content[end - 1 : end] in (b"\r", b"\n"):
        end -= 1
    return end
