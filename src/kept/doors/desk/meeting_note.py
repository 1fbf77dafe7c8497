"""Writing down a meeting with a client: who was there, when, and what was said; and taking the note back."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.promise_days import Here
from kept.flows import note_meeting
from kept.kit import clock, words
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations.models import Channel, Message
from kept.ledgers.conversations.noting import LONGEST, Meeting
from kept.ledgers.team.models import Member
from kept.ledgers.team.walls import admitted
from kept.readings.calendars import offices
from kept.readings.noticed import noticed_in

acting = require_http_methods(["GET", "HEAD", "POST"])
undoes = require_http_methods(["POST", "DELETE"])
EARLIEST = date(1970, 1, 2)


class Noting(forms.Form):
    """A meeting with `client` that is over."""

    day = forms.DateField(
        label="When it was",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say on which day.", "invalid": "Write the day as 2026-10-23."},
    )
    time = forms.TimeField(
        label="At",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Write the time as 15:00."},
    )
    theirs = forms.ModelMultipleChoiceField(
        Contact.objects.none(),
        label="Who was there",
        required=False,
        error_messages={
            "invalid_choice": "Choose people of theirs whom we know.",
            "invalid_pk_value": "Choose people.",
        },
    )
    ours = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label="Of ours",
        required=False,
        error_messages={"invalid_choice": "Choose people who are here.", "invalid_pk_value": "Choose people."},
    )
    words = forms.CharField(
        label="What was said",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Write what was said."},
    )

    def __init__(self, *args: Any, here: Here, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here = here
        there: dict[str, Any] = {
            "theirs": Contact.objects.filter(client=client, left_on=None),
            "ours": admitted(client.wall_id).exclude(pk=here.viewer.pk),
        }
        for name, rows in there.items():
            field: Any = self.fields[name]
            field.queryset = rows
            field.choices = [(row.pk, row.name) for row in rows]  # read once

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        day: date | None = typed.get("day")
        if day is None or "time" in self.errors:
            return typed
        if not EARLIEST <= day <= self.here.at.astimezone(self.here.zone).date():
            self.add_error("day", "Choose the day it was held on, today or before.")
            return typed
        typed["held_at"] = self._held(day, typed.get("time"))
        if typed["held_at"] > self.here.at:
            self.add_error("time", f"{self.here.full(typed['held_at'])} is still to come.")
        return typed

    def _held(self, day: date, typed: Any) -> datetime:
        """When it was; without a time at noon, or just now where noon is still to come."""
        if typed:
            return datetime.combine(day, typed, self.here.zone)
        noon = datetime.combine(day, datetime.min.time().replace(hour=12), self.here.zone)
        return min(noon, self.here.at.astimezone(self.here.zone).replace(second=0, microsecond=0))

    @property
    def meeting(self) -> Meeting:
        """When it was and who was there, of a form without faults."""
        typed = self.cleaned_data
        return Meeting(typed["held_at"], contacts=list(typed["theirs"]), members=list(typed["ours"]))

    @property
    def people(self) -> list[tuple[str, str, list[tuple[int, str, bool]]]]:
        """Who may have been there: name of the field, legend, and each with whether they are ticked."""
        legends = (("theirs", "Who was there, of theirs"), ("ours", "And of ours, beside you"))
        return [(name, legend, self._ticked(name)) for name, legend in legends]

    def _ticked(self, name: str) -> list[tuple[int, str, bool]]:
        chosen = {str(value) for value in self[name].value() or ()}
        field: Any = self.fields[name]
        return [(pk, said, str(pk) in chosen) for pk, said in field.choices]


@acting
def noting(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; POST keeps the note and leads to it, where what was promised in it can be counted."""
    here = Here(me(request), clock.now(), offices())
    client = get_object_or_404(Client.objects.seen_by(here.viewer).select_related("lead"), pk=pk)
    if request.method != "POST":
        day = here.at.astimezone(here.zone)
        return _ask(request, client, Noting(here=here, client=client, initial={"day": f"{day:%Y-%m-%d}"}))
    form = Noting(request.POST, here=here, client=client)
    if not form.is_valid():
        return _ask(request, client, form)
    words_said = form.cleaned_data["words"]
    row = note_meeting.note(client, words=words_said, meeting=form.meeting, by=here.viewer, at=here.at)
    undo = reverse("desk:note", args=[pk, row.pk])
    answer = done(request, _said(row), undo=undo)
    answer["Location"] = reverse("desk:conversation", args=[row.conversation_id])
    return answer


@undoes
def note(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a note back, while nothing hangs on it; then there is no page of it to go back to."""
    client = get_object_or_404(Client.objects.seen_by(me(request)), pk=pk)
    if not undoing(request):
        raise Http404
    noted = Message.objects.filter(conversation__client=client, channel=Channel.NOTE, pk=row)
    found = noted.select_related("conversation").first()
    try:
        if found is not None:
            note_meeting.take_back(found, by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    answer = done(request, "The note is taken back." if found else "That was taken back already.")
    answer["Location"] = reverse("desk:client", args=[pk])
    return answer


def _ask(request: HttpRequest, client: Client, form: Noting) -> HttpResponse:
    back = reverse("desk:client", args=[client.pk])
    context = {"place": "clients", "client": client, "form": form, "back": back}
    return render(request, "desk/meeting_note.html", context, status=422 if form.is_bound else 200)


def _said(row: Message) -> str:
    """ "Written down. Two sentences in it sound like promises." """
    many = len(noticed_in([row.pk]).promises.get(row.pk, ()))
    if not many:
        return "Written down."
    sounds = "sounds like a promise" if many == 1 else "sound like promises"
    return f"Written down. {words.sentence(words.count(many, 'sentence'))} in it {sounds}."


urls = [
    path("clients/<row:pk>/notes/", noting, name="noting"),
    path("clients/<row:pk>/notes/<row:row>/", note, name="note"),
]
