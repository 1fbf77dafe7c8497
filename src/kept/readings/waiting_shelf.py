"""The messages of those who wait, fetched when somebody looks at them: a page shows fifty of what may be hundreds."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db.models import QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.conversations.models import Message


class Shelf:
    """Messages by key, each with its contact, its conversation, and the client with its lead."""

    def __init__(self) -> None:
        self._wanted: set[int] = set()
        self._found: dict[int, Message] = {}

    def wants(self, keys: Iterable[int]) -> None:
        """What anybody may look at; fetched all at once where nobody said beforehand what is looked at."""
        self._wanted.update(keys)

    def message(self, key: int) -> Message:
        """One of those wanted."""
        if key not in self._found:
            self.fetch(self._wanted)
        return self._found[key]

    def fetch(self, keys: Iterable[int]) -> None:
        """Have these ready. One query, none for what is there."""
        missing = sorted(set(keys) - self._found.keys())
        if missing:
            self._found.update((message.pk, message) for message in _messages(missing))


class Keyed(Protocol):
    """Something whose key is known before its row."""

    @property
    def pk(self) -> int: ...


class Shelved(Protocol):
    """What stands on a shelf: `readings.waiting.Waiting`."""

    @property
    def newest(self) -> Keyed: ...
    @property
    def shelf(self) -> Shelf: ...


def fetch(rows: Sequence[Shelved]) -> None:
    """Have the newest rows of these ready, all of one reading, and no others. One query, none without any."""
    if rows:
        rows[0].shelf.fetch(one.newest.pk for one in rows)


@written_once
def _messages(keys: Sequence[int]) -> QuerySet[Message]:
    rows = Message.objects.filter(pk__in=keys).select_related("contact", "conversation__client__lead")
    # as much as pages and letters draw of a message; long lists to be read as JSON are not among it
    return rows.defer("defects", "attachments", "automatic_why", "fingerprint").order_by()


def name_of(message: Message) -> str:
    """Who wrote it: the contact's name, else what the mail says."""
    return message.contact.name if message.contact else message.sender_name or message.sender_email or "Somebody"
