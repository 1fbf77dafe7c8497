"""The promises of a client's quarter as the client may read them: what fell due, what became of it, what is ahead."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from kept.kit.words import SMALL, count, listed, sentence
from kept.ledgers.clients.models import Client
from kept.ledgers.promises.models import OutcomeKind, Promise
from kept.measures.promises import State
from kept.readings.calendars import Offices
from kept.readings.fell_due import KEPT, MISSED, due_from, in_time, to_clients
from kept.readings.promised import Said, judged
from kept.readings.review_quarter import Quarter
from kept.readings.review_told import Promised, Vow

ON_PAPER = 8  # rows on the paper; the page has all
MOST = 150  # rows of one review: what a firm of ten can promise one client in a quarter
UNTIL_AHEAD = timedelta(days=120)
SIZES = {"major": 0, "normal": 1, "small": 2}


@dataclass(frozen=True)
class Owed:
    """Promises to one client, judged: `due` fell due or ended in the quarter, `ahead` are open and still to come."""

    due: tuple[Said, ...]
    moved: tuple[Said, ...]  # out of the quarter, with their yes
    ahead: tuple[Said, ...]
    every: dict[int, Said]

    def of(self, *states: State) -> list[Said]:
        return [one for one in self.due if one.judged.state in states]

    @property
    def counted(self) -> list[Said]:
        """Those kept or missed, in the order of their days; who was released owes nothing."""
        found = [one for one in self.due if in_time(one.judged) is not None]
        return sorted(found, key=lambda one: (one.judged.due, one.promise.pk))

    @property
    def kept(self) -> int:
        return len(self.of(*KEPT))

    @property
    def settled(self) -> int:
        return len(self.counted)


def owed(client: Client, quarter: Quarter, offices: Offices) -> Owed:
    """What we owed the client in the quarter, and owe still. Two queries.

    A promise to ourselves to call after a low answer is no promise of theirs, and stays with us.
    """
    ends = Q(ended_at__isnull=True) | Q(ended_at__gt=quarter.at)
    near = ends & Q(due__gte=quarter.end, due__lt=quarter.at + UNTIL_AHEAD)
    said = to_clients(Promise.objects.filter(client=client)).filter(due_from(quarter.since, quarter.end) | near)
    rows = judged(said, at=quarter.at, offices=offices)
    due, moved, ahead = [], [], []
    for one in rows:
        waits = one.judged.state in {State.OPEN, State.SOON}
        if waits and one.move and quarter.since <= one.promise.first_due < quarter.end:
            moved.append(one)
        if waits:
            ahead.append(one)
        elif quarter.since <= one.judged.due < quarter.end:
            due.append(one)
    return Owed(tuple(due), tuple(moved), tuple(ahead), {one.promise.pk: one for one in rows})


def promised(found: Owed, quarter: Quarter) -> Promised:
    """The section: a sentence, the rows newest first, and which of them the paper shows."""
    rows = sorted([*found.due, *found.moved], key=lambda one: one.promise.first_due, reverse=True)[:MOST]
    on_paper = set(_largest(rows))
    told = tuple(vow(one, quarter, large=one.promise.pk in on_paper) for one in rows)
    hidden = len(rows) - len(on_paper)
    most = f"The {_number(len(on_paper))} that weigh most, every miss first"
    note = f"{most}; a moved one counts on its new day."
    return Promised(say=sentence_of(found), rows=told, note=note if hidden > 0 else "")


def sentence_of(found: Owed) -> str:
    """ "22 fell due. 19 were kept, one came late, one was broken, and one you released."."""
    if not found.due:
        return "No promise of ours fell due." + (f" {_moved(len(found.moved))}" if found.moved else "")
    states = Counter(one.judged.state for one in found.due)
    kept = states[State.KEPT] + states[State.MOVED]
    late, broken, released = (
        states[State.KEPT_LATE] + states[State.LATE], states[State.BROKEN], states[State.RELEASED],
    )  # fmt: skip
    whole = f"{sentence(count(len(found.due), 'promise'))} fell due."
    parts = [
        *([f"{_number(kept)} {_was(kept)} kept"] if kept else []),
        *([f"{_number(late)} came late"] if late else []),
        *([f"{_number(broken)} {_was(broken)} broken"] if broken else []),
        *([f"{_number(released)} you released"] if released else []),
    ]
    if kept == len(found.due):
        said = "It was kept." if kept == 1 else f"All {kept} were kept."
    else:
        said = f"{sentence(listed(parts))}."
    return " ".join([whole, said, *([_moved(len(found.moved))] if found.moved else [])])


def vow(one: Said, quarter: Quarter, *, large: bool = True) -> Vow:
    """One promise as its client reads it; what we wrote down beside it for ourselves is not in it."""
    s, said = became(one, quarter)
    to = one.promise.contact.first_name if one.promise.contact else ""
    return Vow(
        words=one.promise.words, by=one.promise.by.first_name, to=to, due=quarter.day(_day_said(one)), s=s, said=said,
        large=large,
    )  # fmt: skip


def became(one: Said, quarter: Quarter) -> tuple[str, str]:
    """Its state and the words of it: ("late", "late by a day"), ("moved", "moved with you to Thu 22 Oct")."""
    state, zone = one.judged.state, quarter.zone
    if state in {State.OPEN, State.SOON}:
        return ("moved", f"moved with you to {quarter.day(one.promise.due)}") if one.judged.moved else ("open", "open")
    if state == State.RELEASED:
        return "moved", f"released by {one.first}"
    ended = one.ending.at if one.ending else None
    days = (one.judged.due.astimezone(zone).date() - ended.astimezone(zone).date()).days if ended else 0
    if state == State.MOVED:
        return "kept", "kept, on the day we moved it to with you"
    if state == State.KEPT:
        return "kept", f"kept, {_days(days)} early" if days > 0 else "kept"
    if state == State.KEPT_LATE:
        return "late", f"late by {_days(-days)}" if days < 0 else "late by hours"
    if state == State.LATE or ended is None:
        return ("late", "late, and still open") if state == State.LATE else ("broken", "broken")
    what = "done" if one.ending and one.ending.kind == OutcomeKind.KEPT else "released"
    return "broken", f"broken; {what} on {quarter.day(ended)}"


def rows_of(found: Iterable[Said], quarter: Quarter) -> tuple[Vow, ...]:
    """Rows in the order of their days."""
    return tuple(vow(one, quarter) for one in sorted(found, key=lambda one: one.promise.due))


def _largest(rows: Sequence[Said]) -> list[int]:
    """Misses first, then by size, then the newest."""
    order = sorted(
        rows, key=lambda one: (one.judged.state not in MISSED, SIZES[one.promise.size], -one.promise.due.timestamp())
    )
    return [one.promise.pk for one in order[:ON_PAPER]]


def _day_said(one: Said) -> datetime:
    return one.promise.first_due if one.judged.state in {State.OPEN, State.SOON} and one.move else one.judged.due


def _moved(number: int) -> str:
    return f"{sentence(_number(number))} {_was(number)} moved to a later day, with your yes."


def _days(number: int) -> str:
    return "a day" if number == 1 else count(number, "day")


def _number(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else str(number)


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
