"""Takes a MIME tree apart into the text, the HTML and the files (the order of RFC 8621, section 4.1.4)."""

from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from kept.doors.post import charsets, enclosures
from kept.kit import html as markup
from kept.measures.text.letter import Attachment

type Part = Message[Any, Any]

# Parts within parts within parts: beyond this depth nobody wrote it by hand.
_DEEPEST = 60
_PICTURES = ("image/", "audio/", "video/")


@dataclass(slots=True)
class Content:
    """What was found; kinds are the content types of all parts, outermost first."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Shown:
    """Body parts in order, as (is_html, text or cleaned HTML): for readers of plain text, and for readers of HTML."""

    plain: list[tuple[bool, str]] = field(default_factory=list)
    rich: list[tuple[bool, str]] = field(default_factory=list)


def content(message: Part) -> Content:
    """Everything in the message that a reader could want."""
    found, shown = Content(), _Shown()
    _walk([message], "mixed", (found, shown), depth=0)
    found.text = "\n".join(filter(None, (markup.words_of(body) if rich else body for rich, body in shown.plain)))
    if any(rich for rich, _ in shown.rich):
        bodies = (body if rich else markup.from_text(body) for rich, body in shown.rich if body.strip())
        found.html = "\n".join(bodies)
    found.text, files = enclosures.from_uuencoded_text(found.text)
    found.attachments += files
    return found


def _walk(parts: list[Part], within: str, into: tuple[Content, _Shown], *, depth: int) -> None:
    found, shown = into
    for position, part in enumerate(parts):
        kind = enclosures.kind(part)
        if kind.startswith("multipart/") and part.is_multipart() and depth < _DEEPEST:
            found.kinds.append(_named_kind(part, kind))
            children = [child for child in enclosures.written(part) if isinstance(child, Message)]
            inner = kind.removeprefix("multipart/")
            if inner == "alternative":
                _choose(children, into, depth=depth + 1)
            else:
                _walk(children, inner, into, depth=depth + 1)
            continue
        found.kinds.append(kind)
        if _is_shown(part, kind, is_first=position == 0, within=within):
            body = _body(part, kind, found)
            shown.plain.append(body)
            shown.rich.append(body)
        else:
            _enclose(part, kind, found)


def _choose(parts: list[Part], into: tuple[Content, _Shown], *, depth: int) -> None:
    """Of several forms of one text the plain one is read as text, and the HTML one is shown."""
    found, shown = into
    ours = _Shown()
    for part in parts:
        kind = enclosures.kind(part)
        if kind.startswith("multipart/") and part.is_multipart():
            inner = _Shown()
            _walk([part], "alternative", (found, inner), depth=depth)
            _sort(inner.plain, ours)
            continue
        found.kinds.append(kind)
        if kind in ("text/plain", "text/html") and not enclosures.is_attached(part):
            _sort([_body(part, kind, found)], ours)
        else:
            _enclose(part, kind, found)
    shown.plain += ours.plain if any(body.strip() for _, body in ours.plain) else ours.rich
    shown.rich += ours.rich or ours.plain


def _sort(bodies: list[tuple[bool, str]], into: _Shown) -> None:
    if any(rich for rich, _ in bodies):
        into.rich += bodies
    else:
        into.plain += bodies


def _is_shown(part: Part, kind: str, *, is_first: bool, within: str) -> bool:
    if enclosures.is_attached(part):
        return False
    if kind in ("text/plain", "text/html"):
        return is_first or (within != "related" and not enclosures.name(part))
    return kind.startswith("text/") and is_first and not enclosures.name(part) and kind != "text/calendar"


def _body(part: Part, kind: str, found: Content) -> tuple[bool, str]:
    payload, trouble = enclosures.payload(part)
    text, wrong_charset = charsets.decode(payload, enclosures.parameter(part, "charset"))
    found.defects += filter(None, (trouble, wrong_charset))
    return (True, markup.clean(text, remote_pictures=True)) if kind == "text/html" else (False, text)


def _enclose(part: Part, kind: str, found: Content) -> None:
    if kind.startswith("multipart/") and not str(enclosures.written(part) or "").strip():
        return
    attachment, trouble = enclosures.attachment(part, kind, number=len(found.attachments) + 1)
    found.attachments.append(attachment)
    if trouble:
        found.defects.append(trouble)


def _named_kind(part: Part, kind: str) -> str:
    if kind != "multipart/report":
        return kind
    return f"{kind}; {enclosures.parameter(part, 'report-type').lower()}".rstrip("; ")
