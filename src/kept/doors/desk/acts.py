"""What every act shares: where to go back to, the line that offers to undo it, and pages that only some may read."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import register_converter
from django.urls.converters import IntConverter
from django.utils.http import url_has_allowed_host_and_scheme

from kept.ledgers.team.models import Member

UNDO_SECONDS = 10
KEY = "kept.undo"
View = Callable[..., HttpResponse]


class RowNumber(IntConverter):
    """The number of a row in an address; a longer one is no row's, and no database can look for it."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")


def me(request: HttpRequest) -> Member:
    """The member who is signed in; every page but the door itself is for members only."""
    return cast(Member, request.user)


def done(request: HttpRequest, said: str, *, undo: str = "", words: str = "") -> HttpResponse:
    """Go back to where the act was done, with a line saying what was done and, if `undo` is given, the way back.

    `undo` is the address whose DELETE (or POST with `undo` in a form) takes the act back; `words` are quoted in serif.
    """
    return _back(request, {"said": said, "url": undo, "words": words, "seconds": UNDO_SECONDS if undo else 0})


def failed(request: HttpRequest, why: str | Exception) -> HttpResponse:
    """Go back with a line saying what could not be done and what to do instead."""
    return _back(request, {"said": str(why), "s": "late", "seconds": 0})


def undoing(request: HttpRequest) -> bool:
    """Whether the request takes an act back: DELETE, or the POST of a form without scripts that says `undo`."""
    return request.method == "DELETE" or (request.method == "POST" and "undo" in request.POST)


def take_undo(request: HttpRequest) -> dict[str, Any] | None:
    """The line to show on this page, once."""
    return request.session.pop(KEY, None) if KEY in request.session else None


def only(allowed: Callable[[Member], bool]) -> Callable[[View], View]:
    """A page for those of whom `allowed` is true; other members read that it is not theirs (403)."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not allowed(me(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return around


def _back(request: HttpRequest, line: dict[str, Any]) -> HttpResponse:
    request.session[KEY] = line
    wanted = request.POST.get("next") or request.headers.get("referer") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # 303: whatever the method was, the next request is a GET, for htmx and for plain forms alike
    return HttpResponseRedirect(wanted if safe else "/", status=303)
