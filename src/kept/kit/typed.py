"""What is typed comes to every page without NUL, a character that no text has and PostgreSQL refuses to keep."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\0"
Answer = Callable[[HttpRequest], HttpResponse]


class WithoutNul:
    """Middleware: takes NUL out of addresses and forms, so that no page need think of it.

    Stands after the one that guards forms by their token, which has read the form. A view without that guard reads what
    was sent by itself.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Clean both, where there is something to clean."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = without_nul(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = without_nul(request.POST)  # type: ignore[assignment]


def without_nul(typed: QueryDict) -> QueryDict:
    """The same fields, the same if none has a NUL."""
    if not any(NUL in value for values in typed.lists() for value in values[1]):
        return typed
    clean = typed.copy()
    for name, values in typed.lists():
        clean.setlist(name, [value.replace(NUL, "") for value in values])
    return clean
