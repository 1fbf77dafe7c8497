"""The list of clients in words: its first sentence, and what each row says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.inbox_words import Eye, State, clock
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.charts import Axis, RangeLine, range_line
from kept.kit.names import calling
from kept.ledgers.clients.models import Stage
from kept.measures.promises import State as Standing
from kept.readings.client_list import ClientList, Known, Row
from kept.readings.client_rows import Rows
from kept.readings.clients_overdue import Overdue
from kept.readings.waiting_shelf import fetch

SILENCE = timedelta(days=21)
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]


@dataclass(frozen=True)
class Line:
    """One client as the page draws it."""

    name: str
    to: str
    whose: str  # the lead, and the stage where it is not the usual one
    money: bool
    waits: State | None
    waits_to: str
    promises: State | None
    promises_to: str
    line: RangeLine | None
    hours: State | None
    last: State
    last_to: str


def spelled(number: int) -> str:
    """A number as a sentence begins with it: "twenty-four"; beyond ninety-nine in figures."""
    if number < len(words.SMALL):
        return words.SMALL[number]
    if number < 20:
        return TEENS[number - 13]
    if number > 99:
        return f"{number:,}"
    return TENS[number // 10] + (f"-{words.SMALL[number % 10]}" if number % 10 else "")


def opening(found: ClientList) -> list[Piece]:
    """ "Twenty-four clients; three wait for an answer, Borealis is over its hours, Fennick has not been ..." """
    rows = found.rows
    if not rows:
        return [Piece("No client here.")]
    said = [Piece(words.sentence(f"{spelled(len(rows))} {'client' if len(rows) == 1 else 'clients'}"))]
    clauses = [
        clause
        for clause in (_waiting(rows.waiting), _late(rows.late), _over(rows.over), _silent(found.silent, found))
        if clause
    ]
    if not clauses:
        return [*said, Piece("; nobody waits, and nothing is late.")]
    for index, clause in enumerate(clauses):
        said += [Piece("; " if not index else ", "), *clause]
    return [*said, Piece(".")]


def _name(row: Row) -> Piece:
    return Piece(row.client.name, way("client", row.client.pk))


def _waiting(waiting: Rows) -> list[Piece]:
    if not waiting:
        return []
    if len(waiting) == 1:
        return [_name(waiting[0]), Piece(" waits for an answer")]
    return [Piece(f"{spelled(len(waiting))} wait for an answer")]


def _late(late: Rows) -> list[Piece]:
    if not late:
        return []
    if len(late) == 1:
        return [Piece("a promise to "), _name(late[0]), Piece(" is late")]
    return [Piece(f"promises to {spelled(len(late))} are late")]


def _over(over: Rows) -> list[Piece]:
    if not over:
        return []
    if len(over) == 1:
        return [_name(over[0]), Piece(" is over its hours")]
    others = words.count(len(over) - 1, "other")
    return [_name(over[0]), Piece(f" and {others} are over their hours")]


def _silent(longest: Row | None, found: ClientList) -> list[Piece]:
    """The longest silence with somebody we work for, where it is long."""
    if longest is None or longest.last is None or found.at - longest.last.at < SILENCE:
        return []
    days = (found.at - longest.last.at).days
    return [_name(longest), Piece(f" has not been spoken to for {words.count(days, 'day')}")]


def lines(rows: Sequence[Row], found: ClientList, late: Mapping[int, Overdue], *, money: bool) -> list[Line]:
    """The rows in words; `late` names whom the oldest late promise was made to, by client."""
    eye = Eye(found.at, found.zone)
    fetch([row.waiting[0] for row in rows if row.waiting])
    return [_line(row, found, eye, late.get(row.client.pk), money) for row in rows]


def _line(row: Row, found: ClientList, eye: Eye, late: Overdue | None, money: bool) -> Line:
    client = row.client
    return Line(
        name=client.name,
        to=way("client", client.pk),
        whose=_whose(client),
        money=money,
        waits=waits_state(row, eye),
        waits_to=way("conversation", row.waiting[0].talk_id) if row.waiting else "",
        promises=_promises(row, found, late),
        promises_to=f"{way('promises')}?client={client.pk}",
        line=hours_line(row),
        hours=hours_state(row),
        last=_last(row, found),
        last_to=way("conversation", row.last.conversation_id) if row.last else "",
    )


def _whose(client: Known) -> str:
    lead = calling(client.lead) if client.lead else "nobody"
    return lead if client.stage == Stage.ACTIVE else f"{lead}, {Stage(client.stage).label}"


def waits_state(row: Row, eye: Eye) -> State | None:
    if not row.waiting:
        return None
    first, others = row.waiting[0], len(row.waiting) - 1
    found = clock(first.wait, eye)
    short = found.words.replace(" past our pledge", " past")
    more = f", and {words.count(others, 'other')}" if others else ""
    return State(found.s, f"{calling(first.who)}, {short}{more}", found.title)


def _promises(row: Row, found: ClientList, late: Overdue | None) -> State | None:
    opened, overdue = len(row.promises), row.overdue
    if not opened:
        return None
    if not overdue or late is None:
        return State("calm", f"{opened} open")
    since = words.since(late.standing.judged.due.astimezone(found.zone).date(), today=found.day)
    word = "broken" if late.standing.judged.state == Standing.BROKEN else "late"
    said = f"{late.first}’s {word}, {since}" if len(overdue) == 1 else f"{len(overdue)} late, {late.first}’s {since}"
    return State("broken" if word == "broken" else "late", said, f"“{late.words}”; {opened} open")


def hours_line(row: Row) -> RangeLine | None:
    """Worked, and the line, in per cent of the row's own hours: the lines of all rows stand below each other."""
    if row.hours is None or not row.hours.budget:
        return None
    scale = 100 / row.hours.budget
    return range_line(Axis(0.0, 140.0), used=min(140.0, row.hours.worked * scale), limit=100.0)


def hours_state(row: Row) -> State | None:
    one = row.hours
    if one is None:
        return None
    others = f"{one.engagement.name}" + (f", and {words.count(row.jobs - 1, 'other job')}" if row.jobs > 1 else "")
    if one.budget is None:
        return State("calm", f"{one.worked:.0f} h", others)
    if row.is_over or (one.alarm and one.alarm.level == "red" and one.forecast):
        likely = one.forecast.likely if one.forecast else one.worked
        return State("late", f"{likely:.0f} of {one.budget:.0f}, likely", others)
    if one.asks_left:
        return State("unknown", f"{one.worked:.0f} of {one.budget:.0f}, ask", others)
    soon = bool(one.alarm and one.alarm.level)
    return State("soon" if soon else "calm", f"{one.worked:.0f} of {one.budget:.0f}", others)


def _last(row: Row, found: ClientList) -> State:
    if row.last is None:
        return State("unknown", "never")
    day = row.last.at.astimezone(found.zone).date()
    return State(
        "calm", words.since(day, today=found.day).replace("since ", "on "), words.full(row.last.at, found.zone)
    )
