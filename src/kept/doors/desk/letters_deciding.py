"""Deciding about a letter that did not simply arrive: it is tried, given up, sent again, written anew, or known."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.letters_going import have_sent
from kept.doors.desk.settings_back import to
from kept.kit import clock
from kept.ledgers.conversations.coming_back import arrived_after_all, come_back
from kept.ledgers.conversations.undelivered import Undelivered
from kept.ledgers.letters import deciding
from kept.ledgers.letters.faults import NotYours, TooLate
from kept.ledgers.letters.models import Bounce, Letter

acts = require_http_methods(["POST", "DELETE"])


def _decided(
    request: HttpRequest, row: Letter | Bounce, verb: Callable[..., object], said: str, *, undo: str = ""
) -> HttpResponse:
    try:
        verb(row, by=me(request), at=clock.now())
    except (TooLate, NotYours) as why:
        return failed(request, why)
    return done(request, said, undo=undo)


def _letter(request: HttpRequest, pk: int) -> Letter:
    """The letter, for its writer and for the owner; a draft is its writer's alone."""
    row = get_object_or_404(Letter.objects.seen_by(me(request)), pk=pk)
    if row.by_id != me(request).pk and not me(request).may_settle:
        raise Http404
    return row


@acts
def letter_trying(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it now; DELETE gives it up."""
    row, here = _letter(request, pk), reverse("desk:letter_trying", args=[pk])
    if undoing(request):
        return _decided(request, row, deciding.give_up, "Given up. It is not tried any more.")
    answer = _decided(request, row, deciding.try_now, "Tried again now.", undo=here)
    have_sent(row, at=clock.now())
    return answer


@require_POST
def letter_arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """They have it: of a letter that may have gone."""
    return _decided(request, _letter(request, pk), deciding.it_went, "It went, then.")


@require_POST
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter once more that may have gone."""
    row = _letter(request, pk)
    answer = _decided(request, row, deciding.send_again, "Sent once more.")
    have_sent(row, at=clock.now())
    return answer


@require_POST
def letter_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of a letter that no server would take, and open it."""
    row = _letter(request, pk)
    if row.by_id != me(request).pk:
        raise Http404
    answer = _decided(request, row, deciding.write_anew, "A draft again.")
    return to(answer, reverse("desk:letter", args=[pk]))


@acts
def letter_reached(request: HttpRequest, pk: int) -> HttpResponse:
    """They have it, whatever their server said, so their question is answered; DELETE says that it came back."""
    letter = _letter(request, pk)
    if undoing(request):
        if letter.message is not None:
            whom = ", ".join(letter.bounces.filter(for_good=True).values_list("email", flat=True))
            come_back(letter.message, whom=whom, at=clock.now(), by=me(request))
        return done(request, "It came back, then.")
    for row in Undelivered.objects.filter(message__letter=letter):
        arrived_after_all(row, by=me(request), at=clock.now())
    return done(request, "They have it, then.", undo=reverse("desk:letter_reached", args=[pk]))


@acts
def bounce_seen(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """I know that it did not reach them; DELETE tells me again."""
    bounce = get_object_or_404(Bounce.objects.select_related("letter"), pk=row, letter=_letter(request, pk))
    here = reverse("desk:bounce_seen", args=[pk, row])
    if undoing(request):
        return _decided(request, bounce, deciding.unseen, "Told again.")
    return _decided(request, bounce, deciding.seen, "Seen.", undo=here)


@acts
def letter_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """I know that no server took it, and deal with it; DELETE tells me again."""
    row, here = _letter(request, pk), reverse("desk:letter_refusal", args=[pk])
    if undoing(request):
        return _decided(request, row, deciding.unsee_refusal, "Told again.")
    return _decided(request, row, deciding.see_refusal, "Seen. Its words are kept among your letters.", undo=here)


urls = [
    path("letters/<row:pk>/trying/", letter_trying, name="letter_trying"),
    path("letters/<row:pk>/arrived/", letter_arrived, name="letter_arrived"),
    path("letters/<row:pk>/again/", letter_again, name="letter_again"),
    path("letters/<row:pk>/anew/", letter_anew, name="letter_anew"),
    path("letters/<row:pk>/refusal/", letter_refusal, name="letter_refusal"),
    path("letters/<row:pk>/reaching/", letter_reached, name="letter_reached"),
    path("letters/<row:pk>/bounces/<row:row>/", bounce_seen, name="bounce_seen"),
]
