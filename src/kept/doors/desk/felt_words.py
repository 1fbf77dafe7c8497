"""How it felt, in words: the first sentence of the page, and what each call, client and silence says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.inbox_words import State
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.pulses.models import MARKS, FollowUp, Skip, Why
from kept.measures.feeling import Feeling, needs_a_call
from kept.measures.trust_streams import Stream
from kept.readings.felt import ClientFelt
from kept.readings.felt_heard import Heard
from kept.readings.felt_page import FeltPage, due_of

OUTCOME_WITHIN = timedelta(days=7)  # five working days, MEASURES 6
NAMED = 2  # so many are named in a sentence, the others counted
BILL_BY_ITS_DAY = "They asked about the bill of "  # as flows.pulse_troubles words it
NAMES = {
    Stream.SECURE: ("Secure", "they do what they say"),
    Stream.CHERISHED: ("Cherished", "I matter to them"),
    Stream.DELIGHTED: ("Delighted", "glad I chose them"),
    Stream.DAZZLED: ("Dazzled", "more than I hoped"),
    Stream.MARK: ("The work itself", "asked apart"),
}


def opening(page: FeltPage) -> list[Piece]:
    """Who must be spoken with, who told us something beautiful, who is silent."""
    said = [*_calls(page), *_beautiful(page), *_silent(page)]
    if said:
        return said
    if page.rows:
        asked = [row for row in page.rows if row.felt.still_open]
        if any(row.felt.heard for row in page.rows):
            return [Piece("Nobody needs a call, and nobody whom we asked has stayed silent.")]
        return [Piece(f"{words.sentence(words.count(len(asked), 'client'))} may still answer; nobody has yet.")]
    return [Piece("Nobody was asked how it felt in half a year. It takes one person a minute.")]


def _calls(page: FeltPage) -> list[Piece]:
    calls = page.to_call
    if not calls:
        return []
    first = calls[0]
    name = Piece(who_of(first), "#calls")
    if len(calls) > 1:
        many = words.sentence(words.count(len(calls), "person", "people"))
        return [Piece(f"{many} should hear from us, "), name, Piece(" first. ")]
    late = due_of(first) < page.at
    wish = " asked to be called" if first.answer.call_me else f" should {'have heard' if late else 'hear'} from us"
    return [name, Piece(f"{wish} {_by_when(first, page.at, page.zone)}. ")]


def _beautiful(page: FeltPage) -> list[Piece]:
    found = page.beautiful
    if not found:
        return []
    client, first = found[0]
    name = Piece(first.first_name, f"{reverse('desk:client_felt', args=[client.pk])}#a{first.pk}")
    others = len(found) - 1
    and_more = f" and {words.count(others, 'other')}" if others else ""
    return [name, Piece(f"{and_more} told us something beautiful. ")]


def _silent(page: FeltPage) -> list[Piece]:
    names = [row.client.name for row in page.silent]
    if not names:
        return []
    shown = names if len(names) <= NAMED + 1 else [*names[:NAMED], f"{words.count(len(names) - NAMED, 'more', 'more')}"]
    return [
        Piece(f"{words.listed(shown)} {'has' if len(names) == 1 else 'have'} stayed "),
        Piece("silent", "#silent"),
        Piece("."),
    ]


def who_of(call: FollowUp) -> str:
    """What we call the person."""
    return call.answer.contact.first_name if call.answer.contact else call.answer.client.name


def _by_when(call: FollowUp, at: datetime, zone: ZoneInfo) -> str:
    """ "by 12:00 today", "by tomorrow, 17:30"; once it is past "yesterday", "on Thu 15 Oct"."""
    due = due_of(call)
    if due < at:
        return words.day(due.astimezone(zone).date(), today=at.astimezone(zone).date(), article=True)
    said = words.moment(due, now=at, zone=zone)
    return f"by {said}" if "," in said else f"by {said} today"


def call_state(call: FollowUp, at: datetime, zone: ZoneInfo) -> State:
    """Where a follow-up stands."""
    if call.spoke_at is not None:
        by = call.spoke_by.first_name if call.spoke_by else "Somebody"
        day = words.day(call.spoke_at.astimezone(zone).date(), today=at.astimezone(zone).date(), article=True)
        if call.ended_at is None and at - call.opened_at > OUTCOME_WITHIN:
            return State("late", f"{by} spoke with them {day}; what came of it is not written yet", "")
        return State("kept", f"{by} spoke with them {day}", words.full(call.spoke_at, zone))
    due, said = due_of(call), _by_when(call, at, zone)
    if due < at:
        return State("late", f"since {words.moment(due, now=at, zone=zone)}", words.full(due, zone))
    return State(
        "soon" if due.astimezone(zone).date() == at.astimezone(zone).date() else "calm", said, words.full(due, zone)
    )


def low_marks(call: FollowUp, *, numbers: Feeling) -> str:
    """ "secure 3 and dazzled 2": what asks for a word; that they wish to be called.

    The lowest is said also where, by the numbers of today, nobody would have to call.
    """
    given = {name: mark for name in MARKS if (mark := getattr(call.answer, name)) is not None}
    least = min(given.values(), default=0) if not call.answer.call_me else -1
    low = [
        f"{'the work' if name == 'mark' else name} {mark}"
        for name, mark in given.items()
        if mark == least or needs_a_call([mark], numbers=numbers)
    ]
    wish = ["wants to be called"] if call.answer.call_me else []
    return words.listed(low + wish)


def marks_said(one: Heard) -> str:
    """ "secure 7, cherished 9; the work 9"."""
    felt = ", ".join(f"{stream.value} {mark}" for stream, mark in one.marks.items() if stream != Stream.MARK)
    work = f"the work {one.marks[Stream.MARK]}" if Stream.MARK in one.marks else ""
    return "; ".join(filter(None, (felt, work))) or "words alone"


def answered_by(felt: ClientFelt) -> str:
    """ "two of three answered", "nobody answered", "nobody was asked"."""
    closed = len(felt.answered) + len(felt.silent)
    if not closed:
        return (
            f"{words.count(len(felt.still_open), 'person', 'people')} may still answer"
            if felt.still_open
            else "unasked"
        )
    if not felt.answered:
        return "nobody answered"
    return f"{len(felt.answered)} of {closed} answered"


def followed(one: Heard, at: datetime, zone: ZoneInfo) -> str:
    """What came of it: "Bo spoke with Cleo the same day: we write every Thursday"."""
    if one.call is None:
        return ""
    if one.call.spoke_at is None:
        return f"{calling(one.call.owner)} is to speak with {one.first_name}."
    days = (one.call.spoke_at.astimezone(zone).date() - one.at.astimezone(zone).date()).days
    when = {0: "the same day", 1: "the next day"}.get(days, words.count(days, "day") + " later")
    return f"{calling(one.call.spoke_by or one.call.owner)} spoke with {one.first_name} {when}."


def skipped(row: Skip, *, money: bool) -> str:
    """Why somebody was not asked.

    Who may not see money reads of a bill its day at most: what was written down before it was told so named the number.
    """
    if row.why == Why.DISPUTE and not money and not row.words.startswith(BILL_BY_ITS_DAY):
        return words.sentence(row.get_why_display()) + "."
    return row.words or words.sentence(row.get_why_display()) + "."


def spoken_names(names: Sequence[str]) -> str:
    """First names as a list."""
    return words.listed([calling(name) for name in names])
