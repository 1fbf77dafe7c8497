"""The inbox: who waits, with whom, what was set aside; one row at a glance beside it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me
from kept.doors.desk.frame import rail_of
from kept.doors.desk.inbox_clock import acts_on
from kept.doors.desk.inbox_glance import glance_lines, today_so_far, unheard_lines
from kept.doors.desk.inbox_opening import named, opening
from kept.doors.desk.inbox_sift import Sift
from kept.doors.desk.inbox_table import table
from kept.doors.desk.inbox_words import Eye, sections
from kept.doors.desk.letters_drafts import letters_begun
from kept.kit import clock, words
from kept.ledgers.team.models import Member
from kept.readings.answered import Reply
from kept.readings.calendars import Offices, offices
from kept.readings.inbox import Group, Inbox, Row, Whose, as_rows
from kept.readings.inbox import inbox as read
from kept.readings.inbox_aside import glance, unheard

A_PAGE = 50
QUIET = timedelta(days=42)  # nothing heard for six weeks is a silence


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits, as the address sifts it."""
    viewer, now, places = me(request), clock.now(), offices()
    sift, eye = Sift.of(request.GET), Eye(now, places.zone_of(viewer), frozenset({viewer.email.lower()}))
    found = read(viewer, at=now, offices=places, whose=sift.whose, channel=sift.by)
    items = found.answered if sift.done else list(found.rows)
    if request.GET.get("as") == "csv":
        return table(as_rows(items, members=found.members, offices=places), eye)
    page: Page[Row | Reply] = Paginator(items, A_PAGE).get_page(sift.page)
    rows = as_rows(list(page.object_list), members=found.members, offices=places, besides=named(found, eye))
    context = _context(found, rows, replace(sift, page=page.number), eye) | _paging(page, sift)
    # the count the rail shows was read already
    context["rail"] = rail_of(viewer, firm=places.firm.name if places.firm else "", inbox=found.everyones)
    if not sift.done and _is_calm(found, sift):
        context |= _calm(viewer, found, eye, places)
    context["drafts"] = letters_begun(viewer)
    return render(request, "desk/inbox.html", context)


def _is_calm(found: Inbox, sift: Sift) -> bool:
    """Whether nobody at all waits whom this reader could answer."""
    return sift.whose == Whose.YOURS and not sift.by and not found.of(Group.WAITING, Group.STRANGERS, Group.NOBODY)


def _calm(viewer: Member, found: Inbox, eye: Eye, places: Offices) -> dict[str, Any]:
    """What is worth reading when nobody waits."""
    quiet = unheard(viewer, before=eye.now - QUIET)
    return {
        "unheard": unheard_lines(quiet, eye),
        "so_far": today_so_far(as_rows(found.answered, members=found.members, offices=places)),
    }


def _paging(page: Page[Row | Reply], sift: Sift) -> dict[str, Any]:
    return {
        "page": page,
        "newer": replace(sift, page=page.number - 1, at=0).url() if page.has_previous() else "",
        "older": replace(sift, page=page.number + 1, at=0).url() if page.has_next() else "",
    }


def _context(found: Inbox, rows: list[Row], sift: Sift, eye: Eye) -> dict[str, Any]:
    chosen = next((row for row in rows if row.conversation.pk == sift.at), rows[0] if rows else None)
    waits = [row.of for row in found.of(Group.WAITING, Group.STRANGERS, Group.NOBODY)]
    totals = Counter(row.group for row in found.rows) | Counter({Group.ANSWERED: len(found.answered)})
    local = eye.now.astimezone(eye.zone)
    return {
        "place": "inbox",
        "now": f"{words.long_day(local.date())}, {local:%H:%M}",
        "opening": opening(found, sift.whose, eye),
        "sift": sift,
        "whose": sift.whose_links(found),
        "channels": sift.channel_links(),
        "answered": len(found.answered),
        "answered_to": replace(sift.first_page(), done=not sift.done).url(),
        "sections": sections(rows, totals, eye, current=chosen.conversation.pk if chosen else 0),
        "glance": glance_lines(glance(chosen), eye) if chosen else None,
        "cut": found.cut,
        "acts": acts_on(chosen) if chosen else [],
        "awaited": chosen is not None and chosen.awaited is not None,
        "position": waits.index(chosen.of) + 1 if chosen and chosen.of in waits else 0,
        "waits": len(waits),
        "glance_to": sift.glance_to(),
        "csv": sift.first_page().url(**{"as": "csv"}),
    }


urls = [path("inbox/", inbox, name="inbox")]
