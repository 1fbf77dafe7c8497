"""Bills that went out, beside what was quoted, and what surprised a client about one; the bill itself is elsewhere."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Member


class Bills(models.QuerySet["Bill"]):
    """Named subsets of the bills."""

    def seen_by(self, viewer: Member) -> "Bills":
        """Those of clients the viewer may know of; amounts are for those who may see money."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Bill(models.Model):
    """Whether it is as quoted is judged from these facts (`measures.billing`), never stored."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="bills", db_index=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.SET_NULL, null=True, blank=True, related_name="bills")
    number = models.CharField(max_length=60)  # as the invoicing tool names it
    link = models.URLField(max_length=500, blank=True)  # to the bill there
    sent_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    quoted = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # none: not known
    currency = models.CharField(max_length=3)
    told_beforehand = models.BooleanField(default=False)  # of the difference, before it went out
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # who wrote it down
    at = models.DateTimeField()

    objects = Bills.as_manager()

    class Meta:
        ordering = ["-sent_on", "-id"]
        indexes = [models.Index(fields=["client", "-sent_on"], name="bill_client")]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="bill_has_number"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="bill_amount"),
            models.CheckConstraint(condition=Q(quoted__isnull=True) | Q(quoted__gte=0), name="bill_quoted"),
            models.UniqueConstraint(fields=["client", "number"], name="bill_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Surprises(models.QuerySet["Surprise"]):
    """Named subsets of what surprised clients."""

    def seen_by(self, viewer: Member) -> "Surprises":
        """Those about bills of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "bill__client__wall_id"))

    def open(self) -> "Surprises":
        """Those not settled."""
        return self.filter(settled_at__isnull=True)


class Surprise(models.Model):
    """A client asked about a bill or disputed it; open until it is settled."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="surprises")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()  # when it was written down
    settled_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=500, blank=True)

    objects = Surprises.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="surprise_has_words"),
            models.CheckConstraint(condition=Q(settled_at__isnull=True) ^ ~Q(how=""), name="surprise_settled_in_words"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(settled_at__gte=F("opened_at")), name="surprise_settled_later"
            ),
            models.UniqueConstraint(fields=["bill"], condition=Q(settled_at__isnull=True), name="surprise_open_once"),
        ]
