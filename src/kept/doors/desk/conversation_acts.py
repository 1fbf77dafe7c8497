"""Acts in a conversation: hand on, set aside, tell them we have it, say whose it is, promise; and each undone."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.client_forms import may_welcome
from kept.doors.desk.conversation import page, reader, within
from kept.doors.desk.conversation_forms import AsideForm, ClientForm, HandForm, PromiseForm
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.promise_days import Here
from kept.flows.introduce import introduce, take_back
from kept.kit import clock, words
from kept.kit.names import calling
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import verbs
from kept.ledgers.conversations.care import Acknowledgement, Aside, AsideKind
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from kept.readings.calendars import offices
from kept.readings.conversation_page import hands

does = require_http_methods(["POST", "DELETE"])
undoes = require_http_methods(["POST", "DELETE"])
SOURCE = "conversations.Message"
SAID = {
    AsideKind.NO_REPLY: "Needs no reply.",
    AsideKind.ELSEWHERE: "No longer waiting.",
    AsideKind.LATER: "Set aside until then.",
}


def _talk(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(Conversation.objects.seen_by(me(request)).select_related("client__wall"), pk=pk)


def _theirs(talk: Conversation) -> QuerySet[Message]:
    return Message.objects.theirs().filter(conversation=talk)


@does
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to somebody, or to nobody."""
    talk = _talk(request, pk)
    form = HandForm(request.POST, members=hands(talk.client), member=None)
    if not form.is_valid():
        return page(request, pk, hand=form)
    to = form.chosen()
    try:
        row = verbs.assign(talk, to=to, by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    said = f"With {calling(to.name)} now." if to and to != me(request) else "Yours now." if to else "Nobody’s now."
    return done(request, said, undo=reverse("desk:assignment_row", args=[pk, row.pk]))


@undoes
def assignment_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take back a handing on; the one before counts again."""
    talk = _talk(request, pk)
    if not undoing(request):
        raise Http404
    if found := talk.assignments.filter(pk=row).first():
        verbs.take_back_assignment(found, by=me(request), at=clock.now())
    return done(request, "With whom it was before.")


@does
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Answered elsewhere, needs no reply, or not before a day."""
    talk, form = _talk(request, pk), AsideForm(request.POST)
    if not form.is_valid():
        return page(request, pk, aside=form)
    kind, eye = AsideKind(form.cleaned_data["kind"]), reader(request)
    read = _theirs(talk).filter(pk=form.cleaned_data["message"]).first()
    until = form.comes_back(within(talk.client), eye) if kind == AsideKind.LATER else None
    reason = form.cleaned_data["reason"]
    try:
        row = verbs.set_aside(talk, kind=kind, reason=reason, by=me(request), at=eye.now, until=until, message=read)
    except ValueError as why:
        return failed(request, why)
    back = f" Back {words.moment(row.until, now=eye.now, zone=eye.zone)}." if row.until else ""
    said = SAID[kind] if not back else f"Set aside.{back}"
    return done(request, said, undo=reverse("desk:aside_row", args=[pk, row.pk]), words=row.reason)


@undoes
def aside_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Bring it back; the clock counts as if it had never stopped."""
    talk = _talk(request, pk)
    if not undoing(request):
        raise Http404
    for mark in Aside.objects.filter(message__conversation=talk, pk=row):
        verbs.bring_back(mark, by=me(request), at=clock.now())
    return done(request, "Back in the inbox.")


@does
def acknowledgement(request: HttpRequest, pk: int) -> HttpResponse:
    """We told them we have it; it stops no clock."""
    talk, message = _talk(request, pk), number(request.GET.get("message") or request.POST.get("message"))
    if undoing(request):
        for told in Acknowledgement.objects.filter(message__conversation=talk, message=message):
            verbs.take_back_acknowledgement(told, by=me(request), at=clock.now())
        return done(request, "Not told yet.")
    try:
        read = _theirs(talk).filter(pk=message).first()
        told = verbs.acknowledge(talk, by=me(request), at=clock.now(), message=read)
    except ValueError as why:
        return failed(request, why)
    undo = reverse("desk:acknowledgement", args=[pk]) + f"?message={told.message_id}"
    return done(request, "They know we have it. The clock runs on.", undo=undo)


@does
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose conversation this is; and, when asked, who its writer is to them."""
    talk, seen = _talk(request, pk), Client.objects.seen_by(me(request))
    if undoing(request):
        before = number(request.GET.get("was"))
        was = get_object_or_404(seen, pk=before) if before else None
        take_back(talk, was=was, by=me(request), at=clock.now())
        return done(request, "Whose it was before. Whom we met stays where they are.")
    if request.POST.get("name", "").strip() and not may_welcome(me(request)):
        raise PermissionDenied
    form = ClientForm(request.POST, clients=list(seen), may_welcome=may_welcome(me(request)))
    if not form.is_valid():
        return page(request, pk, client=form)
    try:
        meet = form.cleaned_data["meet"]
        made = introduce(talk, client=form.chosen(), meet=meet, by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    undo = reverse("desk:conversation_client", args=[pk]) + f"?was={made.was_id or 0}"
    who = f" {made.contact.name} is their contact." if made.contact else ""
    return done(request, f"This belongs to {made.client.name} now.{who}", undo=undo)


@does
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something in this conversation; its source is their newest message."""
    talk, viewer = _talk(request, pk), me(request)
    if talk.client is None:
        return failed(request, "Say first whose conversation this is: a promise is made to a client.")
    here = Here(viewer, clock.now(), offices())
    form = PromiseForm(request.POST, members=hands(talk.client), here=here)
    if not form.is_valid():
        return page(request, pk, promise=form)
    last = _theirs(talk).select_related("contact").order_by("at", "pk").last() or talk.messages.last()
    contact = last.contact if last and last.contact and last.contact.client_id == talk.client_id else None
    row = promises.promise(
        talk.client, words=form.cleaned_data["words"], due=form.due, by=form.keeper(), at=here.at,
        contact=contact, source=promises.Source(SOURCE, last.pk if last else None), made_by=viewer,
    )  # fmt: skip
    return done(request, "Promised.", undo=reverse("desk:promise_row", args=[pk, row.pk]), words=row.words)


@undoes
def promise_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Withdraw a promise made here, as long as nothing has come of it."""
    talk = _talk(request, pk)
    if not undoing(request):
        raise Http404
    try:
        said_here = {"source_noun": SOURCE, "source_id__in": talk.messages.values("pk")}
        for made in Promise.objects.filter(client=talk.client_id, pk=row, **said_here):
            promises.withdraw(made, by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    return done(request, "Not promised.")


urls = [
    path("inbox/<row:pk>/assignment/", assignment, name="assignment"),
    path("inbox/<row:pk>/assignment/<row:row>/", assignment_row, name="assignment_row"),
    path("inbox/<row:pk>/aside/", aside, name="aside"),
    path("inbox/<row:pk>/aside/<row:row>/", aside_row, name="aside_row"),
    path("inbox/<row:pk>/acknowledgement/", acknowledgement, name="acknowledgement"),
    path("inbox/<row:pk>/client/", client, name="conversation_client"),
    path("inbox/<row:pk>/promise/", promise, name="conversation_promise"),
    path("inbox/<row:pk>/promise/<row:row>/", promise_row, name="promise_row"),
]
