"""What a client's page says of money: does it pay, and where the period is going; or, without money, how many hours."""

from kept.doors.desk.client_drawn import Column, hours_line
from kept.doors.desk.client_words import Fact, runs_out
from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.inbox_words import State
from kept.kit import words
from kept.ledgers.engagements.models import Kind
from kept.readings.budgets import Running
from kept.readings.client_hours import Hours, earned
from kept.readings.client_page import Page
from kept.readings.hours_said import Word

REASONS = {"gift": "Gift", "asked": "Asked extra", "rework": "Rework, ours", "estimate": "Estimate", "habit": "Habit"}


def does_it_pay(page: Page, shown: Running | None) -> Column:
    ask = "Does it pay?"
    facts = [_earned(shown), _over(page), _month(page)]
    if shown is None or not shown.budget:
        hourly = shown is not None and shown.engagement.kind == "hourly"
        answer = "Paid by the hour." if hourly else "Nobody wrote down what was sold."
        return Column(ask, answer, _so_far(page), None, facts)
    small = [Piece(f"{shown.worked:.0f} of {shown.budget:g} hours", "#hours")]
    if shown.forecast and not shown.is_over(page.day):
        cast = shown.forecast
        rough = ", a rough guess" if cast.method == "rough" else ""
        small.append(
            Piece(f"; {cast.likely:.0f} likely by the end, between {cast.low:.0f} and {cast.high:.0f}{rough}.")
        )
    else:
        small.append(Piece(f", {shown.engagement.name}."))
    return Column(ask, _pays(page, shown), small, hours_line(shown), facts)


def _pays(page: Page, shown: Running) -> str:
    over = shown.worked - (shown.budget or 0.0)
    if shown.is_over(page.day):
        return f"It ended {over:.0f} hours over." if over >= 0.5 else "It ended within what was paid for."
    monthly = shown.engagement.kind == Kind.RETAINER
    if over >= 0.5:
        return f"{'Not this month' if monthly else 'No'}: {over:.0f} hours over already."
    if shown.forecast is None:
        return "Nobody can say: it has no end."
    if shown.over >= 0.5 and shown.alarm and shown.alarm.level:
        hours = f"{shown.over:.0f} hours over"
        return f"Not this month: {hours}, likely." if monthly else f"Likely not: {hours}."
    if shown.asks_left:
        return "Not known: somebody should say how many hours are left."
    return "Yes, likely." if shown.over < 0.5 else "Just about."


def _earned(shown: Running | None) -> Fact:
    got = earned(shown) if shown else None
    if shown is None or got is None:
        return Fact("Earned an hour", State("unknown", "not known"))
    now, sold = (words.money(amount, shown.currency) for amount in got)
    return Fact("Earned an hour, likely", State("calm", f"{now}, sold at {sold}"), "#hours")


def _over(page: Page) -> Fact:
    total = sum(hours for _, hours in page.hours.over)
    if total < 0.5:
        return Fact("Over since January", State("calm", "nothing"))
    said = f"{total:.0f} h: {page.hours.given:.0f} gift, {page.hours.leak:.0f} leak"
    return Fact("Over since January", State("calm", said), "#over")


def _month(page: Page) -> Fact:
    loose = f", {page.hours.loose:.0f} on nothing sold" if page.hours.loose >= 0.5 else ""
    month = words.MONTHS[page.day.month - 1]
    return Fact(
        f"Worked in {month}", State("calm", f"{page.hours.month:.1f}".removesuffix(".0") + f" h{loose}"), "#hours"
    )


def how_much_time(page: Page) -> Column:
    month = words.MONTHS[page.day.month - 1]
    answer = f"{page.hours.month:.0f} hours in {month} so far." if page.hours.month else f"No hours in {month} so far."
    people = [
        Fact(one.who, State("calm", f"{one.hours:.0f} h, {100 * one.share:.0f}%"), "#people")
        for one in page.hours.people
    ]
    return Column("How much time goes in?", answer, _so_far(page), None, people[:3])


def _so_far(page: Page) -> list[Piece]:
    since = words.MONTHS[page.hours.people_since.month - 1]
    return [Piece(f"{page.hours.before:.0f} hours in the month before; who worked them since {since} stands below.")]


def burn_says(one: Running, page: Page) -> str:
    """The sentence above the chart: what to see in it."""
    whole = words.MONTHS[one.starts.month - 1] if one.engagement.kind != Kind.FIXED else one.engagement.name
    if not page.money or one.budget is None:
        return f"{one.worked:.0f} hours worked on {one.engagement.name} so far."
    cast = one.forecast
    if cast is None or one.is_over(page.day):
        return f"{one.worked:.0f} of {one.budget:g} hours worked."
    beyond = f"{words.chance(cast.probability_over())} that {whole} ends above {1.1 * one.budget:.0f}"
    if one.worked > one.budget:
        return f"The {one.budget:g} hours are used up; {beyond}."
    if one.run_out and cast.likely > one.budget:
        return f"The line is likely crossed {runs_out(one.run_out, page)}; {beyond}."
    return f"{whole} likely ends at {cast.likely:.0f} of {one.budget:g} hours."


def gutter(one: Running, page: Page) -> str:
    """What was bought, beside the chart."""
    if not page.money or one.budget is None:
        return "All hours worked, billable or not."
    said = "All hours worked, billable or not."
    if one.fee is None:
        return f"{said} {one.budget:g} are paid for."
    return f"{said} {words.money(one.fee, one.currency)} buys {one.budget:g}."


def why_over(one: Running, hours: Hours) -> tuple[list[tuple[Word, str]], float]:
    """What was said of the hours beyond, each with its name; and how many likely ones nobody has explained yet."""
    said = hours.words_on(one)
    beyond = max(one.over, one.worked - one.budget if one.budget is not None else 0.0)
    named = [(word, REASONS.get(word.reason, word.reason)) for word in said]
    return named, max(0.0, beyond - sum(word.hours for word in said))
