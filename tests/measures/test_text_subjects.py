"""Subjects are folded to what they are about."""

import pytest

from kept.measures.text.subjects import is_reply, key


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("The launch", "the launch"),
        ("AW: Re: The  launch", "the launch"),
        ("Re[2]: Re (3) : Re^4: The launch", "the launch"),
        ("[friends] Re: The launch", "[friends] the launch"),
        ("Ré: RÉ : The launch", "the launch"),
        ("Re\u0301: The launch", "the launch"),
        ("Réception: who comes", "réception: who comes"),
        ("Fwd：The launch", "the launch"),
        ("Recess: who stays", "recess: who stays"),
        ("Re" + " " * 100_000 + "x", "re x"),
    ],
)
def test_marks_of_answers_are_left_out(subject: str, about: str) -> None:
    assert key(subject) == about
    assert is_reply(subject) == ("launch" in about and subject != "The launch")
