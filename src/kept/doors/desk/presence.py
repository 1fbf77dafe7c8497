"""Who else is in a conversation right now: told by the browsers that show it, and said in a line."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import me, undoing
from kept.kit import clock, words
from kept.kit.names import calling
from kept.ledgers.conversations.looking import BELIEVED, look, look_away, looking
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.conversations.presence import Looking


@require_http_methods(["POST", "DELETE"])
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: I am here (`typing`: and write); answers who else is. DELETE: I am gone."""
    viewer, now = me(request), clock.now()
    talk = get_object_or_404(Conversation.objects.seen_by(viewer).only("pk"), pk=pk)
    if undoing(request):
        look_away(talk, by=viewer)
        return HttpResponse(status=204)
    look(talk, by=viewer, at=now, typing=bool(request.POST.get("typing")))
    others = who_else(list(looking(talk, besides=viewer, at=now)), now)
    return HttpResponse(others, content_type="text/plain; charset=utf-8")


def who_else(rows: Sequence[Looking], now: datetime) -> str:
    """ "Bo is writing an answer. Ada and Kit are reading this."; "" when nobody else is here."""
    writing = [calling(row.member.name) for row in rows if _writes(row, now)]
    reading = [calling(row.member.name) for row in rows if not _writes(row, now)]
    said = []
    if writing:
        said.append(f"{words.listed(writing)} {'is' if len(writing) == 1 else 'are'} writing an answer.")
    if reading:
        said.append(f"{words.listed(reading)} {'is' if len(reading) == 1 else 'are'} reading this.")
    return " ".join(said)


def _writes(row: Looking, now: datetime) -> bool:
    return row.typing_at is not None and row.typing_at > now - BELIEVED


urls = [path("inbox/<row:pk>/presence/", presence, name="presence")]
