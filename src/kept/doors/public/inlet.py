"""By a token that belongs to one inlet: a comment, a connection request or a call comes in as JSON, once."""

import json
from datetime import datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kept.flows.let_in import Said, let_in
from kept.kit import clock
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.letting_in import holder
from kept.ledgers.conversations.models import Channel

LARGEST = 64_000  # bytes
LENGTHS = {"id": 200, "name": 200, "address": 254, "phone": 60, "words": 20_000, "link": 500, "at": 40}
AHEAD = timedelta(minutes=5)  # a clock may be so much fast


class Refused(Exception):
    """What was sent cannot be taken: the status and a sentence that says how to mend it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


# a token in a header cannot be sent by another site's form, so there is nothing for a form's token to guard
@csrf_exempt
@login_not_required
@require_POST
def bring(request: HttpRequest, channel: str) -> JsonResponse:
    """POST takes in what somebody said: 201 new, 200 known already, else why not, in a sentence."""
    try:
        row = _inlet(request, channel)
        now = clock.now()
        made = let_in(_said(request, row, now), at=now, inlet=row)
    except Refused as refused:
        answer = JsonResponse({"error": refused.why}, status=refused.status)
        if refused.status == 401:
            answer["WWW-Authenticate"] = "Bearer"
        return answer
    except ValueError as fault:
        return JsonResponse({"error": str(fault)}, status=422)
    told = "It was taken in." if made.new else "It had come before; nothing was changed."
    return JsonResponse({"told": told, "new": made.new}, status=201 if made.new else 200)


def _inlet(request: HttpRequest, channel: str) -> Inlet:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    row = holder(token.strip()) if kind.lower() == "bearer" and token else None
    if row is None:
        if not ratelimit.consume(request, action="inlet_refused"):
            raise Refused(429, "Too many tries with a wrong token from here. Wait a minute.")
        raise Refused(401, "No open inlet has this token. Send “Authorization: Bearer” and the token of one.")
    if row.channel != channel:
        raise Refused(404, f"This token brings in {Channel(row.channel).label} only, at /in/{row.channel}/.")
    if not ratelimit.consume(request, action="inlet", key=str(row.pk)):
        raise Refused(429, "That was a lot at once. Send it again in a minute; nothing of it was taken in.")
    return row


def _said(request: HttpRequest, row: Inlet, now: datetime) -> Said:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refused(413, f"That is more than {LARGEST:,} bytes. Send the words alone, without what they answer.")
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(422, 'That is not JSON. Send an object like {"id": "42", "words": "..."}.') from None
    if not isinstance(sent, dict):
        raise Refused(422, "Send one JSON object, with an id and words.")
    texts = {name: _text(sent, name) for name in LENGTHS}
    if not texts["id"]:
        raise Refused(422, "Send an id, so that the same words sent twice are taken once.")
    _check(texts)
    return Said(
        channel=Channel(row.channel), key=texts["id"], at=_moment(texts["at"], now), words=texts["words"],
        name=texts["name"], address=texts["address"], phone=texts["phone"], link=texts["link"],
    )  # fmt: skip


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refused(422, f"Send “{name}” as text.")
    text = str(value).encode("utf-8", "replace").decode()
    text = "".join(each for each in text if each.isprintable() or each in "\n\t").strip()
    if len(text) > LENGTHS[name]:
        raise Refused(422, f"“{name}” is longer than {LENGTHS[name]:,} letters. Send less of it.")
    return text if name == "words" else " ".join(text.split())


def _check(texts: dict[str, str]) -> None:
    if texts["address"]:
        try:
            validate_email(texts["address"])
        except ValidationError:
            raise Refused(422, "“address” is not a mail address. Mend it, or leave it out.") from None
    if texts["link"] and not texts["link"].startswith(("https://", "http://")):
        raise Refused(422, "“link” begins with https:// or http://. Mend it, or leave it out.")


def _moment(text: str, now: datetime) -> datetime:
    if not text:
        return now
    try:
        at = datetime.fromisoformat(text)
        if at.utcoffset() is None or at.year < 2000:
            raise ValueError
    except ValueError:
        raise Refused(422, "“at” is a moment with its zone, like 2026-10-20T09:40:00+01:00.") from None
    if at > now + AHEAD:
        raise Refused(422, "“at” is still to come. Send when it was said, or leave it out.")
    return min(at, now)
