"""What was typed where one writes: the letter itself, its files, and when it should go or come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest

from kept.doors.desk.inbox_sift import number
from kept.doors.desk.promise_days import NO_SLIP, Here
from kept.ledgers.letters.recipients import read
from kept.ledgers.mailboxes.models import Mailbox
from kept.measures.working_time import Calendar

LONGEST = 200_000  # characters of one letter
PEOPLE = ("to", "cc", "bcc")
PAST = "That moment has passed. Choose one that is still to come."


def typed(request: HttpRequest, boxes: Iterable[Mailbox]) -> dict[str, Any]:
    """The parts of a letter that the form had, as `letters.verbs.keep` takes them."""
    post = request.POST
    # what stands as it was shown was not typed: a letter begun just now knows its receivers better
    changed = [name for name in PEOPLE if name in post and post[name] != post.get(f"{name}_was")]
    found: dict[str, Any] = {name: read(post[name][:20_000]) for name in changed}
    if "subject" in post:
        found["subject"] = _plain(post["subject"])[:500]
    if "words" in post:
        found["words"] = _plain(post["words"])[:LONGEST]
    if "quotable" in post:
        found["with_quote"] = "with_quote" in post
    chosen = number(post.get("mailbox"))
    if box := next((box for box in boxes if box.pk == chosen), None):
        found["mailbox"] = box
    return found


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\0", "")


class TimingForm(forms.Form):
    """When it should go, and by when it should come back unanswered."""

    go_day = forms.DateField(label="The day it should go", required=False, validators=[NO_SLIP])
    go_time = forms.TimeField(label="The time it should go", required=False)
    follow_day = forms.DateField(label="The day it should come back", required=False, validators=[NO_SLIP])


@dataclass(frozen=True)
class Timing:
    """`go_at`: not before; `follow_up_at`: back by then if nobody has answered. None: neither was chosen."""

    go_at: datetime | None = None
    follow_up_at: datetime | None = None
    faults: tuple[str, ...] = ()


def timing(request: HttpRequest, here: Here, *, later: bool, calendar: Calendar) -> Timing:
    """When it should go (asked only when `later`) and come back: as the office opens that day."""
    form = TimingForm(request.POST)
    if not form.is_valid():
        named = [f"{form.fields[name].label}: {fault}" for name, faults in form.errors.items() for fault in faults]
        return Timing(faults=tuple(named))
    day, back = form.cleaned_data["go_day"], form.cleaned_data["follow_day"]
    follow = calendar.next_open(datetime.combine(back, time(), here.zone)) if back else None
    if follow and follow <= here.at:
        return Timing(faults=(f"By when it should come back: {PAST[0].lower()}{PAST[1:]}",))
    if not later:
        return Timing(follow_up_at=follow)
    if day is None:
        return Timing(faults=("Choose the day on which it should go.",))
    at = form.cleaned_data["go_time"]
    go = datetime.combine(day, at, here.zone) if at else calendar.next_open(datetime.combine(day, time(), here.zone))
    return Timing(go, follow) if go > here.at else Timing(faults=(PAST,))
