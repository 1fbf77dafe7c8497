"""What the firm pledges: editions of five to nine sentences, what differs for a client, and whether all may read it."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.team.models import Member

FEWEST, MOST = 5, 9  # sentences of a published edition


class Measure(models.TextChoices):
    """What a sentence can be held against; `measures.pledge_kinds` says what each counts."""

    REPLIES = "replies", "reply time"
    CALLS = "calls", "calls returned"
    PROMISES = "promises", "promises kept"
    PEOPLE = "people", "promised people present"
    MEETINGS = "meetings", "meetings kept"
    BILLS = "bills", "no surprise on a bill"
    FIRST_MONTH = "first_month", "first-month check-in"
    FEEDBACK = "feedback", "feedback followed up"


class Editions(models.QuerySet["Edition"]):
    """Named subsets of the editions."""

    def published(self) -> "Editions":
        """Those that are or were in force, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")


class Edition(models.Model):
    """One wording of the whole pledge: a draft, or in force from its publication until the next one's."""

    only = models.BooleanField(default=True, editable=False)
    version = models.PositiveSmallIntegerField(unique=True)
    at = models.DateTimeField()  # when its draft was begun
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)  # why it changed

    objects = Editions.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="edition_only"),
            models.UniqueConstraint(fields=["only"], condition=Q(published_at=None), name="one_draft_at_a_time"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(published_at__gte=F("at")), name="edition_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


_BOUND = Q(measure__in=["", *Measure.values])


class Sentence(models.Model):
    """One plain sentence of an edition, and what it is held against.

    `root` is the row in which it was first written; a copy in a later edition, however reworded, is the same sentence.
    `within` is counted in the unit of its measure; none: the usual of that measure.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sentences")
    root = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="rewordings")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    measure = models.CharField(max_length=11, choices=Measure, blank=True)
    target = models.PositiveSmallIntegerField(default=90)  # of a hundred
    window_days = models.PositiveSmallIntegerField(default=90)
    within = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="sentence_has_words"),
            models.CheckConstraint(condition=_BOUND, name="sentence_measure"),
            models.CheckConstraint(condition=Q(target__gte=1, target__lte=100), name="sentence_target"),
            models.CheckConstraint(condition=Q(window_days__gte=7, window_days__lte=400), name="sentence_window"),
            models.CheckConstraint(condition=Q(within=None) | Q(within__gte=1), name="sentence_within"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def root_pk(self) -> int:
        """What stays the same through all editions."""
        return self.root_id or self.pk


class Variations(models.QuerySet["Variation"]):
    """Named subsets of the variations."""

    def seen_by(self, viewer: Member) -> "Variations":
        """Those with clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Variation(models.Model):
    """What is different for one client from a day on; the newest counts. What is left empty is as for everybody."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="variations")
    sentence = models.ForeignKey(Sentence, on_delete=models.RESTRICT, related_name="variations")  # its root
    left_out = models.BooleanField(default=False)
    words = models.CharField(max_length=200, blank=True)
    target = models.PositiveSmallIntegerField(null=True)
    within = models.PositiveIntegerField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)  # its last day
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = Variations.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="variation_has_reason"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="variation_in_time"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__gte=1, target__lte=100), name="variation_target"
            ),
            models.CheckConstraint(condition=Q(within=None) | Q(within__gte=1), name="variation_within"),
            models.CheckConstraint(
                condition=Q(left_out=True) ^ (~Q(words="") | Q(target__isnull=False) | Q(within__isnull=False)),
                name="variation_differs",
            ),
        ]


class Showing(models.Model):
    """A time in which everybody may read the pledge with its figures."""

    only = models.BooleanField(default=True, editable=False)
    opened_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="showing_in_time"
            ),
            models.UniqueConstraint(fields=["only"], condition=Q(closed_at=None), name="showing_open_once"),
        ]
