"""Work handed over to a client, and how they received it."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Member


class Deliverables(models.QuerySet["Deliverable"]):
    """Named subsets of the work handed over."""

    def seen_by(self, viewer: Member) -> "Deliverables":
        """That of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Deliverable(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="deliverables", db_index=False)
    engagement = models.ForeignKey(
        Engagement, on_delete=models.SET_NULL, null=True, blank=True, related_name="deliverables"
    )
    name = models.CharField(max_length=200)
    handed_at = models.DateTimeField()
    rounds = models.PositiveSmallIntegerField(null=True, blank=True)  # of changes, as agreed; none: nothing was
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # who wrote it down
    at = models.DateTimeField()

    objects = Deliverables.as_manager()

    class Meta:
        ordering = ["-handed_at", "-id"]
        indexes = [models.Index(fields=["client", "-handed_at"], name="deliverable_client")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="deliverable_has_name"),
            models.UniqueConstraint(fields=["client", "name", "handed_at"], name="deliverable_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ReceiptKind(models.TextChoices):
    ACCEPTED = "accepted", "accepted"
    EXTRA_ROUND = "extra_round", "one more round because of us"
    REDONE = "redone", "had to be done again"


class Receipt(models.Model):
    """What the client said of it on one occasion; rounds within those agreed are no receipt of their own.

    How it was received in all is judged from these rows (`measures.receiving`), never stored.
    """

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="receipts")
    kind = models.CharField(max_length=11, choices=ReceiptKind)
    said_at = models.DateTimeField()
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()  # when it was written down

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReceiptKind.values), name="receipt_kind"),
            models.UniqueConstraint(fields=["deliverable", "kind", "said_at"], name="receipt_once"),
            models.UniqueConstraint(fields=["deliverable"], condition=Q(kind="accepted"), name="receipt_accepted_once"),
        ]
