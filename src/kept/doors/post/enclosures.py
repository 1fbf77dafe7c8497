"""Reads one MIME part: its kind, its name, its bytes."""

import binascii
import mimetypes
import re
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any

from kept.doors.post import charsets, headers
from kept.measures.text.letter import Attachment

type Part = Message[Any, Any]

_KIND = re.compile(r"^\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)\s*(?:[;\s]|$)", re.I)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_FOLDERS = re.compile(r"^.*[\\/](?=[^\\/])|[\\/]+", re.S)
_LONGEST_NAME = 180
_UU_BLOCK = re.compile(
    r"^begin (?:-base64 )?[0-7]{3,4} (\S[^\n]*)\n((?:[ -`]{1,90}\n)+?)(?:`|\s)?\n?end[ \t]*$\n?", re.M
)
_UU_NAMES = ("x-uuencode", "uuencode", "uue", "x-uue")
_KNOWN_NAMES = {"message/delivery-status": "delivery-status.txt", "text/calendar": "invitation.ics"}
_ENDINGS = {"message/rfc822": ".eml", "text/plain": ".txt", "text/rfc822-headers": ".txt", "image/jpeg": ".jpg"}


def kind(part: Part) -> str:
    """The content type, lower-cased; what can't be read counts as plain text at the root, as bytes below."""
    value = part.get("content-type")
    if value is None or not str(value).strip():
        return str(part.get_default_type()).lower()
    found = _KIND.match(str(value))
    if found:
        return found[1].lower()
    bare = str(value).strip().lower().partition(";")[0].strip()
    return {"html": "text/html", "message": "message/rfc822"}.get(bare, "text/plain")


def parameter(part: Part, name: str, header: str = "content-type") -> str:
    """A parameter's value, decoded by RFC 2231 and, as many senders do, by RFC 2047; '' when absent."""
    if header not in part:
        return ""
    try:
        value = part.get_param(name, "", header)
        found = collapse_rfc2231_value(value, errors="replace") if value else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return headers.text(found) if found else ""


def is_attached(part: Part) -> bool:
    """The sender said that this part is a file and no text to be read in place."""
    return str(part.get("content-disposition") or "").strip().lower().startswith("attachment")


def name(part: Part) -> str:
    """The file name that the sender gave, made safe; '' when none was given."""
    given = parameter(part, "filename", "content-disposition") or parameter(part, "name")
    return safe_name(given)


def safe_name(given: str) -> str:
    """A name without folders, controls and direction marks, at most 180 characters, its ending kept."""
    found = _FOLDERS.sub("", _UNSAFE.sub("", given)).strip().strip(".") or ("file" if given.strip() else "")
    if len(found) <= _LONGEST_NAME:
        return found
    stem, dot, ending = found.rpartition(".")
    return stem[: _LONGEST_NAME - 12] + dot + ending if dot and len(ending) < 12 else found[:_LONGEST_NAME]


def written(part: Part) -> Any:
    """The part's inside as the parser left it: parts, or text with bytes above 127 as surrogates, or bytes set aside.

    get_payload() would first decode the text by whatever charset is named, which may be none, or a slow one.
    """
    return vars(part)["_payload"]


def payload(part: Part) -> tuple[bytes, str]:
    """The decoded bytes, and '' or a sentence on how they were damaged."""
    inner = written(part)
    if isinstance(inner, list):
        return _nested(inner), ""
    content = inner if isinstance(inner, memoryview) else str(inner or "").encode("utf-8", "surrogateescape")
    encoding = str(part.get("content-transfer-encoding") or "").strip().lower()
    if encoding.startswith("base64"):
        decoded = headers.unbase64(content)
        is_damaged = not decoded and bool(bytes(content).strip())
        return (bytes(content), "A part was said to be base64 and is not.") if is_damaged else (decoded, "")
    content = bytes(content)
    if encoding.startswith("quoted"):
        return binascii.a2b_qp(content), ""
    if encoding in _UU_NAMES:
        _, files = from_uuencoded_text(charsets.tidy(content.decode("latin-1")))
        return (files[0].content, "") if files else (content, "A part was said to be uuencoded and is not.")
    return content, ""


def _nested(parts: list[Any]) -> bytes:
    return "\n".join(_whole(part) for part in parts if isinstance(part, Message)).encode("utf-8", "surrogateescape")


def _whole(part: Part) -> str:
    """The part as it came, down to its folds; the library's own writer refuses broken headers."""
    head = "".join(f"{name}: {value}\n" for name, value in part.raw_items())
    inner = written(part)
    if not isinstance(inner, list):
        return f"{head}\n{bytes(inner).decode('ascii') if isinstance(inner, memoryview) else inner or ''}"
    within = [_whole(child) for child in inner if isinstance(child, Message)]
    boundary = parameter(part, "boundary")
    if not boundary:
        return f"{head}\n" + "\n".join(within)
    border = f"\n--{boundary}"
    return f"{head}\n{part.preamble or ''}" + "".join(f"{border}\n{one}" for one in within) + f"{border}--\n"


def attachment(part: Part, kind: str, *, number: int) -> tuple[Attachment, str]:
    """The part as a file; a nameless one is called after what it holds."""
    content, trouble = payload(part)
    found = Attachment(
        name=name(part) or _made_up_name(part, kind, number),
        kind=kind,
        size=len(content),
        content_id=headers.normal_id(headers.text(str(part.get("content-id") or ""))),
        content=content,
    )
    return found, trouble


def _made_up_name(part: Part, kind: str, number: int) -> str:
    if kind in _KNOWN_NAMES:
        return _KNOWN_NAMES[kind]
    inner = written(part)
    if kind == "message/rfc822" and isinstance(inner, list) and inner:
        subject = safe_name(headers.text(str(inner[0].get("subject") or "")).replace("/", " "))
        return f"{subject or 'message'}.eml"
    return f"part-{number}{_ENDINGS.get(kind) or mimetypes.guess_extension(kind) or '.bin'}"


def from_uuencoded_text(text: str) -> tuple[str, list[Attachment]]:
    """Text without the files that old mail programs wrote into it, and those files."""
    if "begin " not in text or "\nend" not in text:
        return text, []
    files = []
    for block in _UU_BLOCK.finditer(text):
        content = _uudecoded(block[2])
        given = safe_name(headers.text(block[1])) or "file"
        kind = mimetypes.guess_type(given)[0] or "application/octet-stream"
        files.append(Attachment(name=given, kind=kind, size=len(content), content=content))
    return _UU_BLOCK.sub("", text), files


def _uudecoded(lines: str) -> bytes:
    decoded = bytearray()
    for line in lines.splitlines():
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders pad wrongly: the length stands in the first character, and the rest is cut to it.
            length = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
            try:
                decoded += binascii.a2b_uu(line[:length])
            except binascii.Error:
                continue
    return bytes(decoded)
