"""Does a sentence ask its reader for something? A linear model over word runs and a grammar, shipped as numbers."""

import json
from array import array
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import exp, sqrt
from pathlib import Path

from kept.measures.text import due_dates, request_features, request_grammar, sentences
from kept.measures.working_time import Calendar

WEIGHTS = Path(__file__).with_name("request_weights.bin")
# At this probability and above a sentence is taken for a request.
LIKELY = 0.5
# What a plain request in a language that the model was not trained on is given.
_ABROAD = 0.8
_HANDED_OVER = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. urgent: it says "asap", today or tomorrow, or names a deadline; by: that deadline, aware, in the
    zone of the sent moment; None when none is named, it can be read in two ways, or nobody said when it was sent."""

    sentence: str
    probability: float
    urgent: bool
    by: datetime | None


def found(
    text: str, *, sent_at: datetime | None = None, calendar: Calendar | None = None, day_first: bool | None = None
) -> list[Asked]:
    """Sentences of the visible part that likely ask for something, in order. calendar, day_first: as in due_dates."""
    asked = ((sentence, probability(sentence)) for sentence in sentences.split(text))
    return [
        Asked(sentence, chance, *_urgency(sentence, sent_at, calendar, day_first))
        for sentence, chance in asked
        if chance >= LIKELY
    ]


def probability(sentence: str) -> float:
    """How likely the sentence asks its reader for something, 0..1; calibrated on business mail, half of it requests.

    logit p = b + sum w over the words' runs / sqrt(their number) + CUE_VALUE * sum w over the grammar's cues.
    """
    if not any(letter.isalpha() for letter in sentence[:1000]):
        return 0.0
    return ruled(sentence, 1 / (1 + exp(-_logit(sentence))))


def ruled(sentence: str, chance: float) -> float:
    """What the grammar knows better than the training set: handing something over asks for nothing ("please find
    attached", labelled a request there), and other languages ask too."""
    head = sentence[:1000]
    if request_grammar.only_hands_over(head):
        return min(chance, _HANDED_OVER)
    return max(chance, _ABROAD) if request_grammar.asks_abroad(head) else chance


def reasons(sentence: str) -> tuple[str, ...]:
    """The cues of the grammar that the sentence shows, in plain words."""
    return request_grammar.cues(request_features.normalised(sentence))


def _logit(sentence: str) -> float:
    words, cues = request_features.of(sentence)
    model = _model()
    said = sum(model.weights[room] for room in words) / sqrt(len(words))
    shown = sum(model.weights[room] for room in cues) * request_features.CUE_VALUE
    return model.intercept + model.scale * (said + shown)


@dataclass(frozen=True, slots=True)
class _Model:
    weights: array[int]  # one signed byte a room
    scale: float
    intercept: float


@lru_cache(maxsize=1)
def _model() -> _Model:
    """The shipped numbers: a line of JSON, then one byte for each room; made by bench/train_requests.py."""
    head, _, body = WEIGHTS.read_bytes().partition(b"\n")
    facts = json.loads(head)
    weights = array("b", body)
    if len(weights) != request_features.ROOMS:
        raise ValueError(
            f"{WEIGHTS.name} holds {len(weights)} numbers for {request_features.ROOMS} rooms; install Kept again."
        )
    return _Model(weights, float(facts["scale"]), float(facts["intercept"]))


def _urgency(
    sentence: str, sent_at: datetime | None, calendar: Calendar | None, day_first: bool | None
) -> tuple[bool, datetime | None]:
    """Whether it presses, and the day it names as a deadline."""
    presses = bool(request_grammar.PRESSES.search(sentence))
    if sent_at is None:
        return presses or bool(request_grammar.DEADLINE.search(sentence)), None
    due = due_dates.read(sentence, sent_at=sent_at, calendar=calendar, day_first=day_first)
    is_deadline = due.deadline and (due.explicit or due.ambiguous)
    return presses or is_deadline, due.at if (is_deadline or presses) and due.explicit else None
