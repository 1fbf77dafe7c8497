"""The draft of the next pledge: begin it, write, reword, place and strike its sentences; each with its way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.pledge_editor import editors, show
from kept.doors.desk.pledge_forms import SentenceForm, typed
from kept.doors.desk.settings_back import CLOSED, acting, facts_back, faulty, to, way_back
from kept.kit import clock
from kept.ledgers.journal.models import Line
from kept.ledgers.journal.verbs import facts_of
from kept.ledgers.pledges import drafting
from kept.ledgers.pledges.models import Edition, Sentence


@acting
@editors
def draft(request: HttpRequest) -> HttpResponse:
    """GET shows it, POST begins it, DELETE puts it away; `line` in the address takes up what was put away."""
    standing = Edition.objects.filter(published_at=None).first()
    here = reverse("desk:pledge_draft")
    if "line" in request.GET and undoing(request):
        return _take_up(request)
    if undoing(request):
        line = drafting.drop(standing, by=me(request), at=clock.now()) if standing else None
        undo = f"{here}?line={line.pk}" if line else ""
        return to(done(request, "The draft is put away.", undo=undo), reverse("desk:pledge"))
    if request.method == "POST":
        drafting.draft(by=me(request), at=clock.now())
        return to(done(request, "A draft to write in." if not standing else "The draft stands already."), here)
    return show(request, standing) if standing else redirect("desk:pledge")


@acting
@editors
def sentences(request: HttpRequest) -> HttpResponse:
    """POST writes one more sentence; with `back` in the address it puts back one that was struck."""
    edition = get_object_or_404(Edition, published_at=None)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:pledge_draft")
    if undoing(request):
        return _put_back(request)
    form = SentenceForm(request.POST, auto_id="new-%s")
    if form.is_valid():
        try:
            row = drafting.add(edition, form.wording(), by=me(request), at=clock.now())
        except ValueError as fault:
            form.add_error("words", str(fault))
        else:
            return done(request, "Written:", words=row.words, undo=reverse("desk:pledge_words", args=[row.pk]))
    return faulty(show(request, edition, new=form))


@acting
@editors
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """POST says the sentence otherwise, DELETE strikes it; with `back` in the address POST says it as before."""
    row = _sentence(request, pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:pledge_draft")
    if undoing(request) and "back" not in request.GET:
        return _strike(request, row)
    before = typed(row)
    form = SentenceForm(
        facts_back(request) or {} if undoing(request) else request.POST, sentence=row, auto_id=f"s{pk}-%s"
    )
    if not form.is_valid():
        return _unfit(request, row, form)
    try:
        drafting.reword(row, form.wording(), by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    if undoing(request):
        return done(request, "As it was before:", words=row.words)
    return done(request, "Now it says:", words=row.words, undo=way_back(request.path, before))


@acting
@editors
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """POST puts the sentence behind as many others as `after` says."""
    row = _sentence(request, pk)
    if request.method != "POST":
        return redirect("desk:pledge_draft")
    after = number(request.GET.get("after") if undoing(request) else request.POST.get("after"))
    stood = drafting.place(row, after=after, by=me(request), at=clock.now())
    undo = "" if undoing(request) else f"{request.path}?after={stood}"
    return done(request, "Moved:", words=row.words, undo=undo)


def _sentence(request: HttpRequest, pk: int) -> Sentence:
    rows = Sentence.objects.select_related("edition")
    return get_object_or_404(rows, pk=pk, edition__published_at=None)


def _unfit(request: HttpRequest, row: Sentence, form: SentenceForm) -> HttpResponse:
    if undoing(request):
        return failed(request, CLOSED)
    return faulty(show(request, row.edition, typed_into=form, pk=row.pk))


def _strike(request: HttpRequest, row: Sentence) -> HttpResponse:
    facts = facts_of(row)
    try:
        drafting.strike(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Struck:", words=row.words, undo=way_back(reverse("desk:pledge_sentences"), facts))


def _put_back(request: HttpRequest) -> HttpResponse:
    facts = facts_back(request)
    if facts is None:
        return failed(request, CLOSED)
    try:
        row = drafting.put_back(Sentence(**facts), by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Put back:", words=row.words)


def _take_up(request: HttpRequest) -> HttpResponse:
    line = get_object_or_404(Line, pk=number(request.GET.get("line")), verb="pledges.drop")
    try:
        drafting.take_up(line, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return to(done(request, "The draft is back as it was."), reverse("desk:pledge_draft"))


urls = [
    path("our-pledge/draft/", draft, name="pledge_draft"),
    path("our-pledge/draft/sentences/", sentences, name="pledge_sentences"),
    path("our-pledge/draft/sentences/<row:pk>/", words, name="pledge_words"),
    path("our-pledge/draft/sentences/<row:pk>/place/", place, name="pledge_place"),
]
