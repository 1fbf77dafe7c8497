"""The addresses a contact writes from: put in and taken off, by whoever may settle who our clients are."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from kept.doors.desk.acts import done, me, only, undoing
from kept.doors.desk.client_forms import may_welcome
from kept.doors.desk.settings_back import acting, change, way_back
from kept.doors.desk.settings_forms import an_address
from kept.kit import clock, words
from kept.ledgers.clients import addresses
from kept.ledgers.clients.models import Contact, ContactAddress


class AddressForm(forms.Form):
    """Another address from which a contact writes."""

    email = an_address("An address they write from")


@acting
@only(may_welcome)
def contact_addresses(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows them, POST adds one; undone, it is taken off again."""
    contact = _contact(request, pk)
    if request.method in {"GET", "HEAD"}:
        return _show(request, contact)

    def save(form: AddressForm) -> ContactAddress:
        return addresses.add_address(contact, email=form.cleaned_data["email"], by=me(request), at=clock.now())

    return change(
        request,
        AddressForm,
        save=save,
        undo=lambda row: reverse("desk:contact_address", args=[pk, row.pk]),
        show=lambda form: _show(request, contact, form=form),
        said=f"Mail from it is known as {contact.first_name}’s from now on.",
        fault_at="email",
    )


@acting
@only(may_welcome)
def contact_address(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE takes it off the contact; undone, it is put in again."""
    if not undoing(request):
        return HttpResponseNotAllowed(["DELETE"])
    contact = _contact(request, pk)
    address = get_object_or_404(ContactAddress.objects.select_related("contact"), contact=contact, pk=row)
    addresses.drop_address(address, by=me(request), at=clock.now())
    back = way_back(reverse("desk:contact_addresses", args=[pk]), {"email": address.email})
    return done(request, f"No longer {contact.first_name}’s:", words=address.email, undo=back)


def opening(contact: Contact, many: int) -> str:
    """ "Cleo North writes to us from two addresses." """
    if not many:
        return f"We know no address that {contact.name} writes from."
    return f"{contact.name} writes to us from {words.count(many, 'address', 'addresses')}."


def _contact(request: HttpRequest, pk: int) -> Contact:
    return get_object_or_404(Contact.objects.seen_by(me(request)).select_related("client"), pk=pk)


def _show(request: HttpRequest, contact: Contact, *, form: AddressForm | None = None) -> HttpResponse:
    rows = list(contact.addresses.order_by("email"))
    context: dict[str, Any] = {
        "place": "clients",
        "client": contact.client,
        "contact": contact,
        "addresses": rows,
        "opening": opening(contact, len(rows)),
        "form": form or AddressForm(),
    }
    return render(request, "desk/contact_addresses.html", context)


urls = [
    path("contacts/<row:pk>/addresses/", contact_addresses, name="contact_addresses"),
    path("contacts/<row:pk>/addresses/<row:row>/", contact_address, name="contact_address"),
]
