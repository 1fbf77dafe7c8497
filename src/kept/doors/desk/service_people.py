"""Somebody else instead of a promised person, as people tell of it, and telling the client; each can be taken back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from kept.doors.desk.acts import done, undoing
from kept.doors.desk.service_asking import acting, asking, client_of, taking_back, typed_in
from kept.doors.desk.service_money_forms import Replace, Tell
from kept.ledgers.engagements import replacing as verbs
from kept.ledgers.engagements.models import PromisedPerson, Replacement
from kept.ledgers.engagements.replacing import Told


@acting
def replacing(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Somebody else from a day on; undone, the part is the promised person's again."""
    client = client_of(request, pk)
    if undoing(request):
        return taking_back(request, _replacement(request, pk, row), verbs.put_back, said="As it was promised.")
    parts = PromisedPerson.objects.filter(engagement__client=client).select_related("member", "engagement")
    found = get_object_or_404(parts, pk=row)
    form = typed_in(request, Replace, client=client)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            new = verbs.replace(
                found, instead=typed["instead"], since=typed["since"], told=form.told(),
                by=form.here.viewer, at=form.here.at,
            )  # fmt: skip
            said = f"{new.instead.member.first_name} instead of {found.member.first_name}."
            return done(request, said, undo=reverse("desk:replacing", args=[pk, row]))
        except ValueError as fault:
            form.add_error(None, str(fault))
    why = f"{found.member.name} was promised {float(found.share):.0%} of {found.engagement.name}."
    say = f"Who comes instead of {found.member.first_name}?"
    return asking(request, form, say=say, act="From then on", why=why)


@acting
def telling(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The client was told that somebody else comes; undone, nobody has told them."""
    found = _replacement(request, pk, row)
    if undoing(request):
        return taking_back(request, found, verbs.untell)
    if found is None:
        raise Http404
    form = typed_in(request, Tell, client=client_of(request, pk))
    if form.is_valid():
        told = Told(form.cleaned_data["day"], form.cleaned_data["how"])
        verbs.tell(found, told=told, by=form.here.viewer, at=form.here.at)
        return done(request, "Now they know.", undo=reverse("desk:telling", args=[pk, row]))
    first, other = found.promised.member.first_name, found.instead.member.first_name
    return asking(request, form, say=f"How were they told that {other} comes instead of {first}?", act="They were told")


def _replacement(request: HttpRequest, pk: int, row: int) -> Replacement | None:
    rows = Replacement.objects.filter(promised__engagement__client=client_of(request, pk), promised=row)
    return rows.select_related("promised__member", "promised__engagement", "instead__member").first()


urls = [
    path("clients/<row:pk>/promised/<row:row>/replacement/", replacing, name="replacing"),
    path("clients/<row:pk>/promised/<row:row>/telling/", telling, name="telling"),
]
