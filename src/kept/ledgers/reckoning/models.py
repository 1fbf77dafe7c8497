"""What people decided about the reckoning of trust: numbers changed, rows set aside, alarms that were seen."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.team.models import Member


class NumberChange(models.Model):
    """One of our own numbers was set, or put back to what Kept comes with; the newest of a key counts."""

    key = models.CharField(max_length=80)  # "streams.reply_weight"
    value = models.FloatField(null=True)  # None: as Kept comes with it
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["key", "at"], name="number_change_key")]
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="number_change_has_key")]

    def __str__(self) -> str:
        return self.key


class RowsSetAside(models.QuerySet["RowSetAside"]):
    """Named subsets of the rows set aside."""

    def seen_by(self, viewer: Member) -> "RowsSetAside":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class RowSetAside(models.Model):
    """A row of evidence that does not count for a while, and why; `stream` and `row` name it together."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="rows_set_aside")
    stream = models.CharField(max_length=20)  # "promise", as measures.trust_streams names them
    row = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    since = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    objects = RowsSetAside.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="row_set_aside_has_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="row_set_aside_until_after"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.row}"


class AlarmsSeen(models.QuerySet["AlarmSeen"]):
    """Named subsets of the alarms that were seen."""

    def seen_by(self, viewer: Member) -> "AlarmsSeen":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class AlarmSeen(models.Model):
    """Somebody saw that a pillar drifts: from `at` on it is watched anew."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="alarms_seen")
    part = models.CharField(max_length=20)  # "consistency", as measures.trust_streams names them
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    objects = AlarmsSeen.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(part=""), name="alarm_seen_has_part")]

    def __str__(self) -> str:
        return self.part
