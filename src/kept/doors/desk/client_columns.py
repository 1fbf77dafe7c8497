"""The three questions of a client's page: is the relationship good, does the work go as promised, does it pay."""

from django.urls import reverse

from kept.doors.desk import trust_words
from kept.doors.desk.client_drawn import Column, kept_line, people_line
from kept.doors.desk.client_money_words import does_it_pay, how_much_time
from kept.doors.desk.client_words import Fact, ago, waits
from kept.doors.desk.felt_client_words import output
from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.standing_said import standing_fact
from kept.doors.desk.trust_drawn import trust_line
from kept.kit import words
from kept.kit.names import calling
from kept.measures.promises import State as Standing
from kept.readings.budgets import Running
from kept.readings.client_page import Page
from kept.readings.client_team import Person
from kept.readings.felt import ClientFelt
from kept.readings.snapshots.counted import Counted
from kept.readings.standing import Grounds

SHORT = 0.10  # a promised share missed by less is no more than how a month falls
FITS = 18  # letters of a promise beside its day
FEW = 5  # promises below which a share says little


def columns(
    page: Page, shown: Running | None, *, trust: Counted | None, felt: ClientFelt, stays: Grounds
) -> list[Column]:
    """Relationship, work and money side by side; who may not see money reads of hours instead."""
    pays = does_it_pay(page, shown) if page.money else how_much_time(page)
    relationship = _trusted(page, trust) if trust else _relationship(page)
    relationship.facts.append(standing_fact(page.client.pk, stays))
    return [relationship, _work(page, felt), pays]


def _trusted(page: Page, trust: Counted) -> Column:
    """The relationship as far as trust was counted: its range on a line, and where it stood a quarter ago."""
    strong, rest = trust_words.number(trust)
    kept = page.promises
    said = f"{kept.kept} of {len(kept.settled)}" if kept.settled else "none settled in half a year"
    facts = [Fact("Promises kept", State("calm", said), "#promises"), _waiting(page), _last(page)]
    answer = _hurts(page) or trust_words.answer(trust) or _held(page)
    to = reverse("desk:trust", args=[page.client.pk])
    return Column("Is the relationship good?", answer, [Piece(rest)], trust_line(trust), facts, (strong, to))


def _relationship(page: Page) -> Column:
    kept = page.promises
    small = [Piece(f"{kept.kept} of {len(kept.settled)} promises kept", "#promises")]
    if kept.interval:
        low, high = round(100 * kept.interval.low), round(100 * kept.interval.high)
        few = "; so few say little" if len(kept.settled) < FEW else ""
        small.append(Piece(f" in half a year, between {low} and {high} in 100{few}."))
    else:
        small = [Piece("No promise was settled in half a year.")]
    facts = [*_replies(page), _waiting(page), _last(page)]
    return Column("Is the relationship good?", _held(page), small, kept_line(kept), facts)


def _hurts(page: Page) -> str:
    """What hurts now; "" if nothing does."""
    late = [one for one in page.waiting if one.wait.late]
    if late:
        return f"{calling(late[0].asked)} waits past our pledge."
    if page.promises.overdue:
        broken = page.promises.overdue[0].judged.state == Standing.BROKEN
        return "Our word is broken." if broken else "We are late with our word."
    return ""


def _held(page: Page) -> str:
    """The answer: what hurts now, else how far our word held, else how we answer, else that it is too early."""
    if hurts := _hurts(page):
        return hurts
    kept, settled, replies = page.promises.kept, len(page.promises.settled), page.replies.summary
    if settled:
        return _word(kept, settled)
    if replies.judged:
        return "They are answered in time." if replies.within == replies.judged else "Some answers came late."
    return "Too early to say."


def _word(kept: int, settled: int) -> str:
    if kept == settled:
        return "Our word has held every time."
    share = kept / settled
    return "Our word mostly holds." if share >= 0.8 else "Our word slips." if share >= 0.5 else "Our word seldom holds."


