"""Files that came with messages or go along with letters: the bytes once by content, the names by message."""

import zlib
from hashlib import sha256

from django.db import models

# they are compressed by themselves, and trying again costs more than it saves
_DENSE = ("image/", "audio/", "video/", "application/zip", "application/gzip", "application/x-7z")


class Content(models.Model):
    """The bytes of a file, compressed, kept once however often it is sent."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    zipped = models.BinaryField()
    is_zipped = models.BooleanField(default=True)  # pictures and archives do not get smaller: they stay as they are


class Attachment(models.Model):
    """One file of one message, in order; without content when it was larger than what is kept (see the original)."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="files")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, null=True, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)  # made safe
    kind = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    inline_id = models.CharField(max_length=250, blank=True)  # its Content-ID, of a picture shown within the words

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="attachment_once")]


def packed(content: bytes, *, kind: str = "") -> Content:
    """The row of these bytes, not yet kept: compressed where that makes them smaller."""
    zipped = b"" if kind.lower().startswith(_DENSE) else zlib.compress(content)
    smaller = bool(zipped) and len(zipped) < len(content)
    return Content(
        sha256=print_of(content), size=len(content), zipped=zipped if smaller else content, is_zipped=smaller
    )  # fmt: skip


def opened(content: Content) -> bytes:
    """The bytes as they came; zlib.error when they are not whole."""
    kept = bytes(content.zipped)
    return zlib.decompress(kept) if content.is_zipped else kept


def print_of(content: bytes) -> str:
    """What the bytes are known by."""
    return sha256(content).hexdigest()
