"""What the Money page says: its first sentence, and how each budget stands."""

from datetime import date

from kept.kit import words
from kept.ledgers.engagements.models import Kind
from kept.readings.budgets import Running
from kept.readings.money import Money
from kept.readings.overservice import Year

Pieces = list[tuple[str, int | None]]  # words, and the client whose page they open
MENTION = 0.1  # chances below are not worth a word


def opening(one: Money) -> Pieces:
    """ "Two budgets will likely be crossed, Borealis on Tuesday the 27th and ...", as (words, client or None)."""
    if not (one.crossing or one.within):
        return [("No budget is running", None), (".", None)]
    said = _crossed(one.sure, one.day)
    cost = words.listed([words.money(amount, currency) for currency, amount in one.cost.items()])
    if cost:
        said.append((f": about {cost} of work nobody has agreed to pay", None))
    if one.unknown:
        others = "one" if len(one.unknown) == 1 else words.count(len(one.unknown), "of them", "of them")
        said.append((f". Of {others} we don’t know", None))
    return [*said, (".", None)]


def _crossed(sure: list[Running], day: date) -> Pieces:
    if not sure:
        return [("Every budget will likely hold", None)]
    said: Pieces = [(f"{words.sentence(words.count(len(sure), 'budget'))} will likely be crossed, ", None)]
    said += _where(sure[0], day)
    if len(sure) == 2:
        return [*said, (" and ", None), *_where(sure[1], day)]
    return [*said, (" first", None)] if len(sure) > 2 else said


def _where(row: Running, day: date) -> Pieces:
    retained = row.engagement.kind == Kind.RETAINER
    name = row.client.name if retained else f"{row.client.name}’s {row.engagement.name}"
    if row.run_out is None or row.run_out < day:
        return [(name, row.client.pk)]
    same = (row.run_out.year, row.run_out.month) == (day.year, day.month)
    when = f"on {words.day_in_month(row.run_out)}" if same else f"in {words.MONTHS[row.run_out.month - 1]}"
    return [(name, row.client.pk), (f" {when}", None)]


def stands(row: Running, day: date) -> tuple[str, str]:
    """How a budget stands, as (state, words); both empty where there is nothing to say."""
    if row.budget is None:
        by_hour = row.engagement.kind == Kind.HOURLY
        return ("calm", "nothing to cross") if by_hour else ("unknown", "nobody said what was paid for")
    if row.forecast is None:
        return "unknown", "no end was agreed, so no forecast"
    if row.is_over(day):
        return _ended(row)
    if row.alarm and row.alarm.level:
        mark = "late" if row.alarm.level == "red" else "soon"
        return mark, _crosses(row, day)
    if row.asks_left:
        return "unknown", "hours left: not known"
    chance = row.forecast.probability_over(1.0)
    return ("calm", f"{words.chance(chance)} it goes over") if chance >= MENTION else ("", "")


def _ended(row: Running) -> tuple[str, str]:
    beyond = row.worked - (row.budget or 0.0)
    if beyond > 0:
        return "late", f"ended {words.hours(beyond * 3600)} h over"
    return "calm", f"ended with {words.hours(-beyond * 3600)} h to spare"


def _crosses(row: Running, day: date) -> str:
    if row.budget is not None and row.worked > row.budget:
        return f"over by {words.hours((row.worked - row.budget) * 3600)} h"
    return f"over {words.day(row.run_out, today=day, article=True)}" if row.run_out else "likely over"


def likely(row: Running, day: date) -> tuple[str, str, str]:
    """ "96", "82 to 110", "of 80 h": likely by the end, its range, and of what; once it has ended what was worked."""
    if row.budget is None:
        return (
            f"{row.worked:.0f}",
            "",
            "worked this month, by the hour" if row.engagement.kind == Kind.HOURLY else "worked",
        )
    if row.forecast is None or row.is_over(day):
        return f"{row.worked:.0f}", "", f"worked, of {row.budget:.0f} h"
    return f"{row.forecast.likely:.0f}", f"{row.forecast.low:.0f} to {row.forecast.high:.0f}", f"of {row.budget:.0f} h"


def year_says(year: Year) -> str:
    """ "38 hours were gifts. 260 nobody chose, most of them in September: 36." """
    gifts = {0: "No hours were chosen as gifts", 1: "1 hour was a gift"}.get(round(year.gift))
    gifts = gifts or f"{year.gift:,.0f} hours were gifts"
    if year.leak < 0.5:
        return f"{gifts}, and none leaked."
    worst = max(year.months, key=lambda month: month.leak)
    name = words.MONTHS[worst.month.month - 1]
    return f"{gifts}. {year.leak:,.0f} nobody chose, {worst.leak:,.0f} of them in {name}."


def beyond(year: Year) -> str:
    """ "298 hours beyond the budgets since January, worth £21,000 as sold"."""
    total = f"{year.total:,.0f} {'hour' if round(year.total) == 1 else 'hours'} beyond the budgets since January"
    worth = words.listed([words.money(amount, currency) for currency, amount in year.worth])
    return f"{total}, worth {worth} as sold" if worth else total
