"""Time worked, entry by entry, and the monthly sums that the verbs keep true."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.models import Member


class Entries(models.QuerySet["Entry"]):
    """Named subsets of the hours."""

    def seen_by(self, viewer: Member) -> "Entries":
        """Hours for clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Entry(models.Model):
    """One piece of time somebody worked for a client; where a tool records whole tasks it may be longer than a day."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="hours", db_index=False)
    engagement = models.ForeignKey(
        Engagement, on_delete=models.SET_NULL, null=True, related_name="hours", db_index=False
    )
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="hours")
    person = models.CharField(max_length=200)  # as the record names them
    day = models.DateField()
    started_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField()
    project = models.CharField(max_length=300, blank=True)
    task = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    billable = models.BooleanField(null=True)
    source = models.CharField(max_length=20)
    external_id = models.CharField(max_length=120)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True)

    objects = Entries.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="entry_once"),
        ]
        indexes = [
            # both cover the grouped sums: a plain foreign-key index would make them slower than none
            models.Index(fields=["engagement", "day", "seconds"], name="entry_engagement_day"),
            models.Index(fields=["client", "day", "seconds"], name="entry_client_day"),
        ]


class MonthTotal(models.Model):
    """Seconds worked on an engagement in a month (none: hours of the client without one).

    A sum kept for speed: `verbs.recount` makes it from the entries, every verb that adds or removes entries calls it,
    and `kept doctor` compares.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="month_totals")
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, null=True, related_name="month_totals")
    month = models.DateField()  # its first day
    seconds = models.PositiveBigIntegerField()
    last_day = models.DateField()  # the last day with an entry

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "month"], name="month_total_once"),
            models.UniqueConstraint(
                fields=["client", "month"], condition=Q(engagement__isnull=True), name="month_total_loose_once"
            ),
        ]
        indexes = [models.Index(fields=["engagement", "month", "seconds"], name="month_total_engagement")]
