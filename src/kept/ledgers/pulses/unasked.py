"""Whom we did not ask how it felt and why, who does not want to be asked, and when Kept asks by itself."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.pulses.terms import Occasion
from kept.ledgers.team.models import Member


class Why(models.TextChoices):
    """Why somebody was not asked."""

    THROTTLED = "throttled", "asked not long ago"
    INCIDENT = "incident", "something is open with them"
    DISPUTE = "dispute", "a bill is disputed"
    NO_ADDRESS = "no address", "we have no mail address"
    WISH = "wish", "they asked not to be asked"
    NOBODY_ELSE = "nobody else", "nobody could ask but who is judged"


class Skips(models.QuerySet["Skip"]):
    """Named subsets of whom we did not ask."""

    def seen_by(self, viewer: Member) -> "Skips":
        """Those at clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Skip(models.Model):
    """Somebody was not asked, and why: a mean without it would hide who was left out."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="pulse_skips")
    occasion = models.CharField(max_length=9, choices=Occasion)
    about = models.CharField(max_length=200, blank=True)
    moment = models.CharField(max_length=60, blank=True)  # as of an invitation; told once for each reason
    at = models.DateTimeField()
    why = models.CharField(max_length=11, choices=Why)
    words = models.CharField(max_length=300, blank=True)  # "a message of 3 November still waits"

    objects = Skips.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="skip_occasion"),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="skip_why"),
            models.UniqueConstraint(fields=["contact", "moment", "why"], condition=~Q(moment=""), name="skipped_once"),
        ]


class Wishes(models.QuerySet["Wish"]):
    """Named subsets of the wishes."""

    def seen_by(self, viewer: Member) -> "Wishes":
        """Those of people at clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "contact__client__wall_id"))


class Wish(models.Model):
    """Somebody does not want to be asked how it felt; as long as it stands, nobody asks them."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="pulse_wish")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # none: they said so here
    words = models.CharField(max_length=300, blank=True)

    objects = Wishes.as_manager()

    class Meta:
        ordering = ["-at", "-id"]


class Habit(models.Model):
    """An occasion at which Kept asks by itself, from `since` on: without it nobody is asked but by hand."""

    occasion = models.CharField(max_length=9, choices=Occasion, unique=True)
    since = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="habit_occasion")]
