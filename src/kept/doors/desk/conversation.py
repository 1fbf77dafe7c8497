"""The page of one conversation, and the mail as it came."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me
from kept.doors.desk.client_forms import may_welcome
from kept.doors.desk.conversation_forms import AsideForm, ClientForm, HandForm, PromiseForm, next_days
from kept.doors.desk.conversation_letters import letters_here
from kept.doors.desk.conversation_mails import mails
from kept.doors.desk.conversation_words import head_state, owed, queue
from kept.doors.desk.frame import rail_of
from kept.doors.desk.inbox_clock import clock_lines
from kept.doors.desk.inbox_glance import tel, when
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.noticed_beside import with_noticed
from kept.doors.desk.promise_days import Here
from kept.kit import clock
from kept.kit.names import calling
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Message, Original
from kept.ledgers.conversations.originals import Missing, original_of
from kept.ledgers.team.models import Member
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices, offices
from kept.readings.conversation_page import Talk, for_reader, found, talk
from kept.readings.drafts import letters_of
from kept.readings.spoken import SHOWN
from kept.readings.waiting import name_of

# of one answer only: the reader asked for the pictures that one mail fetches from elsewhere
ELSEWHERE: dict[str, Any] = settings.SECURE_CSP | {"img-src": [CSP.SELF, "data:", "https:", "http:"]}


@require_safe
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, what people marked, and what can be done."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, **faulty: Any) -> HttpResponse:
    """The conversation; `faulty` are forms to be mended ("hand", "aside", "client", "promise"), shown unfolded.

    Of a letter: "letter" names the draft, with what keeps it from going: "refused" (sentences), "overtaken" (by whom).
    """
    viewer, places = me(request), offices()
    eye = _eye(viewer, places)
    row = get_object_or_404(found(viewer, at=eye.now), pk=pk)
    last: int = 1 + row.said // SHOWN  # type: ignore[attr-defined]  # counted by `found`
    number_of, sent = min(max(1, number(request.GET.get("page"))), last), number(request.GET.get("sent"))
    one = talk(row, viewer=viewer, at=eye.now, offices=places, page=number_of, sent=sent)
    letters = letters_of(row, viewer=viewer, messages=[said.message for said in one.spoken])
    context = _context(one, viewer, eye, places) | _person(one, eye)
    here = Here(viewer, eye.now, places)
    remote = bool(sent) and "remote" in request.GET
    drawn = mails(one, eye, places, bounces=letters.bounces, remote=remote)
    noticed = any(said.noticed for said in one.spoken)
    context["mails"] = with_noticed(drawn, here, client=row.client_id) if noticed else drawn
    context |= _forms(one, here, faulty)
    context |= letters_here(one, letters, viewer=viewer, eye=eye, asked=_asked(request) | faulty)
    everyones: int = row.everyones  # type: ignore[attr-defined]  # counted by `found`
    context["rail"] = rail_of(viewer, firm=places.firm.name if places.firm else "", inbox=everyones)
    context["held"] = clock_lines(one, eye)
    context["days"] = next_days(places.calendar(one.client), eye)
    answer = render(request, "desk/conversation.html", context, status=422 if faulty else 200)
    return csp_override(ELSEWHERE)(lambda _: answer)(request) if remote else answer


def reader(request: HttpRequest) -> Eye:
    """Who acts, and when it is for them."""
    return _eye(me(request), offices())


def within(client: Client | None) -> Calendar:
    """The calendar in which this client's clocks run."""
    return offices().calendar(client)


# a mail is somebody else's file: it is only ever taken away, never shown as a page of ours
@csp_override({"default-src": [CSP.NONE], "sandbox": [""]})
@require_safe
def original(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """The mail as it came, with everything attached to it."""
    seen = Message.objects.seen_by(me(request)).filter(conversation=pk, pk=message)
    try:
        content = original_of(get_object_or_404(seen))
    except (Original.DoesNotExist, Missing) as fault:
        raise Http404 from fault
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="kept-{message}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _eye(viewer: Member, places: Offices) -> Eye:
    return Eye(clock.now(), places.zone_of(viewer), frozenset({viewer.email.lower()}))


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The draft to open, and whether to show what one may begin from."""
    return {"letter": number(request.GET.get("letter")), "begin": "begin" in request.GET}


def _context(one: Talk, viewer: Member, eye: Eye, places: Offices) -> dict[str, Any]:
    waits = for_reader(one, viewer)
    others = [wait for wait in waits if wait.talk_id != one.conversation.pk]
    return {
        "place": "inbox",
        "talk": one,
        "subject": str(one.conversation),
        "state": head_state(one, eye),
        "waits": one.wait is not None or one.later is not None,
        "queue": queue(waits, eye, here=one.conversation.pk),
        "waiting": len(waits),
        "next": others[0].talk_id if others else 0,
        "owed": owed(one.beside.owed, eye),
        "older": one.page + 1 if one.earlier else 0,
        "newer": one.page - 1,
    }


def _person(one: Talk, eye: Eye) -> dict[str, Any]:
    """Whom one speaks with, and how."""
    last = one.newest
    who = name_of(last) if last else ""
    said = one.beside.last
    return {
        "who": who,
        "first": calling(who) if who else "them",
        "stranger": "" if one.contact or not last else last.sender_email,
        "tel": tel(one.contact.phone) if one.contact else "",
        "agreed": one.beside.agreement.lines() if one.beside.agreement else [],
        "said_last": said,
        "said_when": when(said, eye) if said else "",
    }


def _forms(one: Talk, here: Here, faulty: dict[str, Any]) -> dict[str, Any]:
    members = list(one.members)
    forms: dict[str, Any] = {
        "hand": HandForm(None, members=members, member=one.member),
        "aside": AsideForm(None),
        "promise": PromiseForm(None, members=members, here=here) if one.client else None,
        "client": None,
    }
    if one.client is None:
        seen = list(Client.objects.seen_by(here.viewer).served())
        forms["client"] = ClientForm(None, clients=seen, may_welcome=may_welcome(here.viewer))
    mended = {name: form for name, form in faulty.items() if name in forms}
    return {f"{name}_form": form for name, form in (forms | mended).items()} | {"faulty": next(iter(mended), "")}


urls = [
    path("inbox/<row:pk>/", conversation, name="conversation"),
    path("inbox/<row:pk>/messages/<row:message>/original/", original, name="original"),
]
