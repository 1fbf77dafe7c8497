"""How it felt: whoever was asked answers by their link, without an account; only sending counts, never looking."""

from dataclasses import replace
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.public.pulse_form import Typed, tapped, typed
from kept.doors.public.pulse_showing import Asked, asking, marks_of, thanking
from kept.doors.public.pulse_tongue import Tongue
from kept.doors.public.pulse_words import wanted
from kept.flows.hear_pulse import hear
from kept.kit import clock
from kept.ledgers.pulses.models import Answer, Invitation, Standing, Wish
from kept.ledgers.pulses.tokens import redeem
from kept.ledgers.pulses.wishing import leave_alone, take_back_wish
from kept.readings.calendars import offices

LARGEST = 50_000  # bytes of a form; its fields together are a fifth of that


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, and marks what a link in the mail named; POST takes the answer, and leads to our thanks."""
    invitation = redeem(token)
    if invitation is None or invitation.standing(clock.now()) != Standing.OPEN:
        return _closed(request, invitation)
    one = Asked(invitation, offices(), Answer.objects.filter(invitation=invitation).first())
    return _take(request, one, token) if request.method == "POST" else _ask(request, one)


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What they said, and how to change it."""
    invitation = redeem(token)
    if invitation is None or invitation.standing(clock.now()) != Standing.OPEN:
        return _closed(request, invitation)
    given = Answer.objects.filter(invitation=invitation).first()
    if given is None:
        return _safe(redirect("public:pulse", token))
    return _show(request, "thanks", thanking(Asked(invitation, offices(), given), given) | {"token": token})


def _ask(request: HttpRequest, one: Asked) -> HttpResponse:
    now = tapped(request.GET.dict())
    before = marks_of(one.answer) if one.answer else {}
    shown = Typed(before | now, one.answer.words if one.answer else "")
    return _show(request, "asking", asking(one, shown=shown, tapped=now))


def _take(request: HttpRequest, one: Asked, token: str) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        context = asking(one, shown=Typed({}), tapped={}, refused=one.tongue.faults.large)
        return _show(request, "asking", context, status=413)
    given = typed(request.POST.dict(), one.tongue)
    wish = request.POST.get("wish")
    if given.fault and not wish:
        return _show(request, "asking", asking(one, shown=given, tapped={}), status=422)
    if not _may_send(request, one.invitation):
        context = asking(one, shown=replace(given, fault=""), tapped={}, refused=one.tongue.faults.busy)
        return _show(request, "asking", context, status=429)
    if wish:
        return _wish(request, one, replace(given, fault=""), leave=wish == "leave")
    call_me = True if given.call_me else None  # who wished it once takes it back with a person
    try:
        hear(one.invitation, marks=given.all_marks, words=given.words, call_me=call_me, at=clock.now())
    except ValueError:  # it closed while they were writing
        return _closed(request, one.invitation)
    onward = redirect("public:pulse_thanks", token)
    onward.status_code = 303
    return _safe(onward)


def _wish(request: HttpRequest, one: Asked, given: Typed, *, leave: bool) -> HttpResponse:
    """Not to be asked any more, or to be asked again; what was chosen so far still stands on the page."""
    contact, now = one.invitation.contact, clock.now()
    if leave:
        leave_alone(contact, by=None, at=now)
    elif wish := Wish.objects.filter(contact=contact).first():
        take_back_wish(wish, by=None, at=now)
    return _show(request, "asking", asking(one, shown=given, tapped={}))


def _may_send(request: HttpRequest, invitation: Invitation) -> bool:
    here = ratelimit.consume(request, action="pulse_from_here")
    return bool(here and ratelimit.consume(request, action="pulse", key=str(invitation.pk)))


def _closed(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """Kind, and the same for everybody: of whom or what it was nothing is said."""
    tongue: Tongue = wanted(request.headers.get("Accept-Language", ""))
    firm = offices().firm
    context = {"firm": firm, "tongue": tongue, "known": invitation is not None}
    return _show(request, "closed", context, status=410 if invitation else 404)


def _show(request: HttpRequest, state: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return _safe(render(request, "public/pulse.html", context | {"state": state}, status=status))


def _safe(page: HttpResponse) -> HttpResponse:
    # the address holds the token, so nobody is told it; "no-referrer" would make browsers hide the Origin too
    page.headers["Referrer-Policy"] = "strict-origin"
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page
