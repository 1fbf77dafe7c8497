"""Time exports become rows; what cannot be read is named with its line, and what is unclear is asked."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest

from kept.doors.imports.headings import as_columns
from kept.doors.imports.questions import Question, Unknown
from kept.doors.imports.time_files import read

from .conftest import Write

TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,"
    "Tags,Amount (EUR)\n"
)
NEW_TOGGL = "Description,Billable,Duration,Member,Email,Project,Tags,Start date,Start time,Stop date,Stop time\n"
CLOCKIFY = (
    "Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,"
    "Duration (h),Duration (decimal),Billable Rate (USD),Billable Amount (USD)\n"
)
HARVEST = (
    "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,"
    "Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL\n"
)
KIMAI = (
    "Date;From;To;Duration;Rate;User;Email;Customer;Project;Activity;Description;"
    "Exported;Tags;HourlyRate;FixedRate;InternalRate;\n"
)
PLAIN = "Date,Person,Client,Hours\n"
BOREALIS = (
    "Kit,kit@ada.example,Borealis,Launch,Draft,Words,Yes,2025-04-24,10:23:00,2025-04-24,11:23:01,01:00:01,,90.00\n"
)


def test_a_toggl_row_keeps_every_fact(write: Write) -> None:
    reading = read(write("\ufeff" + TOGGL + BOREALIS))
    [row] = reading.rows
    assert (reading.format, row.line, row.source) == ("toggl", 2, "toggl")
    assert (row.person, row.person_email, row.client, row.project) == ("Kit", "kit@ada.example", "Borealis", "Launch")
    assert (row.task, row.note, row.billable, row.currency) == ("Draft", "Words", True, "EUR")
    assert (row.day, row.seconds, row.minutes) == (date(2025, 4, 24), 3601, Fraction(3601, 60))
    assert row.started_at == datetime.combine(date(2025, 4, 24), time(10, 23))


def test_the_newer_toggl_headings_are_known(write: Write) -> None:
    reading = read(
        write(NEW_TOGGL + "Words,Yes,0:30:00,Kit,kit@ada.example,Launch,,2025-04-24,23:45:00,2025-04-25,00:15:00\n")
    )
    assert (reading.format, reading.rows[0].person, reading.rows[0].seconds) == ("toggl", "Kit", 1800)


def test_clockify_reads_its_exact_duration_before_its_rounded_one(write: Write) -> None:
    who, when = "P,Borealis,,T,Kit,,kit@ada.example,,No", "04/24/2025,10:23 AM,04/24/2025,10:43:01 AM"
    [read_row] = read(write(f"{CLOCKIFY}{who},{when},0:20:01,0.33,90.00,30.00\n")).rows
    assert (read_row.source, read_row.seconds, read_row.rate, read_row.currency) == (
        "clockify",
        1201,
        Decimal(90),
        "USD",
    )


def test_clockify_in_europe_mixes_dates_and_decimal_commas(write: Write) -> None:
    lines = [
        CLOCKIFY.replace(",", ";"),
        "P;Borealis;;T;Kit;;kit@ada.example;;Yes;7/27/22;09:00;7/27/22;12:30;3:30;3,5;80,00;280,00\n",
        "P;Borealis;;T;Kit;;kit@ada.example;;Yes;2022-07-02;09:00;2022-07-02;12:30;;3,5;80,00;280,00\n",
    ]
    reading = read(write("".join(lines)))
    assert [row.seconds for row in reading.rows] == [12_600, 12_600]
    assert [row.day for row in reading.rows] == [date(2022, 7, 27), date(2022, 7, 2)]
    assert reading.rows[0].rate == 80


def test_clockify_without_task_client_and_duration_columns(write: Write) -> None:
    text = (
        "Project,Description,Activity,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Client\n"
        "P,Words,Draft,Kit,,kit@ada.example,,Yes,04/24/2025,10:23 AM,04/24/2025,11:23:01 AM\n"
    )
    [row] = read(write(text)).rows
    assert (row.source, row.task, row.client, row.seconds) == ("clockify", "Draft", "", 3601)


def test_harvest_reads_old_dates_decimal_commas_and_both_names(write: Write) -> None:
    lines = (
        '26.01.2015,Borealis,P,,T,Words,"0,01",Yes,No,No,Bo,Lead,,Yes,"100,0","1,0","0,0","0,0",Euro - EUR,\n'
        '27.01.2015,Borealis,P,,T,"two\nlines","20,0",No,No,No,Bo,Lead,,Yes,"1.100,0","1,0","0,0","0,0",Euro - EUR,\n'
    )
    reading = read(write(HARVEST + lines))
    assert (reading.format, [row.seconds for row in reading.rows]) == ("harvest", [36, 72_000])
    assert [row.line for row in reading.rows] == [2, 3]
    assert (reading.rows[0].person, reading.rows[0].currency, reading.rows[1].rate) == ("Bo Lead", "EUR", Decimal(1100))


def test_harvest_counts_hours_worked_not_hours_rounded(write: Write) -> None:
    head = HARVEST.replace("Hours,", "Hours,Hours Rounded,")
    [row] = read(
        write(head + "2025-04-24,Borealis,P,,T,,0.40,0.50,Yes,No,No,Bo,Lead,,Yes,90,45,0,0,Euro - EUR,\n")
    ).rows
    assert row.seconds == 1440


def test_kimai_gives_seconds_and_an_hourly_rate_of_its_own(write: Write) -> None:
    [row] = read(
        write(KIMAI + "2025-04-24;09:00;10:30;5400;135;Kit;kit@ada.example;Borealis;P;Draft;Words;0;;90;;;\n")
    ).rows
    assert (row.source, row.client, row.task, row.seconds, row.rate) == (
        "kimai",
        "Borealis",
        "Draft",
        5400,
        Decimal(90),
    )


def test_moments_with_an_offset_stay_aware(write: Write) -> None:
    text = "client,start,end,user_name\nBorealis,2025-04-24T09:23:00Z,2025-04-24T10:23:01Z,Kit\n"
    [row] = read(write(text)).rows
    assert (row.source, row.seconds) == ("csv", 3601)
    assert row.started_at == datetime(2025, 4, 24, 9, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "heading",
    [
        "Datum;Mitarbeiter;Kunde;Projekt;Stunden", "Date;Collaborateur;Client;Projet;Heures",
        "Fecha;Empleado;Cliente;Proyecto;Horas", "Datum;Medewerker;Klant;Project;Uren",
    ],
)  # fmt: skip
def test_plain_tables_in_four_more_tongues(write: Write, heading: str) -> None:
    [row] = read(write(f"{heading}\n24.04.2025;Kit;Borealis;Launch;1,25\n")).rows
    assert (row.person, row.client, row.project, row.seconds) == ("Kit", "Borealis", "Launch", 4500)


def test_dates_that_read_both_ways_are_asked_for_and_the_answer_is_taken(write: Write) -> None:
    path = write(PLAIN + "03/04/2025,Kit,Borealis,1\n")
    with pytest.raises(Question, match="Nothing was imported"):
        read(path)
    assert read(path, day_first=True).rows[0].day == date(2025, 4, 3)
    assert read(path, day_first=False).rows[0].day == date(2025, 3, 4)


def test_an_impossible_date_is_rejected_by_line_and_the_rest_is_read(write: Write) -> None:
    reading = read(
        write(PLAIN + '04/24/2025,Kit,"Bore\nalis",1\n13/15/2025,Kit,Borealis,2\n04/02/2025,Kit,Borealis,3\n')
    )
    assert [row.seconds for row in reading.rows] == [3600, 10_800]
    [rejection] = reading.rejections
    assert (rejection.line, reading.total) == (4, 3)
    assert "no month" in rejection.why


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ("-1", "less than nothing"),
        ("25:00", "more than a day"),
        ("", "how long"),
        ("long", "not a number"),
        ("1:75", "length"),
    ],
)
def test_a_length_that_cannot_be_is_rejected_with_its_reason(write: Write, hours: str, why: str) -> None:
    reading = read(write(PLAIN + f"2025-04-24,Kit,Borealis,{hours}\n"))
    assert reading.rows == []
    assert why in reading.rejections[0].why
    assert reading.rejections[0].remedy


def test_an_end_before_its_beginning_is_rejected_and_midnight_is_crossed(write: Write) -> None:
    dated = read(write(TOGGL + BOREALIS.replace("11:23:01,01:00:01", "09:00:00,")))
    assert "less than nothing" in dated.rejections[0].why
    undated = read(write("Date,Person,Begin Time,End Time\n2025-04-24,Kit,23:30,00:15\n"))
    assert undated.rows[0].seconds == 2700


def test_a_running_timer_is_rejected_kindly(write: Write) -> None:
    reading = read(write(TOGGL + BOREALIS.replace("2025-04-24,11:23:01,01:00:01", ",,")))
    assert "still running" in reading.rejections[0].why


def test_no_time_at_all_is_kept_as_zero(write: Write) -> None:
    assert read(write(PLAIN + "2025-04-24,Kit,Borealis,0\n")).rows[0].seconds == 0


def test_sums_are_listed_and_neither_counted_nor_rejected(write: Write) -> None:
    reading = read(write(PLAIN + "2025-04-24,Kit,Borealis,1\n2025-04-25,Kit,Borealis,2\nTotal:,,,3\n,,,3\n"))
    assert (reading.seconds, reading.total, reading.rejections) == (10_800, 2, [])
    assert [each.line for each in reading.summaries] == [4, 5]


def test_a_client_called_total_is_a_client(write: Write) -> None:
    reading = read(write("Client,Date,Person,Hours\nTotal,2025-04-24,Kit,1\n"))
    assert reading.rows[0].client == "Total"


def test_ragged_rows(write: Write) -> None:
    reading = read(
        write("Date,Hours,Person,Client\n2025-04-24,1,Kit\n2025-04-24,1,Kit,Borealis,,\n2025-04-24,1,Kit,Bo,realis\n")
    )
    assert [row.client for row in reading.rows] == ["", "Borealis"]
    assert "5 cells under 4 headings" in reading.rejections[0].why


def test_a_quotation_mark_left_open_is_named_and_the_rows_below_are_read(write: Write) -> None:
    reading = read(write('Date,Hours,Note\n2025-04-24,1,"oops\n2025-04-25,2,fine\n'))
    assert [row.seconds for row in reading.rows] == [7200]
    assert (reading.rejections[0].line, "never closes" in reading.rejections[0].why) == (2, True)


def test_the_same_rows_are_known_again_and_twins_stay_two(write: Write) -> None:
    twin = "2025-04-24,Kit,Borealis,1\n"
    once = read(write(PLAIN + twin + twin + "2025-04-25,Kit,Borealis,1\n", name="april.csv"))
    again = read(write(PLAIN + "2025-04-23,Kit,Borealis,1\n" + twin + twin, name="overlapping.csv"))
    ids = [row.external_id for row in once.rows]
    assert len(set(ids)) == 3
    assert {row.external_id for row in again.rows} & set(ids) == set(ids[:2])


def test_another_delimiter_or_date_format_does_not_make_a_row_new(write: Write) -> None:
    one = read(write(PLAIN + "2025-04-24,Kit,Borealis,1.5\n", name="one.csv"))
    two = read(write("Hours;Client;Person;Date\n1:30;Borealis;Kit;24.04.2025\n", name="two.csv"))
    assert one.rows[0].external_id == two.rows[0].external_id


def test_rows_of_one_id_are_one_and_a_task_may_take_more_than_a_day(write: Write) -> None:
    path = write(
        "Nr,Done,Actual,Dev,Code\n7,02-Nov-04,30.25,58,PC2\n7,02-Nov-04,30.25,42,PC2\n8,,1,58,PC2\n", encoding="cp1252"
    )
    columns = as_columns(["Nr=id", "Done=day", "Actual=hours", "Code=client"])
    reading = read(path, columns=columns, person_column="Dev")
    [row] = reading.rows
    assert (row.external_id, row.seconds, row.person, row.client) == ("7", 108_900, "58", "PC2")
    assert (reading.repeated, reading.total, reading.rejections[0].line) == (1, 3, 4)


def test_a_task_of_absurd_length_is_a_slip(write: Write) -> None:
    reading = read(write("Id,Date,Hours\n7,2025-04-24,1000000\n"))
    assert "are a slip" in reading.rejections[0].why


def test_a_map_written_the_other_way_round_is_understood(write: Write) -> None:
    path = write("When,Worked\n2025-04-24,1\n")
    assert read(path, columns={"day": "When", "hours": "Worked"}).rows[0].seconds == 3600


def test_two_columns_mapped_to_person_are_one_name(write: Write) -> None:
    path = write("Date,Hours,A,B\n2025-04-24,1,Bo,Lead\n")
    assert read(path, columns={"A": "person", "B": "person"}).rows[0].person == "Bo Lead"


def test_unknown_columns_are_named_with_a_ready_example(write: Write) -> None:
    with pytest.raises(Unknown, match="“CompletedOn”, “HoursActual”") as unknown:
        read(write("CompletedOn,HoursActual,Code\n2025-04-24,1,PC2\n"))
    assert unknown.value.remedy.endswith('--map "CompletedOn=day" --map "HoursActual=hours"')


@pytest.mark.parametrize("columns", [{"Nowhere": "hours"}, {"Hours": "effort"}])
def test_a_map_that_fits_nothing_is_named(write: Write, columns: dict[str, str]) -> None:
    with pytest.raises(Unknown, match=r"Nowhere|effort"):
        read(write(PLAIN + "2025-04-24,Kit,Borealis,1\n"), columns=columns)


def test_an_unknown_format_is_named(write: Write) -> None:
    with pytest.raises(Unknown, match="sundial"):
        read(write(PLAIN), format="sundial")


def test_plain_durations_are_settled_by_the_rows_own_times_or_asked_for(write: Write) -> None:
    timed = read(write("Date,From,To,Duration\n2025-04-24,09:00,10:30,90\n2025-04-25,09:00,11:00,115\n"))
    assert [row.seconds for row in timed.rows] == [5400, 6900]
    with pytest.raises(Question, match="hours, minutes or seconds") as asked:
        read(write("Date,Duration\n2025-04-24,90\n"))
    assert "Duration=hours" in asked.value.remedy
    assert read(write("Date,Duration\n2025-04-24,90\n"), columns={"Duration": "minutes"}).rows[0].seconds == 5400
    assert [r.seconds for r in read(write("Date,Duration\n2025-04-24,1\n2025-04-24,0.5\n")).rows] == [3600, 1800]


@pytest.mark.parametrize(
    ("word", "value"),
    [("Yes", True), ("はい", True), ("Non Billable", False), ("nein", False), ("0", False), ("perhaps", None)],
)
def test_billable_in_many_words(write: Write, word: str, value: bool | None) -> None:
    assert read(write(f"Date,Hours,Billable\n2025-04-24,1,{word}\n")).rows[0].billable is value
