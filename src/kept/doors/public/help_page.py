""" "How can I help you?": anybody writes, without an account; it waits for us like any mail, and has an owner."""

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.public.help_form import HelpForm
from kept.flows.let_in import Said, let_in
from kept.kit import clock, words
from kept.kit.names import calling
from kept.ledgers.conversations.models import Channel
from kept.ledgers.team.models import Office
from kept.readings.calendars import Offices, offices

SALT = "kept.public.thanks"
LARGEST = 100_000  # bytes of a form; its fields together are a fifth of that
TOO_MUCH = "That was a lot from one place. What you wrote still stands here; send it once more in ten minutes."
TOO_LARGE = "That was too much to take in. Write the main thing; we will ask for the rest."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_page(request: HttpRequest) -> HttpResponse:
    """GET shows the page; POST makes a conversation of what was typed, and leads to our thanks."""
    places = _open()
    if request.method != "POST":
        return _show(request, places, HelpForm(initial={"once": secrets.token_urlsafe(12)}))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _show(request, places, HelpForm(), status=413, refused=TOO_LARGE)
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _show(request, places, form, status=422)
    if not _may_write(request):
        return _show(request, places, form, status=429, refused=TOO_MUCH)
    now, typed = clock.now(), form.cleaned_data
    said = Said(
        channel=Channel.FORM, key=form.key(), at=now, words=typed["words"], name=typed["name"],
        address=typed["address"],
    )  # fmt: skip
    made = let_in(said, at=now)
    # no address in it: what stands in addresses of pages is kept in logs
    told = signing.dumps({"first": calling(typed["name"]), "at": made.message.at.isoformat()}, salt=SALT)
    answer = redirect(f"{reverse('public:thanks')}?{urlencode({'said': told})}")
    answer.status_code = 303
    return answer


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """By when somebody answers; the address says whom and what moment it is counted from."""
    places = _open()
    try:
        told = signing.loads(request.GET.get("said", ""), salt=SALT)
    except signing.BadSignature:
        return redirect("public:help")
    wrote = datetime.fromisoformat(told["at"])
    context = {
        "firm": places.firm,
        "first": told["first"],
        "by": answered_by(places, wrote, now=clock.now()),
    }
    return render(request, "public/thanks.html", context)


def answered_by(places: Offices, wrote: datetime, *, now: datetime) -> str:
    """ "by tomorrow, 11:40 Leeds time", "by 15:10 today, Leeds time"; from the firm's pledge alone.

    It says the same to everybody, so that nobody can learn from it whose address is known here.
    """
    try:
        due = places.main.deadline(wrote, places.pledge)
    except ValueError:  # no open hour is to come: nothing can be said
        return "as soon as we are back"
    where = Office.objects.values_list("name", flat=True).first()
    said = words.moment(due, now=now, zone=places.zone)
    day = f"by {said}" if "," in said else f"by {said} today"
    return f"{day}{'' if ',' in said else ','} {where} time" if where else day


def _open() -> Offices:
    """The firm, if its page is open."""
    places = offices()
    if places.firm is None or not places.firm.has_help_page:
        raise Http404
    return places


def _may_write(request: HttpRequest) -> bool:
    here = ratelimit.consume(request, action="help_from_here")
    return bool(here and ratelimit.consume(request, action="help_everywhere", key="everybody"))


def _show(
    request: HttpRequest, places: Offices, form: HelpForm, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    now = clock.now()
    context: dict[str, Any] = {
        "firm": places.firm,
        "form": form,
        "by": answered_by(places, now, now=now),
        "refused": refused,
    }
    return render(request, "public/help.html", context, status=status)
