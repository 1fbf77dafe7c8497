"""What clients answered when they were asked how it felt, as it was known at a moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from kept.kit.asked_together import Asked
from kept.ledgers.journal.models import Line
from kept.ledgers.pulses.models import Answer
from kept.measures.trust_streams import FEELINGS, Stream

MARKS = (*FEELINGS, Stream.MARK)
_COLUMNS = ("pk", "client_id", "contact_id", "at", "changed_at", *(stream.value for stream in MARKS), "words")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: marks 0..10 for what was touched, and words; `at` is when it was last said."""

    pk: int
    client: int
    contact: int | None
    at: datetime
    marks: Mapping[Stream, int]
    words: str


def given(
    *, at: datetime, since: datetime, clients: Collection[int] | None = None, asked: Asked | None = None
) -> list[Given]:
    """Answers given or changed after `since` and by `at`, the oldest first, of all clients or of those named.

    Two queries; one more where an answer was changed later, whose earlier marks the journal keeps.
    """
    rows = asked or asks(at=at, since=since, clients=clients)
    standing = (dict(zip(_COLUMNS, row, strict=True)) for row in rows["answers"])
    found = [*known_at(standing, at=at), *_taken_back(rows["answers_gone"], at=at)]
    said = sorted((_given(row) for row in found), key=lambda one: (one.at, one.pk))
    return [one for one in said if one.at > since]


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None, **_: Any) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `given` reads: answers, and what was taken back after `at`."""
    rows = Answer.objects.filter(Q(at__gt=since) | Q(changed_at__gt=since), at__lte=at)
    gone = Line.objects.filter(noun=Answer._meta.label, verb="pulses.take_back", at__gt=at)
    if clients is not None:
        rows, gone = rows.filter(client__in=clients), gone.filter(client_id__in=clients)
    return {
        "answers": rows.order_by("at", "pk").values_list(*_COLUMNS),
        "answers_gone": gone.order_by("at", "pk").values_list("facts"),
    }


def known_at(rows: Iterable[dict[str, Any]], *, at: datetime) -> list[dict[str, Any]]:
    """The rows of answers as they stood at `at`: what was changed later is put back to what was said before.

    Each row has at least `pk`, `changed_at` and what is to be put back.
    """
    found = list(rows)
    later = [row["pk"] for row in found if row["changed_at"] and row["changed_at"] > at]
    before = _before(later, at) if later else {}
    return [row | _put_back(row, before[row["pk"]]) if row["pk"] in before else row for row in found]


def marks_of(row: Mapping[str, Any]) -> Mapping[Stream, int]:
    """The marks that were given, of a row with a column each."""
    return MappingProxyType({stream: row[stream.value] for stream in MARKS if row[stream.value] is not None})


def _given(row: dict[str, Any]) -> Given:
    return Given(
        pk=row["pk"],
        client=row["client_id"],
        contact=row["contact_id"],
        at=row["changed_at"] or row["at"],
        marks=marks_of(row),
        words=row["words"],
    )


def _before(rows: list[int], at: datetime) -> dict[int, dict[str, Any]]:
    """What stood in each row before its first change after `at`, as its journal line keeps it."""
    lines = Line.objects.filter(noun=Answer._meta.label, row_id__in=rows, at__gt=at, facts__has_key="was")
    found: dict[int, dict[str, Any]] = {}
    for row, facts in lines.order_by("at", "pk").values_list("row_id", "facts"):
        found.setdefault(row or 0, facts["was"])
    return found


def _put_back(row: dict[str, Any], was: dict[str, Any]) -> dict[str, Any]:
    earlier = {name: was[name] for name in row if name in was and name not in {"pk", "at", "changed_at"}}
    return earlier | {"changed_at": _moment(was.get("changed_at"))}


def _taken_back(gone: Iterable[tuple[dict[str, Any]]], *, at: datetime) -> list[dict[str, Any]]:
    """Answers that were given by `at` and taken back later, as they stood then; the journal keeps them."""
    rows = [facts["was"] for (facts,) in gone]
    told = [{"pk": was["id"], **{name: was[name] for name in _COLUMNS if name != "pk"}} for was in rows]
    moments = [row | {name: _moment(row[name]) for name in ("at", "changed_at")} for row in told]
    return known_at((row for row in moments if row["at"] <= at), at=at)


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
