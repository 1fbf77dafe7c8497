"""What one letter says to others of its subject: whether it may be the answer to them where no id tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef

from kept.ledgers.conversations.models import Message, Reference
from kept.ledgers.letters.models import Letter as Written
from kept.measures.text import subjects
from kept.measures.text.letter import Letter


@dataclass(frozen=True)
class Said:
    """A letter as far as it matters to others of its subject; `home` is the conversation it was put into."""

    home: int
    at: datetime
    sender: str
    people: frozenset[str]
    reply: bool  # by its subject
    names: bool  # others before it
    sent: bool  # by Kept

    def answers(self, earlier: "Said", *, of: int | None, client: int | None) -> bool:
        """Whether this letter of client `of` may answer the earlier one, in a conversation of `client`.

        It goes to whoever wrote that letter, and to one more of them. Nobody comes into a client's conversation by a
        subject alone who was not in it. What names letters that we lack answers one that Kept sent at most: servers on
        its way may have given that another id, all others have the id by which the world knows them.
        """
        if self.names and not earlier.sent:
            return False
        if earlier.sender not in self.people or len(self.people & earlier.people) < 2:
            return False
        return client is None or client == of or (of is None and self.sender in earlier.people)


def from_rows(rows: models.QuerySet[Message]) -> list[Said]:
    """Letters as they are kept, in the order of `rows`."""
    names = Exists(Reference.objects.filter(message=OuterRef("pk")))
    sent = Exists(Written.objects.filter(message=OuterRef("pk")))
    found = rows.annotate(named=names, sent=sent)
    columns = ("conversation_id", "at", "sender_email", "to", "cc", "subject", "named", "sent")
    return [
        Said(home, at, sender, frozenset({sender, *_emails(to), *_emails(cc)}), subjects.is_reply(subject), names, sent)
        for home, at, sender, to, cc, subject, names, sent in found.values_list(*columns)
    ]


def _emails(people: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (email for _, email in people)


def said(letter: Letter, *, home: int = 0) -> Said:
    """A letter that comes as others of its subject are to know it."""
    people = frozenset({letter.sender.email} | {person.email for person in (*letter.to, *letter.cc)})
    reply, names = subjects.is_reply(letter.subject), bool(letter.references)
    return Said(home, letter.at, letter.sender.email, people, reply, names, sent=False)
