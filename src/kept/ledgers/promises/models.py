"""What we said we would do, what came of it, and what a text seems to promise but nobody accepted yet."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Member


class Size(models.TextChoices):
    SMALL = "small", "small"
    NORMAL = "normal", "normal"
    MAJOR = "major", "major"


class Promises(models.QuerySet["Promise"]):
    """Named subsets of the promises."""

    def seen_by(self, viewer: Member) -> "Promises":
        """Promises to clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))

    def open(self) -> "Promises":
        """Those neither kept nor released."""
        return self.filter(ended_at__isnull=True)


class Promise(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="promises", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises")
    engagement = models.ForeignKey(
        Engagement, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="promises")
    words = models.CharField(max_length=500)  # as said
    size = models.CharField(max_length=6, choices=Size, default=Size.NORMAL)
    made_at = models.DateTimeField()
    first_due = models.DateTimeField()  # as first said
    source_noun = models.CharField(max_length=60, blank=True)  # "conversations.Message": the row it was said in
    source_id = models.BigIntegerField(null=True, blank=True)
    # Kept for speed by the verbs from the outcomes, compared by `kept doctor`: when it is due now, and when it ended.
    due = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Promises.as_manager()

    class Meta:
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["due"], name="promise_open_due", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["client", "-due"], name="promise_client"),
            models.Index(fields=["-ended_at"], name="promise_ended"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="promise_has_words"),
            models.CheckConstraint(condition=Q(size__in=Size.values), name="promise_size"),
        ]

    def __str__(self) -> str:
        return self.words


class OutcomeKind(models.TextChoices):
    KEPT = "kept", "kept"
    MOVED = "moved", "moved"
    RELEASED = "released", "released by the client"


class Outcome(models.Model):
    """What came of a promise. Late and broken are never written: they are judged from these rows and the day."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=8, choices=OutcomeKind)
    at = models.DateTimeField()  # when it happened
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    was_due = models.DateTimeField()
    new_due = models.DateTimeField(null=True)  # of a move
    reason = models.CharField(max_length=500, blank=True)
    agreed = models.CharField(max_length=300, blank=True)  # how the client agreed; empty: they have not
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(kind__in=["kept", "released"]), name="promise_ends_once"
            ),
            models.CheckConstraint(condition=Q(kind="moved") ^ Q(new_due__isnull=True), name="move_has_day"),
            models.CheckConstraint(condition=Q(kind__in=OutcomeKind.values), name="outcome_kind"),
        ]


class Candidates(models.QuerySet["Candidate"]):
    """Named subsets of what texts seem to promise."""

    def seen_by(self, viewer: Member) -> "Candidates":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))

    def waiting(self) -> "Candidates":
        """Those neither accepted nor dismissed."""
        return self.filter(promise__isnull=True, dismissed_at__isnull=True)


class Candidate(models.Model):
    """What a text seems to promise; counts for nothing until a person accepts it."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="candidates")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True)
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="candidates")
    words = models.CharField(max_length=500)
    due = models.DateTimeField(null=True)
    due_is_explicit = models.BooleanField(default=False)  # the text names the day; else it is a guess
    score = models.FloatField(default=0)  # how sure the finding is, 0 to 1; see measures/text/promises
    soft = models.BooleanField(default=False)  # "we might": offered, never ticked beforehand
    source_noun = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    said_at = models.DateTimeField()
    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, null=True, related_name="candidate")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_why = models.CharField(max_length=300, blank=True)

    objects = Candidates.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_noun", "source_id", "words"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(promise__isnull=True) | Q(dismissed_at__isnull=True), name="accepted_or_dismissed"
            ),
        ]
