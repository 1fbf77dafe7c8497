"""Evidence for trust, one module a ledger: its rows become events of `measures.trust_events`, and are told in words.

Each module has `events(*, at, since, clients=None, streams=STREAMS, offices)`, which yields (client, Event) for all
clients or for those named, in a constant number of queries, as known at `at`; and `told(rows)`, which says in words
what the rows of those events are (by the firm's `streams` where the words hang on them).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of evidence is: its words as a person would say them, and the row to open ("promises.Promise", 7)."""

    words: str
    noun: str
    pk: int
