"""What the pages of the service reviews say: who was told, who has none yet, and how a link stands."""

from kept.kit.words import count, listed, sentence
from kept.ledgers.reviews.models import Share
from kept.readings.review_quarter import Quarter
from kept.readings.reviews import Reviews, Row

NAMED = 3  # so many clients are named in the opening sentence


def opening(found: Reviews, months: str) -> str:
    """ "Of July to September 2026, two clients were told, one review is being written and Almirra has none yet."."""
    if not found.rows:
        return f"Nobody is served yet, so there is nobody to tell of {months}."
    told, writing, none = found.of("sent", "closed"), found.of("begun", "written"), found.of("none")
    if not none and not writing:
        return f"Everybody was told how we served them from {months}."
    parts = [
        *([f"{_clients(told)} told"] if told else []),
        *([f"{count(len(writing), 'review')} {'is' if len(writing) == 1 else 'are'} being written"] if writing else []),
        *([f"{_named(none)} {'has' if len(none) == 1 else 'have'} none yet"] if none else []),
    ]
    return f"Of {months}, {listed(parts)}."


def standing(row: Row, quarter: Quarter) -> tuple[str, str]:
    """The mark and the words of one client's row: ("kept", "sent on Fri 16 Oct by Bo")."""
    if row.standing == "none":
        return "unknown", "none yet"
    if row.sent is None or row.review is None:
        return ("open", "written, not sent") if row.standing == "written" else ("open", "begun")
    again = "" if row.sent.number == 1 else f", the {_time(row.sent.number)} time"
    said = f"sent on {quarter.day(row.sent.at)}{again}"
    return ("kept", said) if row.standing == "sent" else ("moved", f"{said}; its links are closed")


def page_opening(client: str, months: str, shares: list[Share], *, written: bool) -> str:
    """ "Borealis was told of July to September 2026."; what is still to be done, where something is."""
    if any(one.revoked_at is None for one in shares):
        return f"{client} was told of {months}."
    if shares:
        return f"{client} was told of {months}, and no link to it is open any more."
    if written:
        return f"{client} can be told of {months}: look once as they will see it, then make a link."
    return f"{client} waits to be told of {months}; the figures are here, your judgement is not."


def link_says(one: Share, quarter: Quarter, by: str) -> str:
    """ "The first, made on Fri 16 Oct by Bo; open" """
    first = sentence({1: "the first", 2: "the second", 3: "the third"}.get(one.number, f"number {one.number}"))
    ends = f"closed on {quarter.day(one.revoked_at)}" if one.revoked_at else "open"
    return f"{first}, made on {quarter.day(one.at)} by {by}; {ends}"


def _clients(rows: list[Row]) -> str:
    return f"{count(len(rows), 'client')} {'was' if len(rows) == 1 else 'were'}"


def _named(rows: list[Row]) -> str:
    if len(rows) <= NAMED:
        return listed([row.client.name for row in rows])
    return count(len(rows), "client")


def _time(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")