def _replies(page: Page) -> list[Fact]:
    one = page.replies.summary
    if not one.n:
        return [Fact("Answered within our pledge", State("unknown", "nobody has asked yet"))]
    low, high = round(100 * one.within_interval.low), round(100 * one.within_interval.high)
    within = f"{one.within} of {one.judged}, {low} to {high} in 100" if one.judged else "none to count yet"
    half = words.working_span(one.median) if one.median is not None else "not reached"
    return [
        Fact(
            "Answered within our pledge", State("calm", within, "95 in 100 that the true share lies there"), "#replies"
        ),
        Fact("Half have an answer in", State("calm", half), "#replies"),
    ]


def _waiting(page: Page) -> Fact:
    if not page.waiting:
        return Fact("Waiting for us", State("calm", "nobody"))
    first, others = page.waiting[0], len(page.waiting) - 1
    state = waits(first, Eye(page.at, page.zone))
    if others:
        state = State(state.s, f"{state.words}, and {words.count(others, 'other')}", state.title)
    return Fact("Waiting for us", state, reverse("desk:conversation", args=[first.conversation_id]))


def _last(page: Page) -> Fact:
    if page.last is None:
        return Fact("Last spoken", State("unknown", "never, as far as we know"))
    to = reverse("desk:conversation", args=[page.last.conversation_id])
    return Fact("Last spoken", State("calm", ago(page), words.full(page.last.at, page.zone)), to)


def _work(page: Page, felt: ClientFelt) -> Column:
    promised = [one for one in page.hours.people if one.sold]
    missed = max(promised, key=lambda one: one.short, default=None)
    shown = missed if missed and missed.short >= SHORT else promised[0] if promised else None
    return Column(
        "Does the work go as promised?",
        _going(page, missed),
        output(felt),
        people_line(shown) if shown and any(one.hours for one in promised) else None,
        [_open(page), _next(page), _promised(page, shown)],
    )


def _going(page: Page, missed: Person | None) -> str:
    late, opened = len(page.promises.overdue), len(page.promises.open)
    if late:
        return f"{words.sentence(words.count(late, 'promise'))} {'is' if late == 1 else 'are'} past its day."
    if missed and missed.short >= SHORT and missed.sold:
        return f"Nothing is late, but {missed.first_name} is missed."
    if opened:
        return f"Nothing is late; {words.count(opened, 'promise')} {'is' if opened == 1 else 'are'} open."
    return "Nothing is promised at the moment."


def _open(page: Page) -> Fact:
    late, opened = page.promises.overdue, len(page.promises.open)
    to = f"{reverse('desk:promises')}?client={page.client.pk}"
    if not opened:
        return Fact("Open promises", State("calm", "none"), to)
    said = (
        f"{opened}, {'all' if len(late) == opened else words.count(len(late), '').strip()} late"
        if late
        else str(opened)
    )
    return Fact("Open promises", State("late" if late else "calm", said), to)


def _next(page: Page) -> Fact:
    one = page.promises.next
    if one is None:
        return Fact("Falls due next", State("calm", "nothing"))
    due = words.day(one.judged.due.astimezone(page.zone).date(), today=page.day)
    said = f"“{one.promise.words[:FITS].rstrip()}{'…' if len(one.promise.words) > FITS else ''}”, {due}"
    return Fact(
        "Falls due next", State("calm", said, one.promise.words), reverse("desk:promise", args=[one.promise.pk])
    )


def _promised(page: Page, shown: Person | None) -> Fact:
    if shown is None:
        return Fact("Promised people", State("unknown", "nobody was named"))
    if not any(one.hours for one in page.hours.people):
        return Fact("Promised people", State("calm", "no hours worked yet"), "#people")
    said = f"{shown.first_name} {100 * shown.share:.0f}% of hours, sold {100 * (shown.sold or 0):.0f}%"
    return Fact("Promised people", State("soon" if shown.short >= SHORT else "calm", said), "#people")
