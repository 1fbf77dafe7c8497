"""The inbox's first sentence, made from who waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.inbox_words import Eye, by
from kept.kit import words
from kept.kit.names import calling
from kept.readings.inbox import Group, Inbox, Row, Whose

NAMED = 3  # so many people are named in the sentence, the others counted
NOBODY_WAITS = "Nobody is waiting. A good moment for a call that isn’t about work."


@dataclass(frozen=True)
class Piece:
    """Some words of a sentence; `to` is where they lead, if anywhere."""

    words: str
    to: str = ""


def opening(found: Inbox, whose: Whose, eye: Eye) -> list[Piece]:
    """How many people wait, who is past our pledge, and who is next."""
    rows = found.of(Group.WAITING, Group.STRANGERS)
    if not rows:
        return _nobody_waits(found, whose)
    late, first = _past(rows), _first(rows, eye)
    return [Piece(_who_waits(rows, whose)), *_late(late), *_next(first, late, eye)]


def named(found: Inbox, eye: Eye) -> list[Row]:
    """The rows whose names the sentence says."""
    rows = found.of(Group.WAITING, Group.STRANGERS)
    first = _first(rows, eye)
    return [*_past(rows)[:NAMED], *([first] if first else [])]


def _past(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.wait and row.wait.late]


def _first(rows: Sequence[Row], eye: Eye) -> Row | None:
    """Whose pledge ends next, of those who are not past it."""
    left = [row for row in rows if row.wait and not row.wait.late]
    return min(left, key=lambda row: row.wait.due if row.wait else eye.now, default=None)


def _nobody_waits(found: Inbox, whose: Whose) -> list[Piece]:
    nobodys, others = len(found.of(Group.NOBODY)), len(found.of(Group.OTHERS))
    if whose == Whose.NOBODY:
        return [Piece("Nobody waits without somebody who looks after them.")]
    if not nobodys and not others:
        return [Piece(NOBODY_WAITS)]
    said = [Piece("Nobody is waiting for you.")]
    if nobodys:
        many = f"{words.count(nobodys, 'conversation')} {'belongs' if nobodys == 1 else 'belong'} to nobody yet"
        said += [Piece(" "), Piece(words.sentence(many), "?whose=nobody"), Piece(".")]
    if others:
        said.append(Piece(f" {words.sentence(words.count(others, 'waits', 'wait'))} with others."))
    return said


def _who_waits(rows: Sequence[Row], whose: Whose) -> str:
    people, strangers = _people(rows), _people([row for row in rows if row.group == Group.STRANGERS])
    verb = "waits" if people == 1 else "wait"
    whom = {Whose.YOURS: "for you", Whose.EVERYONE: "for us", Whose.NOBODY: "and nobody looks after it"}[whose]
    said = f"{words.sentence(words.count(people, 'person', 'people'))} {verb} {whom}"
    if not strangers:
        return f"{said}."
    if strangers == people:
        return (
            f"{said}, {'a stranger' if people == 1 else 'both strangers' if people == 2 else 'all of them strangers'}."
        )
    one = strangers == 1
    return f"{said}, {words.count(strangers, 'of them', 'of them')} {'a stranger' if one else 'strangers'}."


def _people(rows: Sequence[Row]) -> int:
    return len({row.person for row in rows})


def _late(late: Sequence[Row]) -> list[Piece]:
    if not late:
        return []
    named = late[:NAMED] if len(late) <= NAMED else late[: NAMED - 1]
    pieces, rest = [Piece(" ")], len(late) - len(named)
    for place, row in enumerate(named):
        if place:
            pieces.append(Piece(" and " if place == len(named) - 1 and not rest else ", "))
        pieces.append(_name(row))
    if rest:
        pieces.append(Piece(f" and {words.count(rest, 'other')}"))
    return [*pieces, Piece(f" {'is' if len(late) == 1 else 'are'} past our pledge")]


def _next(first: Row | None, late: Sequence[Row], eye: Eye) -> list[Piece]:
    if first is None:
        return [Piece(".")] if late else []
    due = by(first.wait.due, eye) if first.wait else ""
    return [Piece("; " if late else " "), _name(first), Piece(f" is next, {due}.")]


def _name(row: Row) -> Piece:
    return Piece(calling(row.who), reverse("desk:conversation", args=[row.conversation.pk]))
