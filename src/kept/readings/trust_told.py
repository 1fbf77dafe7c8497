"""Trust as plain data and as a sentence: what `kept trust` prints, and what a snapshot keeps."""

from datetime import UTC, datetime
from typing import Any

from kept.measures.drift import Drift, Level
from kept.measures.incidents import Incident
from kept.measures.trust import Pillar
from kept.readings.trust import Reckoned

_POINTS = 100


def told(one: Reckoned, *, client: str) -> dict[str, Any]:
    """The client's trust as JSON says it; the points of the contributions add up to trust - baseline."""
    found = one.trust
    return {
        "client": client,
        "trust": found.value,
        "low": found.low,
        "high": found.high,
        "evidence": str(found.evidence),
        "pillars": {str(each.part): pillar(each) for each in found.pillars},
        "baseline": found.baseline,
        "contributions": [
            {"row": each.row, "stream": str(each.stream), "points": each.points} for each in found.contributions
        ],
        "alarms": alarms(one),
    }


def pillar(one: Pillar) -> dict[str, Any]:
    """One pillar in points of 100: where it stands, its middle 80 %, where it began, and on how much it stands."""
    return {
        "value": _POINTS * one.mean,
        "low": _POINTS * one.low,
        "high": _POINTS * one.high,
        "baseline": _POINTS * one.prior.mean,
        "events": one.n,
        "weight": one.weight,
    }


def alarms(one: Reckoned) -> list[dict[str, Any]]:
    """What hurt lately, newest first, and the pillars that drift or are watched."""
    return [incident(each) for each in one.incidents] + [drifting(each, one) for each in one.alarms]


def incident(one: Incident) -> dict[str, Any]:
    return {
        "kind": "incident",
        "what": str(one.kind),
        "stream": str(one.stream),
        "row": one.row,
        "at": written(one.at),
    }


def drifting(one: Drift, of: Reckoned) -> dict[str, Any]:
    """A pillar that drifts; `rows` are those from which the rise began."""
    since = one.reasons[0].at if one.reasons else one.alarmed_at
    return {
        "kind": "drift" if one.level is Level.ALARM else "watch",
        "what": drift_words(one),
        "pillar": str(one.part),
        "sum": one.sum,
        "usual": one.usual,
        "at": written(one.alarmed_at) if one.alarmed_at else None,
        "since": written(since) if since else None,
        "drop": of.drop(one.part).words,
        "rows": [{"row": step.row, "stream": str(step.stream)} for step in one.reasons],
    }


def drift_words(one: Drift) -> str:
    """ "consistency grows worse; usually 10 in 100 fall short" """
    grows = "grows worse" if one.level is Level.ALARM else "is watched"
    return f"{one.part} {grows}; usually {round(_POINTS * one.usual)} in 100 fall short"


def written(at: datetime) -> str:
    """The moment in UTC, so that the same moment is always the same text."""
    return at.astimezone(UTC).isoformat()
