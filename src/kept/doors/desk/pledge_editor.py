"""The editor of the pledge: the draft of the next wording, what each sentence would come to, and what stands now."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kept.doors.desk.acts import me, only
from kept.doors.desk.client_forms import may_welcome as may_edit
from kept.doors.desk.pledge_forms import PublishForm, SentenceForm, typed
from kept.kit import clock
from kept.kit import words as say
from kept.ledgers.pledges.models import FEWEST, MOST, Edition, Sentence
from kept.readings.calendars import offices
from kept.readings.pledge import board_of
from kept.readings.pledge_history import changes
from kept.readings.pledge_in_force import in_force
from kept.readings.pledge_told import told

editors = only(may_edit)


def show(
    request: HttpRequest,
    edition: Edition,
    *,
    new: SentenceForm | None = None,
    typed_into: SentenceForm | None = None,
    pk: int = 0,
    publish: PublishForm | None = None,
) -> HttpResponse:
    """The editor, with a form that was typed into in its place."""
    now, viewer = clock.now(), me(request)
    rows, standing = list(edition.sentences.select_related("edition")), list(in_force(now))
    board = board_of(rows, at=now, offices=offices(), viewer=viewer) if rows else None
    lines = {line.pk: line for line in told(board)} if board else {}
    forms = [(row, typed_into if typed_into and row.pk == pk else _form(row)) for row in rows]
    context: dict[str, Any] = {
        "place": "pledge",
        "edition": edition,
        "drafted": [(row, form, lines.get(row.pk), at) for at, (row, form) in enumerate(forms)],
        "standing": standing,
        "changes": changes(standing, rows),
        "new": new or SentenceForm(auto_id="new-%s"),
        "room": len(rows) < MOST,
        "missing": max(0, FEWEST - len(rows)),
        "publish": publish or PublishForm(),
        "typed": typed_into or new or publish,
        "opening": draft_opening(rows),
    }
    return render(request, "desk/pledge_draft.html", context)


def _form(row: Sentence) -> SentenceForm:
    return SentenceForm(initial=typed(row), sentence=row, auto_id=f"s{row.pk}-%s")


def draft_opening(rows: Sequence[Sentence]) -> str:
    """What is still to be done until it can be published: "The draft has four sentences; it takes one more." """
    number = f"The draft has {say.count(len(rows), 'sentence')}"
    if len(rows) < FEWEST:
        return f"{number}; it takes {say.SMALL[FEWEST - len(rows)]} more before anybody reads it."
    loose = sum(not row.measure for row in rows)
    if loose:
        return f"{number}; {say.SMALL[loose]} of them {'is' if loose == 1 else 'are'} held against nothing yet."
    return f"{number}, each held against something. The owner can publish it."
