"""What people tell of meetings: planned, held, missed or called off."""

from typing import Any

from django import forms

from kept.doors.desk.service_fields import EARLIEST, LATEST, OfClient, a_day, a_time, several, which_job, words
from kept.ledgers.team.models import Member
from kept.ledgers.touches.models import EndingKind
from kept.ledgers.touches.verbs import Held

NOBODY_SAID = "nobody said"
ASKED = [("", NOBODY_SAID), ("yes", "yes"), ("no", "no")]
ENDED = [
    (EndingKind.HELD, "we met"),
    (EndingKind.MISSED, "nobody of us came"),
    (EndingKind.OFF_BY_THEM, "they called it off"),
    (EndingKind.OFF_BY_US, "we called it off"),
]


class Plan(OfClient):
    """A meeting to come."""

    about = forms.CharField(
        label="What it is about", max_length=200, error_messages={"required": "Say what it is about, in a few words."}
    )
    engagement = which_job()
    day = a_day("When")
    time = a_time()
    promised = several("Who was promised to come")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        day = typed.get("day")
        if day is not None and not EARLIEST <= day <= LATEST:
            self.add_error("day", "Look at the year again: that is far away.")
        elif day is not None:
            typed["at"] = self.moment(day, typed.get("time"), to_come=True)
        return typed


class Meet(Plan):
    """A meeting that was held."""

    came = several("Who came")
    minutes_late = forms.IntegerField(
        label="Minutes we were late", required=False, min_value=0, max_value=600,
        error_messages={"invalid": "Write whole minutes, such as 5."},
    )  # fmt: skip
    help_asked = forms.ChoiceField(label="Did we ask “How can I help you?”", choices=ASKED, required=False)
    words = words("And what did they say?")

    def clean(self) -> dict[str, Any]:
        typed = OfClient.clean(self) or {}
        if "time" not in self.errors:
            typed["at"] = self.past("day", typed.get("time"))
        if "came" in typed and not typed["came"]:
            self.add_error("came", "Say who of us was there; if nobody came, plan it first and say so there.")
        return typed

    def held(self) -> Held:
        """How it was held, of a form without faults."""
        return held_of(self.cleaned_data, by=self.here.viewer)


class End(OfClient):
    """How a planned meeting ended."""

    how = forms.ChoiceField(label="How did it go?", choices=ENDED)
    minutes_late = forms.IntegerField(
        label="Minutes we were late", required=False, min_value=0, max_value=600,
        error_messages={"invalid": "Write whole minutes, such as 5."},
    )  # fmt: skip
    help_asked = forms.ChoiceField(label="Did we ask “How can I help you?”", choices=ASKED, required=False)
    words = words("What they said, or why it was called off")
    came = several("Who came")

    def held(self) -> Held:
        """How it was held, of a form without faults."""
        return held_of(self.cleaned_data, by=self.here.viewer)


def held_of(typed: dict[str, Any], *, by: Member) -> Held:
    """What was typed, as the ledger takes it; who came first led it, unless the one who writes was there."""
    came = list(typed["came"])
    led = by if by in came else next(iter(came), None)
    asked = {"yes": True, "no": False}.get(typed["help_asked"])
    return Held(typed["minutes_late"] or 0, led, asked, typed["words"])
