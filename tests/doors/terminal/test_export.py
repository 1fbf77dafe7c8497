"""Everything of one kind as JSON lines."""

import io
import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext

from kept.ledgers.promises import verbs as promises
from tests.acting import promised, sold, worked, wrote
from tests.doors.side_served import served
from tests.doors.terminal.homes import KEPT, PATIENCE, sqlite_home
from tests.studio import NOW, Studio

pytestmark = pytest.mark.django_db


def exported(kind: str, **flags: str) -> list[dict[str, Any]]:
    said = io.StringIO()
    call_command("export", kind, stdout=said, **flags)
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_a_message_is_one_line_with_what_was_written(studio: Studio) -> None:
    letter = wrote(studio.borealis, by=studio.cleo, text="Where are\nthe drafts – “soon”?", subject="Drafts")
    (row,) = exported("messages")
    assert row["message_id"] == letter.message_id
    assert row["conversation"] == letter.conversation_id
    assert (row["client"], row["contact"], row["direction"], row["automatic"]) == ("Borealis", "Cleo North", "in", "")
    assert (row["subject"], row["visible"]) == ("Drafts", "Where are\nthe drafts – “soon”?")
    assert row["at"] == "2026-10-20T08:40:00+00:00"


def test_a_strangers_letter_has_no_client_and_a_machines_says_so(studio: Studio) -> None:
    wrote(None, by=studio.zed, automatic="bounce")
    (row,) = exported("messages")
    assert (row["client"], row["contact"], row["sender_email"], row["automatic"]) == (None, None, studio.zed, "bounce")


def test_a_promise_says_what_came_of_it(studio: Studio) -> None:
    promise = promised(studio.borealis, by=studio.bo, due=NOW + timedelta(days=1))
    promises.keep(promise, by=studio.bo, at=NOW + timedelta(hours=1))
    (row,) = exported("promises")
    assert (row["client"], row["by"], row["state"]) == ("Borealis", "Bo Field", "kept")
    assert [outcome["kind"] for outcome in row["outcomes"]] == ["kept"]


def test_hours_add_up_to_the_second(studio: Studio) -> None:
    website = sold(studio.borealis, by=studio.ada)
    worked(studio.borealis, engagement=website, member=studio.kit, day=date(2026, 10, 19), hours=2.25)
    (row,) = exported("hours")
    assert (row["seconds"], row["hours"], row["engagement"], row["day"]) == (8100, 2.25, "Website", "2026-10-19")


def test_a_client_comes_with_its_people_and_what_was_sold(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada)
    borealis = next(row for row in exported("clients") if row["client"] == "Borealis")
    assert borealis["domains"] == ["borealis.example"]
    assert borealis["contacts"][0]["addresses"] == ["cleo@borealis.example"]
    assert borealis["engagements"][0]["budgets"][0]["fee"] == 10_000


def test_a_member_exports_only_what_they_may_know_of(studio: Studio) -> None:
    wrote(studio.cassini, by=studio.cora)
    promised(studio.cassini, by=studio.ada, due=NOW)
    worked(studio.cassini, member=studio.ada, day=date(2026, 10, 19))
    sold(studio.borealis, by=studio.ada)
    for kind in ("messages", "promises", "hours"):
        assert len(exported(kind)) == 1
        assert exported(kind, member=studio.kit.email) == []
    (borealis,) = exported("clients", member=studio.kit.email)
    assert "fee" not in borealis["engagements"][0]["budgets"][0]


def test_somebody_unknown_is_named(studio: Studio) -> None:
    with pytest.raises(CommandError, match=r"Nobody in the firm has the address zed@stranger\.example"):
        exported("clients", member=studio.zed)


@pytest.mark.parametrize("kind", ["messages", "promises", "hours", "clients"])
def test_more_rows_ask_no_more_queries(studio: Studio, kind: str) -> None:
    from django.db import connection

    def some(number: int) -> None:
        for day in range(number):
            wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=day))
            promise = promised(studio.borealis, by=studio.bo, due=NOW)
            promises.keep(promise, by=studio.bo, at=NOW)
            worked(studio.borealis, member=studio.kit, day=date(2026, 10, 1))

    some(1)
    with CaptureQueriesContext(connection) as few:
        exported(kind)
    some(5)
    with CaptureQueriesContext(connection) as many:
        exported(kind)
    assert len(few) == len(many)


@pytest.mark.slow
def test_a_reader_that_has_had_enough_is_no_fault(tmp_path: Path) -> None:
    home = sqlite_home(tmp_path / "home", tables=True)
    home.python(
        "from kept.ledgers.clients.models import Client\n"
        "Client.objects.bulk_create(Client(name=f'{n:05} ' + 'x' * 150) for n in range(3000))"
    )
    export = subprocess.Popen(
        [*KEPT, "export", "clients"], env=home.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert export.stdout
    assert export.stderr
    assert json.loads(export.stdout.readline())["client"].startswith("00000")
    export.stdout.close()
    assert export.wait(PATIENCE) == 0
    assert export.stderr.read() == b""


def test_meetings_work_and_bills_say_who_was_promised_how_it_was_received_and_what_it_was_to_them(
    studio: Studio,
) -> None:
    served(studio.borealis, work=sold(studio.borealis, by=studio.ada), by=studio.ada)
    (meeting,), (work,), (bill,) = (exported(kind) for kind in ("meetings", "deliverables", "bills"))
    assert (meeting["client"], meeting["about"], meeting["ended"]) == ("Borealis", "Borealis reviewed", None)
    assert (meeting["promised"], meeting["came"]) == (["Ada Lark"], [])
    assert [one["kind"] for one in work["receipts"]] == ["extra_round"]
    assert (bill["number"], bill["amount"], bill["verdict"]) == ("Borealis-1", 4812.5, "a surprise")
    assert [one["words"] for one in bill["surprises"]] == ["Why Borealis?"]


def test_a_member_gets_bills_without_sums_and_nothing_of_a_walled_client(studio: Studio) -> None:
    for client in (studio.borealis, studio.cassini):
        served(client, work=sold(client, by=studio.ada), by=studio.ada)
    (bill,) = exported("bills", member="kit@larkfield.example")
    assert bill == {"id": bill["id"], "client": "Borealis", "sent_on": "2026-10-05", "verdict": "a surprise"}
    assert [row["client"] for row in exported("meetings", member="kit@larkfield.example")] == ["Borealis"]
    assert [row["client"] for row in exported("deliverables", member="kit@larkfield.example")] == ["Borealis"]
