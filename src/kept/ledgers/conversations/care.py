"""Who looks after a conversation, and what a person said about it: rows that can be taken back."""

from django.db import models
from django.db.models import Q

from kept.ledgers.team.models import Member


class Assignment(models.Model):
    """Somebody was asked to look after a conversation; the newest counts, and none may be named: nobody's."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="assignments")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Acknowledgement(models.Model):
    """We told them we have it; it stops no clock."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="acknowledgements")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message"], name="acknowledged_once")]


class AsideKind(models.TextChoices):
    NO_REPLY = "no_reply", "needs no reply"
    ELSEWHERE = "elsewhere", "answered elsewhere"
    LATER = "later", "set aside until a day"


class Aside(models.Model):
    """A person said why a message need not be answered here, or not yet; a newer message of theirs opens it again."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="asides")
    kind = models.CharField(max_length=10, choices=AsideKind)
    reason = models.CharField(max_length=500)
    until = models.DateTimeField(null=True)  # only for LATER: when it comes back
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["at"], name="aside_at"),
            models.Index(fields=["until"], name="aside_until_at", condition=Q(until__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="aside_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="aside_has_reason"),
            models.CheckConstraint(condition=Q(kind=AsideKind.LATER) ^ Q(until__isnull=True), name="aside_until"),
            models.CheckConstraint(condition=Q(kind__in=AsideKind.values), name="aside_kind"),
        ]
