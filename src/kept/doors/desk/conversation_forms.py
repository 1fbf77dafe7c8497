"""What people tell us of a conversation: who takes it, why it needs no answer, whose it is, what we promise."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.promise_days import NO_SLIP, Here
from kept.doors.desk.promise_forms import WithDue
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.team.models import Member
from kept.measures.working_time import Calendar

HOW = {
    "mail": "by mail",
    "call": "on the phone",
    "meeting": "in a meeting",
    "person": "in person",
    "chat": "in a chat",
}
NOBODY = "nobody"
Answered = dict[str, Any] | None


class HandForm(forms.Form):
    """Who looks after it from now on."""

    to = forms.ChoiceField(label="Who looks after it")

    def __init__(self, data: Answered, *, members: list[Member], member: Member | None) -> None:
        super().__init__(data, initial={"to": str(member.pk) if member else NOBODY})
        self.members = {str(one.pk): one for one in members}
        people = [(str(one.pk), one.name) for one in members]
        self.fields["to"] = forms.ChoiceField(
            label="Who looks after it", choices=[*people, (NOBODY, "nobody, for now")]
        )

    def chosen(self) -> Member | None:
        """The member; None: nobody."""
        return self.members.get(self.cleaned_data["to"])


class AsideForm(forms.Form):
    """Why their last message needs no answer here, or not yet."""

    kind = forms.ChoiceField(choices=AsideKind.choices)
    message = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    how = forms.ChoiceField(label="How", choices=list(HOW.items()), required=False)
    reason = forms.CharField(label="Why", max_length=400, required=False)
    until = forms.DateField(
        label="Bring it back on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        localize=False,
        validators=[NO_SLIP],
    )

    def clean(self) -> dict[str, Any]:
        """Each kind asks for its own words."""
        found = super().clean() or {}
        kind, reason = found.get("kind"), (found.get("reason") or "").strip()
        if kind == AsideKind.ELSEWHERE:
            how = f"Answered {HOW[found.get('how') or 'mail']}"
            found["reason"] = f"{how}: {reason}" if reason else how
        elif kind and not reason and not self.has_error("reason"):
            self.add_error("reason", "Say in a few words why, so that the next reader knows.")
        if kind == AsideKind.LATER and not found.get("until") and not self.has_error("until"):
            self.add_error("until", "Choose the day on which it should come back.")
        return found

    def comes_back(self, calendar: Calendar, eye: Eye) -> datetime | None:
        """When it comes back: as we open on that day, or on the next one that is worked."""
        day = self.cleaned_data.get("until")
        return calendar.next_open(datetime.combine(day, time(), eye.zone)) if day else None


class ClientForm(forms.Form):
    """Whose conversation this is; leads and owners may welcome a new client."""

    client = forms.ChoiceField(label="A client we have", required=False)
    name = forms.CharField(label="Or a new client, by name", max_length=200, required=False)
    meet = forms.BooleanField(required=False)

    def __init__(self, data: Answered, *, clients: list[Client], may_welcome: bool) -> None:
        super().__init__(data)
        self.clients = {str(one.pk): one for one in clients}
        choices = [("", "Choose a client"), *((str(one.pk), one.name) for one in clients)]
        self.fields["client"] = forms.ChoiceField(label="A client we have", choices=choices, required=False)
        if not may_welcome:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        found = super().clean() or {}
        old, new = found.get("client"), (found.get("name") or "").strip()
        if old and new:
            raise forms.ValidationError("Choose a client or write a new name, not both.")
        if not old and not new and not self.errors:
            raise forms.ValidationError("Choose a client" + (" or write a new name." if "name" in self.fields else "."))
        return found

    def chosen(self) -> Client | str:
        """The client, or the name of a new one."""
        return self.clients.get(self.cleaned_data.get("client", "")) or self.cleaned_data["name"].strip()


class PromiseForm(WithDue):
    """What we promise, in the words it was said in."""

    words = forms.CharField(label="In the words you said it", max_length=500)
    by = forms.ChoiceField(label="Who keeps it")

    def __init__(self, data: Answered, *, members: list[Member], here: Here) -> None:
        super().__init__(data, here=here, initial={"by": str(here.viewer.pk)})
        self.members = {str(one.pk): one for one in members}
        people = [(str(one.pk), one.name) for one in members]
        self.fields["by"] = forms.ChoiceField(label="Who keeps it", choices=people)

    def keeper(self) -> Member:
        """Who keeps it."""
        return self.members[self.cleaned_data["by"]]


def next_days(calendar: Calendar, eye: Eye) -> list[tuple[str, str]]:
    """Days one often puts things off to: the next one we work, and a week from now."""
    midnight = datetime.combine(eye.now.astimezone(eye.zone).date(), time(), eye.zone)
    first = calendar.next_open(midnight + timedelta(days=1)).astimezone(eye.zone).date()
    week = calendar.next_open(midnight + timedelta(days=7)).astimezone(eye.zone).date()
    return [(first.isoformat(), f"{first:%A}"), (week.isoformat(), "in a week")]
