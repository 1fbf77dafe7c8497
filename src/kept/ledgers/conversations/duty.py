"""Who looks after what comes from people we do not know: rules first, then a rota, so that nothing sits unseen."""

from django.db import models
from django.db.models import Q

from kept.ledgers.team.models import Member


class Turn(models.Model):
    """One member's place in the rota; a turn lasts a week, and whoever is away is passed over."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="duty_turn")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]


class Looks(models.TextChoices):
    SENDER = "sender", "the sender's address contains"
    RECIPIENT = "recipient", "it was sent to"
    SUBJECT = "subject", "the subject contains"
    CHANNEL = "channel", "it came as a"


class Rule(models.Model):
    """Mail of people we do not know that looks like this goes to that member; the first rule that fits counts."""

    position = models.PositiveSmallIntegerField()
    looks = models.CharField(max_length=9, choices=Looks)
    words = models.CharField(max_length=200)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="duty_rules")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="rule_has_words"),
            models.CheckConstraint(condition=Q(looks__in=Looks.values), name="rule_looks"),
        ]
