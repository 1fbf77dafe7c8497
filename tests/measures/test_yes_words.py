"""A plain request is turned into the promise that says yes to it; anything else is left to the writer."""

import pytest

from kept.measures.text.yes_words import yes_to


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        ("Could you send us the new drafts by Friday?", "I’ll send you the new drafts by Friday."),
        ("Please call me today.", "I’ll call you today."),
        ("So could you please check our invoice, thanks!", "I’ll check your invoice."),
        ("Can you bring your map, please?", "I’ll bring our map."),
    ],
)
def test_what_is_asked_is_promised_in_our_words(asked: str, promised: str) -> None:
    assert yes_to(asked) == promised


@pytest.mark.parametrize(
    "sentence",
    [
        "", "When is it ready?", "We need the logo.", "Please find it attached.", "Could you be there?",
        "Could you let me know?", "Could you", "?" * 5_000, "Bitte schicken Sie uns das Logo.",
    ],
)  # fmt: skip
def test_what_does_not_plainly_ask_us_to_do_something_is_left_alone(sentence: str) -> None:
    assert yes_to(sentence) == ""
