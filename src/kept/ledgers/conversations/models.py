"""What was said: conversations and their messages; who looks after them stands in `care`."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.conversations.care import Acknowledgement, Aside, Assignment
from kept.ledgers.conversations.duty import Rule, Turn
from kept.ledgers.conversations.files import Attachment, Content
from kept.ledgers.conversations.holding import FollowUp, Pause
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.noticed import Contradiction, Request
from kept.ledgers.conversations.presence import Looking
from kept.ledgers.conversations.sentences import Sentence, Shingle
from kept.ledgers.conversations.undelivered import Undelivered
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.models import Member

__all__ = [
    "Acknowledgement",
    "Aside",
    "Assignment",
    "Attachment",
    "Body",
    "Channel",
    "Content",
    "Contradiction",
    "Conversation",
    "Direction",
    "FollowUp",
    "Inlet",
    "Looking",
    "Message",
    "Original",
    "Pause",
    "Reference",
    "Request",
    "Rule",
    "Sentence",
    "Shingle",
    "Turn",
    "Undelivered",
]

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Conversations(models.QuerySet["Conversation"]):
    """Named subsets of the conversations."""

    def seen_by(self, viewer: Member) -> "Conversations":
        """Those with clients the viewer may know of, and those with strangers."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))

    def unsettled(self) -> "Conversations":
        """Those in which a person wrote after we last answered or somebody said why no answer is needed."""
        return self.filter(their_last_at__gt=F("settled_until"))

    def waiting_at(self, at: datetime) -> "Conversations":
        """The unsettled ones whose clock runs: not put off until a day after `at`, and not paused since they wrote."""
        put_off = Aside.objects.filter(
            message__conversation=OuterRef("pk"), message__at=OuterRef("their_last_at"), until__gt=at
        )
        stands = Pause.objects.filter(conversation=OuterRef("pk"), at__gte=OuterRef("their_last_at"), ended_at=None)
        return self.unsettled().exclude(Exists(put_off)).exclude(Exists(stands))


class Conversation(models.Model):
    client = models.ForeignKey(Client, on_delete=models.SET_NULL, null=True, related_name="conversations")
    subject = models.CharField(max_length=500, blank=True)
    subject_key = models.CharField(max_length=200, blank=True, db_index=True)  # folded, without Re: and the like
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Two sums kept for speed by `settling.recount`, which every verb calls and `kept doctor` compares with the
    # messages: when a person of theirs last wrote (history and machines aside), and up to when that is settled.
    their_last_at = models.DateTimeField(null=True)
    settled_until = models.DateTimeField(default=LONG_AGO)

    objects = Conversations.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["their_last_at"],
                name="conversation_unsettled",
                condition=Q(their_last_at__gt=F("settled_until")),
            ),
            models.Index(fields=["client", "-last_at"], name="conversation_client"),
            models.Index(fields=["-last_at"], name="conversation_last"),
        ]
        constraints = [models.CheckConstraint(condition=Q(last_at__gte=F("started_at")), name="conversation_in_time")]

    def __str__(self) -> str:
        return self.subject or "(without a subject)"


class Direction(models.TextChoices):
    IN = "in", "in"
    OUT = "out", "out"


class Channel(models.TextChoices):
    MAIL = "mail", "mail"
    FORM = "form", "form"
    COMMENT = "comment", "comment"
    CALL = "call", "call"
    CONNECTION = "connection", "connection request"
    NOTE = "note", "meeting note"


class Messages(models.QuerySet["Message"]):
    def seen_by(self, viewer: Member) -> "Messages":
        """Messages of conversations the viewer may know of."""
        return self.exclude(behind_wall(viewer, "conversation__client__wall_id"))

    def theirs(self) -> "Messages":
        """What people wrote to us: machines write to nobody."""
        return self.filter(direction=Direction.IN, automatic="")

    def asking(self) -> "Messages":
        """Of these what starts a clock: no history, and more than a thank-you."""
        return self.theirs().filter(quiet=False, closing="")


class Message(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    message_id = models.CharField(max_length=250, unique=True)  # longer ones are kept by their fingerprint
    fingerprint = models.CharField(max_length=64, db_index=True)  # sha256 of the original
    at = models.DateTimeField()
    at_is_guess = models.BooleanField(default=False)
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="messages")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="messages")
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    to = models.JSONField(default=list)  # [[name, address], ...]
    cc = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    snippet = models.CharField(max_length=200, blank=True)  # the first words of the visible part
    automatic = models.CharField(max_length=20, blank=True)  # what kind of machine wrote it; empty: a person
    automatic_why = models.CharField(max_length=300, blank=True)
    closing = models.CharField(max_length=100, blank=True)  # why it needs no reply ("It only says thanks."), else ""
    quiet = models.BooleanField(default=False)  # history: it runs no clock
    asks = models.BooleanField(default=False)  # ours: it seems to ask them for something, so we await an answer
    list_id = models.CharField(max_length=250, blank=True)
    size = models.PositiveIntegerField(default=0)
    defects = models.JSONField(default=list)
    attachments = models.JSONField(default=list)  # [[name, kind, size], ...]
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True)

    objects = Messages.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["conversation", "at"], name="message_conversation"),
            models.Index(fields=["sender_email"], name="message_sender"),
            models.Index(fields=["at"], name="message_asks", condition=Q(asks=True)),
            models.Index(fields=["at"], name="message_closing", condition=~Q(closing="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="message_direction"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel"),
        ]


class Body(models.Model):
    """The words of a message, apart from its row, so that lists stay light."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="body")
    visible = models.TextField(blank=True)  # what the sender wrote, without quotes and signature
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)  # cleaned


class Original(models.Model):
    """The message as it came, compressed, so that a better parser can read it again."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="original")
    zipped = models.BinaryField()


class Reference(models.Model):
    """A message that another one names as before it; threads are found by these, also when mail comes out of order."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="references")
    names = models.CharField(max_length=250, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "names"], name="reference_once")]
