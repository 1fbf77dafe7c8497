"""Trust as it was counted, kept so that pages need not count: the firm once a day, each client once a day."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.team.models import Member

KEPT_FOR = timedelta(days=400)


class Reckoning(models.Model):
    """The last time on a day when the whole firm was counted; single clients are counted from its averages until then.

    `line` is the journal's last line that everything kept of the day knows of; 0 for a day counted afterwards.
    """

    day = models.DateField(unique=True)  # of the main office
    at = models.DateTimeField()
    line = models.BigIntegerField(default=0)
    numbers = models.CharField(max_length=64)  # a fingerprint of our numbers as they stood
    averages = models.JSONField()  # by pillar: mean and strength where a client without evidence begins

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"


class Snapshots(models.QuerySet["Snapshot"]):
    """Named subsets of the snapshots."""

    def seen_by(self, viewer: Member) -> "Snapshots":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Snapshot(models.Model):
    """One client's trust on one day, the day of the main office, as last counted on it; points of 100."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="snapshots", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()
    line = models.BigIntegerField(default=0)  # the journal's last line before anything was read
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    baseline = models.FloatField()
    evidence = models.CharField(max_length=4)  # "thin", "fair", "firm"
    weight = models.FloatField()
    n = models.PositiveIntegerField()
    alarmed = models.BooleanField(default=False)  # something hurt lately, or drifts
    priors = models.JSONField()  # by pillar: mean and strength it was begun at
    # `telling.told`: pillars, alarms, and the rows that moved it most; older days keep the pillars and alarms alone
    told = models.JSONField()

    objects = Snapshots.as_manager()

    class Meta:
        ordering = ["client", "-day"]
        indexes = [
            models.Index(fields=["day"], name="snapshot_day"),
            models.Index(fields=["day"], name="snapshot_alarmed", condition=Q(alarmed=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["client", "day"], name="snapshot_once_a_day"),
            models.CheckConstraint(condition=Q(low__lte=models.F("high")), name="snapshot_range"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
