"""People are read from headers however these are written."""

import pytest

from kept.doors.post import addresses
from kept.measures.text.letter import Address


@pytest.mark.parametrize(
    ("header", "people"),
    [
        ("Cleo <Cleo@Borealis.Example>", [("Cleo", "cleo@borealis.example")]),
        ("cleo@borealis.example", [("", "cleo@borealis.example")]),
        ("cleo@borealis.example (Cleo of Borealis)", [("Cleo of Borealis", "cleo@borealis.example")]),
        ('"Nord, Cleo" <c@b.example>, Zed <z@e.example>', [("Nord, Cleo", "c@b.example"), ("Zed", "z@e.example")]),
        (r'"Cleo \"C\" Nord" <c@b.example>', [('Cleo "C" Nord', "c@b.example")]),
        ("=?utf-8?q?Cl=C3=A9o?= <c@b.example>", [("Cléo", "c@b.example")]),
        ('"=?utf-8?q?Nord=2C_Cl=C3=A9o?=" <c@b.example>', [("Nord, Cléo", "c@b.example")]),
        ("c@b.example <c@b.example>", [("", "c@b.example")]),
        ("Team: Cleo <c@b.example>, z@e.example;", [("Cleo", "c@b.example"), ("", "z@e.example")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.example:c@b.example>", [("", "c@b.example")]),
        ("<mailto:c@b.example>", [("", "c@b.example")]),
        ("Cleo <c@b.example", [("Cleo", "c@b.example")]),
        ('Cleo "Nord <c@b.example>', [("Cleo Nord", "c@b.example")]),
        ("Cleo at Borealis", [("Cleo at Borealis", "")]),
        ("root (Cron Daemon)", [("root", "")]),
        ("a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ("", []),
    ],
)
def test_everyone_named_is_found(header, people):
    assert list(addresses.people([header])) == [Address(name=name, email=email) for name, email in people]


def test_the_same_person_is_named_once():
    assert len(addresses.people(["c@b.example, c@b.example", "c@b.example"])) == 1


def test_a_readable_address_goes_before_an_unreadable_one():
    assert addresses.one(["nobody at all, Cleo <c@b.example>"]).email == "c@b.example"


@pytest.mark.parametrize(
    "header", ['"\\' * 50_000, "(\\" * 50_000, "<" * 100_000, "," * 200_000, "x" + " " * 100_000 + "y", "a@" * 50_000]
)
def test_headers_made_to_wear_out_a_reader_do_not(header):
    assert len(addresses.people([header])) <= 1
