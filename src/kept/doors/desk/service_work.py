"""Work handed over to a client and how they received it, as people tell of it; each can be taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from kept.doors.desk.acts import done
from kept.doors.desk.service_asking import acting, asking, client_of, taking_back, typed_in, undoes
from kept.doors.desk.service_money_forms import HandOver, Receive
from kept.ledgers.deliverables import verbs as work
from kept.ledgers.deliverables.models import Deliverable, Receipt, ReceiptKind


@acting
def deliverables(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of work was handed over."""
    client = client_of(request, pk)
    form = typed_in(request, HandOver, client=client)
    if form.is_valid():
        typed = form.cleaned_data
        row = work.hand_over(
            client, name=typed["name"], handed_at=typed["at"], rounds=typed["rounds"], engagement=typed["engagement"],
            by=form.here.viewer, at=form.here.at,
        )  # fmt: skip
        return done(request, "Handed over:", undo=reverse("desk:deliverable", args=[pk, row.pk]), words=row.name)
    return asking(request, form, say=f"What did we hand over to {client.name}?", act="It is handed over")


@undoes
def deliverable(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a handing over out, with all that was said of it."""
    found = Deliverable.objects.filter(client=client_of(request, pk), pk=row).first()
    return taking_back(request, found, work.take_back)


@acting
def receipts(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What they said of a piece of work."""
    client = client_of(request, pk)
    found = get_object_or_404(Deliverable.objects.filter(client=client), pk=row)
    form = typed_in(request, Receive, client=client)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            said = work.receive(
                found, kind=ReceiptKind(typed["kind"]), said_at=max(typed["at"], found.handed_at),
                contact=typed["contact"], words=typed["words"], by=form.here.viewer, at=form.here.at,
            )  # fmt: skip
            undo = reverse("desk:receipt", args=[pk, row, said.pk])
            return done(request, f"{found.name}: {said.get_kind_display()}.", undo=undo)
        except ValueError as fault:
            form.add_error("day", str(fault))
    why = "Rounds within those agreed need no word here."
    return asking(request, form, say=f"What did they say of “{found.name}”?", act="They said so", why=why)


@undoes
def receipt(request: HttpRequest, pk: int, row: int, said: int) -> HttpResponse:
    """Take back what they were said to have said."""
    rows = Receipt.objects.filter(deliverable__client=client_of(request, pk), deliverable=row, pk=said)
    return taking_back(request, rows.select_related("deliverable").first(), work.take_back)


urls = [
    path("clients/<row:pk>/deliverables/", deliverables, name="deliverables"),
    path("clients/<row:pk>/deliverables/<row:row>/", deliverable, name="deliverable"),
    path("clients/<row:pk>/deliverables/<row:row>/receipts/", receipts, name="receipts"),
    path("clients/<row:pk>/deliverables/<row:row>/receipts/<row:said>/", receipt, name="receipt"),
]
