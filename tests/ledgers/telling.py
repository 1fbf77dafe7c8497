"""What the ledgers hold and what the journal was told, for tests to compare."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps

from kept.ledgers.journal.models import Line

LEDGERS = [
    "journal",
    "team",
    "clients",
    "engagements",
    "hours",
    "conversations",
    "promises",
    "mailboxes",
    "letters",
    "touches",
    "deliverables",
    "bills",
    "choices",
    "pledges",
    "reviews",
    "pulses",
    "reckoning",
    "rounds",
    "reflections",
]


def everything() -> dict[str, list[Any]]:
    """All rows of all ledgers but the journal's lines, without their numbers: a row made again is the same row."""
    held = {}
    for label in LEDGERS:
        for model in apps.get_app_config(label).get_models():
            if model is not Line:
                rows = ({k: v for k, v in row.items() if k != "id"} for row in model._default_manager.values())
                held[model._meta.label] = sorted(map(repr, rows))
    return held


@contextmanager
def told(*verbs: str) -> Iterator[list[Line]]:
    """The journal is told exactly these verbs, in this order; the list yielded holds the lines afterwards."""
    before = set(Line.objects.values_list("pk", flat=True))
    lines: list[Line] = []
    yield lines
    lines += Line.objects.exclude(pk__in=before).order_by("pk")
    assert [line.verb for line in lines] == list(verbs)
