"""Writing: a draft is begun and kept, its files and buttons, thrown away and picked up, sent and called back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.conversation import page, reader
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.letters_alone import alone
from kept.doors.desk.letters_composer import writing
from kept.doors.desk.letters_drafts import comes_back, told
from kept.doors.desk.letters_sending import keep_and_then
from kept.doors.desk.letters_typed import typed
from kept.doors.desk.settings_back import to
from kept.kit import clock
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.letters import verbs
from kept.ledgers.letters.models import Form, Letter
from kept.readings.drafts import mailboxes_of

acts = require_http_methods(["POST", "DELETE"])
ANSWERS = {Form.REPLY.value, Form.REPLY_ALL.value, Form.FORWARD.value}


def _seen(request: HttpRequest, pk: int) -> Letter:
    """The letter; of others only those that were sent off, as their drafts are nobody else's."""
    rows = Letter.objects.seen_by(me(request)).select_related("client", "conversation__client", "by", "mailbox")
    return get_object_or_404(rows, pk=pk)


def _own(request: HttpRequest, pk: int) -> Letter:
    letter = _seen(request, pk)
    if letter.by_id != me(request).pk:
        raise Http404
    return letter


@require_POST
def conversation_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an answer to one of their messages, or go on with it; and keep what was typed."""
    talk = get_object_or_404(Conversation.objects.seen_by(me(request)), pk=pk)
    answers = get_object_or_404(Message, conversation=talk, pk=number(request.POST.get("message")))
    asked = request.POST.get("form", "")
    if asked not in ANSWERS:
        raise Http404
    draft = verbs.begin(form=Form(asked), by=me(request), at=clock.now(), answers=answers)
    here = reverse("desk:conversation", args=[pk]) + f"?letter={draft.pk}#words"
    if "words" not in request.POST:
        return redirect(here)
    return _kept(request, draft)


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the letter, where it is written or what became of it. POST: keep it, and do what the button says."""
    row = _own(request, pk) if request.method == "POST" else _seen(request, pk)
    if request.method == "POST":
        return _kept(request, row)
    if row.conversation_id:
        hash_ = "words" if row.go_at is None else f"letter-{pk}"
        return redirect(reverse("desk:conversation", args=[row.conversation_id]) + f"?letter={pk}#{hash_}")
    return _show(request, row)


def _kept(request: HttpRequest, row: Letter) -> HttpResponse:
    if request.POST.get("then") == "quietly":
        return _keep_quietly(request, row)
    return keep_and_then(request, row, show=_show)


def _keep_quietly(request: HttpRequest, row: Letter) -> HttpResponse:
    """Keep a draft at a pause; answers what is noticed in it, or (409) why it was not kept."""
    try:
        row = verbs.keep(row, at=clock.now(), **typed(request, mailboxes_of(me(request))))
    except (verbs.TooLate, verbs.NotYours) as why:
        return HttpResponse(str(why), status=409, content_type="text/plain; charset=utf-8")
    return _told(request, row)


def _told(request: HttpRequest, row: Letter) -> HttpResponse:
    """When the draft was kept last, and what is noticed in it."""
    viewer, eye = me(request), reader(request)
    context = {
        "c": writing(row, [], eye=eye, way_out=False, back=""),
        "noticed": told(row, viewer=viewer, eye=eye),
        "back": comes_back(row, viewer=viewer, eye=eye),
    }
    return render(request, "desk/parts/composer.html#told", context)


def _show(request: HttpRequest, row: Letter, **faulty: Any) -> HttpResponse:
    """The page on which the letter is written, or its own page when it is of no conversation."""
    if row.conversation_id:
        return page(request, row.conversation_id, letter=row.pk, **faulty)
    context = alone(row, viewer=me(request), eye=reader(request), begin="begin" in request.GET)
    context |= {"refused": faulty.get("refused"), "unkind_hour": faulty.get("unkind_hour")}
    return render(request, "desk/letter.html", context, status=422 if faulty else 200)


@require_safe
def letter_told(request: HttpRequest, pk: int) -> HttpResponse:
    """What is noticed in a draft as it was kept last."""
    return _told(request, _own(request, pk))


@acts
def letter_dropped(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, as it was typed last; DELETE takes it out of the bin."""
    row, now = _own(request, pk), clock.now()
    here = reverse("desk:letter_dropped", args=[pk])
    try:
        if undoing(request):
            verbs.pick_up(row, by=me(request), at=now)
            return to(done(request, "Here it is again."), reverse("desk:letter", args=[pk]))
        if "words" in request.POST and row.dropped_at is None:
            verbs.keep(row, at=now, **typed(request, mailboxes_of(me(request))))
        verbs.drop(row, by=me(request), at=now)
    except (verbs.TooLate, verbs.NotYours) as why:
        return failed(request, why)
    home = reverse("desk:conversation", args=[row.conversation_id]) if row.conversation_id else reverse("desk:letters")
    return to(done(request, "Thrown away.", undo=here), home)


@acts
def letter_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE calls a letter back, as long as nothing of it has gone; it is a draft again, with all that was in it."""
    row = _own(request, pk)
    if not undoing(request):
        raise Http404
    try:
        verbs.call_back(row, by=me(request), at=clock.now())
    except (verbs.TooLate, verbs.NotYours) as why:
        return failed(request, why)
    return to(done(request, "Called back. It is a draft again."), reverse("desk:letter", args=[pk]))


urls = [
    path("inbox/<row:pk>/letters/", conversation_letters, name="conversation_letters"),
    path("letters/<row:pk>/", letter, name="letter"),
    path("letters/<row:pk>/told/", letter_told, name="letter_told"),
    path("letters/<row:pk>/dropped/", letter_dropped, name="letter_dropped"),
    path("letters/<row:pk>/sent/", letter_sent, name="letter_sent"),
]
