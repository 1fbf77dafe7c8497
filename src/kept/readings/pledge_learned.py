"""What we learned that bears on one sentence of the pledge, whichever client it was learned with."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from kept.ledgers.pledges.models import Sentence
from kept.ledgers.reflections.models import Reflection
from kept.ledgers.team.models import Member

SHOWN = 5


def learned_of(sentence: Sentence, *, viewer: Member, at: datetime) -> Sequence[Reflection]:
    """The newest reflections that named the sentence by `at`, in any of its wordings; of clients the viewer may know.

    Each comes with its client and its own wordings, the newest of which counts. Two queries.
    """
    named = Q(sentence=sentence.root_pk) | Q(sentence__root=sentence.root_pk)
    rows = Reflection.objects.seen_by(viewer).filter(named, at__lte=at).select_related("client")
    return list(rows.prefetch_related("wordings")[:SHOWN])
