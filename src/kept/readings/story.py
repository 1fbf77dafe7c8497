"""The story of one client: everything that happened in time, newest first, a page at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from kept.ledgers.clients.history import lines_seen_by
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.exchanged import LATELY, Exchanged, exchanged_before
from kept.readings.promised import Said, judged
from kept.readings.replies import Reply, held_in, replies_of

PAGE = 20
LINES = 3 * PAGE  # of the journal, looked at for one page; what was imported at once is told once
PROMISES = ["promises.promise", "promises.keep", "promises.move", "promises.release", "promises.withdraw"]
MONEY = ["engagements.budget", "engagements.give", "engagements.explain"] + [
    f"bills.{verb}" for verb in ("send", "surprise", "settle", "take_back")
]
MONEY_ROWS = ["engagements.Budget", "engagements.Gift", "engagements.Explanation"]
ACTS = (
    ["clients.welcome", "clients.change", "clients.meet", "clients.add_address", "clients.drop_address"]
    + ["clients.agree", "clients.take_back_agreement"]
    + [f"engagements.{verb}" for verb in ("start", "promise_person", "take_back", "close", "reopen")]
)
SERVED = (
    [f"touches.{verb}" for verb in ("hold", "miss", "call_off", "take_back")]
    + [f"deliverables.{verb}" for verb in ("hand_over", "receive", "take_back")]
    + [f"engagements.{verb}" for verb in ("replace", "tell", "put_back")]
)
ELSEWHERE = Q(verb="conversations.set_aside", facts__kind="elsewhere")


@dataclass(frozen=True)
class Spoke:
    """What was said in one conversation on one day, by both sides; `at` is when the last of it was.

    `theirs` and `ours` are who spoke, the first first; `begun` says that we spoke first that day. `reply` is the clock
    that our answer stopped, or theirs that still runs.
    """

    at: datetime
    conversation_id: int
    subject: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    begun: bool
    channel: str
    messages: int
    reply: Reply | None = None


@dataclass(frozen=True)
class Act:
    """A line of the journal, `times` of them where many were written at once; `said`: the promise it is about."""

    at: datetime
    line: Line
    times: int = 1
    said: Said | None = None


Fact = Spoke | Act


@dataclass(frozen=True)
class Story:
    """One page; `earlier` is the moment before which the next one begins, None at the beginning of all."""

    facts: tuple[Fact, ...]
    earlier: datetime | None


@dataclass(frozen=True)
class Known:
    """What a page has loaded of the last half year: messages, their clocks, and the promises open or ended in it."""

    words: Sequence[Exchanged]
    replies: Sequence[Reply]
    promises: Sequence[Said]


def story(client: Client, *, viewer: Member, known: Known, at: datetime, zone: ZoneInfo) -> Story:
    """The newest page, of the last half year. One query."""
    lines = _lines(client, viewer, Q(at__lte=at))
    since = at - LATELY
    facts: list[Fact] = [*_spoken(known.words, known.replies, zone), *_acts(lines, known.promises)]
    return _page([fact for fact in facts if fact.at >= since], since if lines and lines[-1].at < since else None)


def story_before(
    client: Client, *, viewer: Member, before: datetime, offices: Offices, at: datetime, zone: ZoneInfo
) -> Story:
    """The page of what happened before a moment. Five queries, however long the story is."""
    midnight = datetime.combine(before.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    # a day's words are one fact, told when its last was said: the rest of the day tells which were told already
    words, complete_from = exchanged_before(client.pk, before=midnight, facts=PAGE + 1)
    replies = replies_of(client, words, at=at, offices=offices, held=held_in(words, at=at)).each
    lines = _lines(client, viewer, Q(at__lt=before))
    facts: list[Fact] = [*_spoken(words, replies, zone), *_acts(lines, _promises(lines, at=at, offices=offices))]
    floors = [moment for moment in (complete_from, lines[-1].at if len(lines) == LINES else None) if moment]
    floor = max(floors, default=None)
    return _page([fact for fact in facts if fact.at < before and (floor is None or fact.at >= floor)], floor)


def _page(facts: Iterable[Fact], rest: datetime | None) -> Story:
    """The newest facts; those of the same moment as the last one are not torn apart."""
    ordered = sorted(facts, key=lambda fact: fact.at, reverse=True)
    shown = ordered[:PAGE]
    shown += [fact for fact in ordered[PAGE:] if fact.at == shown[-1].at]
    return Story(tuple(shown), shown[-1].at if len(shown) < len(ordered) else rest)


def _lines(client: Client, viewer: Member, when: Q) -> list[Line]:
    told = Q(verb__in=[*PROMISES, "promises.take_back", *ACTS, *SERVED]) | ELSEWHERE
    if viewer.may_see_money:
        told |= Q(verb__in=MONEY)
    else:
        told &= ~Q(noun__in=MONEY_ROWS)
    rows: QuerySet[Line] = lines_seen_by(viewer).filter(when, told, client_id=client.pk)
    return list(rows.order_by("-at", "-pk")[:LINES])


def _acts(lines: Iterable[Line], promises: Iterable[Said]) -> list[Act]:
    of = _by_row(promises)
    found: list[Act] = []
    for line in lines:
        if found and _same(found[-1].line, line):
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(Act(line.at, line, said=of.get((line.noun, line.row_id))))
    return found


def _same(one: Line, other: Line) -> bool:
    """Whether two lines were written by one act, such as an import."""
    told_each = one.verb in PROMISES
    return not told_each and (one.verb, one.at, one.by_name) == (other.verb, other.at, other.by_name)


def _by_row(promises: Iterable[Said]) -> Mapping[tuple[str, int | None], Said]:
    """Promises by the rows a line may be about: their own, and each of their outcomes."""
    found: dict[tuple[str, int | None], Said] = {}
    for said in promises:
        found["promises.Promise", said.promise.pk] = said
        for outcome in said.outcomes:
            found["promises.Outcome", outcome.pk] = said
    return found


def _promises(lines: Iterable[Line], *, at: datetime, offices: Offices) -> list[Said]:
    mentioned = [(line.noun, line.row_id) for line in lines if line.verb in PROMISES and line.row_id is not None]
    own = [row for noun, row in mentioned if noun == "promises.Promise"]
    outcomes = [row for noun, row in mentioned if noun == "promises.Outcome"]
    # not by a join: either condition alone finds few rows by their keys, both across a join would read every promise
    of_outcomes = Outcome.objects.filter(pk__in=outcomes).values("promise")
    return judged(Promise.objects.filter(Q(pk__in=own) | Q(pk__in=of_outcomes)), at=at, offices=offices)


def _spoken(words: Sequence[Exchanged], replies: Iterable[Reply], zone: ZoneInfo) -> Iterator[Spoke]:
    clocks = {row: reply for reply in replies for row in _rows_of(reply)}
    days: dict[tuple[int, date], list[Exchanged]] = {}
    for one in words:
        days.setdefault((one.conversation_id, one.at.astimezone(zone).date()), []).append(one)
    for day in days.values():
        told = [clocks[one.pk] for one in reversed(day) if one.pk in clocks]
        yield Spoke(
            at=day[-1].at,
            conversation_id=day[-1].conversation_id,
            subject=day[-1].subject,
            theirs=tuple(dict.fromkeys(one.who for one in day if not one.ours)),
            ours=tuple(dict.fromkeys(one.who for one in day if one.ours)),
            begun=day[0].ours,
            channel=day[0].channel,
            messages=len(day),
            reply=told[0] if told else None,
        )


def _rows_of(reply: Reply) -> Iterable[int]:
    """The messages that tell of a clock: the answer; while it runs, what they wrote."""
    clock = reply.wait.clock
    return chain([clock.answered_by] if clock.answered_by else [clock.started_by, *clock.nudges])
