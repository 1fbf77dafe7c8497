"""What one calls people, however their names are written."""

import pytest

from kept.kit.names import calling


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Cleo North", "Cleo"),
        ("Dr Mina Osei", "Mina"),
        ("Prof. Dr. Mina Osei", "Mina"),
        ("Osei, Mina", "Mina"),
        ("Osei,", "Osei"),
        ("zed@stranger.example", "zed@stranger.example"),
        ("+44 113 496 0001", "+44 113 496 0001"),
        ("Dr", "Dr"),
    ],
)
def test_one_calls_people_by_their_first_name(name: str, called: str) -> None:
    assert calling(name) == called
