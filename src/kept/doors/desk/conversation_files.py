"""Files that came with a message: taken away as downloads; pictures within the words are shown, and nothing else is."""

import zlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.csp import CSP
from django.utils.http import content_disposition_header
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me
from kept.ledgers.conversations.files import Attachment, opened
from kept.ledgers.conversations.models import Message

# what a browser draws without running anything; SVG is a document that may hold scripts
PICTURES = {"image/png", "image/gif", "image/jpeg", "image/webp"}
_BEGINS = {
    b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif", b"GIF89a": "image/gif",
}  # fmt: skip
alone = csp_override({"default-src": [CSP.NONE], "sandbox": [""]})


@alone
@require_safe
def file(request: HttpRequest, pk: int, message: int, row: int) -> HttpResponse:
    """A file of a message, never shown as a page of ours."""
    kept = _seen(request, pk, message, row)
    answer = _bytes(kept, "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.name or "file")
    return answer


@alone
@require_safe
def picture(request: HttpRequest, pk: int, message: int, row: int) -> HttpResponse:
    """A picture that stands within the words of a message."""
    kept = _seen(request, pk, message, row)
    if kept.kind.lower() not in PICTURES:
        raise Http404
    answer = _bytes(kept, kept.kind.lower())
    kind = drawn_as(answer.content)
    if not kind:
        raise Http404
    answer["Content-Type"] = kind
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


def drawn_as(content: bytes) -> str:
    """What kind of picture the bytes are, whatever they are said to be; '' for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begins, kind in _BEGINS.items() if content.startswith(begins)), "")


def pictures_of(files: tuple[Attachment, ...], *, here: int) -> dict[str, str]:
    """The addresses of the pictures that came with a message, by their content ids."""
    shown = [one for one in files if one.inline_id and one.content_id and one.kind.lower() in PICTURES]
    return {one.inline_id.strip("<>"): reverse("desk:picture", args=[here, one.message_id, one.pk]) for one in shown}


def _seen(request: HttpRequest, pk: int, message: int, row: int) -> Attachment:
    seen = Message.objects.seen_by(me(request)).filter(conversation=pk, pk=message)
    rows = Attachment.objects.filter(message__in=seen, content__isnull=False).select_related("content")
    return get_object_or_404(rows, pk=row)


def _bytes(kept: Attachment, kind: str) -> HttpResponse:
    if kept.content is None:
        raise Http404
    try:
        answer = HttpResponse(opened(kept.content), content_type=kind)
    except zlib.error as fault:
        raise Http404 from fault
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


urls = [
    path("inbox/<row:pk>/messages/<row:message>/files/<row:row>/", file, name="file"),
    path("inbox/<row:pk>/messages/<row:message>/pictures/<row:row>/", picture, name="picture"),
]
