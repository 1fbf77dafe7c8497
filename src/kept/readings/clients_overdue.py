"""Of each client of a list the promise that is past its day for longest, with its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from kept.kit.names import calling
from kept.ledgers.promises.models import Promise
from kept.readings.client_list import Row
from kept.readings.promised import Standing


@dataclass(frozen=True)
class Overdue:
    """A client's promise that is past its day for longest: to whom it was made, and its words."""

    standing: Standing
    first: str
    words: str


def first_overdue(rows: Iterable[Row]) -> dict[int, Overdue]:
    """By client, the oldest promise past its day. One query."""
    late = {row.overdue[0].pk: row.overdue[0] for row in rows if row.overdue}
    said = Promise.objects.filter(pk__in=late).values_list("pk", "client_id", "contact__name", "client__name", "words")
    return {
        client: Overdue(late[pk], calling(contact) if contact else name, words)
        for pk, client, contact, name, words in said
    }
