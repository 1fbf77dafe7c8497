"""What came of a low answer: who spoke with them, and how it ended."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import behind_wall
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member


class FollowUps(models.QuerySet["FollowUp"]):
    """Named subsets of the follow-ups."""

    def seen_by(self, viewer: Member) -> "FollowUps":
        """Those at clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "answer__client__wall_id"))


class FollowUp(models.Model):
    """A low answer's own story: who is told the same day, who spoke with them, and what came of it."""

    answer = models.OneToOneField("pulses.Answer", on_delete=models.CASCADE, related_name="follow_up")
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    promise = models.ForeignKey(Promise, on_delete=models.SET_NULL, null=True, related_name="+")  # like any other
    spoke_at = models.DateTimeField(null=True)
    spoke_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    spoke_words = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True)

    objects = FollowUps.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(outcome=""), name="follow_up_ends_in_words"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(spoke_at__isnull=False), name="follow_up_ends_after_speaking"
            ),
        ]
