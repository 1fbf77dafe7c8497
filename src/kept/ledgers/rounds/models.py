"""Rounds in which the team is asked how it is for them; nothing in them says who answered what, or when.

Why there is no row for an answer, and what somebody could still find out: docs/decisions, "Answers of the team".
"""

import uuid

from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from kept.kit.secrets import SecretField
from kept.ledgers.team.models import Member, Office

HIGHEST = 10


class Question(models.TextChoices):
    PROUD = "proud", "I am proud of what we did for clients."
    ENERGY = "energy", "I have energy for this work."
    VALUED = "valued", "I am valued here."


class Round(models.Model):
    """One time the team is asked. Until it closes the answers lie in `box`, all together and sealed; then none does."""

    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answers = models.PositiveIntegerField(null=True)  # how many came, once it has closed
    key = SecretField()  # opens the box; destroyed when the round closes
    box = models.TextField(blank=True)

    class Meta:
        ordering = ["-opens_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_closes_later"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, answers__isnull=True)
                | Q(closed_at__gte=F("closes_at"), answers__isnull=False, key="", box=""),
                name="round_closed_holds_no_box",
            ),
            models.UniqueConstraint(
                ExpressionWrapper(Q(closed_at__isnull=True), models.BooleanField()),
                condition=Q(closed_at__isnull=True),
                name="round_one_open",
            ),
        ]


class Asked(models.Model):
    """Somebody was asked. Whether they answered is written nowhere but in the sealed box, and there not by name."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="asked_once")]


class Tally(models.Model):
    """How many gave one mark to one question: of everybody (no office), or of an office large enough to be shown.

    Written when the round closes, and only what may be shown. A person's three marks are not together any more.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="+")
    question = models.CharField(max_length=6, choices=Question)
    mark = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["round_id", "question", "office_id", "mark"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "mark"], condition=Q(office__isnull=True), name="tally_once"
            ),
            models.UniqueConstraint(fields=["round", "question", "mark", "office"], name="tally_of_office_once"),
            models.CheckConstraint(condition=Q(question__in=Question.values), name="tally_question"),
            models.CheckConstraint(condition=Q(mark__lte=HIGHEST), name="tally_mark"),
            models.CheckConstraint(condition=Q(people__gte=1), name="tally_counts_somebody"),
        ]


class Remark(models.Model):
    """What somebody wrote, apart from their marks. Its key is random, and rows are written in the order of the keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="remarks")
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="remark_has_words")]
