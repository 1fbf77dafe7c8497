"""Bills that went out and what surprised a client about one, as people tell of it; each can be taken back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from kept.doors.desk.acts import done, only, undoing
from kept.doors.desk.service_asking import acting, asking, client_of, taking_back, typed_in, undoes
from kept.doors.desk.service_money_forms import Bill as BillForm
from kept.doors.desk.service_money_forms import Settle, Surprised
from kept.kit.words import MONTHS
from kept.ledgers.bills import verbs
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Firm, Member


def sees_money(member: Member) -> bool:
    return member.may_see_money


@acting
@only(sees_money)
def bills(request: HttpRequest, pk: int) -> HttpResponse:
    """A bill went out."""
    client = client_of(request, pk)
    form = typed_in(request, BillForm, client=client, initial={"currency": _currency(client)})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row = verbs.send(
                client, number=typed["number"], amount=form.sum(), sent_on=typed["sent_on"], link=typed["link"],
                engagement=typed["engagement"], by=form.here.viewer, at=form.here.at,
            )  # fmt: skip
            return done(request, f"Bill {row.number} went out.", undo=reverse("desk:bill", args=[pk, row.pk]))
        except ValueError as fault:
            form.add_error(None, str(fault))
    why = "Kept writes no bills: it only asks whether this one is what they expected."
    return asking(request, form, say=f"Which bill went out to {client.name}?", act="It went out", why=why)


@undoes
@only(sees_money)
def bill(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a bill out, with all that was said of it."""
    found = Bill.objects.filter(client=client_of(request, pk), pk=row).first()
    return taking_back(request, found, verbs.take_back)


@acting
def surprises(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A bill surprised them."""
    client = client_of(request, pk)
    found = get_object_or_404(Bill.objects.filter(client=client), pk=row)
    form = typed_in(request, Surprised, client=client)
    if form.is_valid():
        typed = form.cleaned_data
        said = verbs.surprise(
            found, words=typed["words"], opened_at=typed["at"], contact=typed["contact"],
            by=form.here.viewer, at=form.here.at,
        )  # fmt: skip
        return done(request, "It surprised them.", undo=reverse("desk:surprise", args=[pk, row, said.pk]))
    day = f"{found.sent_on.day} {MONTHS[found.sent_on.month - 1]}"
    why = "Until it is settled nobody asks them how it felt."
    return asking(request, form, say=f"What surprised them about the bill of {day}?", act="It surprised them", why=why)


@undoes
def surprise(request: HttpRequest, pk: int, row: int, said: int) -> HttpResponse:
    """Take a surprise back."""
    return taking_back(request, _surprise(request, pk, row=row, said=said), verbs.take_back)


@acting
@only(sees_money)
def settling(request: HttpRequest, pk: int, row: int, said: int) -> HttpResponse:
    """It is settled with them; undone, it is open again."""
    found = _surprise(request, pk, row=row, said=said)
    if undoing(request):
        return taking_back(request, found, verbs.open_again, said="It is open again.")
    if found is None:
        raise Http404
    form = typed_in(request, Settle, client=found.bill.client)
    if form.is_valid():
        verbs.settle(found, how=form.cleaned_data["how"], by=form.here.viewer, at=form.here.at)
        return done(request, "Settled.", undo=reverse("desk:settling", args=[pk, row, said]))
    return asking(request, form, say="How was it settled with them?", act="It is settled", why=f"“{found.words}”")


def _surprise(request: HttpRequest, pk: int, *, row: int, said: int) -> Surprise | None:
    rows = Surprise.objects.filter(bill__client=client_of(request, pk), bill=row, pk=said)
    return rows.select_related("bill__client__lead", "bill__client__wall").first()


def _currency(client: Client) -> str:
    """That of the client's newest bill, else the firm's."""
    newest = Bill.objects.filter(client=client).values_list("currency", flat=True).first()
    return newest or Firm.objects.values_list("currency", flat=True).first() or ""


urls = [
    path("clients/<row:pk>/bills/", bills, name="bills"),
    path("clients/<row:pk>/bills/<row:row>/", bill, name="bill"),
    path("clients/<row:pk>/bills/<row:row>/surprises/", surprises, name="surprises"),
    path("clients/<row:pk>/bills/<row:row>/surprises/<row:said>/", surprise, name="surprise"),
    path("clients/<row:pk>/bills/<row:row>/surprises/<row:said>/settling/", settling, name="settling"),
]
