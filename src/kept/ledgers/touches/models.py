"""Meetings with a client: what was planned, who of us was promised to come, who came, and how each ended."""

from django.db import models
from django.db.models import Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Member


class Meetings(models.QuerySet["Meeting"]):
    """Named subsets of the meetings."""

    def seen_by(self, viewer: Member) -> "Meetings":
        """Those with clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))

    def open(self) -> "Meetings":
        """Those of which nobody has said how they ended."""
        return self.filter(ending__isnull=True)


class Meeting(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="meetings", db_index=False)
    engagement = models.ForeignKey(
        Engagement, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    about = models.CharField(max_length=200)
    planned_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # who wrote it down
    at = models.DateTimeField()

    objects = Meetings.as_manager()

    class Meta:
        ordering = ["-planned_at", "-id"]
        indexes = [models.Index(fields=["client", "-planned_at"], name="meeting_client")]
        constraints = [
            models.CheckConstraint(condition=~Q(about=""), name="meeting_has_about"),
            models.UniqueConstraint(fields=["client", "planned_at", "about"], name="meeting_once"),
        ]

    def __str__(self) -> str:
        return self.about


class MeetingPerson(models.Model):
    """One of us who was promised to come, or came all the same; `came` is not known until it was held."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="meetings")
    promised = models.BooleanField()
    came = models.BooleanField(null=True)

    class Meta:
        ordering = ["-promised", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="meeting_person_once"),
            models.CheckConstraint(
                condition=Q(promised=True) | Q(came=True, came__isnull=False), name="meeting_person_promised_or_came"
            ),
        ]


class EndingKind(models.TextChoices):
    HELD = "held", "held"
    MISSED = "missed", "we did not come"
    OFF_BY_THEM = "off_by_them", "called off by them"
    OFF_BY_US = "off_by_us", "called off by us"


class Ending(models.Model):
    """How a meeting ended. Whether it was held as promised is judged from this and from who came, never stored."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="ending")
    kind = models.CharField(max_length=11, choices=EndingKind)
    minutes_late = models.PositiveSmallIntegerField(null=True)  # of one that was held: how late we were
    held_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    help_asked = models.BooleanField(null=True)  # "How can I help you?"; none: nobody said
    words = models.CharField(max_length=500, blank=True)  # what they answered, or why it was called off
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()  # when it was written down

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EndingKind.values), name="meeting_ending_kind"),
            models.CheckConstraint(
                condition=Q(kind="held") ^ Q(minutes_late__isnull=True), name="meeting_held_has_minutes"
            ),
        ]
