"""Coming in by a one-time link: looking at it changes nothing, only the button on its page lets anybody in."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kept.kit import clock
from kept.ledgers.team.links import holder, redeem


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arriving(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks whether to come in (programs that check the links in mail do no more); POST uses the link up."""
    if not ratelimit.consume(request, action="sign_in_link"):
        return _page(request, "busy", status=429)
    if request.method != "POST":
        member = holder(token, at=clock.now())
        return _page(request, "fresh", name=member.first_name) if member else _page(request, "stale", status=410)
    member = redeem(token, at=clock.now())
    if member is None:
        return _page(request, "stale", status=410)
    # gives the session a new key, so that one planted beforehand is worth nothing
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


def _page(request: HttpRequest, state: str, *, status: int = 200, name: str = "") -> HttpResponse:
    page = render(request, "desk/arriving.html", {"state": state, "name": name}, status=status)
    # the address holds the token, so none is told it; "no-referrer" would make browsers hide the Origin of the form
    # as well, without which it cannot be told from a foreign one
    page.headers["Referrer-Policy"] = "strict-origin"
    return page


urls = [path("enter/<str:token>/", arriving, name="arriving")]
