"""Skeletons in the settings: the words to begin a letter from, with blanks; everybody reads them, leads write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.client_forms import may_welcome
from kept.doors.desk.settings_back import acting, change, to, way_back
from kept.kit import clock, words
from kept.ledgers.letters import skeletons as verbs
from kept.ledgers.letters.models import Skeleton

GETS = {"GET", "HEAD"}


class SkeletonForm(forms.Form):
    """A letter's bones."""

    name = forms.CharField(label="What it is for", max_length=120, help_text="“We had to move a date”")
    subject = forms.CharField(label="Subject", max_length=500, required=False)
    words = forms.CharField(
        label="Words",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Put what only the writer can know in square brackets: [what you liked in their work]. "
        "The letter does not go before each is filled.",
    )


@acting
def skeletons(request: HttpRequest) -> HttpResponse:
    """GET: what there is. POST writes a new one."""
    if request.method in GETS:
        return _show(request)
    _check(request)

    def save(form: SkeletonForm) -> Skeleton:
        return verbs.make(by=me(request), at=clock.now(), **form.cleaned_data)

    def undo(row: Skeleton) -> str:
        return reverse("desk:skeleton_retired", args=[row.pk]) + "?take=back"

    return change(
        request, SkeletonForm, save=save, undo=undo, said="Kept. Everybody can begin from it.",
        show=lambda form: _show(request, form=form),
    )  # fmt: skip


@acting
def skeleton(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: one, to be changed. POST changes it."""
    row = get_object_or_404(Skeleton, pk=pk)
    _check(request)
    if request.method in GETS:
        return _show(request, row=row)
    was = _facts(row)

    def save(form: SkeletonForm) -> Skeleton:
        return verbs.change(row, by=me(request), at=clock.now(), **form.cleaned_data)

    answer = change(
        request, SkeletonForm, save=save, undo=lambda _: way_back(request.path, was),
        show=lambda form: _show(request, row=row, form=form),
    )  # fmt: skip
    return to(answer, reverse("desk:skeletons")) if answer.status_code == 303 else answer


@acting
def skeleton_retired(request: HttpRequest, pk: int) -> HttpResponse:
    """POST offers it no more, DELETE offers it again."""
    row = get_object_or_404(Skeleton, pk=pk)
    _check(request)
    if request.method in GETS:
        return HttpResponseNotAllowed(["POST", "DELETE"])
    here = reverse("desk:skeleton_retired", args=[pk])
    # the way back from writing one is to retire it, and the form that undoes always says so
    if undoing(request) and "take" not in request.GET:
        verbs.bring_back(row, by=me(request), at=clock.now())
        return to(done(request, "Offered again:", words=row.name), reverse("desk:skeletons"))
    try:
        verbs.retire(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return to(done(request, "Offered no more:", undo=here, words=row.name), reverse("desk:skeletons"))


def marked(text: str) -> SafeString:
    """The words with their blanks marked, everything else escaped."""
    pieces = re.split("(" + "|".join(re.escape(blank) for blank in verbs.blanks(text)) + ")", text)
    blanks = set(verbs.blanks(text))
    drawn = [f"<mark>{conditional_escape(one)}</mark>" if one in blanks else conditional_escape(one) for one in pieces]
    return mark_safe("".join(drawn))  # noqa: S308  # every piece is escaped


def says(number: int) -> str:
    """The first sentence: how many there are, and what they are for."""
    if not number:
        return "No skeleton is written yet. One gives the bones of a letter; the rest only its writer can know."
    many = words.sentence(words.count(number, "skeleton"))
    return f"{many} to begin a letter from, with blanks only its writer can fill."


def _check(request: HttpRequest) -> None:
    if not may_welcome(me(request)):
        raise PermissionDenied


def _facts(row: Skeleton) -> dict[str, str]:
    return {"name": row.name, "subject": row.subject, "words": row.words}


def _show(request: HttpRequest, *, row: Skeleton | None = None, form: SkeletonForm | None = None) -> HttpResponse:
    rows = list(Skeleton.objects.select_related("by"))
    offered = [one for one in rows if one.retired_at is None]
    context: dict[str, Any] = {
        "place": "settings",
        "section": "skeletons",
        "opening": says(len(offered)),
        "row": row,
        "skeletons": [(one, marked(one.words)) for one in offered],
        "retired": [one for one in rows if one.retired_at is not None],
        "may_write": may_welcome(me(request)),
        "form": form or SkeletonForm(initial=_facts(row) if row else None),
        "typed": form,
    }
    return render(request, "desk/skeletons.html", context)


urls = [
    path("settings/skeletons/", skeletons, name="skeletons"),
    path("settings/skeletons/<row:pk>/", skeleton, name="skeleton"),
    path("settings/skeletons/<row:pk>/retired/", skeleton_retired, name="skeleton_retired"),
]
