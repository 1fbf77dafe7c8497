"""A table of budgets becomes agreed hours and fees; a row that leaves a doubt is named, not guessed."""

from datetime import date
from decimal import Decimal

import pytest

from kept.doors.imports.budgets import read
from kept.doors.imports.questions import Question, Unknown

from .conftest import Write

HEAD = "client,engagement,kind,starts,ends,hours,fee,currency\n"


def test_each_kind_is_read_with_what_was_agreed(write: Write) -> None:
    text = (
        "Borealis,Care,retainer,2025-01-01,,40,4000,EUR\n"
        'Borealis,Launch,Fixed fee,2025-02-01,2025-06-30,120.5,"12,000.00",EUR\n'
        "Cassini,Advice,T&M,2025-03-01,,,,\n"
    )
    care, launch, advice = read(write(HEAD + text)).rows
    assert (care.line, care.kind, care.starts, care.ends, care.hours) == (2, "retainer", date(2025, 1, 1), None, 40)
    assert (launch.kind, launch.ends, launch.hours) == ("fixed", date(2025, 6, 30), Decimal("120.5"))
    assert (launch.fee, launch.currency) == (Decimal(12_000), "EUR")
    assert (advice.kind, advice.hours, advice.fee, advice.currency) == ("hourly", None, None, "")


def test_other_words_for_the_columns_are_known(write: Write) -> None:
    head = "Kunde;Projekt;Art;Beginn;Ende;Stunden;Honorar (EUR)"
    [row] = read(write(f"{head}\nBorealis;Start;Festpreis;01.02.2025;30.06.2025;1.250,50;12.000,00\n")).rows
    assert (row.hours, row.fee, row.currency) == (Decimal("1250.5"), Decimal(12_000), "EUR")


@pytest.mark.parametrize(("fee", "currency"), [("€ 900", "EUR"), ("900 GBP", "GBP"), ("£900", "GBP"), ("900", "")])
def test_a_currency_beside_the_fee_is_read(write: Write, fee: str, currency: str) -> None:
    [row] = read(write(f"client,engagement,kind,starts,fee\nBorealis,Care,retainer,2025-01-01,{fee}\n")).rows
    assert (row.fee, row.currency) == (900, currency)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Care,retainer,2025-01-01,,40,,", "names no client"),
        ("Borealis,,retainer,2025-01-01,,40,,", "names no engagement"),
        ("Borealis,Care,favour,2025-01-01,,40,,", "no kind of engagement"),
        ("Borealis,Care,retainer,,,40,,", "names no beginning"),
        ("Borealis,Care,retainer,2025-02-30,,40,,", "month 2 has no day 30"),
        ("Borealis,Care,retainer,2025-02-01,2025-01-01,40,,", "before it starts"),
        ("Borealis,Care,retainer,2025-01-01,,-4,,", "less than nothing"),
        ("Borealis,Care,retainer,2025-01-01,,,,", "needs hours or a fee"),
        ("Borealis,Care,retainer,2025-01-01,,1.250,,", "can be read as 1250 or as 1.250"),
        ("Borealis,Care,retainer,2025-01-01,,forty,,", "not a number"),
    ],
)
def test_a_doubtful_row_is_named_and_the_next_is_read(write: Write, row: str, why: str) -> None:
    reading = read(write(f"{HEAD}{row}\nBorealis,Good,hourly,2025-01-01,,,,\n"))
    assert [each.engagement for each in reading.rows] == ["Good"]
    [rejection] = reading.rejections
    assert why in rejection.why
    assert (rejection.line, bool(rejection.remedy)) == (2, True)


def test_the_same_engagement_twice_names_the_first_line(write: Write) -> None:
    twice = "Borealis,Care,retainer,2025-01-01,,40,,\n" * 2
    reading = read(write(HEAD + twice))
    assert len(reading.rows) == 1
    assert "line 2" in reading.rejections[0].why


def test_a_sum_below_is_no_engagement(write: Write) -> None:
    reading = read(write(HEAD + "Borealis,Care,retainer,2025-01-01,,40,,\nTotal,,,,,40,,\n"))
    assert (len(reading.rows), reading.rejections) == (1, [])


def test_dates_that_read_both_ways_are_asked_for(write: Write) -> None:
    path = write(HEAD + "Borealis,Care,retainer,03/04/2025,,40,,\n")
    with pytest.raises(Question):
        read(path)
    assert read(path, day_first=True).rows[0].starts == date(2025, 4, 3)


def test_a_missing_column_is_named_and_can_be_mapped(write: Write) -> None:
    path = write("Who,engagement,kind,starts,hours\nBorealis,Care,retainer,2025-01-01,40\n")
    with pytest.raises(Unknown, match="no column for client"):
        read(path)
    assert read(path, columns={"Who": "client"}).rows[0].client == "Borealis"
