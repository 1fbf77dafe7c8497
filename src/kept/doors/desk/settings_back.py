"""Changing what is settled, and the way back: what stood before travels, signed, in the address that undoes."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, only, undoing

GOOD_FOR = 60 * 60  # seconds
CLOSED = "That way back has closed. Change it here by hand; nothing was changed just now."

acting = require_http_methods(["GET", "HEAD", "POST", "DELETE"])
owners = only(lambda member: member.may_settle)
seers_of_rates = only(lambda member: member.may_see_rates)


def way_back(to: str, facts: Mapping[str, Any]) -> str:
    """The address whose POST with `undo` puts `facts` back; nobody else can write one, and it serves that page only."""
    return f"{to}?{urlencode({'back': signing.dumps(dict(facts), salt=to, compress=True)})}"


def facts_back(request: HttpRequest) -> dict[str, Any] | None:
    """What the address says stood before; None when it is too old, or not ours."""
    try:
        facts: dict[str, Any] = signing.loads(request.GET.get("back", ""), salt=request.path, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return facts


def outdated(request: HttpRequest) -> bool:
    """Whether the address says what stood before, but too long ago, or was not written by us."""
    return "back" in request.GET and facts_back(request) is None


def change(
    request: HttpRequest,
    kind: Callable[[Any], forms.Form],
    *,
    save: Callable[[Any], Any],
    undo: Callable[[Any], str],
    show: Callable[[Any], HttpResponse],
    said: str = "Kept as you wrote it.",
    fault_at: str | None = None,
) -> HttpResponse:
    """Save a form of `kind`: as typed, or (to undo) as the address says it stood; with faults, show what was typed.

    `save` gets the form without faults; `undo` gets what `save` answered and answers the way back from it, if any.
    """
    if undoing(request):
        return _put_back(request, kind, save)
    form = kind(request.POST)
    if form.is_valid():
        try:
            row = save(form)
        except ValueError as fault:
            form.add_error(fault_at, str(fault))
        else:
            return done(request, said, undo=undo(row))
    return faulty(show(form))


def _put_back(request: HttpRequest, kind: Callable[[Any], forms.Form], save: Callable[[Any], Any]) -> HttpResponse:
    facts = facts_back(request)
    form = kind(facts or {})
    if facts is None or not form.is_valid():
        return failed(request, CLOSED)
    try:
        save(form)
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Put back as it was.")


def faulty(page: HttpResponse) -> HttpResponse:
    """The same page, for which something is left to mend."""
    page.status_code = 422
    return page


def to(answer: HttpResponse, address: str) -> HttpResponse:
    """The same answer, leading elsewhere than back."""
    answer["Location"] = address
    return answer
