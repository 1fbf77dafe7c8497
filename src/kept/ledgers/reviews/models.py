"""A quarter told to a client: what the lead wrote, what they chose to show, and what was sent, as it was sent."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.team.models import Member


class Reviews(models.QuerySet["Review"]):
    """Named subsets of the reviews."""

    def seen_by(self, viewer: Member) -> "Reviews":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Review(models.Model):
    """One client's quarter as its lead tells it. The evidence is assembled anew each time, until it is shared."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="reviews")
    quarter = models.DateField()  # its first day
    lead = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reviews")  # in whose words
    judgement = models.TextField(blank=True)  # the paragraph no figure can write
    changes = models.TextField(blank=True)  # what changed because of them
    ahead = models.TextField(blank=True)  # what comes next
    with_hours = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    objects = Reviews.as_manager()

    class Meta:
        ordering = ["-quarter", "client__name", "id"]
        constraints = [models.UniqueConstraint(fields=["client", "quarter"], name="one_review_a_quarter")]

    def __str__(self) -> str:
        return f"{self.client}, {self.quarter}"


class Pick(models.Model):
    """A row that the lead chose to show in a review: their words to quote, a promise that is a change of ours."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="picks")
    noun = models.CharField(max_length=60)  # "pulses.Answer", "promises.Promise"
    row_id = models.BigIntegerField()

    class Meta:
        ordering = ["noun", "row_id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "noun", "row_id"], name="picked_once"),
            models.CheckConstraint(condition=~Q(noun=""), name="pick_names_a_noun"),
        ]


class Shares(models.QuerySet["Share"]):
    """Named subsets of what was sent."""

    def seen_by(self, viewer: Member) -> "Shares":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "review__client__wall_id"))

    def open(self) -> "Shares":
        """Those whose link still shows the review."""
        return self.filter(revoked_at__isnull=True)


class Share(models.Model):
    """A link to a review for its client. What it shows is frozen: the page they were sent does not change under them.

    The token is in the link alone; here is its hash.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="shares")
    number = models.PositiveSmallIntegerField()  # the first, the second ... that was sent of this quarter
    hashed = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = models.JSONField()  # what they see, whole; see readings.review
    revoked_at = models.DateTimeField(null=True)

    objects = Shares.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="share_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="share_number"),
        ]
