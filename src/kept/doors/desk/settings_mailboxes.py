"""Mailboxes as an owner, or each member for their own, settles them; each is tried out before it is kept."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.module_loading import import_string

from kept.doors.desk import settings_mailboxes_words as say
from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.settings_back import acting, change, faulty, to
from kept.doors.desk.settings_mailboxes_forms import FoldersForm, MailboxForm, SecretForm
from kept.kit import clock
from kept.ledgers.mailboxes import verbs
from kept.ledgers.mailboxes.accounts import secret_of, with_secret
from kept.ledgers.mailboxes.models import Mailbox
from kept.readings.calendars import offices
from kept.readings.mailboxes_page import LISTED, boxes, troubled

PLACE = {"place": "settings", "section": "mailboxes"}


@acting
def mailboxes(request: HttpRequest) -> HttpResponse:
    """GET lists them, with `new` the form for one more; POST tries it out and begins to read it."""
    if request.method in {"GET", "HEAD"}:
        return _ask(request, _form(request)) if "new" in request.GET else _list(request)

    def save(form: MailboxForm) -> Mailbox:
        account, at = form.account(), clock.now()
        trial = verbs.unsaved(account, at=at)
        try_out(trial)
        return verbs.add(verbs.as_tried(account, trial), by=me(request), at=at)

    answer = change(
        request,
        lambda typed: _form(request, typed),
        save=save,
        undo=lambda row: reverse("desk:mailbox", args=[row.pk]),
        show=lambda form: _ask(request, form),
        said="It answers. Mail in it comes in from now on.",
    )
    return to(answer, reverse("desk:mailboxes")) if answer.status_code == 303 else answer


@acting
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """One mailbox; POST tries it out, DELETE takes it out: what it brought stays."""
    row = _mine(request, pk)
    if request.method in {"GET", "HEAD"}:
        return _show(request, row)
    if undoing(request):
        verbs.remove(row, by=me(request), at=clock.now())
        said = done(request, "No longer read:", words=row.address, undo=reverse("desk:mailbox_removal", args=[pk]))
        return to(said, reverse("desk:mailboxes"))
    try:
        found = try_out(_to_open(request, pk))
    except ValueError as trouble:
        return failed(request, trouble)
    return done(request, f"It answers; {found.messages:,} mails lie in what is read.")


@acting
def mailbox_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE brings it back."""
    row = get_object_or_404(Mailbox.objects.seen_by(me(request)), pk=pk)
    if not undoing(request) or not verbs.may_settle(row, me(request)):
        return redirect("desk:mailboxes")
    try:
        verbs.bring_back(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Read again:", words=row.address)


@acting
def mailbox_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """POST stops the reading for now, DELETE goes on with it."""
    row = _mine(request, pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:mailbox", pk)
    if undoing(request):
        verbs.resume(row, by=me(request), at=clock.now())
        return done(request, "It is read again, from where it was left.")
    verbs.pause(row, by=me(request), at=clock.now())
    return done(request, "Paused; what comes meanwhile is read later.", undo=request.path)


@acting
def mailbox_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """POST tries another password out and keeps it."""
    row = _to_open(request, pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:mailbox", pk)
    form = SecretForm(request.POST)
    if form.is_valid():
        try:
            trial = with_secret(row, form.cleaned_data["secret"])
            try_out(trial)
            verbs.give_secret(row, secret=secret_of(trial), by=me(request), at=clock.now())
            return done(request, f"It answers, and is read with the new {say.secret(row)}.")
        except ValueError as fault:
            form.add_error("secret", str(fault))
    return faulty(_show(request, row, form))


@acting
def mailbox_folders(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks the server which folders there are, POST chooses."""
    row = _to_open(request, pk)
    names, trouble = list(row.places.values_list("name", flat=True)), ""
    try:
        names = list(try_out(row).folders)
    except ValueError as fault:
        trouble = str(fault)
    form = FoldersForm(request.POST if request.method == "POST" else None, mailbox=row, names=names)
    if not form.is_bound or not form.is_valid():
        page = render(request, "desk/settings_mailbox_folders.html", PLACE | _folders(row, names, trouble, form))
        return faulty(page) if form.is_bound else page
    verbs.choose_folders(row, folders=form.cleaned_data["folders"], by=me(request), at=clock.now())
    return to(done(request, "Chosen; what is new in them comes in."), reverse("desk:mailbox", args=[pk]))


def try_out(row: Mailbox) -> Any:
    """Whether the mailbox answers; see `doors.post.imap_trial`. Raises ValueError with what is in the way."""
    return import_string(settings.MAILBOX_TRIAL)(row)


def _mine(request: HttpRequest, pk: int) -> Mailbox:
    """The mailbox, if the reader settles it; all others are not there for them."""
    row = get_object_or_404(Mailbox.objects.standing().seen_by(me(request)).select_related("member"), pk=pk)
    return row if verbs.may_settle(row, me(request)) else get_object_or_404(Mailbox.objects.none())


def _to_open(request: HttpRequest, pk: int) -> Mailbox:
    """The mailbox, if the reader may look into it: a colleague's own is theirs, also where one may pause it."""
    row = _mine(request, pk)
    return row if verbs.may_open(row, me(request)) else get_object_or_404(Mailbox.objects.none())


def _form(request: HttpRequest, typed: Any = None) -> MailboxForm:
    today = clock.now().astimezone(offices().zone_of(me(request))).date()
    return MailboxForm(typed, viewer=me(request), today=today)


def _ask(request: HttpRequest, form: MailboxForm) -> HttpResponse:
    return render(request, "desk/settings_mailbox_new.html", PLACE | {"form": form, "typed": form})


def _drawn(request: HttpRequest) -> dict[str, Any]:
    return {"now": clock.now(), "zone": offices().zone_of(me(request))}


def _list(request: HttpRequest) -> HttpResponse:
    found, when = boxes(me(request)), _drawn(request)
    rows = [(box, say.whose(box.mailbox), say.state(box.mailbox, **when), say.held(box)) for box in found]
    return render(request, "desk/settings_mailboxes.html", PLACE | {"rows": rows, "opening": say.opening(found)})


def _show(request: HttpRequest, row: Mailbox, form: SecretForm | None = None) -> HttpResponse:
    context = {
        "row": row,
        "opens": verbs.may_open(row, me(request)),
        "whose": say.whose(row),
        "state": say.state(row, **_drawn(request)),
        "folders": say.folders(row),
        "form": form or SecretForm(),
        "secret": say.secret(row),
        "typed": form,
        "troubled": list(troubled(row, me(request))[:LISTED]),
    }
    return render(request, "desk/settings_mailbox.html", PLACE | context)


def _folders(row: Mailbox, names: list[str], trouble: str, form: FoldersForm) -> dict[str, Any]:
    every = dict.fromkeys([*names, *row.folders])
    choices = [(name, name in row.folders) for name in every]
    return {"row": row, "choices": choices, "trouble": trouble, "form": form, "now": say.folders(row)}


urls = [
    path("settings/mailboxes/", mailboxes, name="mailboxes"),
    path("settings/mailboxes/<row:pk>/", mailbox, name="mailbox"),
    path("settings/mailboxes/<row:pk>/removal/", mailbox_removal, name="mailbox_removal"),
    path("settings/mailboxes/<row:pk>/pause/", mailbox_pause, name="mailbox_pause"),
    path("settings/mailboxes/<row:pk>/password/", mailbox_secret, name="mailbox_secret"),
    path("settings/mailboxes/<row:pk>/folders/", mailbox_folders, name="mailbox_folders"),
]
