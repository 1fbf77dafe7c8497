"""Signs that letters seem to show: they got in touch after a silence, or left our nudges without an answer."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from kept.kit import words
from kept.kit.written_once import written_once
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Channel, Conversation, Direction, Message
from kept.ledgers.conversations.undelivered import peoples_words
from kept.ledgers.touches.models import EndingKind, Meeting
from kept.measures.choosing_spoken import NUDGES, SILENCE, Word, after_silence, ignored
from kept.readings.choices_offer import Evidence, Offer, Shown

TALK = Conversation._meta.label
LETTER = Message._meta.label


class Said(NamedTuple):
    """A message as the query gives it."""

    pk: int
    client: int
    talk: int
    at: datetime
    direction: str
    channel: str
    asks: bool
    contact: int | None
    contact_name: str | None
    member_name: str | None
    sender: str
    email: str
    to: list[list[str]]
    subject: str
    snippet: str
    chosen: int | None  # a day was chosen on which it should come back,
    back_at: datetime | None  # or none: it need not

    @property
    def ours(self) -> bool:
        return self.direction == Direction.OUT

    @property
    def who(self) -> str:
        return (self.member_name if self.ours else self.contact_name) or self.sender or self.email


def spoken(clients: Sequence[int], *, at: datetime, since: datetime) -> list[Offer]:
    """Of these clients what was said after `since` and by `at`. Three queries."""
    begins = since - SILENCE
    older = dict(_older(clients, begins))
    talks: dict[int, list[Said]] = defaultdict(list)
    for row in _said(clients, begins, at):
        said = Said(*row)
        talks[said.client].append(said)
    met: dict[int, list[datetime]] = defaultdict(list)
    for client, held_at in _met(clients, begins, at):
        met[client].append(held_at)
    found = (
        [*_in_touch(said, met.get(client, ()), older.get(client)), *_nudged(said, at)] for client, said in talks.items()
    )
    return [offer for offer in chain.from_iterable(found) if offer.at > since]


def _in_touch(rows: Sequence[Said], met: Collection[datetime], before: datetime | None) -> Iterator[Offer]:
    """ "got in touch": by rows of messages, which say who began what, and by meetings, which break a silence."""
    by_key = {row.pk: row for row in rows}
    first = _firsts(rows)
    said = [Word(row.pk, row.talk, row.at, row.ours, first=row.pk in first) for row in rows]
    held = [Word(0, 0, moment, ours=True) for moment in met]
    everything = sorted([*said, *held], key=lambda word: (word.at, word.row))
    last_row: Mapping[datetime, Said] = {row.at: row for row in rows}
    for word, last in after_silence(everything, before=before):
        row = by_key[word.row]
        silent = words.count((word.at - last).days, "day")
        shown = [_evidence(row), *([_evidence(last_row[last])] if last in last_row else [])]
        yield Offer(
            client=row.client,
            shown=Shown(SignKind.GOT_IN_TOUCH, LETTER, row.pk),
            at=row.at,
            why=f"For {silent} nobody on either side had said a word. Then they wrote first.",
            words=f"After {silent} without a word: “{row.subject}”." if row.subject else f"After {silent} of silence.",
            evidence=tuple(shown),
            contact=row.contact,
            who=row.contact_name or "",
        )


def _firsts(rows: Sequence[Said]) -> set[int]:
    """The first message of each conversation, but for notes: whoever asked for a meeting, the note is ours."""
    seen: dict[int, Said] = {}
    for row in rows:
        seen.setdefault(row.talk, row)
    return {row.pk for row in seen.values() if row.channel != Channel.NOTE}


def _nudged(rows: Sequence[Said], at: datetime) -> Iterator[Offer]:
    """ "ignored two nudges": a conversation that ends with letters of ours which ask, and nobody answered."""
    by_key = {row.pk: row for row in rows}
    everything = [_word(row) for row in rows]
    talks: dict[int, list[Word]] = defaultdict(list)
    for word in everything:
        talks[word.talk].append(word)
    for talk in talks.values():
        run = [by_key[word.row] for word in ignored(talk, at=at, elsewhere=everything)]
        if run:
            last = run[NUDGES]
            many = words.sentence(words.count(len(run), "letter"))
            to = next((name or email for name, email in run[0].to if name or email), "whoever reads them")
            yield Offer(
                client=last.client,
                shown=Shown(SignKind.IGNORED_NUDGES, LETTER, last.pk),
                at=last.at,
                why=f"{many} of ours asked for an answer, and since the first of them {to} has not written.",
                words=f"{many} asked, and no answer: “{last.subject}”." if last.subject else f"{many}, and no answer.",
                evidence=tuple(_evidence(row) for row in reversed(run)),
                contact=last.contact,
                who=last.contact_name or "",
            )


def _word(row: Said) -> Word:
    if not row.ours:
        return Word(row.pk, row.talk, row.at, ours=False, who=frozenset({row.email.lower()}))
    whom = frozenset(email.lower() for _, email in row.to if email)
    let_go = row.chosen is not None and row.back_at is None  # somebody said that no answer is awaited
    return Word(row.pk, row.talk, row.at, ours=True, asks=row.asks and not let_go, who=whom)


def _evidence(row: Said) -> Evidence:
    said = f"“{row.subject}”: {row.snippet}" if row.subject and row.snippet else row.subject or row.snippet
    return Evidence(row.at, row.who, said, row.client, noun=TALK, pk=row.talk, mark=f"m{row.pk}")


@written_once
def _older(clients: Sequence[int], begins: datetime) -> QuerySet[Any, Any]:
    """When the last conversation moved that ended before the stretch; found by its index, however long the history."""
    talks = Conversation.objects.filter(client=OuterRef("pk"), last_at__lt=begins).order_by("-last_at")
    moved = Client.objects.filter(pk__in=clients).annotate(moved=Subquery(talks.values("last_at")[:1]))
    return moved.filter(moved__isnull=False).order_by().values_list("pk", "moved")


@written_once
def _said(clients: Sequence[int], begins: datetime, at: datetime) -> QuerySet[Any, Any]:
    """What people said in conversations that moved since, whole, so that each is known from its first word."""
    rows = Message.objects.filter(
        peoples_words(at), conversation__client__in=clients, conversation__last_at__gte=begins, at__lte=at
    )
    return rows.order_by("at", "pk").values_list(
        "pk", "conversation__client_id", "conversation_id", "at", "direction", "channel", "asks", "contact_id",
        "contact__name", "member__name", "sender_name", "sender_email", "to", "subject", "snippet", "follow_up__pk",
        "follow_up__due_at",
    )  # fmt: skip


@written_once
def _met(clients: Sequence[int], begins: datetime, at: datetime) -> QuerySet[Any, Any]:
    rows = Meeting.objects.filter(
        client__in=clients, planned_at__gte=begins, planned_at__lte=at, ending__kind=EndingKind.HELD
    )
    return rows.order_by().values_list("client_id", "planned_at")
