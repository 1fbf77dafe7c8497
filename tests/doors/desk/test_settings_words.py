"""What the settings say in sentences, of none, one and many."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kept.doors.desk import settings_words as say
from kept.doors.desk.settings_week import read
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Holiday, Member, Office, Rate, Role, Wall
from kept.readings.rates_page import Rated, rated
from kept.readings.settings_page import Person, WallSeen, settings_page, wall_says
from tests.studio import NOW, Studio

KIT = Member(name="Kit Marsh", role=Role.MEMBER, joined_on=date(2020, 1, 6))
FIN = Member(name="Fin Penny", role=Role.FINANCE, joined_on=date(2020, 1, 6))


def test_the_opening_counts_people_offices_and_clients_and_what_is_to_mend(studio: Studio) -> None:
    one = settings_page(studio.ada, at=NOW)
    assert say.opening(one) == "Four people in one office, two clients."
    assert say.opening(replace(one, people=one.people[:1], clients=0)) == "One person in one office, no clients."
    assert say.opening(one, faults=2).endswith("Two things need mending before this is saved.")


@pytest.mark.parametrize(
    ("leads", "never", "said"),
    [
        (0, [], "sees no money"),
        (1, [], "sees no money; leads one client"),
        (2, ["Cassini"], "sees no money; leads two clients; never meets Cassini"),
        (0, ["Cassini", "Dione"], "sees no money; never meets Cassini and Dione"),
    ],
)
def test_what_each_may_see_is_a_sentence(leads: int, never: list[str], said: str) -> None:
    assert say.may_see(Person(KIT, leads, never)) == said


def test_every_role_has_its_words() -> None:
    assert set(say.SEES) == set(Role)


@pytest.mark.parametrize(
    ("clients", "out", "said"),
    [
        (["Cassini"], ["Kit Marsh"], "Kit Marsh never meets Cassini."),
        (["Cassini", "Dione"], ["Kit Marsh", "Fin Penny"], "Kit Marsh and Fin Penny never meet Cassini and Dione."),
        (["Cassini"], [], "Nobody is kept from Cassini yet."),
        ([], ["Kit Marsh"], "Kit Marsh would be kept out, but no client is behind this wall."),
        ([], [], "Nobody is kept from anybody yet."),
    ],
)
def test_a_wall_is_a_sentence(clients: list[str], out: list[str], said: str) -> None:
    seen = WallSeen(Wall(), [Client(name=name) for name in clients], [Member(name=name) for name in out])
    assert wall_says(seen) == said


def test_days_off_are_counted_and_the_next_is_named() -> None:
    christmas, boxing = Holiday(day=date(2026, 12, 25), name="Christmas Day"), Holiday(day=date(2026, 12, 28))
    assert say.days_off([]) == "no days off ahead"
    assert say.days_off([boxing]) == "one day off ahead, the next on Monday 28 December"
    assert say.days_off([christmas, boxing]) == "two days off ahead, the next on Friday 25 December, Christmas Day"
    assert [say.taken(days) for days in (0, 1, 8)] == [
        "All its public holidays were here already.", "One day off added.", "Eight days off added.",
    ]  # fmt: skip


def test_where_an_office_is() -> None:
    assert say.where(Office(zone="UTC")) == "UTC; no country’s public holidays"
    assert say.where(Office(zone="Europe/London", country="GB", region="ENG")).endswith("public holidays of GB, ENG")
    assert say.office_opening(Office(name="Leeds"), 1, 0) == (
        "One person sits in Leeds; no day off is written down yet."
    )
    assert say.office_opening(Office(name="Leeds"), 3, 1) == "Three people sit in Leeds; it is closed on one day ahead."


def test_a_person_is_opened_with_what_matters_of_them() -> None:
    left = Member(name="Kit Marsh", joined_on=date(2020, 1, 6), left_on=date(2026, 10, 2))
    assert say.person_opening(KIT, 2) == "Kit leads two clients."
    assert say.person_opening(KIT, 0) == "Kit has been with us since 6 January 2020."
    assert say.person_opening(left, 0) == "Kit left on 2 October 2026; what they did stays."
    assert say.person_opening(left, 1).endswith("One client still names them as lead.")


def test_whose_rate_is_not_known_is_said() -> None:
    known = Rate(kind="cost", per_hour=Decimal(40), currency="GBP")
    rows = [Rated(KIT, None, None, []), Rated(FIN, None, None, [])]
    assert say.rates_opening([Rated(KIT, known, None, [known])]) == "What an hour costs is known of everybody."
    assert say.rates_opening(rows).startswith("What an hour of Kit and Fin costs is not known yet")
    assert say.rates_opening(rows * 3).startswith("What an hour of six people costs")


def test_the_rate_that_has_begun_counts_and_the_one_to_come_does_not(studio: Studio) -> None:
    for kind, day, amount in (("cost", 1, 40), ("cost", 19, 45), ("cost", 25, 50), ("bill", 1, 90)):
        Rate.objects.create(
            member=studio.kit, kind=kind, from_day=date(2026, 10, day), per_hour=Decimal(amount), currency="GBP"
        )
    one = rated(studio.kit, on=NOW.date())
    assert (one.cost and one.cost.per_hour, one.bill and one.bill.per_hour) == (45, 90)
    assert [rate.from_day.day for rate in one.history] == [25, 19, 1, 1]
    assert rated(studio.kit, on=date(2026, 9, 30)).cost is None


@pytest.mark.parametrize(
    ("typed", "windows"),
    [
        ("", []),
        ("9-17", [(540, 1020)]),
        ("13:30-17:30, 09:00-12:30", [(540, 750), (810, 1050)]),
        ("9.00 to 12.30 and 13.30 to 24:00", [(540, 750), (810, 1440)]),
        ("09:00–12:30; 12:30–17:30", [(540, 750), (750, 1050)]),
    ],
)
def test_windows_are_read_as_people_type_them(typed: str, windows: list[tuple[int, int]]) -> None:
    assert read(typed) == windows
