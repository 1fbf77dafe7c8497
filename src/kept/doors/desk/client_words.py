"""What a client's page says: its first sentences, and the answers to its three questions."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.inbox_words import Eye, State, clock
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.engagements.models import Kind
from kept.measures.promises import State as Stands
from kept.measures.standing import Kind as Stays
from kept.measures.standing import Standing
from kept.readings.budgets import Running
from kept.readings.client_page import Page
from kept.readings.replies import Reply

SILENCE = timedelta(days=21)  # what is longer deserves a word


def meta(page: Page) -> str:
    """ "Retainer, 80 hours a month · with us since March 2024 · Bo leads"."""
    client = page.client
    stage = "" if client.stage == "active" else words.sentence(client.get_stage_display())
    since = f"with us since {words.MONTHS[client.since.month - 1]} {client.since.year}" if client.since else ""
    lead = f"{client.lead.first_name} leads" if client.lead else "nobody leads yet"
    return " · ".join(said for said in (stage, _sold(page), since, lead) if said)


def _sold(page: Page) -> str:
    now = [row for row in page.hours.running if not row.is_over(page.day)]
    if not now:
        return ""
    first = min(now, key=lambda row: (row.engagement.kind != Kind.RETAINER, row.engagement.pk))
    hours = f", {first.budget:g} hours" if first.budget and page.money else ""
    named = {
        Kind.RETAINER: f"Retainer{hours}{' a month' if hours else ''}",
        Kind.FIXED: f"{first.engagement.name}{hours}",
        Kind.HOURLY: f"{first.engagement.name}, by the hour",
    }[Kind(first.engagement.kind)]
    others = len(now) - 1
    return named + (f", and {words.count(others, 'other job')}" if others else "")


def second(page: Page, shown: Running | None, *, stays: Standing | None = None) -> list[Piece]:
    """Under the name: why they stay, who waits, what we owe, whose hours run out, how long it has been quiet."""
    said = [*_waiting(page), *_overdue(page), *_hours(page, shown)]
    quiet, why = _quiet(page), _staying(page, stays)
    if said:
        return why + said + quiet
    if page.last is None and not page.promises.newest and not page.hours.days:
        return [Piece(f"Nothing is known of {page.client.name} yet: no word, no promise, no hours.")]
    holds = page.money and shown is not None and shown.forecast is not None
    calm = "Nobody waits, no promise is late" + (", and the hours will likely hold." if holds else ".")
    return [*why, Piece(calm), *(quiet or _spoken(page))]


def _staying(page: Page, stays: Standing | None) -> list[Piece]:
    if stays is None or stays.kind is Stays.UNCLEAR:
        return []
    says = {
        Stays.LOYAL: "They would choose us again",
        Stays.FOR_THE_PRICE: "They stay for the price, for now",
        Stays.HELD: "They stay because leaving is hard, not because it feels good",
        Stays.LEAVING: "They may be leaving",
    }[stays.kind]
    untested = ", but were never free to leave" if stays.untested else ""
    return [Piece(says + untested, reverse("desk:standing", args=[page.client.pk])), Piece(". ")]


def _waiting(page: Page) -> list[Piece]:
    if not page.waiting:
        return []
    first = page.waiting[0]
    name = Piece(calling(first.asked), reverse("desk:conversation", args=[first.conversation_id]))
    many = len({one.asked for one in page.waiting})
    if many > 1:
        return [
            Piece(f"{words.sentence(words.count(many, 'person', 'people'))} are waiting for us, "),
            name,
            Piece(" the longest. "),
        ]
    left = waits(first, Eye(page.at, page.zone)).words.partition(", ")[2]
    return [name, Piece(f" is waiting for us, {left}. ")]


def _overdue(page: Page) -> list[Piece]:
    late = page.promises.overdue
    if not late:
        return []
    name = Piece(late[0].first, reverse("desk:promise", args=[late[0].promise.pk]))
    if len(late) > 1:
        return [Piece(f"{words.sentence(words.count(len(late), 'promise'))} are late, "), name, Piece("’s first. ")]
    verb = "broken" if late[0].judged.state == Stands.BROKEN else "late"
    return [Piece("Our promise to "), name, Piece(f" is {verb}. ")]


def _hours(page: Page, shown: Running | None) -> list[Piece]:
    if not page.money or shown is None or shown.is_over(page.day) or not (shown.alarm and shown.alarm.level):
        return []
    whose = f"{words.MONTHS[shown.starts.month - 1]}’s hours" if shown.engagement.kind == Kind.RETAINER else (
        f"The hours of {shown.engagement.name}"
    )  # fmt: skip
    if shown.budget is not None and shown.worked > shown.budget:
        return [Piece(f"{whose} are used up", "#hours"), Piece(". ")]
    if shown.run_out:
        return [Piece(f"{whose} run out {runs_out(shown.run_out, page)}", "#hours"), Piece(". ")]
    return [Piece(f"{whose} will likely not last", "#hours"), Piece(". ")]


def runs_out(day: date, page: Page) -> str:
    """ "today", "on Tuesday the 27th", "on Monday the 2nd of November"."""
    if day == page.day:
        return "today"
    month = "" if day.month == page.day.month else f" of {words.MONTHS[day.month - 1]}"
    return f"on {words.day_in_month(day)}{month}"


def _quiet(page: Page) -> list[Piece]:
    if page.last is None or page.at - page.last.at < SILENCE:
        return []
    return [Piece(f"We have not spoken for {words.count((page.at - page.last.at).days, 'day')}.")]


def _spoken(page: Page) -> list[Piece]:
    if page.last is None:
        return [Piece(" Nobody has written yet.")]
    return [Piece(f" We last spoke {ago(page)}.")]


def ago(page: Page) -> str:
    """When anybody last spoke with them: "today", "on Friday", "23 days ago", "never"."""
    if page.last is None:
        return "never"
    return words.since(page.last.at.astimezone(page.zone).date(), today=page.day).replace("since ", "on ")


@dataclass(frozen=True)
class Fact:
    """One line under an answer: what, and its words with their state and where they lead."""

    name: str
    state: State
    to: str = ""


def waits(one: Reply, eye: Eye) -> State:
    """ "Cleo, 50 min left"."""
    found = clock(one.wait, eye)
    return State(found.s, f"{calling(one.asked)}, {found.words}", found.title)
