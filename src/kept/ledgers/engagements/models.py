"""What was sold: the engagement, the budgets agreed for it over time, and the people promised."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.engagements.replaced import Replacement
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.models import Member

__all__ = ["Budget", "Engagement", "Explanation", "Gift", "Kind", "OverReason", "PromisedPerson", "Replacement"]


class Kind(models.TextChoices):
    RETAINER = "retainer", "retainer"
    FIXED = "fixed", "fixed"
    HOURLY = "hourly", "hourly"


class Engagements(models.QuerySet["Engagement"]):
    """Named subsets of what was sold."""

    def seen_by(self, viewer: Member) -> "Engagements":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))

    def open(self) -> "Engagements":
        """Those not closed."""
        return self.filter(closed_on__isnull=True)


class Engagement(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="engagements")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)  # as agreed; none: until notice
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True)

    objects = Engagements.as_manager()

    class Meta:
        ordering = ["client_id", "starts", "id"]
        constraints = [
            models.UniqueConstraint("client", Lower("name"), name="engagement_name"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="engagement_kind"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="engagement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("starts")),
                name="engagement_closes_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Budget(models.Model):
    """Hours and fee agreed for a stretch of time.

    Of a retainer the hours and the fee are for each calendar month of the stretch; of anything else for the whole.
    A change order is one more row, with its reason; nothing is overwritten.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="budgets")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    hours = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    fee = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["engagement_id", "starts", "id"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "starts", "reason"], name="budget_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="budget_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=0) | ~Q(reason=""), name="budget_hours"
            ),
        ]


class PromisedPerson(models.Model):
    """Who was promised to do the work, and how much of it."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="promised_people")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="promised_to")
    share = models.DecimalField(max_digits=4, decimal_places=3)  # of the engagement's hours, 0..1
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "member", "since"], name="promised_once"),
            models.CheckConstraint(condition=Q(share__gt=0) & Q(share__lte=1), name="promised_share"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="promised_until_after_since"
            ),
        ]


class Gift(models.Model):
    """Hours given on purpose: chosen beforehand, by someone, for a reason."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="gifts")
    month = models.DateField()  # its first day
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    purpose = models.CharField(max_length=300)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="gift_above_zero"),
            models.CheckConstraint(condition=~Q(purpose=""), name="gift_has_purpose"),
        ]


class OverReason(models.TextChoices):
    ASKED = "asked", "asked extra"
    REWORK = "rework", "rework, ours"
    ESTIMATE = "estimate", "estimate"
    HABIT = "habit", "habit"


class Explanation(models.Model):
    """Why a month's hours went beyond what was paid for, as somebody who knows said."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="explanations")
    month = models.DateField()
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    reason = models.CharField(max_length=10, choices=OverReason)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="explained_above_zero"),
            models.CheckConstraint(condition=Q(reason__in=OverReason.values), name="explained_reason"),
        ]
