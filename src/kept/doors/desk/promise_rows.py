"""What the template of the promises page draws: rows, the opened one, filters, pages; and the same as a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode

from kept.doors.desk import promise_states as states
from kept.doors.desk import promise_words
from kept.doors.desk.drawn import rows
from kept.doors.desk.tables import as_file
from kept.doors.desk.ways import way
from kept.kit import words
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.readings.promised import Said
from kept.readings.promises_listed import PAGE, Wanted
from kept.readings.promises_page import Promises

NOTHING: Mapping[str, str] = MappingProxyType({})
COLUMNS = ("words", "by", "to", "client", "size", "made", "due", "state", "state in words", "ended")
STATES = [("", "all"), ("late", "late"), ("soon", "due soon"), ("moved", "moved"), ("settled", "ended")]


@dataclass(frozen=True)
class Row:
    """One promise as it is drawn; `url` leads back to the list where the row is opened."""

    pk: int
    words: str
    by: str
    to: str
    is_to_contact: bool
    client: str
    url: str
    due: str
    full: str
    state: str
    says: str
    opened: bool


@dataclass(frozen=True)
class Link:
    """A filter or a page in words; `here` marks the chosen one."""

    words: str
    href: str
    here: bool = False


def address(wanted: Wanted, *, of: int | None = None, also: Mapping[str, str] = NOTHING) -> str:
    """The address of the page that shows what is wanted, with the promise `of` opened."""
    start = wanted.start + 1 if wanted.start else None
    asked = {"by": wanted.by, "client": wanted.client, "state": wanted.state, "from": start}
    query = urlencode({key: value for key, value in asked.items() if value} | dict(also))
    place = way("promise", of) if of else way("promises")
    return f"{place}?{query}" if query else place


def groups(page: Promises) -> list[dict[str, Any]]:
    """The groups with their headings and rows."""
    found = []
    for group in page.groups:
        title, fact = promise_words.heading(group, page)
        lines = [_row(said, page) for said in group.rows]
        drawn = rows("desk/promises.html#row", lines)
        found.append({"title": title, "fact": fact, "rows": list(zip(drawn, lines, strict=True))})
    return found


def _row(said: Said, page: Promises) -> Row:
    state, says = states.state_words(said, page)
    promise, opened = said.promise, said.promise.pk == page.wanted.opened
    return Row(
        pk=promise.pk,
        words=promise.words,
        by=promise.by.first_name,
        to=said.to,
        is_to_contact=promise.contact is not None,
        client=promise.client.name,
        url=address(page.wanted, of=None if opened else promise.pk),
        due=states.due_words(said.judged.due, page),
        full=words.full(said.judged.due, page.zone),
        state=state,
        says=says,
        opened=opened,
    )


def sieve(page: Promises, *, people: Iterable[Member], me: Member, client: Client | None) -> list[dict[str, Any]]:
    """The filters, a line each: made by whom, in which state, to which client."""
    first = replace(page.wanted, start=None, opened=None)
    makers = [Link("everyone", address(replace(first, by=None)), first.by is None)]
    makers.append(Link("me", address(replace(first, by=me.pk)), first.by == me.pk))
    makers += [
        Link(one.first_name, address(replace(first, by=one.pk)), first.by == one.pk) for one in people if one != me
    ]
    kinds = [Link(said, address(replace(first, state=key)), first.state == key) for key, said in STATES]
    if first.state == "counted":
        kinds.append(Link("this quarter’s", address(first), here=True))
    clients = [Link("all", address(replace(first, client=None)), client is None)]
    clients += [Link(client.name, address(first), here=True)] if client else []
    clients.append(Link("choose", address(first, also={"choose": "1"})))
    return [
        {"name": "Made by", "links": makers},
        {"name": "State", "links": kinds},
        {"name": "Client", "links": clients},
    ]


def choice(wanted: Wanted, clients: Iterable[Client], also: Mapping[str, str]) -> list[Link]:
    """All clients as links that narrow the page to one."""
    first = replace(wanted, start=None, opened=None)
    return [
        Link(one.name, address(replace(first, client=one.pk), also=also), one.pk == wanted.client) for one in clients
    ]


def pages(page: Promises) -> dict[str, Any] | None:
    """Which rows these are, and the ways to the others; None where all stand on one page."""
    if page.listed <= PAGE:
        return None
    last = (page.listed - 1) // PAGE * PAGE
    asked = replace(page.wanted, opened=None)
    ways = [("first", 0), ("fifty before", page.start - PAGE), ("next fifty", page.start + PAGE), ("last", last)]
    links = [
        Link(said, address(replace(asked, start=start)), here=start == page.start)
        for said, start in ways
        if 0 <= start <= last and not (said == "fifty before" and start == 0)
    ]
    return {"words": f"{page.start + 1} to {min(page.start + PAGE, page.listed):,} of {page.listed:,}", "links": links}


def table(page: Promises) -> HttpResponse:
    """What the page lists, all of it, as CSV."""
    name = f"promises-{page.at.astimezone(page.zone):%Y-%m-%d}.csv"
    return as_file(name, [COLUMNS, *(_line(said, page) for group in page.groups for said in group.rows)])


def _line(said: Said, page: Promises) -> Sequence[str]:
    promise, ending = said.promise, said.ending
    moments = [promise.made_at, said.judged.due, ending.at if ending else None]
    made, due, ended = (one.astimezone(page.zone).isoformat(timespec="minutes") if one else "" for one in moments)
    typed = [promise.words, promise.by.name, said.to, promise.client.name]
    return [*typed, promise.size, made, due, said.judged.state, states.state_words(said, page)[1], ended]
