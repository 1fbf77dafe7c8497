"""What is said about hours beyond the budget: chosen as a gift, or explained; each can be taken back."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from kept.doors.desk.acts import done, me, only, undoing
from kept.doors.desk.client_acts import acting, asking, today, undoes
from kept.doors.desk.client_forms import Explain, Give
from kept.kit import clock
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Explanation, Gift, OverReason

A_MOMENT = timedelta(minutes=1)


def _engagement(request: HttpRequest, pk: int) -> Engagement:
    return get_object_or_404(Engagement.objects.seen_by(me(request)).select_related("client__lead"), pk=pk)


@acting
@only(lambda member: member.may_see_money)
def gifts(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours given on purpose."""
    job = _engagement(request, pk)
    form = Give(request.POST if request.method == "POST" else None, initial=_asked(request))
    if form.is_valid():
        typed, month = form.cleaned_data, form.of_month(today(request))
        facts = {"month": month, "hours": typed["hours"], "purpose": typed["purpose"], "by": me(request)}
        try:
            row = _just_now(job.gifts.filter(**facts)) or engagements.give(job, at=clock.now(), **facts)
            return done(request, "A gift, then:", undo=reverse("desk:gift", args=[pk, row.pk]), words=row.purpose)
        except ValueError as fault:
            form.add_error("hours", str(fault))
    why = "What is chosen beforehand, for a reason, is a gift; only the rest is called leak."
    return asking(request, job.client, form, say=f"What do we give {job.client.name}?", act="Give it", why=why)


@acting
@only(lambda member: member.may_see_money)
def explanations(request: HttpRequest, pk: int) -> HttpResponse:
    """Why hours went beyond what was paid for: one tap, or with words."""
    job = _engagement(request, pk)
    form = Explain(request.POST if request.method == "POST" else None, initial=_asked(request))
    if form.is_valid():
        typed, month = form.cleaned_data, form.of_month(today(request))
        reason = OverReason(typed["reason"])
        facts = {"month": month, "hours": typed["hours"], "reason": reason, "words": typed["words"], "by": me(request)}
        try:
            row = _just_now(job.explanations.filter(**facts)) or engagements.explain(job, at=clock.now(), **facts)
            undo = reverse("desk:explanation", args=[pk, row.pk])
            return done(request, f"{row.hours.normalize():f} h: {reason.label}.", undo=undo)
        except ValueError as why:
            form.add_error("hours", str(why))
    return asking(request, job.client, form, say="Why did it take longer?", act="That is why")


def _just_now(rows: Any) -> Any:
    """The same from the same person a moment ago: a form that was sent twice."""
    return rows.filter(at__gte=clock.now() - A_MOMENT).first()


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link to the form already knows."""
    return {name: request.GET[name] for name in ("month", "hours", "reason") if name in request.GET}


def _take_back(request: HttpRequest, row: Gift | Explanation | None) -> HttpResponse:
    if not undoing(request):
        raise Http404
    if row is not None:
        engagements.take_back(row, by=me(request), at=clock.now())
    return done(request, "Taken back.")


@undoes
@only(lambda member: member.may_see_money)
def gift(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a gift back."""
    return _take_back(request, Gift.objects.filter(engagement=_engagement(request, pk), pk=row).first())


@undoes
@only(lambda member: member.may_see_money)
def explanation(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take an explanation back."""
    return _take_back(request, Explanation.objects.filter(engagement=_engagement(request, pk), pk=row).first())


urls = [
    path("engagements/<row:pk>/gifts/", gifts, name="gifts"),
    path("engagements/<row:pk>/gifts/<row:row>/", gift, name="gift"),
    path("engagements/<row:pk>/explanations/", explanations, name="explanations"),
    path("engagements/<row:pk>/explanations/<row:row>/", explanation, name="explanation"),
]
