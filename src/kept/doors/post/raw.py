"""A message as it was found, before anything is read from it."""

from dataclasses import dataclass
from datetime import datetime


class Unreadable(Exception):
    """This can't be a message at all; reason and remedy are plain sentences."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that should be one message, and where they lay.

    source: 'archive.mbox:17' (the 17th message of that file) or the file's path. offset: byte in that file.
    taken: bytes of the total that `files.count` gave which are done with this one. flags: what the folder knew
    ('seen', 'answered', 'flagged', 'draft', 'deleted', 'forwarded'). trouble: why nothing could be read, else None.
    """

    source: str
    content: bytes
    envelope_from: str | None = None
    envelope_at: datetime | None = None
    flags: frozenset[str] = frozenset()
    offset: int = 0
    taken: int = 0
    trouble: Unreadable | None = None
