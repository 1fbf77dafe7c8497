"""One wrong row for every constraint on the reckoning."""

from datetime import timedelta
from typing import Any

from kept.ledgers.reckoning.models import AlarmSeen, NumberChange, RowSetAside
from tests.cast import NOW, Studio
from tests.ledgers.violations import Violation, made


def aside(s: Studio) -> dict[str, Any]:
    until = NOW + timedelta(days=1)
    return {
        "client": s.borealis,
        "stream": "promise",
        "row": 1,
        "reason": "odd",
        "since": NOW,
        "until": until,
        "by": s.bo,
    }


VIOLATIONS_OF_RECKONING: dict[str, Violation] = {
    "number_change_has_key": made(NumberChange, lambda s: {"key": "", "by": s.ada, "at": NOW}),
    "row_set_aside_has_reason": made(RowSetAside, lambda s: aside(s) | {"reason": ""}),
    "row_set_aside_until_after": made(RowSetAside, lambda s: aside(s) | {"until": NOW}),
    "alarm_seen_has_part": made(AlarmSeen, lambda s: {"client": s.borealis, "part": "", "by": s.bo, "at": NOW}),
}
