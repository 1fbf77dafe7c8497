"""After a delight or a disappointment: what it was, what had moved trust by then, what we learn, and the one change."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.pledges.models import Sentence
from kept.ledgers.team.models import Member


class Kind(models.TextChoices):
    DELIGHT = "delight", "a delight"
    DISAPPOINTMENT = "disappointment", "a disappointment"


class Reflections(models.QuerySet["Reflection"]):
    """Named subsets of the reflections."""

    def seen_by(self, viewer: Member) -> "Reflections":
        """Those about clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Reflection(models.Model):
    """One occasion thought over. What was learned stands in its wordings, the newest of which counts.

    `moved` are the rows of trust as the writer saw them: [{"words", "points", "noun", "pk"}], points of 100, frozen.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="reflections")
    kind = models.CharField(max_length=14, choices=Kind)
    after_noun = models.CharField(max_length=60, blank=True)  # "pulses.Answer": the row it followed; empty: none
    after_id = models.BigIntegerField(null=True)
    after_words = models.CharField(max_length=300)  # what happened, as it was told then
    moved = models.JSONField(default=list)
    sentence = models.ForeignKey(Sentence, on_delete=models.SET_NULL, null=True, related_name="+")  # of the pledge
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = Reflections.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["after_noun", "after_id"], name="reflection_after")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="reflection_kind"),
            models.CheckConstraint(condition=~Q(after_words=""), name="reflection_says_after_what"),
            models.CheckConstraint(
                condition=Q(after_noun="", after_id__isnull=True) | (~Q(after_noun="") & Q(after_id__isnull=False)),
                name="reflection_after_a_row_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.after_words


class Wording(models.Model):
    """What we learn and the one thing we change, as somebody put it; the older ones stay."""

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="wordings")
    learned = models.TextField()
    change = models.CharField(max_length=500)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(learned=""), name="wording_learned"),
            models.CheckConstraint(condition=~Q(change=""), name="wording_one_change"),
        ]

    def __str__(self) -> str:
        return self.change
