"""Which wording of the pledge is in force at a moment, and what stands beside it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Subquery

from kept.ledgers.pledges.models import Edition, Sentence, Showing

_BESIDE = {
    "is_open": Exists(Showing.objects.filter(closed_at=None)),
    "drafted": Exists(Edition.objects.filter(published_at=None)),
}


def in_force(at: datetime) -> tuple[Sentence, ...]:
    """The sentences of the edition in force, with it; empty where none was. One query."""
    newest = Edition.objects.published().filter(published_at__lte=at).values("pk")[:1]
    rows = Sentence.objects.filter(edition=Subquery(newest)).select_related("edition")
    return tuple(rows.annotate(**_BESIDE))


@dataclass(frozen=True)
class Beside:
    """Whether everybody may read the pledge now, and whether a draft of the next wording stands."""

    is_open: bool
    drafted: bool


def beside(sentences: Sequence[Sentence]) -> Beside:
    """As `in_force` found it with the sentences: no query, or one where nothing is in force."""
    if sentences:
        return Beside(*(getattr(sentences[0], name) for name in _BESIDE))
    return Beside(Showing.objects.filter(closed_at=None).exists(), Edition.objects.filter(published_at=None).exists())
