"""Who is looking at a conversation right now, and who is typing; told by their browser, believed for seconds."""

from django.db import models

from kept.ledgers.team.models import Member


class Looking(models.Model):
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    typing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="looking_once")]
