"""Whom we asked how it felt, what they answered, whom we did not ask and why, and what came of an answer."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.letters.models import Letter
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member


class Occasion(models.TextChoices):
    """Why somebody is asked now; the first is about the relationship, the others about a moment."""

    QUARTER = "quarter", "the quarter"
    MILESTONE = "milestone", "a milestone"
    MEETING = "meeting", "a meeting"


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"
    FRENCH = "fr", "français"
    SPANISH = "es", "español"


class Invitations(models.QuerySet["Invitation"]):
    """Named subsets of the invitations."""

    def seen_by(self, viewer: Member) -> "Invitations":
        """Those to clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Invitation(models.Model):
    """One person asked once. The token itself is in the letter alone; here is its hash."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="invitations")
    occasion = models.CharField(max_length=9, choices=Occasion)
    about = models.CharField(max_length=200, blank=True)  # "the new checkout": of a moment
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")  # in whose name; never who is judged
    at = models.DateTimeField()
    closes_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)  # once
    reminder = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = Invitations.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["contact", "-at"], name="invitation_person")]
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="invitation_occasion"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="invitation_language"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("at")), name="invitation_closes_later"),
        ]


_MARKS = ("secure", "cherished", "delighted", "dazzled", "mark")


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
                for name in _MARKS
            ),
            models.CheckConstraint(
                condition=~Q(words="") | Q(*[(f"{name}__isnull", False) for name in _MARKS], _connector=Q.OR),
                name="answer_says_something",
            ),
        ]


class Why(models.TextChoices):
    """Why somebody was not asked."""

    THROTTLED = "throttled", "asked not long ago"
    INCIDENT = "incident", "something is open with them"
    DISPUTE = "dispute", "a bill is disputed"
    NO_ADDRESS = "no address", "we have no mail address"
    WISH = "wish", "they asked not to be asked"
    NOBODY_ELSE = "nobody else", "nobody could ask but who is judged"


class Skip(models.Model):
    """Somebody was not asked, and why: a mean without it would hide who was left out."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="pulse_skips")
    occasion = models.CharField(max_length=9, choices=Occasion)
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    why = models.CharField(max_length=11, choices=Why)
    words = models.CharField(max_length=300, blank=True)  # "a message of 3 November still waits"

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="skip_occasion"),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="skip_why"),
        ]


class FollowUp(models.Model):
    """A low answer's own story: who is told the same day, who spoke with them, and what came of it."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="follow_up")
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    promise = models.ForeignKey(Promise, on_delete=models.SET_NULL, null=True, related_name="+")  # like any other
    spoke_at = models.DateTimeField(null=True)
    spoke_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    spoke_words = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(outcome=""), name="follow_up_ends_in_words"),
        ]
