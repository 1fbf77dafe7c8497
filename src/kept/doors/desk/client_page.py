"""A client's page: three questions side by side, the rows behind every number, and the story."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from kept.doors.desk import promise_states
from kept.doors.desk.acts import me
from kept.doors.desk.client_burn import burn_chart, dates_of, stretches
from kept.doors.desk.client_columns import columns
from kept.doors.desk.client_drawn import Line, people_line
from kept.doors.desk.client_forms import ONE_TAP, may_welcome
from kept.doors.desk.client_money_words import burn_says, gutter, why_over
from kept.doors.desk.client_replies import reply_rows, reply_says
from kept.doors.desk.client_story import told
from kept.doors.desk.client_words import meta, second
from kept.doors.desk.drawn import rows
from kept.doors.desk.felt_client import section
from kept.doors.desk.frame import rail_of
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.trust_section import moved
from kept.doors.desk.ways import way
from kept.kit import clock, words
from kept.kit.names import calling
from kept.measures.trust_streams import STREAMS
from kept.readings.budgets import Running
from kept.readings.calendars import Offices, offices
from kept.readings.client_page import Page, client_page
from kept.readings.client_team import Person
from kept.readings.felt import HALF_A_YEAR, felt_of
from kept.readings.promised import Said
from kept.readings.promises_page import Promises
from kept.readings.snapshots.counted import counted, days_of, opened
from kept.readings.standing import grounds_now
from kept.readings.story import Act, Story, story_before
from kept.readings.trust_numbers import parameters_at

LATEST = 7


@dataclass(frozen=True)
class Seen:
    """What the words of a promise's state need to know of the page they stand on."""

    at: datetime
    zone: Any


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The client; with `before` only the story of before a moment."""
    viewer, places, now = me(request), offices(), clock.now()
    client: Any = next(iter(opened(viewer, pk, now, *days_of(now.astimezone(places.zone).date()))), None)
    if client is None:
        raise Http404
    if before := _moment(request.GET.get("before")):
        eye = Eye(now, places.zone_of(viewer))
        story = story_before(client, viewer=viewer, before=before, offices=places, at=now, zone=eye.zone)
        day = words.long_day(before.astimezone(eye.zone).date())
        context = {"place": "clients", "client": client, "before": day} | _story(eye, story)
        return render(request, "desk/client.html", context)
    one = client_page(client, viewer=viewer, at=now, offices=places)
    context = _context(one, places, job=number(request.GET.get("job")))
    context["rail"] = rail_of(viewer, firm=places.firm.name if places.firm else "", inbox=client.waiting)
    return render(request, "desk/client.html", context)


def _moment(said: str | None) -> datetime | None:
    """The moment an address names; one that is none, or has no zone, is as good as none."""
    try:
        at = parse_datetime(said or "")
    except ValueError:
        return None
    # at both ends of all dates no zone can be reckoned with
    return at if at and at.tzinfo and date.min.year < at.year < date.max.year else None


def _context(one: Page, places: Offices, *, job: int) -> dict[str, Any]:
    shown = _shown(one, job)
    viewer = one.viewer
    seen = Seen(one.at, one.zone)
    trust = counted(one.client)
    felt = felt_of([one.client.pk], at=one.at, since=one.at - HALF_A_YEAR)[one.client.pk]
    stays = grounds_now([one.client.pk], at=one.at)[one.client.pk]
    context = section(felt, at=one.at, places=places, viewer=viewer) | {
        "place": "clients",
        "page": one,
        "client": one.client,
        "meta": meta(one),
        "second": second(one, shown, stays=stays.standing),
        "columns": columns(one, shown, trust=trust, felt=felt, stays=stays),
        "trust": moved(trust, client=one.client.pk, zone=one.zone, today=one.day) if trust else None,
        "promises": [_promise(said, seen) for said in one.promises.newest[:LATEST]],
        "unkept": [_promise(said, seen) for said in one.promises.unkept],
        "replies": {which: rows("desk/client.html#answered", lines) for which, lines in reply_rows(one).items()},
        "reply_says": reply_says(one),
        "people": [_person(person) for person in one.hours.people],
        "sold_people": any(person.sold for person in one.hours.people),
        "people_since": words.MONTHS[one.hours.people_since.month - 1],
        "quiet": _quiet(one),
        "answer_to": _answer(one),
        "may_welcome": may_welcome(viewer),
    }
    return context | _hours(one, shown, places) | _story(Eye(one.at, one.zone), one.story)


def _shown(one: Page, job: int) -> Running | None:
    """The budget the page speaks of: the one asked for, else the most pressing that has not ended."""
    jobs = one.hours.running
    asked = next((row for row in jobs if row.engagement.pk == job), None)
    return asked or next((row for row in jobs if row.budget and not row.is_over(one.day)), jobs[0] if jobs else None)


def _promise(said: Said, seen: Seen) -> dict[str, Any]:
    like = cast(Promises, seen)  # only the three are read
    state, says = promise_states.state_words(said, like)
    return {
        "said": said,
        "to": way("promise", said.promise.pk),
        "due": promise_states.due_words(said.judged.due, like),
        "full": words.full(said.judged.due, seen.zone),
        "state": State(state, says),
    }


def _person(one: Person) -> tuple[Person, Line, str, str]:
    """One of us with their line, the share that was sold and the share they worked."""
    return one, people_line(one), f"{100 * one.sold:.0f}%" if one.sold else "", f"{100 * one.share:.0f}%"


def _quiet(one: Page) -> list[dict[str, str]]:
    """The acts behind the three dots."""
    pk = one.client.pk
    change = [{"words": "Change lead, stage or pledge", "href": reverse("desk:changing", args=[pk])}]
    return (change if may_welcome(one.viewer) else []) + [
        {"words": "Write a letter", "href": f"{reverse('desk:write')}?client={pk}", "key": "write"},
        {"words": "We met", "href": reverse("desk:meetings", args=[pk])},
        {"words": "Write a meeting note", "href": reverse("desk:noting", args=[pk])},
        {"words": "Write down somebody new", "href": reverse("desk:contacts", args=[pk])},
        {"words": "All their promises", "href": f"{reverse('desk:promises')}?client={pk}"},
        {"words": "Our pledge to them", "href": reverse("desk:client_pledge", args=[pk])},
    ]


def _hours(one: Page, shown: Running | None, places: Offices) -> dict[str, Any]:
    if shown is None:
        return {"shown": None}
    days = one.hours.by_day(shown)
    dates = dates_of(shown, places.calendar(one.client))
    said, unexplained = why_over(shown, one.hours)
    return {
        "shown": shown,
        "jobs": list(one.hours.running) if len(one.hours.running) > 1 else [],
        "hours_in": words.MONTHS[shown.starts.month - 1] if shown.engagement.kind != "fixed" else shown.engagement.name,
        "burn": burn_chart(shown, days, dates=dates, money=one.money),
        "burn_says": burn_says(shown, one),
        "gutter": gutter(shown, one),
        "stretches": stretches(days),
        "why": said if one.money else [],
        "unexplained": round(2 * unexplained) / 2 if one.money and unexplained >= 0.5 else 0,
        "one_tap": ONE_TAP,
        "month": one.day.replace(day=1).isoformat(),
        "over": [(words.MONTHS[month.month - 1], hours) for month, hours in one.hours.over] if one.money else [],
    }


def _story(eye: Eye, story: Story) -> dict[str, Any]:
    earlier = f"?{urlencode({'before': story.earlier.isoformat()})}#story" if story.earlier else ""
    met = any(isinstance(fact, Act) and fact.line.verb == "touches.hold" for fact in story.facts)
    streams = parameters_at(eye.now).streams if met else STREAMS  # only a meeting is told by them
    lines = [told(fact, eye, streams=streams) for fact in story.facts]
    return {"story": rows("desk/client.html#told", lines), "earlier": earlier}


def _answer(one: Page) -> tuple[str, str]:
    """The most urgent act: to whom and where; nobody: empty."""
    if not one.waiting:
        return ("", "")
    first = one.waiting[0]
    return calling(first.asked), reverse("desk:conversation", args=[first.conversation_id])


urls = [path("clients/<row:pk>/", page, name="client")]
