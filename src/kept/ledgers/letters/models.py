"""What we write: a draft is a letter without a time to go, and what no server has taken yet is a row too."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from kept.kit.secrets import SecretField
from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.conversations.files import Content
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Member

# a server may take ten minutes over its last answer (RFC 5321, 4.5.3.2.6); after that nobody is listening any more
LONGEST_ANSWER = timedelta(minutes=12)


class Form(models.TextChoices):
    REPLY = "reply", "reply"
    REPLY_ALL = "reply_all", "reply to all"
    FORWARD = "forward", "forward"
    NEW = "new", "new"


class Letters(models.QuerySet["Letter"]):
    """Named subsets of the letters."""

    def seen_by(self, viewer: Member) -> "Letters":
        """Drafts are their writer's alone; what was sent is seen by whoever may know of its client.

        Until it lies in a conversation nobody can say whose client it tells of, so that it is its writer's alone too.
        """
        mine = Q(by=viewer) | Q(go_at__isnull=False, conversation__isnull=False)
        walled = behind_wall(viewer, "conversation__client__wall_id")
        return self.filter(mine).exclude(walled).exclude(behind_wall(viewer, "client__wall_id"))

    def drafts(self) -> "Letters":
        """Those not sent off, and not thrown away."""
        return self.filter(go_at=None, dropped_at=None)

    def under_way(self) -> "Letters":
        """Those sent off that no server has taken yet, and that were not given up."""
        return self.filter(go_at__isnull=False, accepted_at=None, refused_at=None)

    def uncertain(self, at: datetime) -> "Letters":
        """Those that may have gone: the server was given the whole letter, and how it answered is not known."""
        answered_nothing = Q(trying_since=None) | Q(trying_since__lt=at - LONGEST_ANSWER)
        return self.under_way().filter(answered_nothing, data_began_at__isnull=False)

    def refused(self) -> "Letters":
        """Those that no server took, and that are not tried any more."""
        return self.filter(refused_at__isnull=False)


class Letter(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="letters")
    client = models.ForeignKey(Client, on_delete=models.SET_NULL, null=True, related_name="letters")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, null=True, related_name="letters")  # sent by it
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="letters")
    form = models.CharField(max_length=9, choices=Form)
    answers = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="answering_letters")
    # the newest message there was when the writing began: what came since was not read
    read_up_to = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.JSONField(default=list)  # [[name, address], ...]
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)  # what was written, plain
    with_quote = models.BooleanField(default=True)  # the answered mail quoted below
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    automatic = models.BooleanField(default=False)  # Kept wrote it by itself: counts against the most a day
    # a page of the reader's own: put into the letter that goes, see `linking`, and forgotten once a server took it
    link = SecretField()
    # sending
    sent_off_at = models.DateTimeField(null=True)  # when the writer pressed send
    go_at = models.DateTimeField(null=True)  # not before: ten seconds later, or the chosen time; None: a draft
    follow_up_at = models.DateTimeField(null=True)  # "come back if nobody answers", as the writer chose
    mail_id = models.CharField(
        max_length=250, blank=True
    )  # its Message-ID, given once, so that every try is the same letter
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    trying_since = models.DateTimeField(null=True)  # set before the server is spoken to, cleared after
    # set before the final dot is sent: from here until the server's answer is known the letter may have gone, so it is
    # not tried again by itself
    data_began_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=500, blank=True)  # what the last try met
    accepted_at = models.DateTimeField(null=True)  # a server took it
    refused_at = models.DateTimeField(null=True)  # given up
    refusal_seen_at = models.DateTimeField(null=True)  # its writer knows, and deals with it
    message = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, related_name="letter")

    objects = Letters.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(
                fields=["go_at"],
                name="letter_under_way",
                condition=Q(go_at__isnull=False, accepted_at=None, refused_at=None),
            ),
            models.Index(fields=["conversation"], name="letter_draft", condition=Q(go_at=None, dropped_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=Form.values), name="letter_form"),
            models.CheckConstraint(
                condition=Q(go_at=None, sent_off_at=None) | Q(go_at__isnull=False, sent_off_at__isnull=False),
                name="letter_sent_off",
            ),
            models.CheckConstraint(condition=Q(go_at=None) | Q(go_at__gte=F("sent_off_at")), name="letter_in_time"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(go_at__isnull=False), name="accepted_letter_was_sent"
            ),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(refused_at=None), name="accepted_or_refused"),
            models.CheckConstraint(condition=Q(go_at=None) | ~Q(mail_id=""), name="sent_letter_has_id"),
            models.CheckConstraint(
                condition=Q(go_at__isnull=False) | Q(trying_since=None, data_began_at=None),
                name="tried_letter_was_sent",
            ),
            models.CheckConstraint(condition=Q(dropped_at=None) | Q(go_at=None), name="dropped_letter_was_not_sent"),
            models.CheckConstraint(
                condition=Q(refusal_seen_at=None) | Q(refused_at__isnull=False), name="seen_refusal_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "(without a subject)"

    def is_uncertain(self, at: datetime) -> bool:
        """As `Letters.uncertain`, of this one."""
        if self.data_began_at is None or self.accepted_at is not None or self.refused_at is not None:
            return False
        return self.trying_since is None or self.trying_since < at - LONGEST_ANSWER


class LetterFile(models.Model):
    """A file that goes along."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="files")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]


class Bounce(models.Model):
    """A server told later that a letter did not reach somebody; its author is told once."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="bounces")
    report = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.CharField(max_length=254, blank=True)  # whom it did not reach
    status = models.CharField(max_length=20, blank=True)  # "5.1.1"
    said = models.CharField(max_length=500, blank=True)
    for_good = models.BooleanField(default=True)  # False: delayed, still being tried
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)  # its author said so

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "email", "for_good"], name="bounce_once")]


class Skeleton(models.Model):
    """The bones of a letter: the words everybody gets, with [blanks] that only its writer can fill."""

    name = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=500, blank=True)
    words = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
