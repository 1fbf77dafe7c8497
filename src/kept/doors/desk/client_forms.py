"""What people tell us of a client: who leads, whom they met, how somebody likes to be spoken to, why hours ran over."""

from datetime import date
from typing import Any

from django import forms

from kept.ledgers.clients.models import Client, ContactRole, Stage
from kept.ledgers.engagements.models import OverReason
from kept.ledgers.team import people
from kept.ledgers.team.models import Member, Role
from kept.ledgers.team.walls import admitted

ONE_TAP = [(reason.value, reason.label) for reason in OverReason]
ROLES = [
    (ContactRole.DAILY, "works with us day to day"),
    (ContactRole.DECIDES, "decides"),
    (ContactRole.SPONSOR, "sponsors it"),
    (ContactRole.FINANCE, "pays"),
    (ContactRole.OTHER, "something else"),
]
NOBODY = "nobody, for now"


def may_welcome(member: Member) -> bool:
    """Whether the member may bring a client into the house, and say who leads it."""
    return member.role in {Role.OWNER, Role.LEAD}


class _WithLead(forms.Form):
    lead = forms.ModelChoiceField(Member.objects.none(), label="Who leads", required=False, empty_label=NOBODY)
    stage = forms.ChoiceField(label="Where we stand", choices=Stage.choices, initial=Stage.ACTIVE)

    def __init__(self, *args: Any, client: Client | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead"]
        field.queryset = admitted(client.wall_id if client else None)


class Welcome(_WithLead):
    """A new client."""

    name = forms.CharField(
        label="Their name", max_length=200, error_messages={"required": "Write the name we know them by."}
    )
    field_order = ["name", "lead", "stage"]


class Change(_WithLead):
    """Who leads, where we stand, and within how many working hours a person answers them."""

    pledge = forms.DecimalField(
        label="We answer within, in working hours",
        required=False,
        min_value=0,
        max_value=400,
        max_digits=5,
        decimal_places=2,
        help_text="Left empty, the firm’s own pledge counts.",
        error_messages={"invalid": "Write hours as a number, such as 2 or 1.5."},
    )

    def clean_pledge(self) -> int | None:
        """In minutes; None where the firm's own counts."""
        hours = self.cleaned_data["pledge"]
        if hours is None:
            return None
        if hours * 60 < 1:
            raise forms.ValidationError("An answer takes longer than that. Leave it empty for the firm’s own pledge.")
        return int(hours * 60)

    def facts(self) -> dict[str, Any]:
        """As the ledger takes them."""
        typed = self.cleaned_data
        return {"lead": typed["lead"], "stage": typed["stage"], "pledge_minutes": typed["pledge"]}


def of_client(client: Client) -> dict[str, Any]:
    """What is written now, as `Change` shows and takes it."""
    pledge = f"{client.pledge_minutes / 60:g}" if client.pledge_minutes else ""
    return {"lead": client.lead_id or "", "stage": client.stage, "pledge": pledge}


class Meet(forms.Form):
    """A person at the client."""

    name = forms.CharField(label="Their name", max_length=200, error_messages={"required": "Write their name."})
    email = forms.EmailField(
        label="Address", required=False, help_text="Mail from it will be known as theirs.",
        error_messages={"invalid": "That is no mail address. Write it like cleo@borealis.example."},
    )  # fmt: skip
    role = forms.ChoiceField(label="What they do", choices=ROLES, initial=ContactRole.DAILY)
    title = forms.CharField(label="Title", max_length=120, required=False)
    phone = forms.CharField(label="Phone", max_length=60, required=False)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and people.taken(email):
            raise forms.ValidationError("That is an address of one of us: mail from it counts as ours. Write theirs.")
        return email


class Agree(forms.Form):
    """How a person likes to be spoken to, in our own words; empty lines say nothing."""

    channel = forms.CharField(
        label="How to reach them", max_length=200, required=False, help_text="By phone when it is about dates."
    )
    good_hours = forms.CharField(label="Good hours", max_length=200, required=False, help_text="Before noon.")
    no_go_hours = forms.CharField(label="Never", max_length=200, required=False, help_text="Never Friday after three.")
    plainness = forms.CharField(label="How plainly", max_length=200, required=False, help_text="The bad news first.")
    detail = forms.CharField(
        label="In how much detail", max_length=200, required=False, help_text="Short, with a list."
    )
    language = forms.CharField(label="Language", max_length=35, required=False)
    matters = forms.CharField(
        label="What matters to them", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError("Write at least one line of what was agreed.")
        return found


class _OfMonth(forms.Form):
    month = forms.DateField(required=False, widget=forms.HiddenInput)
    hours = forms.DecimalField(
        label="Hours", min_value=0, max_digits=7, decimal_places=2,
        error_messages={"required": "Say how many hours.", "invalid": "Write hours as a number, such as 6 or 1.5."},
    )  # fmt: skip

    def of_month(self, today: date) -> date:
        """The month meant: the one named, else the present one."""
        named: date | None = self.cleaned_data["month"]
        return (named or today).replace(day=1)


class Give(_OfMonth):
    """Hours given on purpose."""

    purpose = forms.CharField(
        label="What for", max_length=300,
        error_messages={"required": "Say what the gift is for; hours given without a purpose are a leak."},
    )  # fmt: skip


class Explain(_OfMonth):
    """Why hours went beyond what was paid for."""

    reason = forms.ChoiceField(label="Why", choices=ONE_TAP)
    words = forms.CharField(label="In a few words, if you like", max_length=300, required=False)
