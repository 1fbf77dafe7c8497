"""Clocks that stand still because we truly wait for them, and letters of ours that should come back unanswered."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.team.models import Member


class Pause(models.Model):
    """We can't answer before they do something; their clock stands from `at` until they write or somebody ends it."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conversation"], condition=Q(ended_at=None), name="one_pause_at_a_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_reason"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("at")), name="pause_in_time"),
        ]


class FollowUp(models.Model):
    """We wrote, and it should come back at `due_at` if nobody has answered by then; one chosen day a message."""

    message = models.OneToOneField("conversations.Message", on_delete=models.CASCADE, related_name="follow_up")
    due_at = models.DateTimeField(null=True, db_index=True)  # None: somebody said it need not come back
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
