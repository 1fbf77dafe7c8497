"""The rows of Today as they are drawn: addresses, quiet acts, lines, and the day on a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from textwrap import shorten
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kept.kit import words
from kept.kit.charts import Axis, DayLine, Moment, RangeLine, day_line, range_line
from kept.kit.names import calling
from kept.readings.brief import Brief
from kept.readings.brief_items import Item
from kept.readings.budgets import Running

URGENT = 2  # so many keep two lines when there is much to do
ANSWERED = {"waiting", "stranger", "unanswered"}
DAY_BEGINS, DAY_ENDS = 8, 18
ON_THE_LINE = 12  # so many moments at most


@dataclass(frozen=True)
class Row:
    """An item with what the template needs beside it."""

    item: Item
    url: str
    act_to: str  # where the main act leads: of one that waits, to the words one answers in
    of: str  # the client's address, if it has one
    fit: str  # "", "slim" or "line"
    what: str
    keeping: str  # where "Keep it" posts to; empty where the main act is a link
    more: list[dict[str, str]]
    line: RangeLine | None
    primary: bool

    @property
    def id(self) -> str:
        """Tells the row apart on the page."""
        return f"-{self.item.row}"


def rows(items: Sequence[Item], one: Brief, *, dense: bool) -> list[Row]:
    """The items as rows; with much to do all but the most urgent take one line."""
    urgent = {id(item) for item in one.items[:URGENT]}
    return [_row(item, one, dense=dense and id(item) not in urgent) for item in items]


def quote(text: str) -> str:
    """In quotation marks, those inside turned into single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _row(item: Item, one: Brief, *, dense: bool) -> Row:
    side = item.kind in {"hours", "stranger", "unanswered", "incident", "drift"}
    keeps = item.kind == "promise" and not item.late
    url = reverse(item.place[0], args=[item.place[1]])
    return Row(
        item=item,
        url=url,
        act_to=f"{url}#words" if item.kind in ANSWERED else url,
        of=reverse("desk:client", args=[item.client.pk]) if item.client else "",
        fit="line" if dense else "slim" if side else "",
        what=item.what if item.kind in {"hours", "drift"} else quote(shorten(item.what, 110, placeholder=" …")),
        keeping=reverse("desk:keeping", args=[item.row]) if keeps else "",
        more=_more(item),
        line=_hours_line(item.subject) if isinstance(item.subject, Running) else None,
        primary=item is one.items[0],
    )


def _more(item: Item) -> list[dict[str, str]]:
    """The quiet acts behind the three dots."""
    if item.kind in {"waiting", "stranger"}:
        here = reverse("desk:conversation", args=[item.row])
        return [
            {"words": "Hand on", "href": f"{here}#hand-on"},
            {"words": "Set aside, with a reason", "href": f"{here}#aside", "key": "aside"},
            {"words": "Make a promise", "href": f"{here}#promise", "key": "promise"},
        ]
    if item.kind == "unanswered":
        here = reverse("desk:conversation", args=[item.row])
        never = {"message": item.subject.message.pk, "never": 1}
        to = f"{reverse('desk:follow_up', args=[item.row])}?{urlencode(never)}"
        return [{"words": "It needs no answer", "to": to}, {"words": "Not before a day", "href": f"{here}#follow-up"}]
    if item.kind == "felt":
        return [
            {"words": "We spoke", "href": reverse("desk:felt")},
            {"words": "See the promise", "href": reverse("desk:promise", args=[item.row])},
        ]
    if item.kind in {"incident", "drift"} and item.client:
        return [{"words": "All that moved trust", "href": reverse("desk:trust", args=[item.client.pk])}]
    if item.kind == "promise":
        here = reverse("desk:promise", args=[item.row])
        keep = [{"words": "Keep it now", "to": reverse("desk:keeping", args=[item.row])}] if item.late else []
        return [*keep, {"words": "Move it", "href": here, "key": "aside"}, {"words": "Released by them", "href": here}]
    return [{"words": "See the hours", "href": reverse("desk:money")}]


def _hours_line(one: Running) -> RangeLine | None:
    """Worked, likely and the line, on an axis that ends where the likely range does."""
    if one.forecast is None or not one.budget:
        return None
    axis = Axis(0.0, max(one.forecast.high, one.budget * 1.25))
    return range_line(
        axis,
        span=(one.forecast.low, one.forecast.high),
        used=one.worked,
        limit=one.budget,
        mark=one.forecast.likely,
        thin=one.forecast.method == "rough",
    )


def day_of(one: Brief) -> dict[str, Any] | None:
    """What falls due today on a line, with its sentence for those who do not see it.

    None outside the working day, and on a day with nothing due.
    """
    local = one.at.astimezone(one.zone)
    begins = local.replace(hour=DAY_BEGINS, minute=0, second=0, microsecond=0)
    ends = local.replace(hour=DAY_ENDS, minute=0, second=0, microsecond=0)
    if not begins <= local < ends:
        return None
    due = (item for item in one.items if item.due and item.due < ends and (item.due >= begins or item.late))
    found = list(islice(due, ON_THE_LINE))
    if not found:
        return None
    line: DayLine = day_line(
        Axis(begins, ends), now=local, moments=[Moment(_at(item, one), _short(item), item.state) for item in found]
    )
    told = ", ".join(f"{_short(item)} {item.by}" for item in found)
    return {"line": line, "label": f"Today on a line, now {local:%H:%M}: {told}."}


def _at(item: Item, one: Brief) -> datetime:
    return (item.due or one.at).astimezone(one.zone)


def _short(item: Item) -> str:
    first = calling(item.who)
    return words.sentence(first) if item.kind not in {"promise", "felt"} else f"{first}, promised"
