"""Sentences we sent, folded and hashed, so that a line that went to many others is known; can be built anew."""

from django.db import models

from kept.ledgers.clients.models import Client


class Sentence(models.Model):
    """One sentence of a message of ours to a client; `key` is the hash of its folded words."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="sentences")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    key = models.BigIntegerField()
    folded = models.CharField(max_length=500)
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "client"], name="sentence_key")]


class Shingle(models.Model):
    """One hash of a sentence's prefix; sentences nearly the same share one (see measures/text/sameness)."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="shingles")
    hash = models.BigIntegerField(db_index=True)
