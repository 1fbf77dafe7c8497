"""How much of a draft could have gone to anybody: its lines, and to how many other clients each of them went."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Max, Q

from kept.ledgers.clients.models import Client, behind_wall
from kept.ledgers.conversations.sentences import Sentence, Shingle
from kept.ledgers.conversations.terms import terms_of
from kept.ledgers.team.models import Member
from kept.measures.text import likeness, sentences
from kept.measures.text.likeness import Print, Sent
from kept.measures.text.sameness import Line, Sameness, is_counted, judge, own_words, spans
from kept.measures.text.slots import folded

LONGEST = 20_000  # characters of a draft that are judged
MOST = 100  # sentences


def sameness(
    words: str, *, viewer: Member, client: Client | None, at: datetime, to: str = "", skeletons: Collection[str] = ()
) -> Sameness:
    """The draft judged, for its writer alone: only clients the viewer may know of are counted. At most four queries.

    `to` is what one calls the reader; `skeletons` the firm's approved wording, which nobody is nudged about.
    """
    lines = sentences.split(words[:LONGEST])[:MOST]
    names = terms_of([client.pk]).get(client.pk, frozenset()) if client else frozenset[str]()
    starts = [start for start, _ in spans(words[:LONGEST], lines)]
    approved = {folded(line) for text in skeletons for line in sentences.split(text)}
    prints = [_print(line, names) for line in lines]
    others = _others([one for one in prints if one], viewer=viewer, client=client, at=at)
    return judge(
        [
            Line(
                line, start, others=others.get(one.key, 0) if one else 0, own=own_words(line, terms=names),
                approved=folded(line) in approved,
            )
            for line, start, one in zip(lines, starts, prints, strict=True)
        ],
        to=to,
    )  # fmt: skip


def _print(line: str, names: frozenset[str]) -> Print | None:
    """What the line is known by; None where it says too little to be judged."""
    if not is_counted(line, terms=names):
        return None
    text = folded(line, terms=names)[:500]
    return Print(likeness.key(text), likeness.shingles(text))


def _others(prints: Sequence[Print], *, viewer: Member, client: Client | None, at: datetime) -> dict[int, int]:
    """To how many other clients each line went within a year, by its key. One query."""
    if not prints:
        return {}
    hashes = {each for one in prints for each in one.prefix}
    near = Q(key__in={one.key for one in prints}) | Q(pk__in=Shingle.objects.filter(hash__in=hashes).values("sentence"))
    rows = Sentence.objects.filter(near, said_at__gte=at - likeness.REMEMBERED, said_at__lt=at)
    seen = rows.exclude(behind_wall(viewer, "client__wall_id")).order_by()
    # what went to one client a hundred times is one row here, so that a favourite line costs no more than a rare one
    sent = [
        Sent(Print(key, likeness.shingles(text)), of, last)
        for key, text, of, last in seen.values_list("key", "folded", "client").annotate(Max("said_at"))
    ]
    here = client.pk if client else 0
    return {one.key: likeness.other_clients(one, sent, client=here, at=at) for one in prints}
