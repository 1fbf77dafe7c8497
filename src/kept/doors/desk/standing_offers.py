"""Signs that may be there: what seems to show them, and a person's yes or no; each can be taken back."""

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.client_acts import undoes
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.standing_rows import Row, day_of, pull
from kept.doors.desk.trust_places import place_of
from kept.doors.desk.ways import way
from kept.kit import clock, words
from kept.kit.names import calling
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Dismissal, Sign
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.measures.standing_numbers import Staying
from kept.measures.standing_signs import Sign as Meant
from kept.measures.standing_signs import Signal
from kept.readings.choices_offer import Evidence, Offer, Shown
from kept.readings.choices_offered import Dismissed, offered

LONGEST = 200  # letters of one row of evidence
GONE = "What showed it has changed since, so nothing was written down. The page shows what stands now."


@dataclass(frozen=True)
class Drawn:
    """One sign that may be there: what it would be, why it looks so, the rows, and where one says yes or no."""

    key: str
    what: str
    state: State
    why: str
    rows: list[Row]
    yes: str
    no: str


def section(client: Client, eye: Eye, *, viewer: Member, numbers: Staying) -> dict[str, Any]:
    """What the page shows of them: `offers`, and `dismissed` (`none` in words), to be taken back. Nine queries."""
    found = offered([client.pk], viewer=viewer, at=eye.now)[client.pk]
    return {
        "offers": [_drawn(one, eye, numbers) for one in found.offers],
        "dismissed": [_past(one, client, eye) for one in found.dismissed],
        "none": none(len(found.dismissed)),
    }


def none(number: int) -> str:
    """ "One of them was said to be none", "Three of them were said to be none"."""
    said = words.sentence(words.count(number, "of them", "of them"))
    return f"{said} {'was' if number == 1 else 'were'} said to be none"


def _drawn(offer: Offer, eye: Eye, numbers: Staying) -> Drawn:
    what = words.sentence(str(offer.shown.kind.label))
    key = offer.shown.key
    return Drawn(
        key=key,
        what=f"{what} ({offer.who})" if offer.who else what,
        state=pull(Signal(Meant[offer.shown.kind.name], offer.at, 0), numbers),
        why=offer.why,
        rows=[_evidence(one, eye) for one in offer.evidence],
        yes=_way("offered_sign", offer.client, key),
        no=_way("offered_dismissal", offer.client, key),
    )


def _evidence(one: Evidence, eye: Eye) -> Row:
    to = place_of(one.noun, one.pk, client=one.client) if one.pk else way("client", one.client)
    said = shorten(one.words, LONGEST, placeholder=" …")
    return Row(*day_of(one.when, eye), words=said, who=one.who, to=f"{to}#{one.mark}" if one.mark else to)


def _past(one: Dismissed, client: Client, eye: Eye) -> Row:
    what = words.sentence(str(one.shown.kind.label))
    return Row(
        *day_of(one.at, eye),
        words=f"{what}. {one.words}" if one.words else f"{what}.",
        who=calling(one.who) if one.who else "",
        undo=_way("offered_dismissal", client.pk, one.shown.key),
    )


def _way(name: str, client: int, key: str) -> str:
    return reverse(f"desk:{name}", args=[client, key])


@undoes
def sign(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Yes, that is a sign: it is written down with the row that shows it. DELETE takes it back."""
    client, shown = _named(request, pk, key)
    noted = Sign.objects.filter(client=client, **_said_of(shown)).first()
    if undoing(request):
        if noted is not None:
            choices.take_back(noted, by=me(request), at=clock.now())
        return done(request, "It waits for a yes or no again.")
    try:
        row = noted or _noted(request, client, shown)
    except ValueError as why:
        return failed(request, why)
    return done(request, f"{client.name} {row.get_kind_display()}.", undo=_way("offered_sign", pk, key))


@undoes
def dismissal(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """No, that is none: it is remembered, and not offered again. DELETE takes that back."""
    client, shown = _named(request, pk, key)
    before = Dismissal.objects.filter(client=client, **_said_of(shown)).first()
    if undoing(request):
        if before is not None:
            choices.reconsider(before, by=me(request), at=clock.now())
        return done(request, "It waits for a yes or no again.")
    try:
        row = before or _dismissed(request, client, shown)
    except ValueError as why:
        return failed(request, why)
    return done(request, "No sign, then:", undo=_way("offered_dismissal", pk, key), words=str(row.get_kind_display()))


def _named(request: HttpRequest, pk: int, key: str) -> tuple[Client, Shown]:
    """The client, and which sign which row seems to show; what money says is for who may see it."""
    client = get_object_or_404(Client.objects.seen_by(me(request)).select_related("wall"), pk=pk)
    shown = Shown.read(key)
    if shown is None:
        raise Http404
    if shown.of_money and not me(request).may_see_money:
        raise PermissionDenied
    return client, shown


def _said_of(shown: Shown) -> dict[str, Any]:
    """As a sign and a dismissal keep it."""
    return {"kind": shown.kind, "source_noun": shown.noun, "source_id": shown.pk}


def _noted(request: HttpRequest, client: Client, shown: Shown) -> Sign:
    offer = _offer(request, client, shown)
    contact = client.contacts.filter(pk=offer.contact).first() if offer.contact else None
    return choices.note(
        client, kind=shown.kind, seen_at=offer.at, contact=contact, words=offer.words, source=shown.source,
        by=me(request), at=clock.now(),
    )  # fmt: skip


def _dismissed(request: HttpRequest, client: Client, shown: Shown) -> Dismissal:
    words = _offer(request, client, shown).words
    return choices.dismiss(
        client, kind=shown.kind, source=shown.source, words=words, by=me(request), at=clock.now()
    )  # fmt: skip


def _offer(request: HttpRequest, client: Client, shown: Shown) -> Offer:
    """What stands on the page now; raises ValueError when it was answered before, or nothing shows it any more."""
    for model, why in ((Dismissal, choices.DISMISSED), (Sign, choices.NOTED)):
        if model._default_manager.filter(client=client, **_said_of(shown)).exists():
            raise ValueError(why)
    found = offered([client.pk], viewer=me(request), at=clock.now())[client.pk].offers
    offer = next((each for each in found if each.shown == shown), None)
    if offer is None:
        raise ValueError(GONE)
    return offer


urls = [
    path("clients/<row:pk>/offered/<slug:key>/", sign, name="offered_sign"),
    path("clients/<row:pk>/offered/<slug:key>/dismissal/", dismissal, name="offered_dismissal"),
]
