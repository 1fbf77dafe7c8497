"""What people tell of work handed over, of bills and of who came instead: the forms."""

from typing import Any

from django import forms

from kept.doors.desk.service_fields import OfClient, a_day, somebody, which_contact, which_job, words
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.engagements.replacing import Told

RECEIVED = [
    (ReceiptKind.ACCEPTED, "accepted, within the rounds agreed"),
    (ReceiptKind.EXTRA_ROUND, "one more round, because of us"),
    (ReceiptKind.REDONE, "it has to be done again"),
]
TOLD = [("", "no, or there was none"), ("yes", "yes, before it went out")]


def an_amount(label: str, *, required: bool = True, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, help_text=help_text, min_value=0, max_digits=14, decimal_places=2,
        error_messages={"required": "Write the amount.", "invalid": "Write a number, such as 4800 or 4800.50."},
    )  # fmt: skip


class HandOver(OfClient):
    """A piece of work that was handed over."""

    name = forms.CharField(
        label="What it is", max_length=200, error_messages={"required": "Say what was handed over, in a few words."}
    )
    engagement = which_job()
    day = a_day("When")
    rounds = forms.IntegerField(
        label="Rounds of changes agreed", required=False, min_value=0, max_value=50,
        help_text="Left empty, nothing was agreed.",
        error_messages={"invalid": "Write a whole number, such as 2."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["at"] = self.past("day")
        return typed


class Receive(OfClient):
    """What they said of it."""

    kind = forms.ChoiceField(label="How was it received?", choices=RECEIVED)
    contact = which_contact()
    day = a_day("When")
    words = words("In their words, if you like")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["at"] = self.past("day")
        return typed


class Bill(OfClient):
    """A bill that went out."""

    number = forms.CharField(
        label="Its number", max_length=60,
        error_messages={"required": "Give the number the bill has in your invoicing tool."},
    )  # fmt: skip
    sent_on = a_day("When it went out")
    amount = an_amount("The amount")
    quoted = an_amount("What was quoted", required=False, help_text="Left empty, it is not known.")
    currency = forms.CharField(
        label="Currency", min_length=3, max_length=3,
        error_messages={"required": "Write three letters.", "min_length": "Write three letters, such as GBP."},
    )  # fmt: skip
    told = forms.ChoiceField(label="Were they told of a difference?", choices=TOLD, required=False)
    engagement = which_job()
    link = forms.URLField(
        label="Where it is", required=False, max_length=500, assume_scheme="https",
        help_text="The address of the bill in your invoicing tool.",
        error_messages={"invalid": "That is no address. Write it like https://bills.example/2026-104."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.past("sent_on")
        return typed

    def sum(self) -> Amount:
        """The amounts, of a form without faults."""
        typed = self.cleaned_data
        return Amount(typed["amount"], typed["currency"], typed["quoted"], told=bool(typed["told"]))


class Surprised(OfClient):
    """A bill surprised them."""

    words = words("What did they say?", required=True, missing="Write what they said, in their words.")
    contact = which_contact()
    day = a_day("When")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["at"] = self.past("day")
        return typed


class Settle(OfClient):
    """How a surprise was settled with them."""

    how = words("How was it settled?", required=True, missing="Say how it was settled with them.")


class Replace(OfClient):
    """Somebody else instead of a promised person."""

    instead = somebody("Who instead", required=True)
    since = a_day("From which day on")
    told_on = a_day("When were they told?", required=False, help_text="Left empty, nobody has told them.")
    told_how = forms.CharField(
        label="How were they told?", max_length=300, required=False, help_text="Bo told Cleo on the phone."
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "told_on" not in self.errors and bool(typed.get("told_on")) != bool(typed.get("told_how")):
            self.add_error("told_how", "Say both, when they were told and how, or neither.")
        return typed

    def told(self) -> Told | None:
        """How they were told, of a form without faults."""
        typed = self.cleaned_data
        return Told(typed["told_on"], typed["told_how"]) if typed["told_on"] else None


class Tell(OfClient):
    """They were told after all."""

    day = a_day("When were they told?")
    how = forms.CharField(
        label="How were they told?", max_length=300,
        error_messages={"required": "Say how they were told: by whom, and where."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.past("day")
        return typed
