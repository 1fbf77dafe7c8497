"""What people tell us of why a client stays: a sign they saw, or what they judge to tie them."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from kept.ledgers.choices.models import LockKind, SignKind
from kept.ledgers.clients.models import Client, Contact

FOR_US = ("sent_others", "vouched", "renewed_early", "invited", "praised", "got_in_touch")
NOTHING = "nothing"
NOBODY = "nobody in particular"
MIDDAY = time(12)


def _signs() -> list[tuple[str, str]]:
    names = dict(SignKind.choices)
    return [(kind, str(names[kind])) for kind in FOR_US] + [
        (kind, str(name)) for kind, name in SignKind.choices if kind not in FOR_US
    ]


class Note(forms.Form):
    """A sign of how freely they choose us."""

    kind = forms.ChoiceField(
        label="What they did", choices=_signs(),
        help_text="A question about a bill that really was wrong is no sign: that is ours to put right.",
    )  # fmt: skip
    contact = forms.ModelChoiceField(Contact.objects.none(), label="Who", required=False, empty_label=NOBODY)
    on = forms.DateField(
        label="When", widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say on which day.", "invalid": "Write a day, such as 2026-10-20."},
    )  # fmt: skip
    words = forms.CharField(label="In a few words, if you like", max_length=300, required=False)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.queryset = client.contacts.filter(left_on__isnull=True)

    def seen_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The moment meant: now, of today; of another day its middle."""
        day: date = self.cleaned_data["on"]
        return now if day == now.astimezone(zone).date() else datetime.combine(day, MIDDAY, zone)


class Judge(forms.Form):
    """What ties them, or that it does not."""

    lock = forms.ChoiceField(
        label="What", choices=[*((kind.value, kind.label) for kind in LockKind), (NOTHING, "nothing ties them")],
        error_messages={"required": "Say what ties them, or that nothing does."},
    )  # fmt: skip
    ties = forms.TypedChoiceField(
        label="Does it?", choices=[("yes", "yes, it ties them"), ("no", "no, it does not, or no longer")],
        coerce=lambda said: said == "yes", required=False, empty_value="yes",
    )  # fmt: skip
    until = forms.DateField(
        label="Until when, if that is known", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write a day, such as 2027-03-31, or leave it empty."},
    )  # fmt: skip
    words = forms.CharField(label="How so, in a few words", max_length=300, required=False)
