"""How a piece of work was received in all, from what was said of it on each occasion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kept.measures.trust_events import Accepted


class Said(StrEnum):
    """What a client can say of a piece of work, the best first."""

    ACCEPTED = "accepted"
    EXTRA_ROUND = "extra_round"
    REDONE = "redone"


_CAME_TO = {Said.ACCEPTED: Accepted.AT_ONCE, Said.EXTRA_ROUND: Accepted.EXTRA_ROUND, Said.REDONE: Accepted.REDONE}


@dataclass(frozen=True, slots=True)
class Received:
    """What it came to, and when that was first said."""

    accepted: Accepted
    at: datetime


def received(said: Iterable[tuple[Said, datetime]]) -> Received | None:
    """The worst that was said decides, however it was accepted afterwards; None while nobody said a word.

    Silence is no acceptance. A second round because of us weighs like the first.
    """
    found = list(said)
    if not found:
        return None
    worst = max((kind for kind, _ in found), key=list(Said).index)
    return Received(_CAME_TO[worst], min(at for kind, at in found if kind is worst))
