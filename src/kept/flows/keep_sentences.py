"""Indexing what we sent, sentence by sentence, so that a line that went to many others is known while it is written."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import QuerySet

from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.conversations.sentences import Sentence, Shingle
from kept.ledgers.conversations.terms import terms_of
from kept.measures.text import likeness, sentences
from kept.measures.text.sameness import is_counted
from kept.measures.text.slots import folded

A_CHUNK = 500  # messages
LONGEST = 20_000  # characters of one message that are looked at
MOST = 200  # sentences of one message


def keep_sentences(messages: Collection[int]) -> int:
    """Index the messages of ours among these (their numbers) to clients; answers how many sentences they hold.

    What was indexed of them before is replaced, so twice is once.
    """
    return sum(_keep(chunk) for chunk in batched(sorted(messages), A_CHUNK, strict=False))


def rebuild(*, since: datetime) -> int:
    """Index all that we sent since then anew; answers how many sentences it holds."""
    return keep_sentences(list(_ours().filter(at__gte=since).values_list("pk", flat=True)))


def _ours() -> QuerySet[Message]:
    return Message.objects.filter(direction=Direction.OUT, automatic="", conversation__client__isnull=False)


@transaction.atomic
def _keep(chunk: Collection[int]) -> int:
    Sentence.objects.filter(message__in=chunk).delete()
    rows = list(_ours().filter(pk__in=chunk, body__isnull=False).select_related("conversation", "body"))
    if not rows:
        return 0
    terms = terms_of({row.conversation.client_id for row in rows if row.conversation.client_id})
    kept = Sentence.objects.bulk_create([one for row in rows for one in _lines(row, terms)], batch_size=500)
    Shingle.objects.bulk_create(
        [
            Shingle(sentence=one, hash=each)
            for one in kept
            for each in likeness.prefix(likeness.shingles(one.folded))
        ],
        batch_size=1000,
    )  # fmt: skip
    return len(kept)


def _lines(message: Message, terms: dict[int, frozenset[str]]) -> Iterator[Sentence]:
    """The sentences of a message that say enough to be judged."""
    client = message.conversation.client_id or 0
    names = terms.get(client, frozenset())
    for line in sentences.split(message.body.visible[:LONGEST])[:MOST]:
        if is_counted(line, terms=names):
            text = folded(line, terms=names)[:500]
            yield Sentence(
                message=message, client_id=client, key=likeness.key(text), folded=text, said_at=message.at
            )  # fmt: skip
