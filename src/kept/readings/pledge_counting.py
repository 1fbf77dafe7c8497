"""Counting what each sentence of the pledge is held against; every ledger is read once, however many sentences ask."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from kept.ledgers.pledges.models import Measure
from kept.readings import (
    pledge_bills,
    pledge_feedback,
    pledge_first_month,
    pledge_meetings,
    pledge_promises,
    pledge_replies,
)
from kept.readings.pledge_bills import Sent
from kept.readings.pledge_feedback import Opened
from kept.readings.pledge_first_month import Spoken
from kept.readings.pledge_meetings import Was
from kept.readings.pledge_rows import Bound, Row, Scope
from kept.readings.promised import Standing
from kept.readings.reply_runs import Run


class Ledgers:
    """The facts behind all sentences, each loaded when a sentence first asks for it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def runs(self) -> list[Run]:
        return pledge_replies.load(self.scope)

    @cached_property
    def promises(self) -> list[Standing]:
        return pledge_promises.load(self.scope)

    @cached_property
    def meetings(self) -> list[Was]:
        return pledge_meetings.load(self.scope)

    @cached_property
    def bills(self) -> list[Sent]:
        return pledge_bills.load(self.scope)

    @cached_property
    def spoken(self) -> Spoken:
        return pledge_first_month.load(self.scope, self.meetings)

    @cached_property
    def low(self) -> list[Opened]:
        return pledge_feedback.load(self.scope)

    def rows(self, bound: Bound) -> list[Row]:
        """Every occasion of the sentence, oldest first."""
        return sorted(self.found(bound), key=attrgetter("at", "pk"))

    def found(self, bound: Bound) -> Iterable[Row]:
        """The same in any order; none for a sentence that is bound to nothing yet."""
        measure = bound.sentence.measure
        return COUNT[measure](self, bound) if measure else ()


COUNT: dict[str, Callable[[Ledgers, Bound], Iterable[Row]]] = {
    Measure.REPLIES: lambda of, bound: pledge_replies.rows(of.runs, bound, of.scope),
    Measure.CALLS: lambda of, bound: pledge_replies.rows(of.runs, bound, of.scope),
    Measure.PROMISES: lambda of, bound: pledge_promises.rows(of.promises, bound, of.scope),
    Measure.PEOPLE: lambda of, bound: pledge_meetings.rows(of.meetings, bound, of.scope),
    Measure.MEETINGS: lambda of, bound: pledge_meetings.rows(of.meetings, bound, of.scope),
    Measure.BILLS: lambda of, bound: pledge_bills.rows(of.bills, bound, of.scope),
    Measure.FIRST_MONTH: lambda of, bound: pledge_first_month.rows(of.spoken, bound, of.scope),
    Measure.FEEDBACK: lambda of, bound: pledge_feedback.rows(of.low, bound, of.scope),
}
# whose rows do not bring what they were about
NAMES: dict[str, Callable[[Sequence[int]], Any]] = {
    pledge_replies.NOUN: pledge_replies.names,
    pledge_promises.NOUN: pledge_promises.names,
}


def named(rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """The rows by noun and key, with whom or what each was about. One query, or none."""
    found: dict[tuple[str, int], Row] = {(row.noun, row.pk): row for row in rows}
    asked = [look([pk for of, pk in found if of == noun]) for noun, look in NAMES.items()]
    for noun, pk, what in asked[0].union(*asked[1:], all=True).order_by() if found else ():
        found[noun, pk] = replace(found[noun, pk], what=what or "Somebody")
    return found
