"""A conversation in words: its head, who else waits, and what we owe them."""

from collections.abc import Sequence

from django.urls import reverse

from kept.doors.desk.inbox_words import Eye, State, by, clock
from kept.kit import words
from kept.kit.names import calling
from kept.measures.promises import OVERDUE
from kept.measures.promises import State as Judged
from kept.readings.conversation_page import Talk
from kept.readings.promised import Said
from kept.readings.waiting import Waiting
from kept.readings.waiting_shelf import fetch

QUEUE = 30


def head_state(talk: Talk, eye: Eye) -> State:
    """What is to be said of the conversation now."""
    if talk.wait and talk.wait.paused:
        return State("calm", "we wait for them")
    if talk.wait:
        found = clock(talk.wait, eye)
        late = talk.wait.late or found.words.startswith("by ")
        return State(found.s, found.words if late else f"{found.words}, {by(talk.wait.due, eye)}", found.title)
    if talk.later and talk.later.until:
        back = words.moment(talk.later.until, now=eye.now, zone=eye.zone)
        return State("calm", f"set aside, back {back}", talk.later.reason)
    return State("calm", "nobody waits here")


def queue(found: Sequence[Waiting], eye: Eye, *, here: int) -> list[dict[str, object]]:
    """Others who wait, the most urgent first."""
    fetch(found[:QUEUE])
    return [
        {
            "to": reverse("desk:conversation", args=[one.talk_id]),
            "who": one.who,
            "of": one.client.name if one.client else "a stranger",
            "subject": one.conversation.subject or one.last.snippet,
            "state": clock(one.wait, eye),
            "current": one.talk_id == here,
        }
        for one in found[:QUEUE]
    ]


def owed(found: Sequence[Said], eye: Eye) -> list[dict[str, object]]:
    """What we owe them, as said, with the day and who keeps it."""
    return [{"words": one.promise.words, "state": _owed_state(one, eye), "pk": one.promise.pk} for one in found]


def _owed_state(one: Said, eye: Eye) -> State:
    due, state = one.judged.due, one.judged.state
    when, who = words.moment(due, now=eye.now, zone=eye.zone), calling(one.promise.by.name)
    title = f"due {words.full(due, eye.zone)}"
    if state in OVERDUE:
        return State(state.value, f"{state.value}, due {when if ',' in when else f'today, {when}'}; {who}", title)
    if one.judged.moved:
        return State("moved", f"moved to {when}; {who}", title)
    return State(
        "soon" if state == Judged.SOON else "open", f"{when if ',' in when else f'today, {when}'}; {who}", title
    )
