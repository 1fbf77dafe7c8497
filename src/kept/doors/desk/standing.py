"""Why a client stays: three quantities with the rows behind them, what to do, and the one question that would tell."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk import standing_acts, standing_offers
from kept.doors.desk.acts import me
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.standing_drawn import columns
from kept.doors.desk.standing_rows import Row, day_of, pull
from kept.doors.desk.standing_said import question
from kept.doors.desk.ways import way
from kept.kit import clock, words
from kept.kit.names import calling
from kept.ledgers.choices.models import LockKind, Sign
from kept.ledgers.clients.models import Client
from kept.measures.standing import Kind
from kept.measures.standing_numbers import Lock
from kept.measures.standing_signs import Signal
from kept.measures.standing_words import WHAT_TO_DO
from kept.readings.calendars import offices
from kept.readings.evidence import pulses
from kept.readings.standing import Grounds, grounds_now
from kept.readings.standing_ties import Tie

LATEST = 30  # rows of answers, and of signs
TIE = {kind.name: kind for kind in LockKind}


@dataclass(frozen=True)
class Bond:
    """One of the five ties: whether it ties them, who says so, and what one tap would say instead."""

    words: str
    state: State
    why: str
    key: str
    turn: str  # "yes" or "no": what the tap says


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Why they stay."""
    viewer, now = me(request), clock.now()
    client = get_object_or_404(Client.objects.seen_by(viewer).select_related("lead"), pk=pk)
    eye = Eye(now, offices().zone_of(viewer))
    one = grounds_now([pk], at=now)[pk]
    context = {
        "place": "clients",
        "client": client,
        "one": one,
        "opening": opening(client.name, one),
        "do": WHAT_TO_DO[one.standing.kind],
        "question": question(one.standing),
        "columns": columns(one, eye),
        "answers": _answers(one, eye),
        "signs": _signs(client, one, eye),
        "bonds": [_bond(lock, one) for lock in Lock],
        "free": _free(one, client, eye),
    }
    context |= standing_offers.section(client, eye, viewer=viewer, numbers=one.numbers)
    return render(request, "desk/standing.html", context)


def opening(name: str, one: Grounds) -> str:
    """ "Quillon is held: 64 in 100 that they stay because leaving is hard." """
    standing = one.standing
    odds = f"{100 * standing.chance:.0f} in 100"
    said = {
        Kind.LOYAL: f"{name} would choose us again, {odds}",
        Kind.FOR_THE_PRICE: f"{name} is here for now, for the price, {odds}",
        Kind.HELD: f"{name} is held: they stay because leaving is hard, {odds}",
        Kind.LEAVING: f"{name} may be leaving, {odds}",
        Kind.UNCLEAR: f"It is too early to say why {name} stays",
    }[standing.kind]
    if standing.untested:
        return f"{said}; but they never had a free choice."
    return f"{said}, and sends us others." if standing.sends_others else f"{said}."


def _answers(one: Grounds, eye: Eye) -> list[Row]:
    """How it felt, the newest first. One query."""
    told = pulses.told([each.pk for each in one.answers[:LATEST]])
    return [Row(*day_of(each.at, eye), words=told[each.pk].words) for each in one.answers[:LATEST] if each.pk in told]


def _signs(client: Client, one: Grounds, eye: Eye) -> list[Row]:
    """What was seen, the newest first; what is counted stands among it. One query."""
    rows = (
        Sign.objects.filter(client=client)
        .select_related("by", "contact")
        .in_bulk([each.row for each in one.signs[:LATEST] if each.row])
    )
    found = []
    for each in one.signs[:LATEST]:
        row = rows.get(each.row or 0)
        by = f"noted by {row.by.first_name}" if row and row.by else "counted"
        said = f"{each.sign}{f' ({row.contact.name})' if row and row.contact else ''}"
        found.append(
            Row(
                *day_of(each.at, eye),
                words=f"{words.sentence(said)}. {each.words}",
                who=by,
                state=pull(Signal(each.sign, each.at, each.row or 0), one.numbers),
                undo=way("sign", client.pk, row.pk) if row else "",
            )
        )
    return found


def _bond(lock: Lock, one: Grounds) -> Bond:
    tie = next((each for each in (*one.ties.holding, *one.ties.denied) if each.lock is lock), None)
    facts = {"words": words.sentence(str(TIE[lock.name].label)), "key": TIE[lock.name].value}
    if tie is None:
        state = State("calm", "does not") if one.ties.judged else State("unknown", "not judged")
        return Bond(**facts, state=state, why="", turn="yes")
    state = State("open", "ties them") if tie.ties else State("calm", "does not")
    return Bond(**facts, state=state, why=_why(tie), turn="no" if tie.ties else "yes")


def _why(tie: Tie) -> str:
    if tie.job is not None:
        until = f" until {tie.until.day} {words.MONTHS[tie.until.month - 1]} {tie.until.year}" if tie.until else ""
        return f"“{tie.words}” runs{until}" if until else f"“{tie.words}” has a notice of {tie.days} days"
    until = f", until {tie.until.day} {words.MONTHS[tie.until.month - 1]} {tie.until.year}" if tie.until else ""
    said = f"{calling(tie.who) if tie.who else 'Somebody'} judged it{until}"
    return f"{said}: “{tie.words}”" if tie.words else said


def _free(one: Grounds, client: Client, eye: Eye) -> Row | None:
    """Who judged that nothing ties them, and where that is taken back."""
    row = one.ties.free
    if row is None or row.at is None:
        return None
    said = f"{calling(row.who) if row.who else 'Somebody'} judged that nothing ties them"
    return Row(
        *day_of(row.at, eye), words=f"{said}: “{row.words}”" if row.words else said, undo=way("tie", client.pk, row.pk)
    )


urls = [path("clients/<row:pk>/standing/", page, name="standing"), *standing_acts.urls, *standing_offers.urls]
