"""What fell due, and whether it was kept: the one rule by which the pledge and a review count promises.

A promise counts on its day, as it was moved with a yes, and is missed as soon as that day has passed. Desk pages and
trust count it once it is settled, on that day (`promises_kept`, `evidence.promises`): they say "settled", not "due".
"""

from datetime import datetime

from django.db.models import Q

from kept.ledgers.promises.models import Outcome, Promises
from kept.ledgers.pulses.models import Answer, FollowUp
from kept.measures.promises import Judgement, State

KEPT, MISSED = (State.KEPT, State.MOVED), (State.KEPT_LATE, State.LATE, State.BROKEN)


def in_time(judged: Judgement) -> bool | None:
    """The verdict: kept by its day, or not; none while it is open, and for one they released."""
    if judged.state in KEPT:
        return True
    return False if judged.state in MISSED else None


def due_from(since: datetime, before: datetime | None = None) -> Q:
    """Promises whose day was ever said to lie in that time; judging them tells whether it stands there."""
    found = Q()
    for name in ("due", "first_due"):
        found |= _within(name, since, before)
    return found | Q(pk__in=Outcome.objects.filter(_within("new_due", since, before)).values("promise"))


def to_clients(promises: Promises) -> Promises:
    """Without those we made to ourselves, to call after a low answer: they are no promise of theirs.

    What they took back has left no follow-up, yet the promise that was kept by then.
    """
    calls = FollowUp.objects.filter(promise__isnull=False).values("promise")
    return promises.exclude(source_noun=Answer._meta.label).exclude(pk__in=calls)


def _within(name: str, since: datetime, before: datetime | None) -> Q:
    return Q(**{f"{name}__gte": since}) & (Q(**{f"{name}__lt": before}) if before else Q())
