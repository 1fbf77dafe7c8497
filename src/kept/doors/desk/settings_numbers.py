"""Our own numbers: what each says and where it comes from; a change shows what it does to every client first."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.client_acts import undoes
from kept.doors.desk.settings_back import acting, faulty, owners
from kept.doors.desk.settings_numbers_pages import address, cells, turned
from kept.doors.desk.settings_numbers_preview import preview
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reckoning.models import NumberChange
from kept.measures.parameters import numbers
from kept.measures.told import Number
from kept.readings.calendars import offices
from kept.readings.numbers_effects import Trial, trial
from kept.readings.numbers_page import is_counted, number_of, numbers_page

NAMES = MappingProxyType(
    {
        "streams": ("Evidence for trust", "What each kind of row is worth, what it weighs and how fast it fades."),
        "blend": ("Trust", "How evidence becomes one number, and when it is thin."),
        "hurting": ("What hurts", "What is told on the same day."),
        "drifting": ("Drift", "When service that grows worse bit by bit is told."),
        "staying": ("Why they stay", "Loyalty, or that they cannot leave."),
        "feeling": ("How it felt", "What feelings are read from answers."),
        "asking": ("Asking how it felt", "Whom we may ask, when, and how long they have to answer."),
        "hiding": ("The team’s answers", "From how many answers on anything is shown, so that nobody is found out."),
    }
)
SAYS = {each.key: each.told.says for each in numbers()}


class NewValue(forms.Form):
    """A number's new value, and why; `sure` once the effect of the value `shown` was seen."""

    value = forms.FloatField(label="New value", localize=False)
    why = forms.CharField(label="Why", max_length=500, required=False)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    shown = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False)

    @property
    def counts(self) -> bool:
        """Whether it is to count: a value typed after another was shown is shown first."""
        shown = self.cleaned_data["shown"]
        return bool(self.cleaned_data["sure"]) and shown in {None, self.cleaned_data["value"]}


@require_safe
@owners
def page(request: HttpRequest) -> HttpResponse:
    """All numbers, grouped, with who changed what."""
    zone, one = offices().zone_of(me(request)), numbers_page(at=clock.now())
    context = {
        "place": "settings",
        "section": "numbers",
        "opening": opening(len(one.changed), sum(map(len, one.groups.values()))),
        "groups": [
            (*NAMES.get(name, (words.sentence(name), "")), [_line(each) for each in rows])
            for name, rows in one.groups.items()
        ],
        "history": [_change(row, newest, zone) for row, newest in one.history],
    }
    return render(request, "desk/settings_numbers.html", context)


@acting
@owners
def number(request: HttpRequest, key: str) -> HttpResponse:
    """One number: GET asks for a new value, POST (or GET with one) shows what it would do, POST with `sure` sets it."""
    now, posted = clock.now(), request.method == "POST"
    one = number_of(key, at=now)
    if one is None:
        raise Http404
    typed = request.POST if posted else request.GET if "value" in request.GET else None
    form = NewValue(typed, initial={"value": f"{one.value:g}"})
    if not form.is_valid():
        return _asking(request, one, form)
    value = form.cleaned_data["value"]
    try:
        tried = trial(key, one.told.checked(value), viewer=me(request), at=now, house=offices())
    except ValueError as why:
        form.add_error("value", str(why))
        return _asking(request, one, form)
    if not (posted and form.counts):
        return _asking(request, one, form, tried=tried)
    stored = None if value == one.default else value
    row = reckoning.change_number(key, value=stored, by=me(request), at=now, why=form.cleaned_data["why"])
    answer = done(request, "It counts from now on.", undo=reverse("desk:number_change", args=[row.pk]))
    answer["Location"] = reverse("desk:numbers")
    return answer


@undoes
@owners
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE takes a change back; what stood before it counts again."""
    if not undoing(request):
        raise Http404
    row = NumberChange.objects.filter(pk=pk).first()
    if row is not None:
        try:
            reckoning.take_back_change(row, by=me(request), at=clock.now())
        except ValueError as why:
            return failed(request, why)
    return done(request, "Taken back; what stood before counts again.")


def opening(changed: int, of: int) -> str:
    """ "All 63 numbers are as Kept comes with them." and the like."""
    if not changed:
        return f"All {of} numbers of our own choosing are as Kept comes with them."
    differ = f"{words.sentence(words.count(changed, 'number'))} {'differs' if changed == 1 else 'differ'}"
    return f"{differ} from what Kept comes with, of {of} of our own choosing."


def _line(one: Number) -> dict[str, Any]:
    unread = "" if is_counted(one.key) else " Nothing is counted by it yet."
    return {
        "says": one.told.says,
        "value": f"{one.value:g}",
        "origin": f"{one.told.origin}{unread}",
        "bounds": f"{one.told.low:g} to {one.told.high:g}",
        "hint": f"{one.told.low:g} to {one.told.high:g}; {one.value:g} now",
        "default": f"{one.default:g}" if one.changed else "",
        "to": reverse("desk:number", args=[one.key]),
    }


def _change(row: NumberChange, newest: bool, zone: Any) -> dict[str, Any]:
    return {
        "says": SAYS.get(row.key, row.key),
        "value": f"{row.value:g}" if row.value is not None else "as Kept comes with it",
        "who": row.by.first_name,
        "when": words.long_day(row.at.astimezone(zone).date()),
        "why": row.why,
        "undo": reverse("desk:number_change", args=[row.pk]) if newest else "",
    }


def _asking(request: HttpRequest, one: Number, form: NewValue, *, tried: Trial | None = None) -> HttpResponse:
    context = {"place": "settings", "section": "numbers", "number": _line(one), "form": form, "typed": form}
    if tried is not None:
        found = preview(tried, zone=tried.house.zone_of(me(request)))
        if request.GET.get("as") == "csv":
            return as_file("number.csv", cells(found))
        asked = {name: form.data.get(name, "") for name in ("value", "why")}
        tables = turned(found, request.GET, typed=asked)
        context |= {"preview": found, "tables": tables, "file": address(asked, **{"as": "csv"})}
    shown = render(request, "desk/settings_number.html", context)
    return faulty(shown) if form.errors else shown


urls = [
    path("settings/numbers/", page, name="numbers"),
    path("settings/numbers/<str:key>/", number, name="number"),
    path("settings/numbers/changes/<row:pk>/", change, name="number_change"),
]
