"""Mends what mail programs and broken relays did to a message, before it is parsed."""

import re

_HEADER = re.compile(rb"[!-9;-~]{1,80}:|[ \t]")
_SPACED_HEADER = re.compile(rb"([!-9;-~]{1,80})[ \t]+:")
_FOLDED_BOUNDARY = re.compile(rb'(boundary="[^"\r\n]*)\r?\n([ \t][^"\r\n]*")', re.I)
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
# A header block that goes on for longer than this is no header block.
_LONGEST_HEAD = 262_144


def without_wrapping(content: bytes) -> bytes:
    """The message without what mail programs put before it: byte order mark, blank lines, Apple's length line."""
    if content[:1] not in b"\xef\r\n \t0123456789>F":
        return content
    content = content.removeprefix(b"\xef\xbb\xbf")
    if (apple := re.match(rb"\s*(\d{1,12})[ \t]*\r?\n(?=[!-9;-~]+:)", content)) and int(apple[1]) <= len(content):
        return content[apple.end() : apple.end() + int(apple[1])]
    content = re.sub(rb"\A(?:[ \t]*\r?\n)+(?=[!-9;-~]+:)", b"", content)
    return re.sub(rb"\A>?From [^\n]*\n", b"", content)


def mended(content: bytes) -> bytes:
    """The message with its header block in order: no foreign lines in it, no boundary broken in two; b'' if in vain."""
    gap = _BLANK_LINE.search(content[:_LONGEST_HEAD])
    head, rest = (content[: gap.start()], content[gap.start() :]) if gap else (content[:_LONGEST_HEAD], b"")
    whole = _FOLDED_BOUNDARY.sub(rb"\1\2", head)
    lines = [_SPACED_HEADER.sub(rb"\1:", line) for line in whole.splitlines(keepends=True)]
    kept = b"".join(line for line in lines if _HEADER.match(line)).lstrip(b" \t")
    return kept + rest if kept and kept != head else b""
