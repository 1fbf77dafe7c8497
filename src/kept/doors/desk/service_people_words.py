"""The promised people of a client in words: their share, their hours of the last months, and who came instead."""

from dataclasses import dataclass

from kept.doors.desk.inbox_words import State
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.charts import Axis, RangeLine, range_line
from kept.ledgers.engagements.models import Replacement
from kept.readings.service_page import Part, Served

SHORT = 0.15  # of the hours promised: less is the weather of a month


@dataclass(frozen=True)
class Month:
    """The hours of one month beside those promised: the line is drawn to the larger of both; None: not known."""

    name: str
    line: RangeLine | None
    says: str
    state: State | None


@dataclass(frozen=True)
class PartRow:
    """Somebody promised, as the page draws them."""

    who: str
    job: str
    title: str
    share: str
    months: tuple[Month, ...]
    state: State | None
    act: tuple[str, str] | None
    back: tuple[str, str] | None


def people_rows(served: Served) -> list[PartRow]:
    return [_part(served, one) for one in served.people]


def people_says(served: Served) -> str:
    """ "Kit gave 31 of the 48 hours promised in October." The one who is shortest in the last month that is known."""
    known = [(one, one.months[-1]) for one in served.people if one.months and one.months[-1] and one.stands]
    short = [(one, hours) for one, hours in known if hours[0] < hours[1] * (1 - SHORT)]
    month = words.MONTHS[served.months[-1].month - 1]
    if short:
        one, (worked, promised) = max(short, key=lambda pair: pair[1][1] - pair[1][0])
        return f"{one.row.member.first_name} gave {worked:.0f} of the {promised:.0f} hours promised in {month}."
    if known:
        everybody = "Everybody" if len(known) > 1 else known[0][0].row.member.first_name
        return f"{everybody} gave the hours promised in {month}."
    return ""


def _part(served: Served, one: Part) -> PartRow:
    client, row = served.client.pk, one.row
    replaced = one.replacement
    act: tuple[str, str] | None = ("Somebody else instead", way("replacing", client, row.pk))
    back = None
    if replaced and replaced.told_on is None:
        act = ("Now they were told", way("telling", client, row.pk))
        back = ("Put back", way("replacing", client, row.pk))
    elif replaced:
        act, back = None, ("They were not told", way("telling", client, row.pk))
    return PartRow(
        who=row.member.name,
        job=row.engagement.name,
        title=row.member.title,
        share=f"{float(row.share):.0%}",
        months=tuple(_month(served, one, number) for number in range(len(served.months))),
        state=_instead(served, replaced) if replaced else None,
        act=act,
        back=back,
    )


def _month(served: Served, one: Part, number: int) -> Month:
    month, hours = served.months[number], one.months[number]
    name, row = words.MONTHS[month.month - 1], one.row
    if hours is None:
        runs = row.since <= words.last_of_month(month) and (row.until is None or row.until >= month)
        return Month(name, None, "", State("unknown", "not known") if runs else None)
    worked, promised = hours
    axis = Axis(0.0, max(worked, promised, 1.0) * 1.1)
    short = promised - worked
    lacking = promised > 0 and worked < promised * (1 - SHORT)
    return Month(
        name=name,
        line=range_line(axis, used=worked, ghost=promised),
        says=f"{worked:.0f} of {promised:.0f} h",
        state=State("soon", f"{short:.0f} short") if lacking else None,
    )


def _instead(served: Served, one: Replacement) -> State:
    day = words.day(one.since, today=served.at.astimezone(served.zone).date(), article=True)
    who = f"{one.instead.member.first_name} since {day.removeprefix('on ')}"
    if one.told_on is None:
        return State("late", f"{who}; nobody told them")
    said = words.day(one.told_on, today=served.at.astimezone(served.zone).date())
    if one.announced:
        return State("moved", f"{who}; they knew {said}", one.told_how)
    return State("late", f"{who}; told only {said}", one.told_how)
