"""What is typed about our people: who they are, from where they write, what their hour costs, and when they leave."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kept.doors.desk.settings_forms import a_day, a_name, an_address
from kept.ledgers.team.models import Grade, Member, Office, Role


class PersonForm(forms.Form):
    """A member as the owner settles them."""

    name = a_name("Name", length=200)
    email = an_address("Address they sign in with")
    title = a_name("Title", required=False)
    role = forms.ChoiceField(label="Role", choices=Role.choices, initial=Role.MEMBER)
    grade = forms.ChoiceField(label="Grade", choices=Grade.choices, initial=Grade.MID)
    office = forms.ModelChoiceField(Office.objects.all(), label="Office", empty_label=None)
    weekly_hours = forms.DecimalField(
        label="Hours a week",
        min_value=0,
        max_value=168,
        decimal_places=1,
        initial=Decimal(40),
        error_messages={"max_value": "A week has 168 hours.", "min_value": "No fewer than none."},
    )


def person_typed(member: Member) -> dict[str, Any]:
    """The member as their form would be typed."""
    typed = {field: getattr(member, field) for field in ("name", "email", "title", "role", "grade")}
    return typed | {"office": member.office_id, "weekly_hours": str(member.weekly_hours)}


class LeavingForm(forms.Form):
    """From when on somebody is no longer in the firm."""

    on = a_day("Last day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError("They can still come in until then. Come back on that day.")
        return on


class AddressForm(forms.Form):
    """Another address from which somebody of ours writes."""

    email = an_address("Another address they write from")


class RateForm(forms.Form):
    """What an hour costs or is sold for, from a day on."""

    kind = forms.ChoiceField(label="What an hour", choices=[("cost", "costs us"), ("bill", "is sold for")])
    per_hour = forms.DecimalField(
        label="An hour",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        error_messages={"required": "Write an amount.", "invalid": "Write an amount like 48.50."},
    )
    from_day = a_day("From")
