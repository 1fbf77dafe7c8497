"""Whom we serve: clients, their people and domains, and what was agreed about speaking with them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

from kept.kit.names import calling
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.models import KeptOut, Member, Office, Wall


class Stage(models.TextChoices):
    PROSPECT = "prospect", "prospect"
    ONBOARDING = "onboarding", "onboarding"
    ACTIVE = "active", "active"
    PAUSED = "paused", "paused"
    PAST = "past", "past"


_WALLS_OF = f"SELECT wall_id FROM {KeptOut._meta.db_table} WHERE member_id = %s"  # noqa: S608  # our own table


def behind_wall(viewer: Member, wall: str = "wall_id") -> Q:
    """Whether the row's wall (the column named) keeps the viewer out; every ledger's `seen_by` excludes by it."""
    # it stands in every query of every page, and the same written with the ORM takes twice as long to become SQL
    return Q((f"{wall}__in", RawSQL(_WALLS_OF, [viewer.pk])))  # noqa: S611  # nothing typed is in it


class Clients(models.QuerySet["Client"]):
    """Named subsets of the clients."""

    def seen_by(self, viewer: Member) -> "Clients":
        """Those the viewer may know of: all but the ones behind a wall of theirs."""
        return self.exclude(behind_wall(viewer))

    def served(self) -> "Clients":
        """Those we work for, or are about to."""
        return self.exclude(stage=Stage.PAST)


class Client(models.Model):
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ACTIVE)
    since = models.DateField(null=True, blank=True)
    lead = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="clients")
    office = models.ForeignKey(
        Office, on_delete=models.SET_NULL, null=True, blank=True
    )  # whose hours its clocks run in
    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, null=True, blank=True, related_name="clients")
    pledge_minutes = models.PositiveIntegerField(null=True, blank=True)  # where it differs from the firm's
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True)

    objects = Clients.as_manager()

    class Meta:
        ordering = [Lower("name"), "id"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="client_name"),
            models.CheckConstraint(condition=~Q(name=""), name="client_has_name"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="client_stage"),
            models.CheckConstraint(
                condition=Q(pledge_minutes__isnull=True) | Q(pledge_minutes__gte=1), name="client_pledge"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClientDomain(models.Model):
    """A mail domain of a client: whoever writes from it belongs to them."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(name=Lower("name")), name="client_domain_lower")]

    def __str__(self) -> str:
        return self.name


class ContactRole(models.TextChoices):
    SPONSOR = "sponsor", "sponsors"
    DECIDES = "decides", "decides"
    DAILY = "daily", "day to day"
    FINANCE = "finance", "pays"
    OTHER = "other", ""


class Contacts(models.QuerySet["Contact"]):
    def seen_by(self, viewer: Member) -> "Contacts":
        """People at clients the viewer may know of."""
        return self.exclude(behind_wall(viewer, "client__wall_id"))


class Contact(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=ContactRole, default=ContactRole.OTHER)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    left_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True)

    objects = Contacts.as_manager()

    class Meta:
        ordering = [Lower("name"), "id"]
        constraints = [models.CheckConstraint(condition=Q(role__in=ContactRole.values), name="contact_role")]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return calling(self.name)


class ContactAddress(models.Model):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="contact_address")]

    def __str__(self) -> str:
        return self.email


class Agreement(models.Model):
    """How a contact likes to be spoken to, as agreed on a day; the newest counts, the older ones stay."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="agreements")
    agreed_on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    channel = models.CharField(max_length=200, blank=True)  # "By phone when it is about dates"
    language = models.CharField(max_length=35, blank=True)
    plainness = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    good_hours = models.CharField(max_length=200, blank=True)
    no_go_hours = models.CharField(max_length=200, blank=True)
    matters = models.CharField(max_length=500, blank=True)  # what matters to them

    class Meta:
        ordering = ["-agreed_on", "-id"]

    def lines(self) -> list[str]:
        """What was agreed, a sentence each, without the empty ones."""
        said = [self.channel, self.good_hours, self.plainness, self.detail, self.matters, self.no_go_hours]
        return [line for line in said if line]

    def all_lines(self) -> dict[str, str]:
        """Every line that can be agreed, by its name, with the empty ones."""
        names = ["channel", "language", "plainness", "detail", "good_hours", "no_go_hours", "matters"]
        return {name: getattr(self, name) for name in names}


class TieKind(models.TextChoices):
    REFERRED_BY = "referred_by", "referred by"
    CUSTOMER_OF = "customer_of", "customer of"
    FRIEND_OF = "friend_of", "friend of"
    OTHER = "other", "knows"


class Ties(models.QuerySet["Tie"]):
    def seen_by(self, viewer: Member) -> "Ties":
        """Ties between people at clients the viewer may know of, both of them."""
        return self.exclude(behind_wall(viewer, "of__client__wall_id")).exclude(
            behind_wall(viewer, "to__client__wall_id")
        )


class Tie(models.Model):
    """Who knows whom."""

    of = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="ties")
    to = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tied_from")
    kind = models.CharField(max_length=12, choices=TieKind)
    words = models.CharField(max_length=200, blank=True)

    objects = Ties.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "to", "kind"], name="tie_once"),
            models.CheckConstraint(condition=~Q(of=F("to")), name="tie_two_people"),
        ]
