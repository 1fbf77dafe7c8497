"""What is done about trust: a row is set aside for a while, an alarm is seen; and each is taken back."""

from datetime import timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from kept.doors.desk.acts import done, failed, me, only, undoing
from kept.doors.desk.client_acts import acting, undoes
from kept.doors.desk.inbox_sift import number
from kept.kit import clock
from kept.ledgers.clients.models import Client
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reckoning.models import AlarmSeen, RowSetAside
from kept.ledgers.team.models import Member, Role
from kept.measures.trust_streams import Part, Stream
from kept.readings.calendars import offices
from kept.readings.evidence.sources import told_of
from kept.readings.trust_numbers import parameters_at
from kept.readings.trust_page import end_of

USUALLY = timedelta(days=30)
WHY = "Whoever reads it later sees who set it aside, until when and why. Trust of earlier days stays what it was."


class SetAside(forms.Form):
    """Why the row should not count, and until when."""

    reason = forms.CharField(label="Why it should not count", max_length=500)
    until = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}))


def may_judge(member: Member) -> bool:
    """Whether the member may say what counts."""
    return member.role in {Role.OWNER, Role.LEAD}


judges = only(may_judge)


@acting
@judges
def asides(request: HttpRequest, pk: int) -> HttpResponse:
    """A row of evidence that should not count for a while."""
    client, house, now = _client(request, pk), offices(), clock.now()
    stream, row = _named(request)
    found = told_of([(stream, row)], client=client.pk, streams=parameters_at(now).streams).get((stream, row))
    today = now.astimezone(house.zone).date()
    form = SetAside(
        request.POST if request.method == "POST" else None, initial={"until": (today + USUALLY).isoformat()}
    )
    if form.is_valid():
        try:
            aside = reckoning.set_aside(
                client, stream=str(stream), row=row, reason=form.cleaned_data["reason"],
                until=end_of(form.cleaned_data["until"], offices=house), by=me(request), at=now,
            )  # fmt: skip
        except ValueError as why:
            form.add_error("until", str(why))
        else:
            return done(request, "It does not count until then.", undo=reverse("desk:trust_aside", args=[pk, aside.pk]))
    say = f"Why should {found.words} not count?" if found else "Why should this row not count?"
    return _asking(request, client, form, say=say)


@undoes
@judges
def aside(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE lets the row count again."""
    if not undoing(request):
        raise Http404
    client = _client(request, pk)
    standing = RowSetAside.objects.filter(client=client, pk=row).select_related("by").first()
    if standing is not None:
        reckoning.let_count(standing, by=me(request), at=clock.now())
    return done(request, "It counts again.")


@undoes
@judges
def alarms(request: HttpRequest, pk: int) -> HttpResponse:
    """POST says that the drift of a pillar was seen."""
    client, part = _client(request, pk), request.POST.get("part", "")
    if part not in set(Part):
        return failed(request, "Say which of quality, consistency and merit you have seen; nothing was kept.")
    words = request.POST.get("words", "")
    row = reckoning.see_alarm(client, part=part, words=words, by=me(request), at=clock.now())
    return done(request, "Seen; it is watched anew.", undo=reverse("desk:trust_alarm", args=[pk, row.pk]))


@undoes
@judges
def alarm(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE takes the seeing back."""
    if not undoing(request):
        raise Http404
    standing = AlarmSeen.objects.filter(client=_client(request, pk), pk=row).first()
    if standing is not None:
        reckoning.take_back_seeing(standing, by=me(request), at=clock.now())
    return done(request, "The alarm stands again.")


def _client(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.seen_by(me(request)).select_related("lead", "wall"), pk=pk)


def _named(request: HttpRequest) -> tuple[Stream, int]:
    """The row the address names. Raises Http404 for what is none."""
    stream, row = request.GET.get("stream", ""), number(request.GET.get("row"))
    if stream not in set(Stream) or not row:
        raise Http404
    return Stream(stream), row


def _asking(request: HttpRequest, client: Client, form: SetAside, *, say: str) -> HttpResponse:
    back = reverse("desk:trust", args=[client.pk])
    context = {
        "place": "clients", "client": client, "form": form, "say": say, "act": "Set it aside", "why": WHY, "back": back,
    }  # fmt: skip
    return render(request, "desk/client_form.html", context, status=422 if form.is_bound else 200)


urls = [
    path("clients/<row:pk>/trust/asides/", asides, name="trust_asides"),
    path("clients/<row:pk>/trust/asides/<row:row>/", aside, name="trust_aside"),
    path("clients/<row:pk>/trust/alarms/", alarms, name="trust_alarms"),
    path("clients/<row:pk>/trust/alarms/<row:row>/", alarm, name="trust_alarm"),
]
