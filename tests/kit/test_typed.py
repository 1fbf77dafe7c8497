"""NUL is taken out of what is typed, and nothing else is touched."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory
from django.views.decorators.csrf import csrf_exempt

from kept.kit.typed import WithoutNul, without_nul

SENT = RequestFactory()


def seen(request: HttpRequest, *, view: Any = lambda request: None) -> HttpRequest:
    WithoutNul(lambda _: HttpResponse()).process_view(request, view, (), {})
    return request


def test_every_field_of_a_form_comes_without_it() -> None:
    request = seen(SENT.post("/", {"words": "We \0know", "who": ["a\0", "b"], "mark": "7"}))
    assert dict(request.POST.lists()) == {"words": ["We know"], "who": ["a", "b"], "mark": ["7"]}


def test_an_address_comes_without_it() -> None:
    assert seen(SENT.get("/?of=a%00b&by=c")).GET.dict() == {"of": "ab", "by": "c"}


def test_what_has_none_stays_the_very_same() -> None:
    typed = QueryDict("a=1&a=2")
    assert without_nul(typed) is typed


def test_a_view_that_reads_by_itself_still_can() -> None:
    sent = SENT.post("/", {"words": "We \0know"})  # as multipart, which can be read once
    request = seen(sent, view=csrf_exempt(lambda request: None))
    assert b"know" in request.body
