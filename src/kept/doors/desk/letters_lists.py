"""The letters one is writing and those on their way; and a new one, begun outside of any conversation."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.desk.acts import me
from kept.doors.desk.conversation import reader
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.letters_drafts import draft_line
from kept.doors.desk.letters_receivers import written
from kept.doors.desk.letters_ways import came_back, way
from kept.doors.desk.letters_words import letters_say
from kept.kit import clock
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.letters import verbs
from kept.ledgers.letters.models import Form, Skeleton
from kept.ledgers.letters.recipients import read
from kept.readings.drafts import contact_of, drafts, on_their_way, people, returned

A_PAGE = 100


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """My drafts, my letters on their way, and those that came back."""
    viewer, eye = me(request), reader(request)
    mine = list(drafts(viewer)[:A_PAGE])
    going = [way(one, eye) for one in on_their_way(viewer)[:A_PAGE]]
    back = [(one, came_back([one], eye)[0]) for one in returned(viewer)[:A_PAGE]]
    context = {
        "place": "inbox",
        "opening": letters_say(len(mine), going, len(back)),
        "drafts": [draft_line(one, eye) for one in mine],
        "ways": going,
        "back": back,
    }
    return render(request, "desk/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """GET: whom to write to. POST: begin the draft, and go on with it."""
    viewer = me(request)
    asked = request.POST or request.GET
    seen = Client.objects.seen_by(viewer)
    client = seen.filter(pk=number(asked.get("client"))).first()
    if request.method == "POST":
        return _begin(request, client)
    contact = Contact.objects.seen_by(viewer).filter(pk=number(asked.get("contact"))).select_related("client").first()
    client = client or (contact.client if contact else None)
    known = people(viewer, client=client.pk if client else None)
    chosen = [[contact.name, one.email] for one in contact.addresses.all()[:1]] if contact else []
    context: dict[str, Any] = {
        "place": "inbox",
        "client": client,
        "contact": contact,
        "to": written(chosen),
        "clients": seen.served(),
        "people": [{"line": written([(name, email)]), "of": of} for name, email, of in known],
        "skeletons": Skeleton.objects.filter(retired_at=None),
    }
    return render(request, "desk/write.html", context)


def _begin(request: HttpRequest, client: Client | None) -> HttpResponse:
    """The draft, with the client its first receiver belongs to where none was chosen."""
    viewer, at, to = me(request), clock.now(), read(request.POST.get("to", "")[:5000])
    skeleton = Skeleton.objects.filter(retired_at=None, pk=number(request.POST.get("skeleton"))).first()
    known = None if client else contact_of(viewer, [email for _, email in to])
    client = client or (known.client if known else None)
    draft = verbs.begin(
        form=Form.NEW, by=viewer, at=at, client=client, to=to,
        subject=request.POST.get("subject", "") or (skeleton.subject if skeleton else ""),
        words=skeleton.words if skeleton else "",
    )  # fmt: skip
    return redirect(reverse("desk:letter", args=[draft.pk]))


@require_safe
def receivers(request: HttpRequest) -> JsonResponse:
    """Whom one may write to, for the browser to offer while one types; `?client=` narrows it."""
    known = people(me(request), client=number(request.GET.get("client")) or None)
    lines = [[written([(name, email)]), of] for name, email, of in known]
    return JsonResponse({"people": lines})


urls = [
    path("letters/", letters, name="letters"),
    path("letters/new/", write, name="write"),
    path("letters/receivers/", receivers, name="receivers"),
]
