"""How a quarter felt to a client, as they may read it themselves: their marks, who was heard, words chosen to quote."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import fmean

from django.db.models import Exists, OuterRef

from kept.kit.charts.axis import Axis, number
from kept.kit.charts.ranges import range_line
from kept.kit.words import SMALL, sentence
from kept.ledgers.clients.models import Client
from kept.ledgers.pulses.models import Invitation
from kept.readings.felt_heard import Heard as Said
from kept.readings.felt_heard import asked_and_heard
from kept.readings.review_quarter import Quarter
from kept.readings.review_told import Feelings, Felt, Quote

FEELINGS = ("secure", "cherished", "delighted", "dazzled")
MARK = "mark"  # for the work, asked apart
# colleagues read this page: of fewer people a range would be the answers of the two at its ends
LEAST_FOR_A_RANGE = 3
NOUN = "pulses.Answer"
TEN = Axis(0.0, 10.0)
AN_INSTANT = timedelta(microseconds=1)  # a quarter begins with its first moment


@dataclass(frozen=True)
class Given:
    """One answer: who gave it (a person we forgot has no name), when, the marks that were given, their words."""

    pk: int
    person: tuple[str, int]
    who: str
    at: datetime
    marks: dict[str, int]
    words: str


@dataclass(frozen=True)
class Heard:
    """Answers of the quarter, newest first; each person's newest marks, also of the quarter before; how many asked."""

    answers: tuple[Given, ...]
    newest: tuple[Given, ...]
    before: tuple[Given, ...]
    asked: int

    def mean(self, name: str) -> float | None:
        return _mean(self.newest, name)

    def mean_before(self, name: str) -> float | None:
        return _mean(self.before, name)


def heard(client: Client, quarter: Quarter, *, asked: Collection[int]) -> Heard:
    """What they said of the quarter and of the one before; `asked` are the people who were asked.

    Read and dated as on the page that tells how it felt. One query; one more where something was changed later.
    """
    rows = asked_and_heard(at=quarter.at, since=quarter.before - AN_INSTANT, clients=[client.pk])
    given = [_given(row.heard) for row in rows if row.heard and row.heard.at < quarter.end]
    now = [one for one in given if one.at >= quarter.since]
    return Heard(
        answers=tuple(now),
        newest=tuple(_newest(now)),
        before=tuple(_newest([one for one in given if quarter.before <= one.at < quarter.since])),
        asked=len({*(("contact", pk) for pk in asked), *(one.person for one in now)}),
    )


def asked_in(quarter: Quarter) -> Exists:
    """Whether a contact was asked in the quarter, as a column of theirs."""
    invited = Invitation.objects.filter(contact=OuterRef("pk"), at__gte=quarter.since, at__lt=quarter.end)
    return Exists(invited.filter(at__lte=quarter.at, withdrawn_at=None))


def feelings(found: Heard, quarter: Quarter, *, quoted: Collection[int]) -> Feelings:
    """The section; `quoted` are the answers whose words the lead chose to quote."""
    lines = [_felt(name, found) for name in FEELINGS if found.mean(name) is not None]
    quotes = [
        Quote(words=one.words, who=one.who, when=quarter.day(one.at))
        for one in found.answers
        if one.pk in quoted and one.words
    ]
    return Feelings(note=note(found), lines=tuple(lines), quotes=tuple(quotes))


def note(found: Heard) -> str:
    """ "Two of the three we asked answered.": how many, not who; a colleague's answer is theirs."""
    answered = len(found.newest)
    if not found.asked:
        return "We did not ask you this quarter, so we don’t know."
    if not answered:
        return "We asked, and nobody answered. We don’t know how it felt, and take silence for no answer."
    if answered >= found.asked:
        return "The one of you we asked answered." if answered == 1 else f"All {_said(answered)} we asked answered."
    return f"{sentence(_said(answered))} of the {_said(found.asked)} we asked answered. The others we’ll ask in person."


def points(value: float) -> str:
    """ "6.5", "9"."""
    return number(round(value * 2) / 2 if abs(value * 2 - round(value * 2)) < 0.01 else round(value, 1))


def _felt(name: str, found: Heard) -> Felt:
    values = [one.marks[name] for one in found.newest if name in one.marks]
    value, before = fmean(values), found.mean_before(name)
    span = (float(min(values)), float(max(values))) if len(values) >= LEAST_FOR_A_RANGE else None
    earlier = "" if before is None else points(before)
    return Felt(
        name=sentence(name),
        line=range_line(TEN, span=span, mark=value, ghost=before),
        value=points(value),
        before=f"{earlier} before" if earlier else "",
        label=f"{sentence(name)}: {points(value)} of 10" + (f", {earlier} the quarter before" if earlier else ""),
    )


def _given(one: Said) -> Given:
    return Given(
        pk=one.pk,
        person=one.who,
        who=one.name,
        at=one.at,
        marks={stream.value: mark for stream, mark in one.marks.items()},
        words=" ".join(one.words.split()),
    )


def _newest(given: Sequence[Given]) -> list[Given]:
    """Of each person what they said last, with their newest mark of each feeling; the answers come newest first."""
    found: dict[tuple[str, int], Given] = {}
    for one in reversed(given):
        before = found.pop(one.person, one)
        found[one.person] = replace(one, marks={**before.marks, **one.marks})
    return list(reversed(found.values()))


def _mean(given: Sequence[Given], name: str) -> float | None:
    values = [one.marks[name] for one in given if name in one.marks]
    return fmean(values) if values else None


def _said(count: int) -> str:
    return SMALL[count] if count < len(SMALL) else str(count)
