"""Days typed at the terminal are read, or refused in a sentence before anything is done."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kept.doors.post.typed_days import typed_day
from kept.ledgers.mailboxes.models import Mailbox
from tests.studio import Studio


def test_a_day_begins_at_midnight_and_none_is_none() -> None:
    assert typed_day("2026-03-02", else_done="") == datetime(2026, 3, 2, tzinfo=UTC)
    assert typed_day("", else_done="") is None


@pytest.mark.parametrize(
    ("words", "done"),
    [
        (["import_mail", str(Path(__file__).parent), "--quiet-before"], "Nothing was imported."),
        (
            ["mailbox_add", "hello@studio.example", "--host", "imap.studio.example", "--quiet-before"],
            "Nothing was kept.",
        ),
        (["reparse", "--since"], "Nothing was changed."),
    ],
)
def test_what_is_no_day_stops_the_command(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, words: list[str], done: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a password\n"))
    with pytest.raises(CommandError, match=f"“soon” is not a day.*{done}"):
        call_command(*words, "soon")
    assert not Mailbox.objects.exists()
