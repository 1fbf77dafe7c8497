"""What the forms of service share: days and people of a client, its jobs, and moments that are over."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from kept.doors.desk.promise_days import Here
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Member
from kept.ledgers.team.walls import admitted

EARLIEST, LATEST = date(1970, 1, 2), date(2199, 12, 31)  # beyond is a slip of the pen


def a_day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say on which day.", "invalid": "Write the day as 2026-10-23."},
    )


def a_time() -> forms.TimeField:
    return forms.TimeField(
        label="At",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Write the time as 15:00."},
    )


def words(label: str, *, longest: int = 500, required: bool = False, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


def somebody(label: str, *, empty: str = "", required: bool = False) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        Member.objects.none(), label=label, required=required, empty_label=empty,
        error_messages={"required": "Choose somebody.", "invalid_choice": "Choose somebody who is here."},
    )  # fmt: skip


def several(label: str) -> forms.ModelMultipleChoiceField[Any]:
    fault = "Choose people who are here."
    return forms.ModelMultipleChoiceField(
        Member.objects.none(), label=label, required=False,
        error_messages={"invalid_choice": fault, "invalid_pk_value": fault},
    )  # fmt: skip


def which_job() -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        Engagement.objects.none(), label="Which job", required=False, empty_label="none of them alone"
    )


def which_contact() -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(Contact.objects.none(), label="Who said so", required=False, empty_label="somebody")


class OfClient(forms.Form):
    """A form about `client`; its choices of people and engagements are read once."""

    def __init__(self, *args: Any, here: Here, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here, self.client = here, client
        rows: dict[Any, list[Any]] = {}
        for field in self.fields.values():
            queryset = getattr(field, "queryset", None)
            if queryset is not None:
                self._offer(field, queryset.model, rows)

    def _offer(self, field: Any, model: Any, rows: dict[Any, list[Any]]) -> None:
        offered: dict[Any, Any] = {
            Member: admitted(self.client.wall_id),
            Contact: Contact.objects.filter(client=self.client, left_on=None),
            Engagement: Engagement.objects.open().filter(client=self.client),
        }
        field.queryset = offered[model]
        found = rows.setdefault(model, list(field.queryset))
        empty = [("", field.empty_label)] if getattr(field, "empty_label", None) is not None else []
        field.choices = empty + [(row.pk, str(row)) for row in found]

    @property
    def people(self) -> list[tuple[str, str, list[tuple[int, str, bool]]]]:
        """Fields of several people: name, legend, and each person with whether they are ticked."""
        found = []
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                chosen = {str(getattr(one, "pk", one)) for one in self[name].value() or ()}
                choices: Any = field.choices
                ticked = [(pk, said, str(pk) in chosen) for pk, said in choices]
                found.append((name, str(field.label), ticked))
        return found

    @property
    def plain(self) -> list[Any]:
        """All other fields that are seen."""
        named = {name for name, _, _ in self.people}
        return [field for field in self.visible_fields() if field.name not in named]

    def moment(self, day: date, clock: time | None, *, to_come: bool = False) -> datetime:
        """When it was: without a time at noon, or just now where noon is still to come."""
        at = datetime.combine(day, clock or time(12), self.here.zone)
        now = self.here.at.astimezone(self.here.zone).replace(second=0, microsecond=0)
        return at if clock or to_come else min(at, now)

    def past(self, name: str, clock: time | None = None) -> datetime | None:
        """The moment of a day typed, of a form that is being cleaned; a fault and None where it is none of the past."""
        day: date | None = self.cleaned_data.get(name)
        if day is None:
            return None
        if not EARLIEST <= day <= self.here.at.astimezone(self.here.zone).date():
            self.add_error(name, "Choose today or a day before.")
            return None
        at = self.moment(day, clock)
        if at > self.here.at:
            self.add_error("time", f"{self.here.full(at)} is still to come.")
            return None
        return at
