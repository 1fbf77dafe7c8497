"""How it felt to one client, in words: what is lowest, what the work is worth, who answered and who did not."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kept.doors.desk.felt_words import answered_by, spoken_names
from kept.doors.desk.inbox_opening import Piece
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.clients.models import Client
from kept.measures.trust_streams import Stream
from kept.readings.felt import ClientFelt


def opening_of(client: Client, felt: ClientFelt) -> str:
    """The first sentence about one client: what is lowest, and who is silent."""
    lowest = felt.lowest
    names = spoken_names(felt.silent)
    silent = f" {names} {'has' if len(felt.silent) == 1 else 'have'} stayed silent." if felt.silent else ""
    if lowest is None:
        said = "have told us in words alone" if felt.heard else "is not known"
        subject = f"{client.name}’s people" if felt.heard else f"How it feels to {client.name}"
        return f"{subject} {said}.{silent}"
    before = f", {_number(lowest.before)} before" if lowest.before is not None else ""
    return f"{client.name} feels {lowest.stream.value} least: {_number(lowest.mean)} of 10{before}.{silent}"


def output(felt: ClientFelt) -> list[Piece]:
    """What the work itself is worth to them, apart from how it felt."""
    work = next(line for line in felt.lines if line.stream == Stream.MARK)
    if work.mean is None:
        return [Piece("Nobody has said in half a year what the work itself is worth to them.")]
    by = spoken_names(list(dict.fromkeys(one.first_name for one in felt.heard if Stream.MARK in one.marks)))
    return [Piece(f"Output {_number(work.mean)} of 10", "#felt"), Piece(f", marked by {by}; service is marked apart.")]


def gutter(felt: ClientFelt, at: datetime, zone: ZoneInfo) -> str:
    """Beside a client's feelings: who answered and when, and who has not been heard."""
    if not (felt.asked or felt.heard):
        return "Nobody was asked in half a year."
    last = felt.heard[0].at.astimezone(zone).date() if felt.heard else None
    said = words.sentence(answered_by(felt)) if felt.asked else "They spoke of their own accord"
    said += f", last {words.day(last, today=at.astimezone(zone).date(), article=True)}." if last else "."
    if felt.silent:
        names = words.listed([calling(name) for name in felt.silent])
        said += f" {names} {'has' if len(felt.silent) == 1 else 'have'} not been heard."
    return said


def _number(value: float | None) -> str:
    return f"{value:.1f}".removesuffix(".0")
