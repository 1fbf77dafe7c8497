"""Finding the conversation of each letter: by what it names as before it, then by subject and people.

Letters are threaded one after the other as they came, each among all that came before it. How many are received at
once, which a crash or a slow line decides, therefore says nothing about what becomes of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import models

from kept.flows.said_before import Said, from_rows, said
from kept.ledgers.conversations.models import Conversation, Message, Reference
from kept.measures.text import subjects
from kept.measures.text.letter import Letter

# A reply without a reference joins a conversation of the same subject and people if that moved within so many days;
# on a list that its members' programs keep in order, replies come within 60 days.
SUBJECT_REACH = timedelta(days=60)
MOST_LOOKED_AT = 50  # letters of one subject, the latest first
MOST_OPENED = 5  # conversations that begin with a reply, the nearest first


class Threads:
    """The conversations that the letters of a chunk may belong to, as they stand and as the chunk changes them."""

    def __init__(self, named: Sequence[tuple[str, Letter]]) -> None:
        self._moved: dict[int, int] = {}
        self._begun: list[int] = []
        self._said: list[Said] = []  # of this chunk: no rows yet
        self._by_name = _standing(named)
        self._rows = Conversation.objects.in_bulk({home for homes in self._by_name.values() for home in homes})
        self._opened: dict[str, list[int]] = defaultdict(list)  # by subject, those that begin with a reply
        for row in _opened_near([letter for _, letter in named]):
            self._open(self._rows.setdefault(row.pk, row))

    def now(self, home: int) -> int:
        """Where the letters of a conversation lie now: it may have been merged into another."""
        while home in self._moved:
            home = self._moved[home]
        return home

    def row(self, home: int) -> Conversation:
        """That conversation, or the one it was merged into."""
        home = self.now(home)
        if home not in self._rows:
            self._rows[home] = Conversation.objects.get(pk=home)
        return self._rows[home]

    @property
    def begun(self) -> int:
        """How many of the conversations begun here still stand."""
        return sum(home not in self._moved for home in self._begun)

    def named_by(self, names: Iterable[str]) -> list[Conversation]:
        """The conversations that letters of these ids belong to, or letters that name them, the oldest first."""
        homes = {self.now(home) for name in names for home in self._by_name.get(name, ())}
        return sorted((self.row(home) for home in homes), key=lambda row: (row.started_at, row.pk))

    def by_subject(self, letter: Letter, *, client: int | None) -> Conversation | None:
        """The conversation a reply most likely belongs to that names nothing we know: same subject and people."""
        key, reply = subjects.key(letter.subject), said(letter)
        if not key or not reply.reply:
            return None
        for earlier in self._said_before(letter.at, key):
            if reply.answers(earlier, of=client, client=self.row(earlier.home).client_id):
                return self.row(earlier.home)
        return None

    def answer_to(self, letter: Letter, home: Conversation) -> Conversation | None:
        """The nearest conversation begun by a reply that names nothing we know and answers this letter, put in `home`.

        The letter came after its answer, as where sent mail is read after what was received.
        """
        earlier = said(letter)
        key = subjects.key(letter.subject)
        rows = {self.now(one): self.row(one) for one in self._opened.get(key, ())}
        rows.pop(home.pk, None)
        near = [row for row in rows.values() if letter.at < row.started_at <= letter.at + SUBJECT_REACH]
        near = [row for row in near if row.subject_key == key and subjects.is_reply(row.subject)]
        for row in sorted(near, key=lambda row: (row.started_at, row.pk))[:MOST_OPENED]:
            first = self._first_of(row)
            if first and first.reply and first.answers(earlier, of=row.client_id, client=home.client_id):
                return row
        return None

    def begin(self, letter: Letter, *, client: int | None) -> Conversation:
        """A new conversation with this letter."""
        row = Conversation.objects.create(
            client_id=client,
            subject=letter.subject[:500],
            subject_key=subjects.key(letter.subject),
            started_at=letter.at,
            last_at=letter.at,
        )
        self._begun.append(row.pk)
        self._rows[row.pk] = row
        self._open(row)
        return row

    def put(self, letter: Letter, names: Collection[str], home: Conversation) -> None:
        """Note that the letter, known by its own id and those it names, lies in this conversation."""
        for name in names:
            self._by_name[name].add(home.pk)
        self._said.append(said(letter, home=home.pk))
        if letter.at < home.started_at:
            home.started_at = letter.at
            if subjects.key(letter.subject) == home.subject_key and not subjects.is_reply(letter.subject):
                home.subject = letter.subject[:500]  # as it was called before anybody answered
            home.save(update_fields=["subject", "started_at"])
            self._open(home)
        home.last_at = max(home.last_at, letter.at)

    def follow(self, gone: Conversation, home: Conversation) -> None:
        """Note that one conversation is being merged into another."""
        self._moved[gone.pk] = home.pk
        home.started_at, home.last_at = min(home.started_at, gone.started_at), max(home.last_at, gone.last_at)
        self._open(home)

    def _open(self, row: Conversation) -> None:
        if row.subject_key and subjects.is_reply(row.subject):
            self._opened[row.subject_key].append(row.pk)

    def _said_before(self, at: datetime, key: str) -> list[Said]:
        """The latest letters of that subject up to `at`, the last one first."""
        since = at - SUBJECT_REACH
        rows = Message.objects.filter(conversation__subject_key=key, at__gte=since, at__lte=at).order_by("-at", "-pk")
        kept = from_rows(rows[:MOST_LOOKED_AT])
        self._rows |= Conversation.objects.in_bulk({one.home for one in kept} - self._rows.keys())
        here = [one for one in self._said if since <= one.at <= at and self.row(one.home).subject_key == key]
        # of two at the same time the one that came later is the later one
        return sorted([*reversed(kept), *here], key=lambda one: one.at)[: -MOST_LOOKED_AT - 1 : -1]

    def _first_of(self, row: Conversation) -> Said | None:
        """The letter a conversation begins with; None where it begins with none, but with a note."""
        here = [one for one in self._said if one.at == row.started_at and self.now(one.home) == row.pk]
        kept = Message.objects.filter(conversation=row, at=row.started_at).order_by("pk")
        return next(iter(from_rows(kept[:1]) or here), None)


def _standing(named: Sequence[tuple[str, Letter]]) -> dict[str, set[int]]:
    """The conversations that stand already, by the ids their letters have and name."""
    names = {one for name, letter in named for one in (*names_of(name, letter), told_by(letter))}
    home: dict[str, set[int]] = defaultdict(set)
    ids = Message.objects.filter(message_id__in=names).values_list("message_id", "conversation_id")
    named_there = Reference.objects.filter(names__in=names).values_list("names", "message__conversation_id")
    for rows in (ids, named_there):
        for name, conversation in rows:
            home[name].add(conversation)
    return home


def _opened_near(letters: Sequence[Letter]) -> models.QuerySet[Conversation]:
    """The conversations that stand and may begin with a reply to one of these letters, which come after it."""
    times = [letter.at for letter in letters]
    keys = {subjects.key(letter.subject) for letter in letters} - {""}
    return Conversation.objects.filter(
        subject_key__in=keys, started_at__gt=min(times), started_at__lte=max(times) + SUBJECT_REACH
    )


def names_of(name: str, letter: Letter) -> set[str]:
    """The id a letter is kept under, and those it names as before it."""
    return {name, *map(short, letter.references)}


def told_by(letter: Letter) -> str:
    """The id of the letter that a delivery report speaks of, most of them in their words alone; "" for others."""
    return short(letter.report.original_id) if letter.report else ""


def short(message_id: str) -> str:
    """A message id as the ledger keeps it; very long ones are cut."""
    return message_id[:250]
