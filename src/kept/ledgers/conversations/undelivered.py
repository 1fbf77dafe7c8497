"""Messages of ours that did not reach whom they answered: from the day that is known they answer nothing."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class Undelivered(models.Model):
    """Whom the message was for did not get it, as their server told us."""

    message = models.OneToOneField("conversations.Message", on_delete=models.CASCADE, related_name="undelivered")
    at = models.DateTimeField()  # when we were told
    said = models.CharField(max_length=300, blank=True)  # whom it did not reach


def peoples_words(at: datetime, of: str = "") -> Q:
    """Messages that people wrote and that, as known at `at`, reached somebody; `of` leads from the row to them."""
    arrived = Q(**{f"{of}undelivered": None}) | Q(**{f"{of}undelivered__at__gt": at})
    return Q(**{f"{of}automatic": ""}) & arrived
