"""What is done on a client's page: change what is written, meet somebody, agree how to speak, promise."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.desk.acts import done, me, only, undoing
from kept.doors.desk.client_forms import Agree, Change, Meet, may_welcome, of_client
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.promise_days import Here
from kept.doors.desk.promise_forms import NOTHING_YET, Begun, making
from kept.kit import clock
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Agreement, Client, Contact, ContactRole
from kept.ledgers.conversations.models import Request
from kept.measures.text.yes_words import yes_to
from kept.readings.calendars import offices

acting = require_http_methods(["GET", "HEAD", "POST", "DELETE"])
undoes = require_http_methods(["POST", "DELETE"])


def asking(
    request: HttpRequest, client: Client | None, form: forms.Form, *, say: str, act: str, why: str = ""
) -> HttpResponse:
    """The page of one short form, about a client or one still to come; what was typed stays in it."""
    back = reverse("desk:client", args=[client.pk]) if client else reverse("desk:clients")
    context = {"place": "clients", "client": client, "form": form, "say": say, "act": act, "why": why, "back": back}
    return render(request, "desk/client_form.html", context, status=422 if form.is_bound else 200)


def _client(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.seen_by(me(request)).select_related("lead", "wall"), pk=pk)


def today(request: HttpRequest) -> date:
    return clock.now().astimezone(offices().zone_of(me(request))).date()


@acting
@only(may_welcome)
def changing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who leads, where we stand, within what time we answer; undone by saying what it was."""
    client, say = _client(request, pk), "What has changed?"
    if request.method in {"GET", "HEAD"}:
        return asking(request, client, Change(client=client, initial=of_client(client)), say=say, act="Write it down")
    form = Change(request.GET if undoing(request) else request.POST, client=client)
    if not form.is_valid():
        return asking(request, client, form, say=say, act="Write it down")
    before = of_client(client)
    clients.change(client, by=me(request), at=clock.now(), **form.facts())
    if undoing(request):
        return done(request, "As it was before.")
    return done(request, "Written down.", undo=f"{reverse('desk:changing', args=[pk])}?{urlencode(before)}")


@acting
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody new at the client."""
    client = _client(request, pk)
    form = Meet(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            clients.meet(
                client, name=typed["name"], emails=(typed["email"],), role=ContactRole(typed["role"]),
                title=typed["title"], phone=typed["phone"], by=me(request), at=clock.now(),
            )  # fmt: skip
            return done(request, "Good to know them:", words=typed["name"])
        except clients.AlreadyThere as why:
            form.add_error("email", str(why))
    return asking(request, client, form, say="Whom did you meet?", act="Write them down")


@acting
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """How a person likes to be spoken to, from today on."""
    contact = get_object_or_404(Contact.objects.seen_by(me(request)).select_related("client__lead"), pk=pk)
    newest = contact.agreements.first()
    form = Agree(request.POST if request.method == "POST" else None, initial=newest.all_lines() if newest else {})
    if not form.is_valid():
        say = f"How does {contact.first_name} like to be spoken to?"
        return asking(
            request,
            contact.client,
            form,
            say=say,
            act="We agreed on that",
            why="What was agreed before stays as history.",
        )
    row = clients.agree(contact, on=today(request), by=me(request), at=clock.now(), **form.cleaned_data)
    undo = reverse("desk:agreement_row", args=[pk, row.pk])
    return done(request, f"Agreed with {contact.first_name}.", undo=undo)


@undoes
def agreement_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take an agreement back; the one before counts again."""
    contact = get_object_or_404(Contact.objects.seen_by(me(request)), pk=pk)
    if not undoing(request):
        raise Http404
    for found in Agreement.objects.filter(contact=contact, pk=row).select_related("contact"):
        clients.take_back_agreement(found, by=me(request), at=clock.now())
    return done(request, "As it was agreed before.")


@require_safe
def promising(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a promise to this client, made on the promises page's address; `of` names a request of theirs.

    It comes back here, or to where they asked.
    """
    client, back = _client(request, pk), reverse("desk:client", args=[pk])
    here, begun = Here(me(request), clock.now(), offices()), NOTHING_YET
    asked = Request.objects.seen_by(here.viewer).filter(pk=number(request.GET.get("of")))
    said = asked.filter(message__conversation__client=client).select_related("message__conversation").first()
    if said is not None:
        back = reverse("desk:conversation", args=[said.message.conversation_id])
        words = yes_to(said.words) or said.words
        begun = Begun(said.message_id, said.message.contact_id, words, said.by_at)
    context = {"place": "clients", "client": client, "make": making(here, client, begun=begun, back=back), "back": back}
    asks = f"They asked: “{said.words}”" if said else ""
    return render(request, "desk/client_form.html", context | {"say": "What do we promise them?", "asks": asks})


urls = [
    path("clients/<row:pk>/changing/", changing, name="changing"),
    path("clients/<row:pk>/contacts/", contacts, name="contacts"),
    path("clients/<row:pk>/promise/", promising, name="promising"),
    path("contacts/<row:pk>/agreement/", agreement, name="agreement"),
    path("contacts/<row:pk>/agreement/<row:row>/", agreement_row, name="agreement_row"),
]
