"""What is typed to make, move or release a promise; faults are said in place and the words typed are kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from kept.doors.desk.promise_days import NO_SLIP, Here
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations.models import Message
from kept.ledgers.promises.models import Size
from kept.ledgers.promises.verbs import Source
from kept.ledgers.team.models import Member
from kept.ledgers.team.walls import admitted

HOW = [("on the phone", "on the phone"), ("by mail", "by mail"), ("in person", "in person")]
NOT_YET = ("no", "not yet")
SIZES = [(Size.SMALL, "a small one"), (Size.NORMAL, "as most are"), (Size.MAJOR, "a large one, much hangs on it")]


class WithDue(forms.Form):
    """A day and, if wanted, a time: together the moment `due`."""

    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say by when.", "invalid": "Write the day as 2026-10-23."},
        validators=[NO_SLIP],
    )
    time = forms.TimeField(
        label="Time",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Write the time as 15:00."},
    )

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here = here

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day: date | None = cleaned.get("day")
        if day is None or "time" in self.errors:
            return cleaned
        cleaned["due"] = due = self.here.moment(day, cleaned.get("time"))
        if due <= self.here.at:
            self.add_error("day", f"{self.here.full(due)} has passed. Choose a moment that is still to come.")
        return cleaned

    @property
    def due(self) -> datetime:
        """The moment that was typed, of a form without faults."""
        moment: datetime = self.cleaned_data["due"]
        return moment

    @property
    def closes(self) -> str:
        """When the office closes, which stands where no time is typed."""
        return f"{self.here.closing(self.here.at.astimezone(self.here.zone).date()):%H:%M}"

    @property
    def read_as(self) -> str:
        """The day and time that were typed, in full; nothing while they cannot be read."""
        due = getattr(self, "cleaned_data", {}).get("due")
        return self.here.full(due) if due else ""


class MakePromise(WithDue):
    """A promise to `client`, a client the viewer may know of."""

    words = forms.CharField(
        label="In the words you said",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the promise in the words it was said in."},
    )
    contact = forms.ModelChoiceField(Contact.objects.none(), label="To", required=False)
    by = forms.ModelChoiceField(Member.objects.none(), label="By")
    size = forms.ChoiceField(label="How large", choices=SIZES, initial=Size.NORMAL)
    message = forms.ModelChoiceField(Message.objects.none(), required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, here: Here, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, here=here, auto_id="promise-%s", **kwargs)
        self.client = client
        people = Contact.objects.filter(client=client, left_on=None)
        self._choose("contact", people)
        self._choose("by", admitted(client.wall_id))
        self._choose("message", Message.objects.seen_by(here.viewer).filter(conversation__client=client))
        self._name(list(people.values_list("pk", "name")))

    def _name(self, people: list[tuple[int, str]]) -> None:
        """Offer these people, read once; an only one is taken for granted until somebody says otherwise."""
        contact: Any = self.fields["contact"]
        contact.choices = [("", f"{self.client.name}, nobody in particular"), *people]
        if len(people) == 1 and not self.initial.get("contact"):
            self.initial["contact"] = people[0][0]

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    @property
    def back(self) -> str:
        """The address to return to, if one was given."""
        return str(self["next"].value() or "")

    @property
    def source(self) -> Source:
        """The message it was said in, if one was named."""
        message = self.cleaned_data.get("message")
        return Source("conversations.Message", message.pk) if message else Source()


@dataclass(frozen=True)
class Begun:
    """What is known of a promise before anything is typed: where it was said, to whom, in which words, by when."""

    message: int | None = None
    contact: int | None = None
    words: str = ""
    due: datetime | None = None


NOTHING_YET = Begun()


def making(here: Here, client: Client, *, begun: Begun = NOTHING_YET, back: str = "") -> MakePromise:
    """A form for desk/parts/promise_form.html: a promise to `client`, by the viewer unless they choose another.

    `back` is the address to return to. Two queries when drawn.
    """
    due = begun.due.astimezone(here.zone) if begun.due else None
    when = {"day": f"{due:%Y-%m-%d}", "time": f"{due:%H:%M}"} if due and due > here.at else {}
    said = {"contact": begun.contact, "message": begun.message, "words": begun.words}
    return MakePromise(here=here, client=client, initial={"by": here.viewer.pk, "next": back, **said, **when})


class MovePromise(WithDue):
    """Another day, with the reason and how they agreed; "no" is an honest answer."""

    because = forms.CharField(label="Because", max_length=500, required=False)
    how = forms.ChoiceField(
        choices=[*HOW, NOT_YET],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how they agreed, or that they have not yet."},
    )

    def agreed(self, who: str) -> str:
        """How they agreed, for the record; empty when they have not."""
        how = str(self.cleaned_data["how"])
        return "" if how == NOT_YET[0] else f"{who}, {how}"


class ReleasePromise(forms.Form):
    """How they said that they no longer want it."""

    how = forms.ChoiceField(
        choices=HOW, widget=forms.RadioSelect, error_messages={"required": "Say where they told you."}
    )

    def agreed(self, who: str) -> str:
        """Who said so and how, for the record."""
        return f"{who}, {self.cleaned_data['how']}"
