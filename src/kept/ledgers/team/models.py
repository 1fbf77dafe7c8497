"""The firm and its people: who they are, where they sit, when they work and what they may see."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kept.kit.names import calling
from kept.ledgers.team.firm import Domain, Firm
from kept.ledgers.team.offices import Holiday, Office, Window

__all__ = [
    "Address",
    "Domain",
    "Firm",
    "Grade",
    "Holiday",
    "KeptOut",
    "Member",
    "Office",
    "Rate",
    "Role",
    "Wall",
    "Window",
]


class Role(models.TextChoices):
    OWNER = "owner", "owner"
    LEAD = "lead", "lead"
    MEMBER = "member", "member"
    FINANCE = "finance", "finance"


class Grade(models.TextChoices):
    JUNIOR = "junior", "junior"
    MID = "mid", "mid"
    SENIOR = "senior", "senior"
    PRINCIPAL = "principal", "principal"


class Members(models.QuerySet["Member"]):
    """Named subsets of the team."""

    def present(self) -> "Members":
        """Those who have not left."""
        return self.filter(left_on__isnull=True)


class MemberManager(BaseUserManager["Member"]):
    def get_queryset(self) -> Members:
        return Members(self.model, using=self._db)

    def present(self) -> Members:
        return self.get_queryset().present()

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=(username or "").lower())


class Member(AbstractBaseUser):
    """A person of the firm; also the one who signs in."""

    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    title = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    grade = models.CharField(max_length=10, choices=Grade, default=Grade.MID)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="members")
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, default=40)
    theme = models.CharField(
        max_length=5, blank=True, choices=[("", "as the system"), ("light", "light"), ("dark", "dark")]
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = MemberManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_email"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="leaves_after_joining"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="member_role"),
            models.CheckConstraint(
                condition=Q(weekly_hours__gte=0) & Q(weekly_hours__lte=168), name="weekly_hours_in_a_week"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # who left can no longer sign in; no second flag to forget
        return self.left_on is None

    @property
    def first_name(self) -> str:
        return calling(self.name)

    @property
    def may_see_money(self) -> bool:
        return self.role in {Role.OWNER, Role.LEAD, Role.FINANCE}

    @property
    def may_see_rates(self) -> bool:
        return self.role in {Role.OWNER, Role.FINANCE}

    @property
    def may_settle(self) -> bool:
        """Change the firm, its members, offices and walls."""
        return self.role == Role.OWNER

    def get_full_name(self) -> str:
        return self.name

    def get_username(self) -> Any:
        return self.email


class Address(models.Model):
    """Another address from which a member writes, beside the one they sign in with."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="member_address")]


class Rate(models.Model):
    """What an hour of a member costs or is sold for, from a day on; the past keeps its own."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="rates")
    kind = models.CharField(max_length=4, choices=[("cost", "cost"), ("bill", "bill")])
    from_day = models.DateField()
    per_hour = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["from_day"]
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "from_day"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(per_hour__gte=0), name="rate_not_negative"),
        ]


class Wall(models.Model):
    """A confidentiality wall: the members kept out never learn that a client behind it exists."""

    name = models.CharField(max_length=120, unique=True)
    reason = models.TextField(blank=True)
    kept_out = models.ManyToManyField(Member, through="KeptOut", related_name="walls")

    def __str__(self) -> str:
        return self.name


class KeptOut(models.Model):
    wall = models.ForeignKey(Wall, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    since = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wall", "member"], name="kept_out_once")]
