"""What a number tried would do to trust: where each client would stand, drift, and be told of at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kept.measures.belief import Confidence
from kept.measures.drift import Level, drifts
from kept.measures.incidents import Incident, Kind, incidents
from kept.measures.parameters import Parameters
from kept.measures.trust_streams import Part, Stream
from kept.readings.evidence import Told
from kept.readings.evidence.sources import told_of
from kept.readings.numbers_effects import Change, Changes, Trial, changes, gathered
from kept.readings.trust import LATELY, Reckoned, trust_of_firm
from kept.readings.trust_aside import acknowledged

# these change what is told of the evidence, and neither the evidence nor trust; weeks of history read more evidence
ONLY_TELL = frozenset(
    {
        "hurting.feeling",
        "drifting.watch",
        "drifting.alarm",
        "drifting.odds",
        "drifting.usual_least",
        "drifting.usual_most",
    }
)

type Words = Mapping[tuple[Stream, int], Told]
type Row = tuple[Kind, int]


@dataclass(frozen=True, slots=True)
class Stands:
    """Trust in points of 100, as it is shown: the value to a tenth, its range in whole points."""

    value: float
    low: int
    high: int
    evidence: Confidence


@dataclass(frozen=True, slots=True)
class Hurt:
    """What is told at once: its kind, when it was, and the words of its row."""

    kind: Kind
    at: datetime
    words: str


@dataclass(frozen=True)
class OfTrust:
    """`drifting` is by client and pillar; `hurting` by client and row of the last thirty days, None: not told."""

    standing: Changes[Stands]
    drifting: Changes[Level]
    hurting: Changes[Hurt | None]


def of_trust(tried: Trial) -> OfTrust:
    """Everybody counted by either numbers, as of the trial's moment. A constant number of queries."""
    now = trust_of_firm(tried.at, house=tried.house, parameters=tried.ours).clients
    then = _told_again(now, tried) if tried.key in ONLY_TELL else _counted_again(tried)
    pairs = [(pk, now[pk], then[pk]) for pk in tried.named if pk in now and pk in then]
    return OfTrust(
        standing=changes(_stands(now), _stands(then), of=tried),
        drifting=gathered((each for pk, *two in pairs for each in _drifts(pk, tried.named[pk], *two)), of=tried),
        hurting=_hurting(tried, pairs),
    )


def _counted_again(tried: Trial) -> Mapping[int, Reckoned]:
    return trust_of_firm(tried.at, house=tried.house, parameters=tried.other).clients


def _told_again(now: Mapping[int, Reckoned], tried: Trial) -> dict[int, Reckoned]:
    """The same evidence and trust, told by the other numbers: nothing is read again but what was seen. Two queries."""
    seen = acknowledged(at=tried.at)
    return {pk: replace(one, **_warnings(one, seen.get(pk), tried.other)) for pk, one in now.items()}


def _warnings(one: Reckoned, seen: Mapping[Part, datetime] | None, numbers: Parameters) -> dict[str, Any]:
    priors = {part: one.prior(part) for part in Part}
    hurt = incidents(one.events, since=one.at - LATELY, at=one.at, numbers=numbers.hurting)
    return {
        "drifts": drifts(one.events, at=one.at, acknowledged=seen, priors=priors, numbers=numbers.drifting),
        "incidents": (*hurt, *(each for each in one.incidents if each.kind is Kind.REPLACED)),
    }


def _stands(of: Mapping[int, Reckoned]) -> dict[int, Stands]:
    return {
        pk: Stands(round(one.trust.value, 1), round(one.trust.low), round(one.trust.high), one.trust.evidence)
        for pk, one in of.items()
    }


def _drifts(pk: int, name: str, now: Reckoned, then: Reckoned) -> Iterator[Change[Level]]:
    for before, after in zip(now.drifts, then.drifts, strict=True):
        yield Change(pk, name, before.level, after.level, about=str(before.part))


def _hurting(tried: Trial, pairs: list[tuple[int, Reckoned, Reckoned]]) -> Changes[Hurt | None]:
    """An answer with two low feelings is told once. A query for each source of what differs."""
    told = [(pk, _rows(now), _rows(then)) for pk, now, then in pairs]
    differ = [(now | then)[row] for _, now, then in told for row in now.keys() ^ then.keys()]
    words = told_of([(each.stream, each.row) for each in differ], streams=tried.ours.streams)
    every = (
        Change(pk, tried.named[pk], _hurt(now.get(row), words), _hurt(then.get(row), words), about=str(row))
        for pk, now, then in told
        for row in now.keys() | then.keys()
    )
    return gathered(every, of=tried)


def _rows(one: Reckoned) -> dict[Row, Incident]:
    """Each row once, by what was done, whichever of its feelings was low first."""
    found: dict[Row, Incident] = {}
    for each in one.incidents:
        found.setdefault((each.kind, each.row), each)
    return found


def _hurt(one: Incident | None, words: Words) -> Hurt | None:
    if one is None:
        return None
    said = words.get((one.stream, one.row))
    return Hurt(one.kind, one.at, said.words if said else "")
