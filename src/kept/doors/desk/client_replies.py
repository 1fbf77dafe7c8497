"""How a client was answered, in words and rows."""

from dataclasses import dataclass

from kept.doors.desk.client_story import QUOTES
from kept.doors.desk.inbox_words import State
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.names import calling
from kept.readings.client_page import Page
from kept.readings.replies import Reply

ROWS = 20


@dataclass(frozen=True)
class Answered:
    """One wait as a row: when they asked, who and about what, who answered, and how it stands to the pledge."""

    when: str
    title: str
    who: str
    subject: str
    to: str
    by: str
    state: State


def reply_says(page: Page) -> str:
    """ "Half have an answer in 1 h 50, nine in ten in 5 h; 41 of 44 came within our pledge of 4 h.", "" without any."""
    one = page.replies.summary
    if not one.n:
        return ""
    pledge = words.span(page.replies.each[0].wait.pledge)
    half = (
        f"Half have an answer in {words.working_span(one.median)}"
        if one.median is not None
        else "Fewer than half have an answer"
    )
    most = f", nine in ten in {words.working_span(one.p90)}" if one.p90 is not None else ""
    within = f"; {one.within} of {one.judged} came within our pledge of {pledge}" if one.judged else ""
    return f"{half}{most}{within}."


def reply_rows(page: Page) -> dict[str, list[Answered]]:
    """Late ones, newest first, and all of half a year; at most twenty each."""
    return {
        "late": [_row(one, page) for one in page.replies.late[:ROWS]],
        "all": [_row(one, page) for one in page.replies.each[:ROWS]],
    }


def _row(one: Reply, page: Page) -> Answered:
    clock = one.wait.clock
    day = words.day(clock.started_at.astimezone(page.zone).date(), today=page.day)
    return Answered(
        when=words.sentence(day),
        title=words.full(clock.started_at, page.zone),
        who=calling(one.asked),
        subject=one.subject.strip(QUOTES) or "(without a subject)",
        to=way("conversation", one.conversation_id),
        by=calling(one.answered) if one.answered else "",
        state=_state(one),
    )


def _state(one: Reply) -> State:
    past = words.working_span(one.wait.left)
    if one.later:
        return State("calm", "set aside for now")
    if one.waits:
        return State("late", f"waits, {past} past") if one.wait.late else State("calm", f"waits, {past} left")
    return State("late" if one.wait.late else "kept", f"after {words.working_span(one.wait.passed)}")
