"""Doors for what is said elsewhere: comments, connection requests and missed calls come in by a token."""

from django.db import models
from django.db.models import Q

from kept.ledgers.team.models import Member


class Inlet(models.Model):
    """A token that may bring words of one kind in, and nothing else; only its hash is kept."""

    name = models.CharField(max_length=120)  # "Comments on our blog"
    channel = models.CharField(max_length=10)
    hashed = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # when it last brought something

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="inlet_has_name")]

    def __str__(self) -> str:
        return self.name
