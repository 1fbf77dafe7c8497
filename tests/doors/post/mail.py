"""Builds raw messages for tests, byte by byte, as senders do."""

from kept.doors.post.raw import Raw

HEAD = b"""From: Cleo <cleo@borealis.example>
To: Ada <ada@studio.example>
Subject: The poster
Date: Mon, 6 May 2024 10:00:00 +0200
Message-ID: <one@borealis.example>
"""


def raw(content: bytes | str, **found: object) -> Raw:
    body = content.encode() if isinstance(content, str) else content
    return Raw(source="a.eml", content=body, **found)  # type: ignore[arg-type]


def letter(body: bytes | str = b"Hello Ada.\n", *, more: bytes | str = b"", head: bytes = HEAD) -> Raw:
    """A message from Cleo to Ada, with more headers and another body."""
    more, body = (part.encode() if isinstance(part, str) else part for part in (more, body))
    return raw(head + more + b"\n" + body)
