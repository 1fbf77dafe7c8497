"""Money: hours against what was paid for, with what will likely come of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me, only
from kept.doors.desk.drawn import rows
from kept.doors.desk.tables import as_file
from kept.doors.desk.ways import way
from kept.kit import clock, words
from kept.kit.charts import Axis, RangeLine, StrokeChart, range_line, strokes
from kept.ledgers.engagements.models import Engagement, Kind
from kept.readings import money_words
from kept.readings.budgets import Running
from kept.readings.money import Money, money
from kept.readings.overservice import Year

PAGE = 50
COLUMNS = [
    "client", "engagement", "kind", "hours paid for", "worked",
    "likely", "low", "high", "chance over", "stands", "likely cost", "currency",
]  # fmt: skip
AXIS_END = 140.0  # per cent of the hours paid for: what lies beyond is drawn at the edge


@dataclass(frozen=True)
class Line:
    """An engagement as one row of the table."""

    client: str
    to: str
    job: str
    line: RangeLine
    likely: tuple[str, str, str]
    state: str
    says: str
    cost: str


@require_safe
@only(lambda member: member.may_see_money)
def page(request: HttpRequest) -> HttpResponse:
    """Every engagement on one scale, the year given and leaked below."""
    mine = request.GET.get("whose") == "mine"
    one = money(me(request), at=clock.now(), mine=mine)
    if request.GET.get("as") == "csv":
        return export(one)
    return render(request, "desk/money.html", context(one, mine=mine, number=request.GET.get("page", "1")))


def context(one: Money, *, mine: bool, number: str) -> dict[str, Any]:
    """What the template draws."""
    shown = Paginator([*one.crossing, *one.within, *one.ended], PAGE).get_page(number)
    return {
        "place": "money",
        "one": one,
        "mine": mine,
        "opening": money_words.opening(one),
        "month": words.MONTHS[one.day.month - 1],
        "shown": shown,
        "groups": _groups(one, list(shown)),
        "year": one.year,
        "chart": _year_chart(one.year) if one.year.total else None,
        "reasons": _reasons(one.year),
        "year_says": money_words.year_says(one.year),
        "beyond": money_words.beyond(one.year),
    }


def export(one: Money) -> HttpResponse:
    """The table as CSV."""
    return as_file("money.csv", [COLUMNS, *(_cells(row, one) for row in [*one.crossing, *one.within, *one.ended])])


def _cells(row: Running, one: Money) -> list[object]:
    _, says = money_words.stands(row, one.day)
    cast = row.forecast if not row.is_over(one.day) else None
    foreseen = [cast.likely, cast.low, cast.high, cast.probability_over()] if cast else [""] * 4
    cost = [row.cost, row.currency] if row in one.sure and row.cost else ["", ""]
    numbers = [row.budget, row.worked, *foreseen]
    rounded = [round(number, 2) if isinstance(number, float) else number for number in numbers]
    return [row.client.name, row.engagement.name, row.engagement.kind, *rounded, says, *cost]


def _groups(one: Money, shown: Sequence[Running]) -> list[tuple[str, list[SafeString]]]:
    """The rows of this page under their heads, drawn."""
    heads = (("", one.crossing), ("Likely to stay within, nearest first", one.within), ("Ended", one.ended))
    on_page = {id(row) for row in shown}
    groups = [(head, [_line(row, one) for row in found if id(row) in on_page]) for head, found in heads]
    return [(head, rows("desk/money.html#row", lines)) for head, lines in groups if lines]


def _line(row: Running, one: Money) -> Line:
    state, says = money_words.stands(row, one.day)
    unknown = state == "unknown" and says.startswith("hours left")
    cost = words.money(row.cost, row.currency) if row.cost and row.alarm and row.alarm.level else ""
    return Line(
        client=row.client.name,
        to=way("client", row.client.pk),
        job=_job(row.engagement),
        line=_drawn(row, one, unknown=unknown),
        likely=money_words.likely(row, one.day),
        state=state,
        says=says,
        cost=cost if not unknown else "not known",
    )


def _job(engagement: Engagement) -> str:
    kind, name = engagement.get_kind_display(), engagement.name
    return kind if engagement.kind == Kind.RETAINER and name.lower() == "retainer" else f"{name}, {kind}"


def _drawn(row: Running, one: Money, *, unknown: bool) -> RangeLine:
    """Everything in per cent of the row's own hours, so that one line through all rows is what was paid for."""
    if not row.budget:
        return range_line(Axis(0.0, AXIS_END), used=min(row.worked, AXIS_END))
    scale = 100 / row.budget
    cast = row.forecast if not unknown and not row.is_over(one.day) else None
    return range_line(
        Axis(0.0, AXIS_END),
        span=(min(cast.low * scale, AXIS_END), min(cast.high * scale, AXIS_END)) if cast else None,
        mark=min(cast.likely * scale, AXIS_END) if cast else None,
        used=min(row.worked * scale, AXIS_END),
        limit=100.0,
        thin=bool(cast and any(reason.code in {"thin_evidence", "rough"} for reason in cast.reasons)),
        unknown=unknown,
    )


def _year_chart(year: Year) -> StrokeChart:
    months = [(words.SHORT_MONTHS[one.month.month - 1], one.gift, one.leak) for one in year.months]
    return strokes(months, last_is_open=True)


@dataclass(frozen=True)
class Bar:
    """A reason for hours beyond, as a bar: red where nobody said why yet, grey for gifts."""

    words: str
    hours: str
    width: str
    kind: str


def _reasons(year: Year) -> list[Bar]:
    scale = Axis(0.0, max((hours for _, hours in year.reasons), default=0.0) or 1.0)
    kinds = {"not yet said": "dn-red", "gift": "up-b"}
    return [
        Bar(words.sentence(name), f"{hours:,.0f} h", scale.at(hours), kinds.get(name, "dn-b"))
        for name, hours in year.reasons
    ]


urls = [path("money/", page, name="money")]
