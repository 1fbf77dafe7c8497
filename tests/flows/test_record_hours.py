"""Recording hours: each row once, with its client, engagement and member, all or nothing."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kept.flows import record_hours
from kept.flows.record_hours import Terms
from kept.ledgers.clients.models import Client
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.team import addresses
from kept.ledgers.team import verbs as team
from tests.acting import sold
from tests.flows.rows import LOCAL, recorded, time_row, whys
from tests.ledgers.telling import everything, told
from tests.studio import FOUNDED, LONDON, Studio

TASKS = Terms(zone=LONDON, numbered_by="task number")


def test_a_row_becomes_an_entry_with_all_it_says(studio: Studio) -> None:
    website = sold(studio.borealis, by=studio.ada)
    tally, batch = recorded(time_row(task="Design", note="Header\nand footer", billable=False, external_id="7"))
    entry = Entry.objects.get()
    assert (entry.client, entry.engagement, entry.member, entry.batch) == (studio.borealis, website, studio.kit, batch)
    assert (entry.person, entry.day, entry.seconds) == ("Kit Marsh", date(2026, 10, 1), 3600)
    assert (entry.project, entry.task, entry.note, entry.billable) == ("Website", "Design", "Header\nand footer", False)
    assert (entry.source, entry.external_id) == ("toggl", "7")
    assert (tally.new, tally.known, tally.seconds, tally.seconds_new) == (1, 0, 3600, 3600)
    assert (tally.clients, tally.loose, tally.strangers) == (0, 0, 0)


def test_the_same_rows_again_change_nothing(studio: Studio) -> None:
    rows = [time_row(client="Vela"), time_row(person="Somebody Else")]
    recorded(*rows)
    before = {name: held for name, held in everything().items() if name != "journal.Batch"}
    tally, _ = recorded(*rows)
    assert (tally.new, tally.known, tally.seconds, tally.seconds_new, tally.clients) == (0, 2, 7200, 0, 0)
    assert {name: held for name, held in everything().items() if name != "journal.Batch"} == before


def test_an_overlapping_file_brings_only_what_is_new(studio: Studio) -> None:
    rows = [time_row(seconds=60) for _ in range(4)]
    recorded(*rows[:3])
    tally, _ = recorded(*rows[1:])
    assert (tally.new, tally.known, tally.seconds, tally.seconds_new) == (1, 2, 180, 60)


def test_a_client_is_found_whatever_its_capitals_and_made_once(studio: Studio) -> None:
    tally, batch = recorded(time_row(client=" BOREALIS "), time_row(client="Österling"), time_row(client="ÖSTERLING"))
    assert tally.clients == 1
    assert Client.objects.get(batch=batch).name == "Österling"
    assert Entry.objects.filter(client=studio.borealis).count() == 1


def test_rows_of_no_client_stand_under_one_that_says_so(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada)
    tally, _ = recorded(time_row(client="", project="Website"))
    entry = Entry.objects.get()
    assert (entry.client.name, entry.engagement, entry.project) == ("No client named", None, "Website")
    assert tally.without_client == 1


def test_rows_of_no_client_go_to_the_one_their_owner_names(studio: Studio) -> None:
    recorded(time_row(client=""), terms=Terms(zone=LONDON, unnamed="borealis"))
    assert Entry.objects.get().client == studio.borealis


def test_an_engagement_is_one_of_the_rows_own_client(studio: Studio) -> None:
    sold(studio.cassini, by=studio.ada)
    tally, _ = recorded(time_row(project="WEBSITE"), time_row(project="website", client="Cassini"))
    assert [entry.engagement is not None for entry in Entry.objects.order_by("client__name")] == [False, True]
    assert tally.loose == 1


@pytest.mark.parametrize(
    ("person", "email", "whose"),
    [("Kit Marsh", "", "kit"), ("kit marsh", "", "kit"), ("Somebody", "BO@larkfield.example", "bo"),
     ("Kit Marsh", "bo@larkfield.example", "bo"), ("", "kit@home.example", "kit"), ("Zed", "zed@stranger.example", ""),
     ("", "", "")],
)  # fmt: skip
def test_a_person_is_found_by_address_before_name(studio: Studio, person: str, email: str, whose: str) -> None:
    addresses.add_address(studio.kit, email="kit@home.example", by=None, at=FOUNDED)
    recorded(time_row(person=person, person_email=email))
    entry = Entry.objects.get()
    assert entry.member == (getattr(studio, whose) if whose else None)
    assert entry.person == (person or email)


def test_a_name_that_two_of_us_bear_is_neither(studio: Studio) -> None:
    team.join(name="Kit Marsh", email="kit2@larkfield.example", office=studio.office, by=None, at=FOUNDED)
    recorded(time_row())
    assert Entry.objects.get().member is None


def test_local_times_are_those_of_the_firm_and_others_stay_what_they_are(studio: Studio) -> None:
    local, told_zone = datetime(2026, 7, 1, 9, 30), datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=-5)))  # noqa: DTZ001
    recorded(time_row(started_at=local, external_id="a"), time_row(started_at=told_zone, external_id="b"))
    began = dict(Entry.objects.values_list("external_id", "started_at"))
    assert began == {"a": datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "b": datetime(2026, 7, 1, 14, 30, tzinfo=UTC)}


def test_numbers_of_two_tools_are_told_apart(studio: Studio) -> None:
    recorded(time_row(external_id="1"), terms=TASKS)
    tally, _ = recorded(time_row(external_id="1"), terms=Terms(zone=LONDON, numbered_by="issue"))
    assert tally.new == 1


@pytest.mark.parametrize("change", [{"seconds": 7200}, {"day": date(2026, 10, 2)}])
def test_a_number_that_stands_with_other_hours_is_named(studio: Studio, change: dict[str, object]) -> None:
    row = time_row(external_id="17")
    _, batch = recorded(row, terms=TASKS)
    changed = row._replace(**change)
    tally, _ = recorded(changed, time_row(external_id="18"), terms=TASKS)
    assert (tally.new, tally.known, len(tally.rejections), tally.seconds) == (1, 0, 1, 3600)
    [fault] = tally.rejections
    assert (fault.line, "1:00 h on 2026-10-01" in fault.why) == (changed.line, True)
    assert f"kept import undo {batch.pk}" in fault.remedy


def test_the_months_are_summed(studio: Studio) -> None:
    recorded(time_row(), time_row(day=date(2026, 9, 30), seconds=60), time_row(client="Vela"))
    assert MonthTotal.objects.count() == 3
    assert hours.untrue() == []


def test_a_file_leaves_one_line_beside_those_of_new_clients(studio: Studio) -> None:
    with told("time.import", "clients.welcome"):
        recorded(*[time_row(client="Vela") for _ in range(5)])


def test_a_fault_in_the_middle_leaves_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_hours, "CHUNK", 2)
    told_of: list[int] = []

    def stop(done: int) -> None:
        told_of.append(done)
        if len(told_of) == 2:
            raise KeyboardInterrupt

    before = everything()
    batchless = {name: held for name, held in before.items() if name != "journal.Batch"}
    with pytest.raises(KeyboardInterrupt):
        record_hours.record([time_row(client="Vela") for _ in range(6)], book=_book(), terms=LOCAL, on_progress=stop)
    assert told_of == [2, 2]
    assert {name: held for name, held in everything().items() if name != "journal.Batch"} == batchless


def _book() -> record_hours.NameBook:
    from kept.ledgers.journal import verbs as journal
    from tests.studio import NOW

    batch = journal.open_batch("time", "time.csv", by=None, at=NOW)
    return record_hours.NameBook.load(batch=batch, at=NOW)


def test_long_texts_are_cut_to_what_the_ledger_holds_and_long_numbers_stay_apart(studio: Studio) -> None:
    rows = [time_row(external_id="x" * 300 + end, project="p" * 400, person="n" * 300) for end in "ab"]
    tally, _ = recorded(*rows)
    again, _ = recorded(*rows)
    assert (tally.new, again.new) == (2, 0)
    assert whys(again.rejections) == []
