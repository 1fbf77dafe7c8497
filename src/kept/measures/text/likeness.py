"""When two sentences are the same line: equal once folded, or four fifths of their runs of three words shared."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from kept.measures.text.slots import folded

NEAR = (4, 5)  # MEASURES 5: Jaccard of at least .8, as a fraction so that no rounding decides
REMEMBERED = timedelta(days=365)
_RUN = 3


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a sentence to know it again: its key and its shingles, all signed 64-bit."""

    key: int
    shingles: frozenset[int]

    @property
    def prefix(self) -> tuple[int, ...]:
        """The shingles to index, smallest first; see `prefix`."""
        return prefix(self.shingles)


@dataclass(frozen=True, slots=True)
class Sent:
    """A line that went out: its print, the client it went to, and when (aware)."""

    line: Print
    client: int
    at: datetime


def print_of(sentence: str, *, terms: Collection[str] = ()) -> Print:
    """The print of a sentence; `terms` are the names that belong to its client, as in `slots.folded`."""
    text = folded(sentence, terms=terms)
    return Print(key(text), shingles(text))


def key(folded: str) -> int:
    """A stable hash of a folded sentence, -2^63 .. 2^63 - 1: equal sentences, equal keys, on any machine."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def shingles(folded: str) -> frozenset[int]:
    """The keys of all runs of three words; a shorter sentence is one run, an empty one has none."""
    said = folded.split()
    runs = range(max(1, len(said) - _RUN + 1)) if said else ()
    return frozenset(key(" ".join(said[start : start + _RUN])) for start in runs)


def prefix(shingles: Collection[int]) -> tuple[int, ...]:
    """The n - ceil(.8 n) + 1 smallest of n shingles, none of none: what an index needs to find every near-duplicate.

    Two sets with Jaccard J >= .8 share o >= .8 max(n, m) members. The smallest one they share has o - 1 shared ones
    above it in either set, so it is among the n - o + 1 <= n - ceil(.8 n) + 1 smallest of the one, and likewise of
    the other: the prefixes meet (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
    """
    n = len(set(shingles))
    over, under = NEAR
    return tuple(sorted(set(shingles))[: n - -(-over * n // under) + 1]) if n else ()


def jaccard(one: Collection[int], other: Collection[int]) -> float:
    """The shared part of all members of two sets, 0..1; two empty sets share nothing."""
    first, second = frozenset(one), frozenset(other)
    return len(first & second) / len(first | second) if first or second else 0.0


def containment(part: Collection[int], *, within: Collection[int]) -> float:
    """How much of `part` stands in `within`, 0..1; nothing of nothing."""
    return len(frozenset(part) & frozenset(within)) / len(frozenset(part)) if part else 0.0


def is_near(one: Print, other: Print) -> bool:
    """Whether two prints are the same line: the same key, or shingles with a Jaccard of at least .8."""
    shared, either = len(one.shingles & other.shingles), len(one.shingles | other.shingles)
    over, under = NEAR
    return one.key == other.key or (shared > 0 and under * shared >= over * either)


def other_clients(line: Print, sent: Iterable[Sent], *, client: int, at: datetime) -> int:
    """How many clients other than this one were sent the line in the 365 days before `at`.

    `sent` may be all lines or only the candidates of an index: rows with the same key or one of `line.prefix`.
    """
    return len({
        each.client
        for each in sent
        if each.client != client and at - REMEMBERED <= each.at < at and is_near(line, each.line)
    })  # fmt: skip
