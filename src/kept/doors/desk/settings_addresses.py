"""Further addresses somebody of ours writes from: put in and taken out, by the owner or by themselves."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.settings_back import change, way_back
from kept.doors.desk.settings_people_forms import AddressForm
from kept.flows.write_from import write_from
from kept.kit import clock
from kept.ledgers.team import addresses
from kept.ledgers.team.models import Address, Member

Show = Callable[[Any], HttpResponse]


def put_in(request: HttpRequest, member: Member, *, row: str, args: list[int], show: Show) -> HttpResponse:
    """Add the address typed; `row` and `args` name the noun by which it is taken out again."""

    def save(form: AddressForm) -> Address:
        return write_from(member, email=form.cleaned_data["email"], by=me(request), at=clock.now())

    def undo(address: Address) -> str:
        return reverse(row, args=[*args, address.pk])

    said = f"Mail from it now counts as {member.first_name}’s."
    return change(request, AddressForm, save=save, undo=undo, show=show, said=said, fault_at="email")


def take_out(request: HttpRequest, member: Member, pk: int, *, all_of_them: str) -> HttpResponse:
    """Take the address out; `all_of_them` is where it is put in again."""
    if not undoing(request):
        return HttpResponseNotAllowed(["DELETE"])
    address = get_object_or_404(Address, member=member, pk=pk)
    addresses.drop_address(address, by=me(request), at=clock.now())
    return done(request, "Taken out:", words=address.email, undo=way_back(all_of_them, {"email": address.email}))
