"""One wrong row for every constraint on pauses, follow-ups, duty, inlets and contradictions."""

from datetime import timedelta
from typing import Any

from kept.ledgers.conversations.duty import Rule, Turn
from kept.ledgers.conversations.holding import FollowUp, Pause
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.noticed import Contradiction, Request
from kept.ledgers.conversations.presence import Looking
from kept.ledgers.conversations.undelivered import Undelivered
from tests.cast import NOW, Studio
from tests.ledgers.violations import Violation, made, twice
from tests.ledgers.violations_of_work import asked

LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


def pause(s: Studio) -> dict[str, Any]:
    return {"conversation": asked(s).conversation, "reason": "their logo", "by": s.bo, "at": NOW}


def rule(s: Studio) -> dict[str, Any]:
    return {"position": 1, "looks": "sender", "words": "museum", "member": s.kit, "at": NOW}


def inlet(s: Studio) -> dict[str, Any]:
    return {"name": "Our blog", "channel": "comment", "hashed": "0" * 64, "made_at": NOW}


def contradiction(s: Studio) -> dict[str, Any]:
    return {"message": asked(s), "about": "closing", "at": NOW}


def request(s: Studio) -> dict[str, Any]:
    return {"message": asked(s), "words": "Could you?", "probability": 0.9}


def looking(s: Studio) -> dict[str, Any]:
    return {"conversation": asked(s).conversation, "member": s.kit, "at": NOW}


VIOLATIONS_OF_ANSWERING: dict[str, Violation] = {
    "one_pause_at_a_time": twice(Pause, pause, at=LATER),
    "pause_has_reason": made(Pause, lambda s: pause(s) | {"reason": ""}),
    "pause_in_time": made(Pause, lambda s: pause(s) | {"ended_at": EARLIER}),
    "FollowUp.message": twice(FollowUp, lambda s: {"message": asked(s), "at": NOW}, due_at=LATER),
    "Undelivered.message": twice(Undelivered, lambda s: {"message": asked(s), "at": NOW}, at=LATER),
    "Turn.member": twice(Turn, lambda s: {"member": s.kit, "position": 1}, position=2),
    "rule_has_words": made(Rule, lambda s: rule(s) | {"words": ""}),
    "rule_looks": made(Rule, lambda s: rule(s) | {"looks": "mood"}),
    "Inlet.hashed": twice(Inlet, inlet, name="Another"),
    "inlet_has_name": made(Inlet, lambda s: inlet(s) | {"name": ""}),
    "contradicted_once": twice(Contradiction, contradiction, reason="she asks"),
    "request_once": twice(Request, request, probability=0.8),
    "request_probability": made(Request, lambda s: request(s) | {"probability": 1.1}),
    "looking_once": twice(Looking, looking, at=LATER),
    "contradiction_about": made(Contradiction, lambda s: contradiction(s) | {"about": "weather"}),
}
