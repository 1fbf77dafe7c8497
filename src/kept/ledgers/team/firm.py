"""The firm itself: what it is called, how soon it answers, and which mail is its own."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Firm(models.Model):
    """The one firm of this installation."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="GBP")
    pledge_minutes = models.PositiveIntegerField(default=240)  # a person answers within so many working minutes
    has_help_page = models.BooleanField(default=True)  # "How can I help you?", open to everybody
    is_demo = models.BooleanField(default=False)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="one_firm"),
            models.CheckConstraint(condition=Q(pledge_minutes__gte=1), name="pledge_above_zero"),
        ]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A mail domain of ours: whoever writes from it is one of us."""

    name = models.CharField(max_length=253, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(name=Lower("name")), name="our_domain_lower")]
