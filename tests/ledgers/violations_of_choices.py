"""One wrong row for every constraint on signs of choice and on ties."""

from datetime import timedelta
from typing import Any

from kept.ledgers.choices.models import Dismissal, Hold, Sign
from tests.cast import NOW, Studio
from tests.ledgers.violations import TODAY, Violation, made, twice


def sign(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "kind": "praised", "at": NOW, "noted_at": NOW, "by": s.bo}


def tied(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "lock": "our_data", "ties": True, "since": TODAY, "at": NOW, "by": s.bo}


def dismissed(s: Studio) -> dict[str, Any]:
    shown = {"kind": "praised", "source_noun": "conversations.Message", "source_id": 7}
    return {"client": s.borealis, "at": NOW, "by": s.bo} | shown


VIOLATIONS_OF_CHOICES: dict[str, Violation] = {
    "sign_kind": made(Sign, lambda s: sign(s) | {"kind": "smiled"}),
    "sign_noted_after": made(Sign, lambda s: sign(s) | {"noted_at": NOW - timedelta(minutes=1)}),
    "sign_source": made(Sign, lambda s: sign(s) | {"source_noun": "conversations.Message"}),
    "sign_once": twice(Sign, lambda s: sign(s) | {"source_noun": "conversations.Message", "source_id": 7}),
    "dismissed_sign_kind": made(Dismissal, lambda s: dismissed(s) | {"kind": "smiled"}),
    "dismissed_sign_source": made(Dismissal, lambda s: dismissed(s) | {"source_noun": ""}),
    "dismissed_sign_once": twice(Dismissal, dismissed),
    "hold_lock": made(Hold, lambda s: tied(s) | {"lock": "love"}),
    "hold_ties_by_something": made(Hold, lambda s: tied(s) | {"lock": ""}),
    "hold_in_time": made(Hold, lambda s: tied(s) | {"until": TODAY - timedelta(days=1)}),
}
