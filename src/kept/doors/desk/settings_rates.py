"""Rates: what an hour of each member costs and is sold for, with their history; for owner and finance only."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.settings_back import acting, change, seers_of_rates, way_back
from kept.doors.desk.settings_people_forms import RateForm
from kept.doors.desk.settings_words import rates_opening
from kept.kit import clock, words
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Firm, Member, Rate
from kept.readings.calendars import offices
from kept.readings.rates_page import Rated, rated
from kept.readings.rates_page import rates as read_rates


@require_safe
@seers_of_rates
def rates(request: HttpRequest) -> HttpResponse:
    """Everybody with what an hour of theirs costs and is sold for today."""
    rows = read_rates(on=_today(request))
    table = [(row.member, money(row.cost), money(row.bill)) for row in rows]
    context = {"place": "settings", "section": "rates", "table": table, "opening": rates_opening(rows)}
    return render(request, "desk/settings_rates.html", context)


@acting
@seers_of_rates
def member_rates(request: HttpRequest, pk: int) -> HttpResponse:
    """Every rate of a member; POST sets one from a day on."""
    row = get_object_or_404(Member, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return _show(request, row)

    def save(form: RateForm) -> Rate:
        _refuse_a_second(row, form)
        typed = {"currency": _currency()} | form.cleaned_data
        return team.set_rate(row, by=me(request), at=clock.now(), **typed)

    def undo(rate: Rate) -> str:
        return reverse("desk:member_rate", args=[pk, rate.pk])

    said = "It counts from that day on; the hours before it keep theirs."
    return change(
        request,
        RateForm,
        save=save,
        undo=undo,
        said=said,
        fault_at="from_day",
        show=lambda form: _show(request, row, form),
    )


@acting
@seers_of_rates
def member_rate(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE takes a rate back; the one of an earlier day counts again."""
    if not undoing(request):
        return HttpResponseNotAllowed(["DELETE"])
    rate = get_object_or_404(Rate.objects.select_related("member"), member=pk, pk=row)
    team.take_back_rate(rate, by=me(request), at=clock.now())
    facts = {"kind": rate.kind, "per_hour": str(rate.per_hour), "from_day": rate.from_day.isoformat()}
    back = way_back(reverse("desk:member_rates", args=[pk]), facts) if rate.currency == _currency() else ""
    return done(request, "Taken back; the rate before it counts again.", undo=back)


def money(rate: Rate | None) -> str:
    """ "£48.50", or that it is not known."""
    return words.money(rate.per_hour, rate.currency, digits=2) if rate else "not known"


def _refuse_a_second(member: Member, form: RateForm) -> None:
    kind, day, amount = (form.cleaned_data[name] for name in ("kind", "from_day", "per_hour"))
    there = member.rates.filter(kind=kind, from_day=day).first()
    if there and (there.per_hour, there.currency) != (Decimal(amount), _currency()):
        raise ValueError(f"From that day on it is {money(there)} already. Take that one back first, below.")


def _currency() -> str:
    return Firm.objects.values_list("currency", flat=True).get()


def _show(request: HttpRequest, row: Member, form: RateForm | None = None) -> HttpResponse:
    today = _today(request)
    one: Rated = rated(row, on=today)
    context: dict[str, Any] = {
        "place": "settings",
        "section": "rates",
        "member": row,
        "now": (money(one.cost), money(one.bill)),
        "history": [(rate, money(rate), rate.from_day > today) for rate in one.history],
        "typed": form,
        "form": form or RateForm(initial={"from_day": f"{today}"}),
        "currency": _currency(),
    }
    return render(request, "desk/settings_rates.html", context)


def _today(request: HttpRequest) -> Any:
    return clock.now().astimezone(offices().zone_of(me(request))).date()


urls = [
    path("settings/rates/", rates, name="rates"),
    path("settings/rates/<row:pk>/", member_rates, name="member_rates"),
    path("settings/rates/<row:pk>/<row:row>/", member_rate, name="member_rate"),
]
