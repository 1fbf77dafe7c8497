"""Files that came with messages or go along with letters: the bytes once by content, the names by message."""

from django.db import models


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
