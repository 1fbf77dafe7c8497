"""What was noticed in what we wrote: each sentence becomes a promise by one tap, or is said to be none; both undone."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.promise_days import Here
from kept.doors.desk.promise_forms import WithDue
from kept.doors.desk.ways import way
from kept.kit import clock, words
from kept.ledgers.conversations import asked
from kept.ledgers.conversations.models import Request
from kept.ledgers.promises import candidates, verbs
from kept.ledgers.promises.models import Candidate, Candidates
from kept.readings.calendars import offices
from kept.readings.noticed import Offered, offered

acting = require_http_methods(["GET", "HEAD", "POST", "DELETE"])


class CountIt(WithDue):
    """By when, as the text was read or as a person knows better."""


@dataclass(frozen=True)
class Offer:
    """One sentence as it is drawn, with the form that accepts it."""

    pk: int
    said: str
    who: str
    due: str
    doubt: str
    form: CountIt
    source: str


def offer(candidate: Candidate, here: Here, *, conversation: int | None = None, form: CountIt | None = None) -> Offer:
    """The candidate in words; `form` is one that came back with faults."""
    whom = candidate.contact.name if candidate.contact else candidate.client.name
    day = candidate.due.astimezone(here.zone) if candidate.due else None
    first = {"day": f"{day:%Y-%m-%d}", "time": f"{day:%H:%M}"} if day else {}
    said_on = words.day(candidate.said_at.astimezone(here.zone).date(), today=here.at.astimezone(here.zone).date())
    return Offer(
        pk=candidate.pk,
        said=candidate.words,
        who=f"{candidate.by.name} to {whom}, {said_on}",
        due=here.full(candidate.due) if candidate.due else "",
        doubt=doubt(candidate),
        form=form or CountIt(here=here, initial=first, auto_id=f"offer-{candidate.pk}-%s"),
        source=way("conversation", conversation) if conversation else "",
    )


def doubt(candidate: Candidate) -> str:
    """What one should look at before saying yes; "" where nothing is in doubt."""
    if candidate.due is None:
        return "The day can be read in two ways. Say which it is."
    said = []
    if not candidate.due_is_explicit:
        said.append("No day was named; this one is a guess, the third working day.")
    if candidate.soft:
        said.append("It was said with a reserve.")
    return " ".join(said)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All that waits for the reader's yes or no."""
    return show(request)


@require_safe
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, with this one in it, whoever said it."""
    _candidate(request, pk)
    return show(request, of=pk)


def show(request: HttpRequest, faulty: tuple[int, CountIt] | None = None, *, of: int = 0) -> HttpResponse:
    """The page, with candidate `of` in any case; `faulty` is the form of one that came back with faults."""
    here = Here(me(request), clock.now(), offices())
    found = offered(here.viewer)
    named = faulty[0] if faulty else of
    if named and all(one.candidate.pk != named for one in found):
        found += [Offered(one, None) for one in _candidates(request).waiting().filter(pk=named)]
    context = {
        "place": "promises",
        "opening": opening(found),
        "offers": [_offer(one, here, faulty) for one in found],
        "here": reverse("desk:noticed"),
    }
    return render(request, "desk/noticed.html", context, status=422 if faulty else 200)


def opening(found: list[Offered]) -> str:
    """ "Three sentences of ours sound like promises. None counts until somebody says yes." """
    if not found:
        return "Nothing that was written sounds like a promise nobody has written down."
    if len(found) == 1:
        return "One sentence of ours sounds like a promise. It counts when somebody says yes."
    many = words.sentence(words.count(len(found), "sentence"))
    return f"{many} of ours sound like promises. None counts until somebody says yes."


@acting
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, that is a promise, due then; DELETE takes that back."""
    row = _candidate(request, pk)
    if undoing(request):
        return _take_back(request, row)
    if request.method != "POST":
        return redirect("desk:noticed")
    form = CountIt(request.POST, here=Here(me(request), clock.now(), offices()), auto_id=f"offer-{pk}-%s")
    if not form.is_valid():
        return show(request, (pk, form))
    try:
        made = candidates.accept(row, due=form.due, by=me(request), at=form.here.at)
    except verbs.AlreadyEnded as why:
        return failed(request, why)
    said = f"A promise now, due {form.here.full(made.due)}:"
    return done(request, said, undo=reverse("desk:acceptance", args=[pk]), words=f"“{made.words}”")


@acting
def dismissal(request: HttpRequest, pk: int) -> HttpResponse:
    """No, that is no promise; DELETE takes that back."""
    row = _candidate(request, pk)
    if undoing(request):
        candidates.reconsider(row, by=me(request), at=clock.now())
        return done(request, "It waits for a yes or no again.")
    if request.method != "POST":
        return redirect("desk:noticed")
    candidates.dismiss(row, by=me(request), at=clock.now())
    return done(request, "No promise:", undo=reverse("desk:dismissal", args=[pk]), words=f"“{row.words}”")


@acting
def no_request(request: HttpRequest, pk: int) -> HttpResponse:
    """That sentence of theirs asks us for nothing; DELETE takes that back."""
    seen = Request.objects.seen_by(me(request)).select_related("message__conversation")
    row = get_object_or_404(seen, pk=pk)
    if undoing(request):
        asked.reconsider_request(row, by=me(request), at=clock.now())
        return done(request, "A request again.")
    if request.method != "POST":
        return redirect("desk:conversation", row.message.conversation_id)
    asked.dismiss_request(row, by=me(request), at=clock.now())
    return done(request, "No request:", undo=reverse("desk:no_request", args=[pk]), words=f"“{row.words}”")


def _take_back(request: HttpRequest, row: Candidate) -> HttpResponse:
    if row.promise is None:
        return done(request, "That was taken back already.")
    try:
        verbs.withdraw(row.promise, by=me(request), at=clock.now())
    except verbs.AlreadyEnded as why:
        return failed(request, why)
    return done(request, "Not a promise yet.")


def _offer(one: Offered, here: Here, faulty: tuple[int, CountIt] | None) -> Offer:
    form = faulty[1] if faulty and faulty[0] == one.candidate.pk else None
    return offer(one.candidate, here, conversation=one.conversation_id, form=form)


def _candidate(request: HttpRequest, pk: int) -> Candidate:
    return get_object_or_404(_candidates(request), pk=pk)


def _candidates(request: HttpRequest) -> Candidates:
    return Candidate.objects.seen_by(me(request)).select_related("client", "contact", "by", "promise")


urls = [
    path("promises/noticed/", page, name="noticed"),
    path("promises/noticed/<row:pk>/", beginning, name="noticed_row"),
    path("noticed/<row:pk>/promise/", acceptance, name="acceptance"),
    path("noticed/<row:pk>/dismissal/", dismissal, name="dismissal"),
    path("requests/<row:pk>/dismissal/", no_request, name="no_request"),
]
