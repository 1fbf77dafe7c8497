"""What a number tried would do to the pledge: how far it is kept of bills, on the whole and to each client."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kept.ledgers.pledges.models import Measure, Sentence
from kept.readings import pledge_bills
from kept.readings.numbers_effects import Change, Changes, Trial, gathered
from kept.readings.pledge_asked import Asked, whose
from kept.readings.pledge_bills import Sent
from kept.readings.pledge_in_force import in_force
from kept.readings.pledge_rows import Bound, Scope, variations


@dataclass(frozen=True, slots=True)
class Keeps:
    """Of so many bills so many were as quoted."""

    kept: int
    of: int


@dataclass(frozen=True)
class OfPledge:
    """Each sentence about bills for all clients the viewer may know of, and by client; `about` are its words."""

    sentences: tuple[tuple[str, Keeps, Keeps], ...]
    clients: Changes[Keeps]


def of_pledge(tried: Trial) -> OfPledge:
    """The bills that the pledge in force counts, judged by either number. Six queries at most."""
    sentences = [one for one in in_force(tried.at) if one.measure == Measure.BILLS]
    if not sentences:
        return OfPledge((), gathered((), of=tried))
    asked = Asked(whose(tried.viewer, None), sentences[0].edition_id, tried.at, sentences, tried.house)
    scope = Scope(tried.at, min(map(asked.since, sentences)), asked.whose.clients(), tried.house)
    varied, now = variations(at=tried.at, clients=scope.clients), pledge_bills.load(scope)
    then = [one._replace(within=tried.other.streams.bill_within) for one in now]
    found = []
    for one in sentences:
        bound = Bound(one, asked.since(one), asked.until, varied.get(one.root_pk, ()))
        found.append(_Both(one, _counted(bound, scope, now), _counted(bound, scope, then)))
    return OfPledge(
        tuple((each.sentence.words, _all(each.now), _all(each.then)) for each in found),
        gathered((change for each in found for change in _changes(each, tried)), of=tried),
    )


class _Both(NamedTuple):
    """A sentence as it is kept to each client, by either number."""

    sentence: Sentence
    now: dict[int, Keeps]
    then: dict[int, Keeps]


def _counted(bound: Bound, scope: Scope, sent: list[Sent]) -> dict[int, Keeps]:
    rows = list(pledge_bills.rows(sent, bound, scope))
    every, kept = Counter(row.client for row in rows), Counter(row.client for row in rows if row.kept)
    return {client: Keeps(kept[client], n) for client, n in every.items()}


def _all(found: dict[int, Keeps]) -> Keeps:
    return Keeps(sum(one.kept for one in found.values()), sum(one.of for one in found.values()))


def _changes(one: _Both, tried: Trial) -> Iterator[Change[Keeps]]:
    """Which bills count does not hang on the number: both name the same clients."""
    for client in one.now.keys() & tried.named.keys():
        yield Change(client, tried.named[client], one.now[client], one.then[client], about=one.sentence.words)
