"""What the promises page says of one promise: its day, its state, its story, and what each act would mean."""

from datetime import date, datetime

from kept.kit import words
from kept.ledgers.promises.models import OutcomeKind
from kept.measures.promises import OVERDUE, State
from kept.readings.promise_story import Step
from kept.readings.promised import Said
from kept.readings.promises_page import Promises


def due_words(due: datetime, page: Promises) -> str:
    """ "today, 15:00", "Wed 21 Oct, 12:00"."""
    said = words.moment(due, now=page.at, zone=page.zone)
    return said if "," in said else f"today, {said}"


def state_words(said: Said, page: Promises) -> tuple[str, str]:
    """The mark and the words of a promise's state."""
    state = said.judged.state
    if state in OVERDUE and said.ending is None:
        return _overdue(said, page)
    if state == State.KEPT:
        early = (said.judged.due.astimezone(page.zone).date() - _ended_on(said, page)).days
        return "kept", f"kept, {_days(early)} early" if early > 0 else "kept"
    if state == State.MOVED:
        return "kept", "kept, on the day it was moved to"
    if state == State.RELEASED:
        return "moved", f"released by {said.first}"
    if state == State.KEPT_LATE:
        past = (_ended_on(said, page) - said.judged.due.astimezone(page.zone).date()).days
        return "late", f"late by {_days(past)}" if past else "kept, hours late"
    if state == State.BROKEN:
        what = "done" if said.ending and said.ending.kind == OutcomeKind.KEPT else "released"
        return "broken", f"broken; {what} {words.day(_ended_on(said, page), today=_today_of(page), article=True)}"
    return _ahead(said, page)


def _overdue(said: Said, page: Promises) -> tuple[str, str]:
    mark = "broken" if said.judged.state == State.BROKEN else "late"
    if said.promise.due > page.at:  # another day was named too late, or without their yes
        return (
            mark,
            f"{mark}, now for {words.day(said.promise.due.astimezone(page.zone).date(), today=_today_of(page))}",
        )
    past = past_words(said.judged.due, page)
    return mark, f"{mark} {past}" if past.startswith("since") else f"{mark}, {past}"


def past_words(due: datetime, page: Promises) -> str:
    """ "since 09:00", "since yesterday", "since Friday", "due 23 days ago"."""
    past = words.since(due.astimezone(page.zone).date(), today=_today_of(page))
    if past == "today":
        return f"since {words.clock(due, page.zone)}"
    if past.startswith("since"):
        return past
    return "since yesterday" if past == "yesterday" else f"due {past}"


def _ahead(said: Said, page: Promises) -> tuple[str, str]:
    due, today = said.judged.due.astimezone(page.zone).date(), _today_of(page)
    if said.judged.state == State.SOON:
        left = f"{words.span(said.judged.due - page.at)} left"
        return "soon", left if due == today else f"due {_named(due, today)}"
    if said.judged.moved and said.move:
        before = said.move.was_due.astimezone(page.zone).date()
        return "moved", f"from {words.day(before, today=_today_of(page))}, {said.first} agreed"
    if said.move and said.promise.due != said.judged.due:
        return "open", f"open; {said.first} has not agreed to another day"
    return "open", "open"


def _today_of(page: Promises) -> date:
    return page.at.astimezone(page.zone).date()


def _ended_on(said: Said, page: Promises) -> date:
    ending = said.ending
    return (ending.at if ending else page.at).astimezone(page.zone).date()


def _days(count: int) -> str:
    return "a day" if count == 1 else words.count(count, "day")


def made_words(said: Said, page: Promises, *, me: int) -> str:
    """ "Kit said so to Jonas on Wed 14 Oct."."""
    by = "You" if said.promise.by_id == me else said.promise.by.first_name
    made = words.day(said.promise.made_at.astimezone(page.zone).date(), today=_today_of(page), article=True)
    return f"{by} said so to {said.first} {made}."


def keeping_words(said: Said) -> str:
    """What "Keep it" means at this moment."""
    if said.judged.state == State.BROKEN:
        return "Done at last, it is worth having; it stays counted as broken."
    if said.judged.state == State.LATE:
        return f"It is done, or you have told {said.first} it’s ready. It counts as kept late."
    return f"It is done, or you have told {said.first} it’s ready."


def moving_words(said: Said, page: Promises) -> str:
    """What another day would mean, said before it is named."""
    due = due_words(said.judged.due, page)
    if said.judged.state == State.BROKEN:
        return f"It was due {due} and counts as broken. Another day tells {said.first} where things stand."
    if said.judged.state == State.LATE:
        return f"It fell due {due}. Another day tells {said.first} where things stand; it still counts as late."
    return f"Only with a yes from {said.first}, and before {due}. Without it, that stays the day it is due."


def releasing_words(said: Said) -> str:
    """What a release means at this moment."""
    if said.judged.state == State.BROKEN:
        return f"{said.first} doesn’t need it any more. It stays counted as broken."
    return f"{said.first} doesn’t need it any more. It counts neither for nor against us."


def step_words(step: Step, said: Said, page: Promises) -> str:
    """One line of the story."""
    by = step.by or "Somebody"
    if step.kind == "made":
        return f"{by} promised it, due {due_words(step.was_due or said.promise.first_due, page)}."
    if step.kind == "taken_back":
        return f"{by} took that back."
    yes = f" Agreed: {step.agreed}." if step.agreed else f" {said.first} had not agreed."
    why = f" {words.sentence(step.reason)}." if step.reason else ""
    if step.kind == OutcomeKind.MOVED and step.new_due and step.was_due:
        late = " By then it was late already." if step.at > step.was_due else ""
        return f"Moved from {due_words(step.was_due, page)} to {due_words(step.new_due, page)}.{yes}{late}{why}"
    if step.kind == OutcomeKind.RELEASED:
        return f"Released: {step.agreed}.{why}"
    return f"Kept; {by} said so.{why}" if step.by else f"Marked as kept.{why}"


def _named(due: date, today: date) -> str:
    """ "tomorrow", "Thursday"; a day that is a week away, as over holidays, with its date."""
    days = (due - today).days
    return words.WEEKDAYS[due.weekday()] if 1 < days < 7 else words.day(due, today=today)
