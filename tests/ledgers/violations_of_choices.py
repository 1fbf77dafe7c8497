"""One wrong row for every constraint on signs of choice and on ties."""

from datetime import timedelta
from typing import Any

from kept.ledgers.choices.models import Hold, Sign
from tests.cast import NOW, Studio
from tests.ledgers.violations import TODAY, Violation, made


def sign(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "kind": "praised", "at": NOW, "noted_at": NOW, "by": s.bo}


def tied(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "lock": "our_data", "ties": True, "since": TODAY, "at": NOW, "by": s.bo}


VIOLATIONS_OF_CHOICES: dict[str, Violation] = {
    "sign_kind": made(Sign, lambda s: sign(s) | {"kind": "smiled"}),
    "sign_noted_after": made(Sign, lambda s: sign(s) | {"noted_at": NOW - timedelta(minutes=1)}),
    "sign_source": made(Sign, lambda s: sign(s) | {"source_noun": "conversations.Message"}),
    "hold_lock": made(Hold, lambda s: tied(s) | {"lock": "love"}),
    "hold_ties_by_something": made(Hold, lambda s: tied(s) | {"lock": ""}),
    "hold_in_time": made(Hold, lambda s: tied(s) | {"until": TODAY - timedelta(days=1)}),
}
