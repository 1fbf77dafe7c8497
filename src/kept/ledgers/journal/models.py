"""Two tables: what was done by whom, and the batches in which rows came from outside."""

from django.db import models
from django.db.models import Q


class Line(models.Model):
    """One act. Lines are never changed or removed; people are named in them, not linked, so that they outlive them."""

    at = models.DateTimeField(db_index=True)
    by_id = models.BigIntegerField(null=True)  # team.Member; no foreign key: the journal stands below the team
    by_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)  # "promises.keep"
    noun = models.CharField(max_length=60)  # "promises.Promise"
    row_id = models.BigIntegerField(null=True)
    client_id = models.BigIntegerField(null=True)
    said = models.TextField(blank=True)  # what changed, in words or as the removed row's facts
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["noun", "row_id"], name="journal_line_row"),
            models.Index(fields=["client_id", "-at"], name="journal_line_client"),
        ]


class Batch(models.Model):
    """Rows that came in together from outside and can be taken back together."""

    kind = models.CharField(max_length=20)  # "mail", "time", "budget", "clients"
    source = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=models.F("at")), name="batch_undone_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} from {self.source}"
