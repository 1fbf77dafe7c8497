"""A number tried, in words: where trust would stand, what would drift, and what would be told at once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kept.doors.desk.settings_numbers_table import Preview, Row, Said, Table, names, row, table, unchanged
from kept.doors.desk.trust_drawn import signed
from kept.kit import words
from kept.measures.belief import Confidence
from kept.measures.drift import Level
from kept.readings.numbers_effects import Change, Changes, Trial
from kept.readings.numbers_trust import Hurt, OfTrust, Stands, of_trust

LEVELS = {
    Level.CALM: Said("calm", "calm"),
    Level.WATCH: Said("soon", "watched", "a quiet mark on their page"),
    Level.ALARM: Said("late", "drifts", "told on Today"),
}


def trust(tried: Trial, zone: ZoneInfo) -> Preview:
    """Of numbers by which evidence is counted: first trust itself, then the warnings that hang on it."""
    found = of_trust(tried)
    moved = sorted(found.standing.rows, key=lambda one: (-abs(_by(one)), one.name.casefold()))
    rows = (row(each, _stands, by=signed(_by(each))) for each in moved)
    warned = [said for said in (_drift_says(found.drifting), _hurt_says(found.hurting)) if said]
    return Preview(
        " ".join([trust_says(moved), *warned]),
        [
            *_same(found.standing),
            *([] if warned else ["No warning would appear, and none would go."]),
        ],
        [
            *table(
                "Trust",
                "As it stands today and as it would, with its range, and whether its evidence is thin, fair or firm.",
                rows,
                same=unchanged(found.standing),
            ),
            *_warnings(found, tried, zone),
        ],
    )


def drifting(tried: Trial, zone: ZoneInfo) -> Preview:
    """Of numbers by which service that grows worse is told."""
    found = of_trust(tried)
    says = _drift_says(found.drifting) or "It would warn of no other drift today."
    return Preview(says, _same(found.drifting), _warnings(found, tried, zone))


def hurting(tried: Trial, zone: ZoneInfo) -> Preview:
    """Of numbers by which something is told the same day."""
    found = of_trust(tried)
    says = _hurt_says(found.hurting) or "Nothing of the last thirty days would be told otherwise."
    return Preview(says, _same(found.hurting), _warnings(found, tried, zone))


def trust_says(moved: list[Change[Stands]]) -> str:
    """How many clients it would move, and whom most; else of how many it would be known better, or worse."""
    far = [each for each in moved if _by(each)]
    if far:
        most = far[0]
        return f"It would move {words.count(len(far), 'client')}, {most.name} most, by {signed(_by(most))}."
    if moved:
        return f"It would move no client’s trust, but how much is known of {words.count(len(moved), 'client')}."
    return "It would move no client’s trust today."


def _by(one: Change[Stands]) -> float:
    return round(one.then.value - one.now.value, 1)


def _stands(one: Stands) -> Said:
    thin = one.evidence is Confidence.THIN
    return Said("unknown" if thin else "calm", f"{one.value:.1f}", f"{one.low} to {one.high}, {one.evidence}")


def _same(found: Changes[object]) -> list[str]:
    return [] if found.rows else [said for said in (unchanged(found),) if said]


def _drift_says(found: Changes[Level]) -> str:
    """ "It would warn of drift at Borealis, and no more at Dione."; quiet marks where only those change."""
    more = [each for each in found.rows if each.then is Level.ALARM]
    less = [each for each in found.rows if each.now is Level.ALARM]
    if more and less:
        return f"It would warn of drift at {names(more)}, and no more at {names(less)}."
    if more or less:
        return (
            f"It would warn of drift at {names(more)}." if more else f"It would warn no more of drift at {names(less)}."
        )
    return f"It would change only quiet marks, at {names(found.rows)}." if found.rows else ""


def _hurt_says(found: Changes[Hurt | None]) -> str:
    """ "Of the last thirty days it would tell two things more, at Borealis, and one thing less, at Dione." """
    more = [each for each in found.rows if each.then is not None]
    less = [each for each in found.rows if each.then is None]
    told = [f"{words.count(len(more), 'thing')} more, at {names(more)}"] if more else []
    told += [f"{words.count(len(less), 'thing')} less, at {names(less)}"] if less else []
    return f"Of the last thirty days it would tell {', and '.join(told)}." if told else ""


def _warnings(found: OfTrust, tried: Trial, zone: ZoneInfo) -> list[Table]:
    drifts = (row(each, LEVELS.__getitem__, about=words.sentence(each.about)) for each in found.drifting.rows)
    hurts = (_hurts(each, tried.at, zone) for each in found.hurting.rows)
    return [
        *table("Drift", "Pillars of trust that grow worse bit by bit.", drifts, same=unchanged(found.drifting)),
        *table("Told at once", "What hurt in the last thirty days.", hurts, same=unchanged(found.hurting)),
    ]


def _hurts(one: Change[Hurt | None], at: datetime, zone: ZoneInfo) -> Row:
    hurt = one.then or one.now
    assert hurt is not None  # noqa: S101  # it is told now or then
    day = words.day(hurt.at.astimezone(zone).date(), today=at.astimezone(zone).date())
    return row(one, _told, about=f"{hurt.words or hurt.kind}, {day}")


def _told(one: Hurt | None) -> Said:
    return Said("late", "told", str(one.kind)) if one else Said("calm", "not told")
