"""What a snapshot keeps of a client's trust, as plain data, with the words of the rows that moved it most."""

from collections.abc import Mapping, Sequence
from typing import Any

from kept.measures.belief import Prior
from kept.measures.incidents import Kind
from kept.measures.trust_attribution import Contribution
from kept.measures.trust_prior import Priors
from kept.measures.trust_streams import Part, Stream
from kept.measures.trust_words import called
from kept.readings.evidence import Told
from kept.readings.evidence.sources import told_of
from kept.readings.trust import Reckoned
from kept.readings.trust_numbers import parameters_at
from kept.readings.trust_told import alarms, pillar, written

SHOWN = 8  # rows with their words; the rest is told as one

Words = Mapping[tuple[Stream, int], Told]


def words_for(found: Sequence[Reckoned]) -> Words:
    """The words of the rows these snapshots of one moment show. A query for each source, one for the numbers."""
    rows = [
        row
        for one in found
        for row in (
            *((each.stream, each.row) for each in one.trust.contributions[:SHOWN]),
            *rows_that_hurt(one),
        )
    ]
    return told_of(rows, streams=parameters_at(found[0].at).streams) if rows else {}


def rows_that_hurt(one: Reckoned) -> list[tuple[Stream, int]]:
    """The rows of evidence behind incidents; who was replaced is no row of a stream."""
    return [(each.stream, each.row) for each in one.incidents if each.kind is not Kind.REPLACED]


def told(one: Reckoned, words: Words) -> dict[str, Any]:
    """The numbers, pillars, alarms, the rows that moved it most with their words, and the rest as one."""
    found, rest = one.trust, one.trust.contributions[SHOWN:]
    return {
        "at": written(one.at),
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "baseline": found.baseline,
        "evidence": str(found.evidence),
        "sentence": found.sentence,
        "pillars": {str(each.part): pillar(each) for each in one.trust.pillars},
        "alarms": [_with_words(each, words) for each in alarms(one)],
        "rows": [row_told(each, words) for each in one.trust.contributions[:SHOWN]],
        "rest": {"n": len(rest), "points": sum(each.points for each in rest)},
        "excluded": len(one.trust.excluded),
    }


def row_told(one: Contribution, words: Words) -> dict[str, Any]:
    """One row that moved trust: its stream and key, points, moment, what it is called, and its words."""
    event = one.event
    return _with_words(
        {
            "row": one.row,
            "stream": str(one.stream),
            "points": one.points,
            "at": written(event.at),
            "what": called(event)[0],
        },
        words,
    )


def priors_told(priors: Priors) -> dict[str, list[float]]:
    """Means and strengths by pillar."""
    return {str(part): [priors[part].mean, priors[part].strength] for part in Part}


def priors_of(said: Mapping[str, list[float]]) -> Priors:
    """What `priors_told` told."""
    return {part: Prior(*said[str(part)]) for part in Part}


def _with_words(one: dict[str, Any], words: Words) -> dict[str, Any]:
    """The same with the row's words and what opens it; an alarm of a whole pillar has no one row."""
    has_words = "row" in one and one["what"] != Kind.REPLACED
    said = words.get((Stream(one["stream"]), one["row"])) if has_words else None
    return {**one, "words": said.words, "noun": said.noun, "pk": said.pk} if said else one
