"""Keeping a draft, and what its buttons do next: send it, take a file out, begin from a skeleton."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kept.doors.desk.acts import done, failed, me
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.letters_going import have_sent
from kept.doors.desk.letters_receivers import called
from kept.doors.desk.letters_typed import Timing, timing, typed
from kept.doors.desk.letters_ways import place
from kept.doors.desk.promise_days import Here
from kept.doors.desk.settings_back import to
from kept.kit import clock, words
from kept.ledgers.letters import verbs
from kept.ledgers.letters.enclosing import MOST_BYTES
from kept.ledgers.letters.models import Letter, Skeleton
from kept.ledgers.letters.readiness import check_ready
from kept.readings.calendars import offices
from kept.readings.drafts import mailboxes_of
from kept.readings.going_when import suggested_go_at

Show = Callable[..., HttpResponse]  # the page with the draft, and what is to be said of it
SENDS = {"send", "later", "anyway", "now", "held"}


@dataclass(frozen=True)
class Held:
    """Why a letter had better not go now, in a sentence; and when it would."""

    says: str
    when: str


def keep_and_then(request: HttpRequest, letter: Letter, *, show: Show) -> HttpResponse:
    """Keep what was typed, and do what the pressed button says; with faults, show the page with the draft again."""
    at, then = clock.now(), request.POST.get("then", "")
    try:
        letter = verbs.keep(letter, at=at, **typed(request, mailboxes_of(me(request))))
        faults = _attached(letter, request.FILES.getlist("files"))
    except (verbs.TooLate, verbs.NotYours) as why:
        return failed(request, why)
    if faults:
        return show(request, letter, refused=faults)
    if then in SENDS:
        return _send(request, letter, then=then, show=show)
    if file := letter.files.filter(pk=number(request.POST.get("detach"))).first():
        verbs.detach(file, at=at)
        return done(request, "Taken out:", words=file.name)
    if skeleton := Skeleton.objects.filter(pk=number(request.POST.get("skeleton")), retired_at=None).first():
        return _begin_from(request, letter, skeleton)
    if then == "read":
        verbs.catch_up(letter, at=at)
        return done(request, "Read. Your letter waits below.")
    return done(request, "Kept, for you alone.")


def _attached(letter: Letter, files: Iterable[Any]) -> list[str]:
    """Let the files go along; answers why some did not."""
    faults = []
    for file in files:
        try:
            content = file.read(MOST_BYTES + 1)  # one byte too many is refused as too large, whatever came
            verbs.attach(letter, name=file.name, kind=file.content_type or "", content=content, at=clock.now())
        except verbs.TooLarge as why:
            faults.append(str(why))
    return faults


def _begin_from(request: HttpRequest, letter: Letter, skeleton: Skeleton) -> HttpResponse:
    """The skeleton's words below those that stand there already."""
    both = f"{letter.words.rstrip()}\n\n{skeleton.words}" if letter.words.strip() else skeleton.words
    changed = {"words": both} | ({} if letter.subject else {"subject": skeleton.subject})
    verbs.keep(letter, at=clock.now(), **changed)
    return done(request, "Begun from", words=skeleton.name)


def _send(request: HttpRequest, letter: Letter, *, then: str, show: Show) -> HttpResponse:
    here = Here(me(request), clock.now(), offices())
    when = timing(request, here, later=then == "later", calendar=here.offices.calendar(letter.client))
    if when.faults:
        return show(request, letter, refused=list(when.faults))
    try:
        check_ready(letter)
        if then == "anyway":
            verbs.catch_up(letter, at=here.at)  # what overtook it was shown
        held = suggested_go_at(letter, at=here.at, calendar=here.offices.calendar(letter.client))
        if held and then in {"send", "anyway"}:
            return show(request, letter, unkind_hour=Held(held[1], words.moment(held[0], now=here.at, zone=here.zone)))
        go_at = held[0] if held and then == "held" else when.go_at
        letter = verbs.send_off(letter, by=here.viewer, at=here.at, go_at=go_at, follow_up_at=when.follow_up_at)
    except verbs.NotReady as why:
        return show(request, letter, refused=why.faults)
    except verbs.Overtaken as why:
        return show(request, letter, overtaken=why)
    except (verbs.TooLate, verbs.NotYours) as why:
        return failed(request, why)
    have_sent(letter, at=here.at)
    said = said_of(letter, Timing(go_at, when.follow_up_at), here)
    return to(done(request, said, undo=reverse("desk:letter_sent", args=[letter.pk])), place(letter))


def said_of(letter: Letter, when: Timing, here: Here) -> str:
    """ "On its way to Cleo.", "It goes to Cleo tomorrow, 09:00. It comes back on Thu 29 Oct if nobody answers."."""
    said = f"On its way to {called(letter.to)}."
    if when.go_at:
        said = f"It goes to {called(letter.to)} {words.moment(when.go_at, now=here.at, zone=here.zone)}."
    if when.follow_up_at:
        back = words.day(
            when.follow_up_at.astimezone(here.zone).date(), today=here.at.astimezone(here.zone).date(), article=True
        )
        said += f" It comes back {back} if nobody answers."
    return said
