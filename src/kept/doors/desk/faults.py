"""Pages for what is not there, not allowed, or broken on our side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what never was and what is behind a wall."""
    return render(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page exists, but not for this reader."""
    return render(request, "403.html", status=403)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Something broke here; the page needs nothing that could break again."""
    return render(request, "500.html", status=500)
