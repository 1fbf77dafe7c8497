"""What a number tried would have done to the answers of a quarter: after which somebody would have called."""

from dataclasses import dataclass
from datetime import datetime

from kept.flows.hear_pulse import asks_for_a_word
from kept.ledgers.pulses.models import MARKS, Answer
from kept.readings.numbers_effects import Change, Changes, Trial, gathered
from kept.readings.snapshots.beside import A_QUARTER


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer: when it was given, its lowest mark (None: words alone), and whether somebody calls after it."""

    at: datetime
    lowest: int | None
    called: bool


def of_answers(tried: Trial) -> Changes[Heard]:
    """The answers of the last quarter, each as it would have been judged by either number. One query."""
    rows = Answer.objects.filter(client__in=tried.named, at__gt=tried.at - A_QUARTER, at__lte=tried.at)
    every = (_judged(row, tried) for row in rows.select_related("contact").order_by("at", "pk"))
    return gathered(every, of=tried)


def _judged(row: Answer, tried: Trial) -> Change[Heard]:
    now, then = (Heard(row.at, _lowest(row), asks_for_a_word(row, each.feeling)) for each in (tried.ours, tried.other))
    who = row.contact.name if row.contact else ""
    return Change(row.client_id, tried.named[row.client_id], now, then, about=who)


def _lowest(row: Answer) -> int | None:
    return min((mark for name in MARKS if (mark := getattr(row, name)) is not None), default=None)
