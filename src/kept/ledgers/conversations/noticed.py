"""What Kept noticed in a message, and what people said against it; what is contradicted stays contradicted."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import behind_wall
from kept.ledgers.team.models import Member


class Requests(models.QuerySet["Request"]):
    """Named subsets of the requests found."""

    def seen_by(self, viewer: Member) -> "Requests":
        """Those in conversations the viewer may know of."""
        return self.exclude(behind_wall(viewer, "message__conversation__client__wall_id"))

    def standing(self) -> "Requests":
        """Those nobody dismissed."""
        return self.filter(dismissed_at=None)


class Request(models.Model):
    """A sentence of theirs that seems to ask us for something; a suggestion until a person takes it up."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="requests")
    words = models.CharField(max_length=500)
    probability = models.FloatField()
    urgent = models.CharField(max_length=60, blank=True)  # the word that hurries: "asap"
    by_at = models.DateTimeField(null=True)  # by when they ask for it, where they name a day
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = Requests.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "words"], name="request_once"),
            models.CheckConstraint(condition=Q(probability__gte=0) & Q(probability__lte=1), name="request_probability"),
        ]


class About(models.TextChoices):
    AUTOMATIC = "automatic", "that a machine wrote it"
    CLOSING = "closing", "that it needs no reply"


class Contradiction(models.Model):
    """A person said: you noticed wrongly. What stood there before is kept, so that it can be taken back."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="contradictions")
    about = models.CharField(max_length=9, choices=About)
    was = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "about"], name="contradicted_once"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="contradiction_about"),
        ]
