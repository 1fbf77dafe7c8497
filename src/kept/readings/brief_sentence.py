"""The sentence a brief opens with, made from its items: who waits, what we promised, whose hours run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.team.models import Member
from kept.readings.brief_items import Item
from kept.readings.brief_list import Items
from kept.readings.whose_day import sees_all


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence; with a place it is a name that can be opened."""

    text: str
    place: tuple[str, int] | None = None


def opening(items: Items, *, viewer: Member, at: datetime, zone: ZoneInfo) -> tuple[Piece, ...]:
    """ "Good morning, Ada. Four people are waiting for us, Dana the longest; ...", as pieces.

    Of a day that is only the viewer's own it says "for you": with colleagues others may wait.
    """
    greeting = words.greeting(at, zone) + (f", {viewer.first_name}" if viewer.pk else "")
    clauses = [
        clause
        for clause in (
            _waiting(items.of("waiting", "stranger"), whom="us" if sees_all(viewer) else "you"),
            _felt(items.of("felt")),
            _promise(items.of("promise")),
            _hours(items.of("hours")),
        )
        if clause
    ]
    if len(clauses) == 1 and not items:
        clauses.append([Piece("a good moment for a call that isn’t about work")])
    pieces = [Piece(f"{greeting}. ")]
    for index, clause in enumerate(clauses):
        if index:
            pieces.append(Piece("; " if index < len(clauses) - 1 or len(clauses) == 2 else ", and "))
        else:
            clause[0] = Piece(words.sentence(clause[0].text), clause[0].place)
        pieces += clause
    return (*pieces, Piece("."))


def plain(pieces: Sequence[Piece]) -> str:
    """The sentence as text."""
    return "".join(piece.text for piece in pieces)


def _waiting(items: Sequence[Item], *, whom: str) -> list[Piece]:
    if not items:
        return [Piece(f"nobody is waiting for {whom}")]
    longest = items[0]
    name = Piece(calling(longest.who), longest.place)
    if len(items) == 1:
        return [name, Piece(f" is waiting for {whom}" + (f", {longest.says}" if longest.late else ""))]
    many = words.count(len(items), "person", "people")
    return [Piece(f"{many} are waiting for {whom}, "), name, Piece(" the longest")]


def _felt(items: Sequence[Item]) -> list[Piece]:
    if not items:
        return []
    name = Piece(calling(items[0].who), items[0].place)
    if len(items) == 1:
        return [name, Piece(" is to be spoken with about how it felt")]
    many = words.count(len(items), "person", "people")
    return [Piece(f"{many} are to be spoken with about how it felt, "), name, Piece(" first")]


def _promise(items: Items) -> list[Piece]:
    if not items:
        return []
    late = sum(matter.late or matter.broken for matter in items.matters)
    first = next(item for item in items if item.late) if late else items[0]
    name = Piece(calling(first.who), first.place)
    if late > 1:
        return [Piece(f"{words.count(late, 'promise')} are late, "), name, Piece("’s first")]
    if late:
        return [Piece("our promise to "), name, Piece(" is late")]
    when = first.says.replace("today, ", "at ")
    return [Piece("what we promised "), name, Piece(f" falls due {when.replace('tomorrow, ', 'tomorrow at ')}")]


def _hours(items: Sequence[Item]) -> list[Piece]:
    first = next((item for item in items if item.state != "unknown"), None)
    if first is None:
        return []
    one = first.subject
    name = Piece(first.who, first.place)
    month = words.MONTHS[one.starts.month - 1] if one.engagement.kind == "retainer" else "its"
    whose = f"{month}’s" if month != "its" else "its"
    if one.budget is not None and one.worked > one.budget:
        return [name, Piece(f" has used up {whose} hours")]
    if one.run_out:
        return [name, Piece(f" will run out of {whose} hours on {words.day_in_month(one.run_out)}")]
    return [name, Piece(f" will likely need more than {whose} hours")]
