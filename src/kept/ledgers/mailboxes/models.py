"""Mailboxes that Kept reads and sends by, how far each folder was read, and what came and waits to be read."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from kept.kit.secrets import SecretField
from kept.ledgers.team.models import Member


class Kind(models.TextChoices):
    SHARED = "shared", "shared by the firm"
    PERSONAL = "personal", "one person's own"


class Security(models.TextChoices):
    """How the connection is kept from being read on its way."""

    TLS = "tls", "TLS from the first word"
    STARTTLS = "starttls", "STARTTLS"
    PLAIN = "plain", "not at all (only on this machine)"


class Auth(models.TextChoices):
    PASSWORD = "password", "password"
    TOKEN = "token", "OAuth2 token"


class Mailboxes(models.QuerySet["Mailbox"]):
    """Named subsets of the mailboxes."""

    def seen_by(self, viewer: Member) -> "Mailboxes":
        """The shared ones, and one's own; the owner sees that there are others, to pause or remove them."""
        return self if viewer.may_settle else self.filter(Q(kind=Kind.SHARED) | Q(member=viewer))

    def running(self) -> "Mailboxes":
        """Those neither paused nor removed, nor of somebody who has left."""
        return self.standing().filter(paused_at=None, member__left_on=None)

    def standing(self) -> "Mailboxes":
        """Those not removed."""
        return self.filter(removed_at=None)


class Mailbox(models.Model):
    """One account. Of a personal one only threads with known contacts are taken; the rest is never stored."""

    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)  # how the sender is named: "Larkfield Studio"
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SHARED)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="mailboxes")
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security, default=Security.TLS)
    username = models.CharField(max_length=254)
    auth = models.CharField(max_length=8, choices=Auth, default=Auth.PASSWORD)
    secret = SecretField()
    # where fresh access tokens are asked for, and as whom; empty: the secret is used as it was given
    token_url = models.CharField(max_length=500, blank=True, default="")
    client_id = models.CharField(max_length=300, blank=True, default="")
    client_secret = SecretField()
    refresh_token = SecretField()
    token_until = models.DateTimeField(null=True, blank=True)  # how long the one in `secret` lasts, if that is known
    folders = models.JSONField(default=list)  # names to read; empty: INBOX and the folder of sent mail
    # outgoing; an empty host: by the firm's own server, KEPT_SMTP_*
    smtp_host = models.CharField(max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=Security, default=Security.STARTTLS)
    quiet_before = models.DateTimeField()  # older mail comes in as history, without clocks
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # what the last look found; facts of the connection, not of the ledger, so they write no journal line
    looked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)  # "" while all is well
    trouble_since = models.DateTimeField(null=True, blank=True)

    objects = Mailboxes.as_manager()

    class Meta:
        ordering = ["address", "id"]
        constraints = [
            models.UniqueConstraint(Lower("address"), condition=Q(removed_at=None), name="mailbox_address"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="mailbox_kind"),
            models.CheckConstraint(condition=Q(security__in=Security.values), name="mailbox_security"),
            models.CheckConstraint(condition=Q(smtp_security__in=Security.values), name="mailbox_smtp_security"),
            models.CheckConstraint(condition=Q(auth__in=Auth.values), name="mailbox_auth"),
            models.CheckConstraint(
                condition=Q(token_url="") | Q(auth=Auth.TOKEN) & ~Q(client_id=""), name="mailbox_renewal"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PERSONAL) ^ Q(member__isnull=True), name="personal_mailbox_is_someones"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Folder(models.Model):
    """How far a folder was read. A new `uidvalidity` means that its numbers count anew: it is read from the start."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=250)
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="folder_once")]

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """A mail that came and is not read yet, as it came; gone in the transaction that makes a message of it.

    One that could not be read stays, with the reason, so that a better parser can try again.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="arrivals")
    folder = models.CharField(max_length=250)
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    zipped = models.BinaryField()
    size = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()  # when the server took it in, if it says so; else when we fetched it
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["mailbox", "folder", "uidvalidity", "uid"], name="arrival_once")]
        indexes = [models.Index(fields=["id"], name="arrival_unread", condition=Q(trouble=""))]
