"""When we ask how it felt, in which language, and what an invitation is at a moment."""

from django.db import models


class Occasion(models.TextChoices):
    """Why somebody is asked now; the first is about the relationship, the others about a moment."""

    QUARTER = "quarter", "the quarter"
    MILESTONE = "milestone", "a milestone"
    MEETING = "meeting", "a meeting"


class Standing(models.TextChoices):
    """What an invitation is at a moment: its link answers; it ended by itself; we took it back; the link was passed on.

    Of a retired link whoever was asked can still answer by mail.
    """

    OPEN = "open", "open"
    CLOSED = "closed", "closed"
    WITHDRAWN = "withdrawn", "withdrawn"
    RETIRED = "retired", "answered by mail"


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"
    FRENCH = "fr", "français"
    SPANISH = "es", "español"
