"""What is typed into the settings; faults are said in words that name the value and how to mend it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kept.ledgers.team.models import Firm, Member
from kept.measures.text.providers import is_free

CURRENCIES = {
    "GBP": "pounds, £", "EUR": "euros, €", "USD": "US dollars, $", "AUD": "Australian dollars",
    "CAD": "Canadian dollars", "CHF": "Swiss francs", "CZK": "Czech crowns", "DKK": "Danish crowns",
    "HUF": "Hungarian forints", "INR": "rupees",
    "JPY": "yen", "NOK": "Norwegian crowns", "NZD": "New Zealand dollars", "PLN": "złotys", "RON": "lei",
    "SEK": "Swedish crowns", "SGD": "Singapore dollars", "ZAR": "rand",
}  # fmt: skip
HELP_PAGE = {"open": "open to everybody", "closed": "closed"}
UNITS = {"minutes": 1, "hours": 60}
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def a_name(label: str, *, length: int = 120, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, error_messages={"required": "Write a name."}
    )


def a_day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Write the day as 2026-10-23."},
    )


def an_address(label: str) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        error_messages={
            "required": "Write a mail address.",
            "invalid": "That is not a mail address; write it like ada@studio.example.",
        },
    )


class FirmForm(forms.Form):
    """The firm as clients and strangers read it."""

    name = a_name("Name")
    currency = forms.ChoiceField(label="Money in")
    pledge = forms.IntegerField(
        label="We answer within",
        min_value=1,
        max_value=10_000,
        error_messages={
            "required": "Say within how long you answer.",
            "invalid": "Write a whole number, like 4.",
            "min_value": "Promise an answer within at least one minute.",
        },
    )
    unit = forms.ChoiceField(label="Counted in working", choices=[(unit, unit) for unit in UNITS])
    help_page = forms.ChoiceField(
        label="Our page “How can I help you?”", choices=list(HELP_PAGE.items()), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "firm-%s"} | kwargs))
        now = Firm.objects.values_list("currency", flat=True).first() or "GBP"
        choices: Any = self.fields["currency"]
        choices.choices = list(({now: now} | CURRENCIES).items())

    def facts(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        typed = self.cleaned_data
        minutes = typed["pledge"] * UNITS[typed["unit"]]
        facts = {"name": typed["name"], "currency": typed["currency"], "pledge_minutes": minutes}
        if typed["help_page"]:
            facts["has_help_page"] = typed["help_page"] == "open"
        return facts


def firm_typed(firm: Firm) -> dict[str, Any]:
    """The firm as its form would be typed."""
    unit = "minutes" if firm.pledge_minutes % 60 else "hours"
    return {
        "name": firm.name, "currency": firm.currency, "pledge": firm.pledge_minutes // UNITS[unit], "unit": unit,
        "help_page": "open" if firm.has_help_page else "closed",
    }  # fmt: skip


class DomainForm(forms.Form):
    """A mail domain from which only people of ours write."""

    domain = forms.CharField(
        label="Another mail domain of ours", max_length=254, error_messages={"required": "Write a domain."}
    )

    def clean_domain(self) -> str:
        domain = str(self.cleaned_data["domain"]).strip().lower().removeprefix("@")
        if not DOMAIN.fullmatch(domain):
            raise ValidationError(f"“{domain}” is not a mail domain; write what stands behind the @.")
        if is_free(domain):
            raise ValidationError(f"Anybody can write from {domain}. Give the person another address instead.")
        return domain


class WallForm(forms.Form):
    """A client, who is kept from it, and why."""

    client: Any = forms.ModelChoiceField(
        None,
        label="Client",
        empty_label="choose one",
        error_messages={"required": "Choose the client to put behind it."},
    )
    keep_out: Any = forms.ModelMultipleChoiceField(
        None, label="Never meet it", error_messages={"required": "Choose who is to be kept out."}
    )
    reason = forms.CharField(label="Why", max_length=500, required=False)

    def __init__(self, *args: Any, clients: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, rows in (("client", clients), ("keep_out", members)):
            choice: Any = self.fields[field]
            choice.queryset = rows


class YouForm(forms.Form):
    """What each member settles for themselves."""

    name = a_name("Your name", length=200)
    theme = forms.ChoiceField(
        label="Light or dark", required=False, choices=Member._meta.get_field("theme").choices or []
    )
