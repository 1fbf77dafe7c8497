"""What people saw a client do of their own free will, and what they judged to tie the client to us."""

from django.db import models
from django.db.models import F, Q

from kept.ledgers.clients.models import Client, Contact, behind_wall
from kept.ledgers.team.models import Member


class SignKind(models.TextChoices):
    """By the names of `measures.standing_signs.Sign`; that somebody has gone quiet is counted, never noted."""

    SENT_OTHERS = "sent_others", "sent us somebody"
    VOUCHED = "vouched", "vouched for us, or was our reference"
    RENEWED_EARLY = "renewed_early", "renewed early or bought more, without a discount"
    INVITED = "invited", "invited us into their plans"
    PRAISED = "praised", "praised us unasked"
    GOT_IN_TOUCH = "got_in_touch", "got in touch of their own accord, not to complain"
    RENEWED_WITHOUT_CHOICE = "renewed_without_choice", "renewed at the end, without a choice"
    PITCHED = "pitched", "put the account to pitch or asked rivals"
    ASKED_FOR_HANDOVER = "asked_for_handover", "asked for their data, rights or a handover"
    QUESTIONED_FEE = "questioned_fee", "questioned a fee that was right"
    CUT_SCOPE = "cut_scope", "cut the scope"
    IGNORED_NUDGES = "ignored_nudges", "ignored two nudges"
    SENIOR_LEFT = "senior_left", "a senior person stopped coming"


class LockKind(models.TextChoices):
    """By the names of `measures.standing_numbers.Lock`."""

    CONTRACT = "contract", "the contract runs for more than six months"
    OUR_DATA = "our_data", "only we have their data or technology"
    MIGRATION = "migration", "moving would cost more than a month’s fee"
    SPECIALIST = "specialist", "one named person of ours, and no other"
    NOTICE = "notice", "a notice of ninety days or more"


class Signs(models.QuerySet["Sign"]):
    """Named subsets of the signs."""

    def seen_by(self, viewer: Member) -> "Signs":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Sign(models.Model):
    """Something a client did that shows how freely they choose us, with whoever wrote it down."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="signs")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="signs")
    kind = models.CharField(max_length=22, choices=SignKind)
    at = models.DateTimeField()  # when it was seen
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()  # until then nobody could count it
    source_noun = models.CharField(max_length=60, blank=True)  # "conversations.Message" where it was said in one
    source_id = models.BigIntegerField(null=True)

    objects = Signs.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["client", "-at"], name="sign_client")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SignKind.values), name="sign_kind"),
            models.CheckConstraint(condition=Q(noted_at__gte=F("at")), name="sign_noted_after"),
            models.CheckConstraint(
                condition=Q(source_noun="", source_id__isnull=True) | ~Q(source_noun="") & Q(source_id__isnull=False),
                name="sign_source",
            ),
            models.UniqueConstraint(
                fields=["client", "kind", "source_noun", "source_id"], condition=~Q(source_noun=""), name="sign_once"
            ),
        ]


class Dismissals(models.QuerySet["Dismissal"]):
    """Named subsets of what was said to be no sign."""

    def seen_by(self, viewer: Member) -> "Dismissals":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Dismissal(models.Model):
    """A person said that what a row seems to show is no sign; it is not offered again until that is taken back."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="dismissed_signs")
    kind = models.CharField(max_length=22, choices=SignKind)
    source_noun = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    words = models.CharField(max_length=300, blank=True)  # as it was offered
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = Dismissals.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SignKind.values), name="dismissed_sign_kind"),
            models.CheckConstraint(condition=~Q(source_noun=""), name="dismissed_sign_source"),
            models.UniqueConstraint(fields=["client", "kind", "source_noun", "source_id"], name="dismissed_sign_once"),
        ]


class Holds(models.QuerySet["Hold"]):
    """Named subsets of the judgements."""

    def seen_by(self, viewer: Member) -> "Holds":
        """Those of clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Hold(models.Model):
    """A judgement of what ties a client to us: this does, this does not, or (without a lock) nothing does.

    Of each lock the newest judgement counts; one that nothing ties them stands for all locks at once. What a contract
    says counts until somebody contradicts it.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="holds")
    lock = models.CharField(max_length=10, choices=LockKind, blank=True)  # "": of all of them
    ties = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)  # its last day, where one is known
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = Holds.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["client", "at"], name="hold_client")]
        constraints = [
            models.CheckConstraint(condition=Q(lock__in=["", *LockKind.values]), name="hold_lock"),
            models.CheckConstraint(condition=~Q(lock="", ties=True), name="hold_ties_by_something"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="hold_in_time"),
        ]
