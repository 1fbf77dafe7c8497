"""Acts on clocks: one stands while we wait for them, Kept noticed wrongly, our letter comes back later."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.inbox_words import waits_for
from kept.flows.notice import notice_again
from kept.kit import clock, words
from kept.ledgers.conversations import contradicting, following_up, pausing
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.noticed import About
from kept.readings.calendars import offices

does = require_http_methods(["POST", "DELETE"])
FARTHEST = 365 * 2  # days until which a letter may be put off


def _talk(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(Conversation.objects.seen_by(me(request)).select_related("client__lead"), pk=pk)


def _message(request: HttpRequest, talk: Conversation) -> Message:
    named = request.POST.get("message") or request.GET.get("message")
    return get_object_or_404(Message, conversation=talk, pk=number(named))


@does
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """We wait for them: their clock stands."""
    talk = _talk(request, pk)
    try:
        row = pausing.pause(talk, reason=request.POST.get("reason", ""), by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    return done(request, words.sentence(waits_for(row)) + ".", undo=reverse("desk:pause_row", args=[pk, row.pk]))


@does
def pause_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE: the clock counts as if it had never stood."""
    talk = _talk(request, pk)
    if not undoing(request):
        raise Http404
    for found in talk.pauses.filter(pk=row):
        pausing.take_back_pause(found, by=me(request), at=clock.now())
    return done(request, "The clock runs, as if it had never stood.")


@does
def pause_end(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """POST lets the clock run on from now; DELETE lets it stand again."""
    talk = _talk(request, pk)
    found = get_object_or_404(talk.pauses.select_related("conversation"), pk=row)
    if undoing(request):
        try:
            pausing.take_back_end(found, by=me(request), at=clock.now())
        except ValueError as why:
            return failed(request, why)
        return done(request, "The clock stands again.")
    pausing.end_pause(found, by=me(request), at=clock.now())
    return done(request, "The clock runs on.", undo=reverse("desk:pause_end", args=[pk, row]))


@does
def contradiction(request: HttpRequest, pk: int) -> HttpResponse:
    """It does need a reply, or a person wrote it."""
    talk = _talk(request, pk)
    message, about, now = _message(request, talk), request.POST.get("about", ""), clock.now()
    if about not in About.values:
        raise Http404
    said = request.POST.get("reason", "")
    try:
        row = contradicting.contradict(message, about=About(about), by=me(request), at=now, reason=said)
    except ValueError as why:
        return failed(request, why)
    notice_again([message.pk], at=now)
    told = "It needs a reply; its clock runs." if about == About.CLOSING else "A person wrote it."
    return done(request, told, undo=reverse("desk:contradiction_row", args=[pk, row.pk]))


@does
def contradiction_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE: what Kept noticed stands again."""
    talk = _talk(request, pk)
    if not undoing(request):
        raise Http404
    for message in talk.messages.filter(contradictions=row):
        for found in message.contradictions.filter(pk=row):
            contradicting.take_back_contradiction(found, by=me(request), at=clock.now())
            notice_again([message.pk], at=clock.now())
    return done(request, "As Kept had noticed it.")


@does
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Our letter comes back on a day, or (without one, with `never`) needs no answer."""
    talk, places = _talk(request, pk), offices()
    message, now, zone = _message(request, talk), clock.now(), places.zone_of(me(request))
    try:
        if "never" in request.POST or "never" in request.GET:
            row, told = following_up.never(message, by=me(request), at=now), "It needs no answer."
        else:
            due_at = places.calendar(talk.client).next_open(_day(request.POST.get("day", ""), now, zone))
            row = following_up.choose_day(message, due_at=due_at, by=me(request), at=now)
            told = f"Back {words.moment(due_at, now=now, zone=zone)}, if nobody has answered."
    except ValueError as why:
        return failed(request, why)
    return done(request, told, undo=reverse("desk:follow_up_row", args=[pk, row.pk]))


@does
def follow_up_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE: it comes back as it would have."""
    talk = _talk(request, pk)
    if not undoing(request):
        raise Http404
    for message in talk.messages.filter(follow_up=row).select_related("follow_up"):
        following_up.take_back_follow_up(message.follow_up, by=me(request), at=clock.now())
    return done(request, "It comes back as it would have.")


def _day(typed: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the day that was chosen; ValueError for what is none, or is too far."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise ValueError("Choose the day on which it should come back.") from None
    if (day - now.date()).days > FARTHEST:
        raise ValueError("Choose a day within two years.")
    return datetime.combine(day, time(), zone)


urls = [
    path("inbox/<row:pk>/pause/", pause, name="pause"),
    path("inbox/<row:pk>/pause/<row:row>/", pause_row, name="pause_row"),
    path("inbox/<row:pk>/pause/<row:row>/end/", pause_end, name="pause_end"),
    path("inbox/<row:pk>/contradiction/", contradiction, name="contradiction"),
    path("inbox/<row:pk>/contradiction/<row:row>/", contradiction_row, name="contradiction_row"),
    path("inbox/<row:pk>/follow-up/", follow_up, name="follow_up"),
    path("inbox/<row:pk>/follow-up/<row:row>/", follow_up_row, name="follow_up_row"),
]
