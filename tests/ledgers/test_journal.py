"""Batches of rows from outside, and what the journal keeps of people who are gone."""

from datetime import date
from decimal import Decimal

from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch, Line
from kept.ledgers.team.models import Member, Rate
from tests.cast import NOW, Studio, london
from tests.ledgers.telling import told


def test_a_batch_is_opened_counted_and_taken_back_once(studio: Studio) -> None:
    with told("time.import") as lines:
        batch = journal.open_batch("time", "september.csv", by=studio.ada, at=NOW)
    journal.close_batch(batch, counts={"new": 40}, by=studio.ada)
    assert journal.mark_undone(batch, at=london(20, "10:00"))
    assert not journal.mark_undone(batch, at=london(20, "11:00"))
    batch = Batch.objects.get()
    assert (batch.counts, batch.undone_at, batch.by_name) == ({"new": 40}, london(20, "10:00"), "Ada Lark")
    assert [line.said for line in lines] == ["september.csv"]


def test_what_kept_does_by_itself_is_told_as_kept(studio: Studio) -> None:
    with told("mail.import") as lines:
        journal.open_batch("mail", "x" * 600, by=None, at=NOW)
    assert (lines[0].by_name, lines[0].by_id) == ("Kept", None)


def test_a_line_outlives_whom_it_names(studio: Studio) -> None:
    gone = studio.fin.pk
    journal.write("team.greet", studio.fin, by=studio.fin, at=NOW)
    Member.objects.filter(pk=gone).delete()
    assert Line.objects.get(verb="team.greet").by_name == "Fin Penny"


def test_the_facts_of_a_row_are_plain(studio: Studio) -> None:
    rate = Rate(member=studio.kit, kind="bill", from_day=date(2026, 1, 1), per_hour=Decimal("95.50"), currency="GBP")
    assert journal.facts_of(rate) == {
        "id": None, "member_id": studio.kit.pk, "kind": "bill", "from_day": "2026-01-01", "per_hour": "95.50",
        "currency": "GBP",
    }  # fmt: skip
