"""What an import changed on rows that stood before it, written in the journal so that undoing can put it back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import models

from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal.models import Batch, Line
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Member

SLICE = 500


@dataclass(frozen=True)
class Change:
    """`field` of these rows was `was` and is `now` (plain values: a number, a text, a day as text, None)."""

    of: str  # "conversations.Conversation"
    field: str  # its attribute, "client_id"
    rows: tuple[int, ...]
    was: Any
    now: Any


@dataclass(frozen=True)
class Addition:
    """These rows were added to one that stood, and bear no batch of their own."""

    of: str
    rows: tuple[int, ...]


type Brought = tuple[int, Change | Addition]  # the client it is about comes first: walls hide lines by client


def fill(row: models.Model, *, field: str, now: Any) -> Change:
    """Write `now` into the row's field; answers what to remember."""
    was = getattr(row, field)
    setattr(row, field, now)
    row.save(update_fields=[field])
    return Change(row._meta.label, field, (row.pk,), was, now if isinstance(now, str | int) else str(now))


def remember(brought: Iterable[Brought], *, batch: Batch, at: datetime, by: Member | None) -> None:
    """Write one journal line for each client touched."""
    by_client: dict[int, list[Change | Addition]] = defaultdict(list)
    for client, one in brought:
        by_client[client].append(one)
    for client, several in by_client.items():
        write(
            f"{batch.kind}.import_change", batch, by=by, at=at, client_id=client, said=batch.source,
            changed=[asdict(one) for one in several if isinstance(one, Change)],
            added=[asdict(one) for one in several if isinstance(one, Addition)],
        )  # fmt: skip


def put_back(batch: Batch) -> int:
    """Undo what the batch changed and added, except where somebody has changed it since. Answers how many rows."""
    lines = Line.objects.filter(noun=batch._meta.label, row_id=batch.pk, verb=f"{batch.kind}.import_change")
    rows = 0
    for line in lines.order_by("-pk"):
        for change in reversed(line.facts["changed"]):
            for still in _those(change, **{change["field"]: change["now"]}):
                rows += still.update(**{change["field"]: change["was"]})
        for addition in line.facts["added"]:
            for there in _those(addition):
                rows += there.delete()[1].get(addition["of"], 0)
        if any(change["of"] == Entry._meta.label for change in line.facts["changed"]):
            hours.recount([line.client_id or 0])
    return rows


def _those(remembered: dict[str, Any], **as_left: Any) -> Iterator[models.QuerySet[Any]]:
    """The rows that are still as the import left them, some hundreds at a time."""
    rows = apps.get_model(remembered["of"])._default_manager
    for some in batched(remembered["rows"], SLICE, strict=False):
        yield rows.filter(pk__in=some, **as_left)
