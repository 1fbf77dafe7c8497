"""What the backtest page says: one sentence of our own hit rate, the table of tellers, the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kept.doors.desk.ways import way
from kept.kit import words
from kept.measures.backtest import FEWEST_LOSSES, HORIZONS, NAIVE, SILENT, Case, Said, Share, Teller, Verdict, What
from kept.readings.backtest import Backtest

MIDDLE = HORIZONS[1]
HEADS = {What.LEFT: "Who left", What.COMPLAINED: "Who complained"}
WHO = {What.LEFT: "who left", What.COMPLAINED: "complaints"}
RULES = {
    Teller.TRUST: "something hurt in the last 30 days, or a pillar drifts",
    Teller.STANDING: "held, or may be leaving",
    Teller.FORECAST: "a budget will likely be crossed",
    Teller.ANSWER: "a mark so low that somebody calls",
    Teller.KEPT: "fewer than eight in ten",
    Teller.BURN: "more than were paid for",
}


@dataclass(frozen=True)
class Row:
    """One teller as the table shows it."""

    name: str
    rule: str
    naive: bool
    hits: tuple[str, ...]
    between: str
    vain: str
    vain_between: str


@dataclass(frozen=True)
class Told:
    """One case with what ours said so many days before."""

    client: str
    to: str
    day: str
    how: str
    said: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (teller, (state, words) by horizon)


def opening(one: Backtest | None) -> str:
    """The firm's own hit rate in one sentence."""
    if one is None:
        return "Nobody has looked back yet; it is done by night, or now if you like."
    what = next((what for what in What if one.of(what)), None)
    if what is None:
        return "Nobody left and nobody complained in two years, so nothing can be said of our warnings."
    verdict = one.verdicts[what][0]
    hits = verdict.hits[MIDDLE]
    if not hits.of:
        return f"Of {_many(len(one.of(what)), what)} nothing was known {MIDDLE} days before."
    said = f"Of {_many(hits.of, what)}, trust had warned of {_some(hits.n)} {MIDDLE} days before"
    vain = verdict.false_alarms
    if not vain.of:
        return f"{said}."
    quiet = f"{vain.of} quiet client-quarters"
    return f"{said}; it also warned in {_some(vain.n)} of {quiet}{', in vain' if vain.n else ''}."


def _many(number: int, what: What) -> str:
    if what is What.LEFT:
        return f"{words.count(number, 'client')} who left"
    return words.count(number, "complaint")


def _some(number: int) -> str:
    return "none" if not number else words.SMALL[number] if number < len(words.SMALL) else str(number)


def second(one: Backtest) -> str:
    """What simpler readings would have done, by the best of them."""
    what = next((what for what in What if one.of(what)), None)
    if what is None:
        return ""
    naive = [verdict for verdict in one.verdicts[what] if verdict.teller in NAIVE and verdict.hits[MIDDLE].of]
    if not naive:
        return "Of simpler readings nothing is known for those days."
    best = max(naive, key=lambda verdict: (verdict.hits[MIDDLE].n / verdict.hits[MIDDLE].of, -verdict.false_alarms.n))
    hits, vain = best.hits[MIDDLE], best.false_alarms
    if not hits.n:
        either = "" if one.verdicts[what][0].hits[MIDDLE].n else " either"
        return f"No simpler reading foretold any of them{either}."
    said = f"Of the simpler readings, {best.teller} did best: {_of(hits)} foretold"
    return f"{said}, {_of(vain)} warned in vain." if vain.of else f"{said}."


def rows(verdicts: Sequence[Verdict]) -> list[Row]:
    """All tellers of one kind of loss."""
    return [
        Row(
            name=words.sentence(one.teller),
            rule=RULES[one.teller],
            naive=one.teller in NAIVE,
            hits=tuple(_of(one.hits[days]) for days in HORIZONS),
            between=_between(one.hits[MIDDLE]),
            vain=_of(one.false_alarms),
            vain_between=_between(one.false_alarms),
        )
        for one in verdicts
    ]


def _of(share: Share) -> str:
    return f"{share.n} of {share.of}" if share.of else "not known"


def _between(share: Share) -> str:
    """The 80 % range in a hundred."""
    interval = share.interval
    return f"{100 * interval.low:.0f} to {100 * interval.high:.0f} in 100" if interval else ""


def ranked(verdicts: Sequence[Verdict], losses: int, what: What) -> str:
    """How well risk was ranked; below twenty losses why that is not said."""
    told = [
        f"{one.teller} {one.ranking.auc:.2f} ({one.ranking.interval.low:.2f} to {one.ranking.interval.high:.2f})"
        for one in verdicts
        if one.ranking
    ]
    if told:
        return f"The chance to be ranked above a client who stayed quiet (AUC, half is chance): {words.listed(told)}."
    fewest = f"below {FEWEST_LOSSES} it could not tell skill from chance"
    return f"No AUC is printed: {words.count(losses, 'case')} of {WHO[what]}, and {fewest}."


def told(case: Case, one: Backtest, *, at: datetime, zone: ZoneInfo) -> Told:
    """The case as a row."""
    client = one.clients[case.client]
    return Told(
        client=client.name,
        to=way("client", client.pk),
        day=words.day(case.at.astimezone(zone).date(), today=at.astimezone(zone).date()),
        how=case.how,
        said=tuple(
            (words.sentence(teller), tuple(_state(case, days, teller) for days in HORIZONS))
            for teller in Teller
            if teller not in NAIVE
        ),
    )


def _state(case: Case, days: int, teller: Teller) -> tuple[str, str]:
    return state(case.said.get(days, {}).get(teller, SILENT))


def state(said: Said) -> tuple[str, str]:
    """ "warned", "was silent", "knew nothing"."""
    if said.warned is None:
        return "unknown", "knew nothing"
    return ("kept", "warned") if said.warned else ("open", "was silent")
