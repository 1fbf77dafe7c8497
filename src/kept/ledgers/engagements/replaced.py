"""That somebody else does a promised person's part, since when, and whether the client was told before."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import behind_wall
from kept.ledgers.team.models import Member


class Replacements(models.QuerySet["Replacement"]):
    """Named subsets of the replacements."""

    def seen_by(self, viewer: Member) -> "Replacements":
        """Those at clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "promised__engagement__client__wall_id"))


class Replacement(models.Model):
    """A promised person's part ended and somebody else's began.

    Announced is judged from the days, never stored: they were told on a day before the first without the person.
    """

    promised = models.OneToOneField("engagements.PromisedPerson", on_delete=models.CASCADE, related_name="replacement")
    instead = models.OneToOneField("engagements.PromisedPerson", on_delete=models.CASCADE, related_name="replaces")
    since = models.DateField()  # the first day without the person who was promised
    told_on = models.DateField(null=True)  # when the client was told; none: nobody told them
    told_how = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()  # when it was written down

    objects = Replacements.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(told_on__isnull=True) ^ ~Q(told_how=""), name="replacement_told_how"),
            models.CheckConstraint(condition=~Q(promised=F("instead")), name="replacement_two_people"),
        ]

    @property
    def announced(self) -> bool:
        """Whether the client was told before the first day without the person."""
        return self.told_on is not None and self.told_on < self.since
