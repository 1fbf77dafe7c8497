"""The line by which a letter is known."""

import pytest

from kept.measures.text.first_words import first_words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Hi Bo, the autumn page is still showing last year's prices. Can you look?",
            "the autumn page is still showing last year's prices.",
        ),
        ("Sehr geehrte Frau Lead, wann kommt der Entwurf an? Danke.", "wann kommt der Entwurf an?"),
        (
            "Thank you. That was quick, and the colours are right.",
            "Thank you. That was quick, and the colours are right.",
        ),
        ("no full stop here", "no full stop here"),
        ("Hi Bo,", "Hi Bo,"),
        ("", ""),
        ("History repeats itself, he said. Twice.", "History repeats itself, he said."),
    ],
)
def test_the_first_sentence_after_the_greeting(text: str, first: str) -> None:
    assert first_words(text) == first
