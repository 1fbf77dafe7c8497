"""Who was asked how it felt, what each of them said, and what followed: one query, whatever is wanted of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateTimeField, Q, QuerySet, Value

from kept.kit.names import calling
from kept.kit.written_once import written_once
from kept.ledgers.pulses.models import Answer, Invitation
from kept.measures.trust_streams import Stream
from kept.readings.felt_given import MARKS, known_at

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_ASKED = ("id", "client_id", "contact_id", "contact__name", "occasion", "about", "at", "closes_at")
_CALL = (
    "pk", "owner__name", "opened_at", "promise__due", "spoke_at", "spoke_by__name", "spoke_words", "ended_at",
    "outcome",
)  # fmt: skip
_SAID = ("pk", "at", "changed_at", *(stream.value for stream in MARKS), "words", "call_me")


class _Row(NamedTuple):
    """One invitation with its answer, or an answer alone; the columns of `_ASKED`, `_SAID` and `_CALL`."""

    invitation: int | None
    client: int
    contact: int | None
    name: str | None
    occasion: str
    about: str
    asked_at: datetime | None
    closes_at: datetime | None
    pk: int | None
    said_at: datetime  # where there is an answer
    changed_at: datetime | None
    secure: int | None
    cherished: int | None
    delighted: int | None
    dazzled: int | None
    mark: int | None
    words: str | None
    call_me: bool | None
    call: int | None
    owner: str | None
    opened_at: datetime | None
    due: datetime | None
    spoke_at: datetime | None
    spoke_by: str | None
    spoke_words: str | None
    ended_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """What follows a low answer: whose it is, by when they speak, and what came of it."""

    pk: int
    owner: str
    opened_at: datetime
    due: datetime | None
    spoke_at: datetime | None
    spoke_by: str
    spoke_words: str
    ended_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What one person said once; `at` is when they last said it."""

    pk: int
    client: int
    contact: int | None
    name: str  # empty where the person is known no more
    at: datetime
    marks: Mapping[Stream, int]
    words: str
    call_me: bool
    about: str
    call: Call | None

    @property
    def first_name(self) -> str:
        return calling(self.name) if self.name else "Somebody"

    @property
    def who(self) -> tuple[str, int]:
        """One person, also where who they were is known no more."""
        return ("contact", self.contact) if self.contact else ("answer", self.pk)


@dataclass(frozen=True, slots=True)
class Asked:
    """One person asked once, and what they said; `at` is none where they spoke of their own accord."""

    client: int
    contact: int | None
    name: str
    at: datetime | None
    closes_at: datetime | None
    heard: Heard | None


def asked_and_heard(*, at: datetime, since: datetime, clients: Collection[int] | None = None) -> list[Asked]:
    """Everybody asked or heard after `since` and by `at`, the newest first, of all clients or of those named.

    What was withdrawn before anybody answered was never asked. One query; one more where something was changed later.
    """
    rows = _every(None, at, since) if clients is None else _of_some(list(clients), at, since)
    found = [_Row._make(row) for row in rows]
    if any(row.changed_at and row.changed_at > at for row in found):
        found = [_Row(**row) for row in known_at((row._asdict() for row in found), at=at)]
    return sorted((_asked(row, at) for row in found), key=_moment, reverse=True)


@written_once
def _of_some(clients: Sequence[int], at: datetime, since: datetime) -> QuerySet[Any, Any]:
    return _every(clients, at, since)


def _every(clients: Sequence[int] | None, at: datetime, since: datetime) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = _invitations(at, since, clients).union(_unasked(at, since, clients), all=True)
    return found


def _invitations(at: datetime, since: datetime, clients: Sequence[int] | None) -> QuerySet[Invitation, Any]:
    rows = Invitation.objects.filter(
        Q(at__gt=since) | Q(answer__at__gt=since) | Q(answer__changed_at__gt=since), at__lte=at
    ).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at) | Q(answer__isnull=False))
    if clients is not None:
        rows = rows.filter(client__in=clients)
    said = [f"answer__{name}" for name in _SAID]
    call = [f"answer__follow_up__{name}" for name in _CALL]
    return rows.order_by().values_list(*_ASKED, *said, *call)


def _unasked(at: datetime, since: datetime, clients: Sequence[int] | None) -> QuerySet[Answer, Any]:
    """Those who spoke of their own accord."""
    rows = Answer.objects.filter(Q(at__gt=since) | Q(changed_at__gt=since), invitation=None, at__lte=at)
    if clients is not None:
        rows = rows.filter(client__in=clients)
    none, moment, text = Value(None, BigIntegerField()), Value(None, DateTimeField()), Value("", CharField())
    columns: list[Any] = [none, "client_id", "contact_id", "contact__name", text, text, moment, moment]
    return rows.order_by().values_list(*columns, *_SAID, *(f"follow_up__{name}" for name in _CALL))


def _asked(row: _Row, at: datetime) -> Asked:
    heard = _heard(row, row.pk, row.changed_at or row.said_at, at) if row.pk and row.said_at <= at else None
    return Asked(row.client, row.contact, row.name or "", row.asked_at, row.closes_at, heard)


def _heard(row: _Row, pk: int, said: datetime, at: datetime) -> Heard:
    return Heard(
        pk=pk,
        client=row.client,
        contact=row.contact,
        name=row.name or "",
        at=said,
        marks=_marks(row),
        words=row.words or "",
        call_me=bool(row.call_me),
        about=row.about,
        call=_call(row, at) if row.call else None,
    )


def _marks(row: _Row) -> Mapping[Stream, int]:
    given = zip(MARKS, (row.secure, row.cherished, row.delighted, row.dazzled, row.mark), strict=True)
    return MappingProxyType({stream: mark for stream, mark in given if mark is not None})


def _call(row: _Row, at: datetime) -> Call | None:
    if row.call is None or row.opened_at is None or row.opened_at > at:
        return None
    return Call(
        pk=row.call,
        owner=row.owner or "",
        opened_at=row.opened_at,
        due=row.due,
        spoke_at=row.spoke_at,
        spoke_by=row.spoke_by or "",
        spoke_words=row.spoke_words or "",
        ended_at=row.ended_at,
        outcome=row.outcome or "",
    )


def _moment(one: Asked) -> tuple[datetime, int]:
    if one.heard is None:
        return one.at or LONG_AGO, 0
    return max(one.at or one.heard.at, one.heard.at), one.heard.pk
