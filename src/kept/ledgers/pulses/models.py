"""Whom we asked how it felt and what they answered; see also `unasked` and `follow_ups`."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.letters.models import Letter
from kept.ledgers.pulses.follow_ups import FollowUp
from kept.ledgers.pulses.terms import Language, Occasion, Standing
from kept.ledgers.pulses.unasked import Habit, Skip, Why, Wish
from kept.ledgers.team.models import Member

__all__ = [
    "MARKS",
    "Answer",
    "FollowUp",
    "Habit",
    "Invitation",
    "Language",
    "Occasion",
    "Skip",
    "Standing",
    "Why",
    "Wish",
]


class Invitations(models.QuerySet["Invitation"]):
    """Named subsets of the invitations."""

    def seen_by(self, viewer: Member) -> "Invitations":
        """Those to clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))

    def open_at(self, at: datetime) -> "Invitations":
        """Those whose link answers at `at`."""
        return self.filter(withdrawn_at=None, at__lte=at, closes_at__gt=at)


class Invitation(models.Model):
    """One person asked once. The tokens are in the letters that went alone; here are their hashes, see `tokens`."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="invitations")
    occasion = models.CharField(max_length=9, choices=Occasion)
    about = models.CharField(max_length=200, blank=True)  # "the new checkout": of a moment
    moment = models.CharField(max_length=60, blank=True)  # "quarter:2026-4", "touches.Meeting:7"; empty: by hand
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")  # in whose name; never who is judged
    at = models.DateTimeField()
    closes_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # none: a reminder's took its place
    retired_at = models.DateTimeField(null=True)  # its link came to us in a mail, so that others could answer by it
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)  # once
    reminder = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="+")
    reminder_hash = models.CharField(max_length=64, unique=True, null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Invitations.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["contact", "-at"], name="invitation_person")]
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="invitation_occasion"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="invitation_language"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("at")), name="invitation_closes_later"),
            models.UniqueConstraint(fields=["contact", "moment"], condition=~Q(moment=""), name="invited_once"),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=False) | Q(reminder=None, reminder_hash=None), name="reminder_has_day"
            ),
        ]

    def standing(self, at: datetime) -> Standing:
        """What it is at `at`."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if at >= self.closes_at:
            return Standing.CLOSED
        return Standing.RETIRED if self.retired_at is not None else Standing.OPEN


MARKS = ("secure", "cherished", "delighted", "dazzled", "mark")


class Answers(models.QuerySet["Answer"]):
    """Named subsets of the answers."""

    def seen_by(self, viewer: Member) -> "Answers":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Answer(models.Model):
    """What one person said of one moment: up to four feelings and the mark for the work, 0 to 10; their words.

    What was not touched is not known, and stays empty. `invitation` is none where a client spoke of their own accord.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, null=True, related_name="answer")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="pulse_answers")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="pulse_answers")
    at = models.DateTimeField()  # when first given
    changed_at = models.DateTimeField(null=True)  # when last changed
    secure = models.PositiveSmallIntegerField(null=True)
    cherished = models.PositiveSmallIntegerField(null=True)
    delighted = models.PositiveSmallIntegerField(null=True)
    dazzled = models.PositiveSmallIntegerField(null=True)
    mark = models.PositiveSmallIntegerField(null=True)  # for the output, asked apart
    words = models.TextField(blank=True)
    call_me = models.BooleanField(default=False)  # "I'd rather be called"
    source_noun = models.CharField(max_length=60, blank=True)  # "conversations.Message" where they answered by mail
    source_id = models.BigIntegerField(null=True)

    objects = Answers.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["client", "-at"], name="answer_client")]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__lte": 10}) | Q(**{f"{name}__isnull": True}), name=f"answer_{name}"
                )
                for name in MARKS
            ),
            models.CheckConstraint(
                condition=~Q(words="")
                | Q(call_me=True)
                | Q(*[(f"{name}__isnull", False) for name in MARKS], _connector=Q.OR),
                name="answer_says_something",
            ),
        ]
