"""The story of a client in words: who did what, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from kept.doors.desk.client_story_served import served
from kept.doors.desk.client_words import waits
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.names import calling
from kept.measures.promises import State as Standing
from kept.measures.trust_streams import Streams
from kept.readings.story import Act, Fact, Spoke

QUOTES = " “”„\"'»«"
NOUNS = {
    "engagements.Budget": "a budget",
    "engagements.Gift": "a gift",
    "engagements.Explanation": "an explanation",
    "engagements.PromisedPerson": "a promised person",
}
CHANGED = {
    "lead": "who leads",
    "stage": "the stage",
    "pledge_minutes": "our pledge",
    "name": "the name",
    "since": "since when",
    "office": "the office",
}
THEY_SPOKE = {
    "mail": "wrote",
    "form": "wrote through our form",
    "comment": "commented",
    "call": "called",
    "note": "met us",
}
WE_SPOKE = {"mail": "wrote", "form": "wrote", "comment": "commented", "call": "called", "note": "met them"}


@dataclass(frozen=True)
class Told:
    """One line: when, who did what, a quoted thing that opens, what follows it, and what came of it."""

    at: datetime
    when: str
    title: str
    who: str
    did: str
    quoted: str = ""
    to: str = ""
    then: str = ""
    state: State | None = None


def told(fact: Fact, eye: Eye, *, streams: Streams) -> Told:
    """The fact in words; what was late is late by the firm's numbers."""
    if isinstance(fact, Spoke):
        who, did, more = _spoke(fact, eye)
    else:
        who, did, more = _acted(fact, eye, streams)
    return Told(at=fact.at, when=_when(fact.at, eye), title=words.full(fact.at, eye.zone), who=who, did=did, **more)


def _when(at: datetime, eye: Eye) -> str:
    local = at.astimezone(eye.zone)
    day = words.day(local.date(), today=_today(eye))
    return f"Today {local:%H:%M}" if day == "today" else words.sentence(day)


def _today(eye: Eye) -> date:
    return eye.now.astimezone(eye.zone).date()


Said = tuple[str, str, dict[str, Any]]


def _spoke(fact: Spoke, eye: Eye) -> Said:
    """Who began that day, about what, and who answered."""
    theirs, ours = (words.listed([calling(name) for name in names[:3]]) for names in (fact.theirs, fact.ours))
    first, second = (ours, theirs) if fact.begun else (theirs, ours)
    did = (WE_SPOKE if fact.begun else THEY_SPOKE).get(fact.channel, "wrote")
    answered = fact.begun and not theirs and fact.reply is not None
    about = {
        "quoted": fact.subject.strip(QUOTES) or "(without a subject)",
        "to": way("conversation", fact.conversation_id),
        "then": f", and {second} answered" if second else "",
        "state": _clock(fact, eye),
    }
    return first, "answered" if answered else f"{did}:" if fact.channel == "note" else f"{did} about", about


def _clock(fact: Spoke, eye: Eye) -> State | None:
    """Only what hurts, or waits, is said of a clock."""
    reply = fact.reply
    if reply is None:
        return None
    if reply.waits:
        waiting = waits(reply, eye)
        return State(waiting.s, f"waiting, {waiting.words.partition(', ')[2]}", waiting.title)
    late = reply.wait.late and not reply.wait.clock.running
    return State("late", f"{words.working_span(reply.wait.left)} past our pledge") if late else None


def _acted(fact: Act, eye: Eye, streams: Streams) -> Said:
    line = fact.line
    who = calling(line.by_name)
    ledger, _, verb = line.verb.partition(".")
    if ledger == "promises":
        return who, *_promise(fact, verb, eye)
    if told := served(line, eye, streams=streams):
        return told
    if line.verb == "engagements.take_back":
        return who, f"took {NOUNS.get(line.noun, 'something')} back, of", {"quoted": line.said}
    if line.verb == "conversations.set_aside":
        return who, f"{line.said[:1].lower()}{line.said[1:]}", {}
    others = f", and {words.count(fact.times - 1, 'other')}" if fact.times > 1 else ""
    did, quoted = _did(fact)
    return who, did, {"quoted": quoted, "then": others}


def _did(fact: Act) -> tuple[str, str]:
    """What was done, and to what."""
    line, facts = fact.line, fact.line.facts
    hours = f"{float(facts['hours']):g} hours" if facts.get("hours") not in (None, "None") else "no fixed hours"
    plain = {
        "clients.welcome": "welcomed them",
        "clients.change": f"changed {words.listed([CHANGED.get(name, name) for name in facts.get('before', {})])}",
        "clients.meet": f"met {line.said}",
        "clients.add_address": f"put in the address {line.said}",
        "clients.drop_address": f"took off the address {line.said}",
        "clients.agree": f"wrote down how {calling(line.said)} likes to be spoken to",
        "clients.take_back_agreement": "took an agreement back",
        "engagements.promise_person": f"promised them {line.said}",
    }
    quoting = {
        "engagements.start": "opened",
        "engagements.budget": f"agreed {hours} for",
        "engagements.give": f"gave {hours}:",
        "engagements.explain": f"said why {hours} went beyond{':' if line.said else ''}",
        "engagements.close": "closed",
        "engagements.reopen": "opened again",
    }
    return (plain[line.verb], "") if line.verb in plain else (quoting.get(line.verb, line.verb), line.said)


def _promise(fact: Act, verb: str, eye: Eye) -> tuple[str, dict[str, Any]]:
    said, line = fact.said, fact.line
    if said is None:
        undone = {"withdraw": "took out", "take_back": "took back what was said of"}
        did = undone.get(verb, {"promise": "promised", "keep": "kept"}.get(verb, f"{verb}d"))
        return did, {"quoted": line.said, "state": None if verb in undone else State("unknown", "taken back since")}
    about = {"quoted": said.promise.words, "to": way("promise", said.promise.pk)}
    if verb == "promise":
        due = words.moment(said.promise.first_due, now=eye.now, zone=eye.zone)
        return f"promised {said.first}", about | {"then": f", by {due}", "state": _standing(fact)}
    if verb == "move":
        day = parse_datetime(line.facts.get("to", ""))
        to = f" to {words.day(day.astimezone(eye.zone).date(), today=_today(eye))}" if day else ""
        agreed = line.facts.get("agreed")
        return "moved", about | {
            "then": f"{to}{f'; {agreed}' if agreed else ''}",
            "state": State("moved", "moved, they agreed") if agreed else State("late", f"{said.first} had not agreed"),
        }
    if verb == "release":
        return f"was released by {said.first} from", about | {"state": State("moved", "released")}
    return "kept", about | {"state": _ended(fact)}


def _standing(fact: Act) -> State | None:
    """Of a promise made: only what is late tells here; how it ended has its own line."""
    if fact.said is None or fact.said.ending is not None:
        return None
    state = fact.said.judged.state
    return State(state, "broken" if state == Standing.BROKEN else "late") if state in {"late", "broken"} else None


def _ended(fact: Act) -> State:
    said = fact.said
    if said is None:
        return State("kept", "kept")
    if said.judged.state == Standing.BROKEN:
        return State("broken", "too late: the word was broken")
    late = said.judged.state == Standing.KEPT_LATE
    return State("late", f"{words.span(fact.at - said.judged.due)} late") if late else State("kept", "kept")
