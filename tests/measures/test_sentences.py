"""The visible part of a mail comes apart into the sentences that its writer meant."""

import time

import pytest

from kept.measures.text import sentences

LETTER = """Hi Cleo,

thanks for your note of Oct. 3. I'll send the revised deck, which Mr. Brandt and
I have been working on (see e.g. page 3.5), by
Friday. It lies at https://studio.example/a.b?c=d. Good?

- the poster
- the flyer, which
  needs a bleed
1. Third

Best regards,
Bo
Larkfield Studio

PS: I'll also call Fin.
"""


def test_wrapped_lines_are_joined_and_greeting_and_signature_left_out() -> None:
    assert sentences.split(LETTER) == [
        "thanks for your note of Oct. 3. I'll send the revised deck, which Mr. Brandt and I have been working on "
        "(see e.g. page 3.5), by Friday.",
        "It lies at https://studio.example/a.b?c=d.",
        "Good?",
        "the poster",
        "the flyer, which needs a bleed",
        "Third",
        "PS: I'll also call Fin.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. No is here. He waits.", ["Dr. No is here.", "He waits."]),
        ("Wir sehen uns am 3. Oktober. Bis dann.", ["Wir sehen uns am 3. Oktober.", "Bis dann."]),
        ("no stress. i'll send it tomorrow", ["no stress.", "i'll send it tomorrow"]),
        ("Really?! Yes… maybe.", ["Really?!", "Yes…", "maybe."]),
        ("Thanks\nBo", []),
        ("First line stands alone\nSecond too", ["First line stands alone", "Second too"]),
        ("> a quote I'll keep\nMine.", ["Mine."]),
        ("-- \n***\n123", []),
        ("", []),
    ],
)
def test_marks_that_end_no_sentence_are_known(text: str, expected: list[str]) -> None:
    assert sentences.split(text) == expected


def test_a_sign_off_in_the_middle_of_a_letter_ends_nothing() -> None:
    text = "Thanks,\n" + "\n".join(f"This is line {n} of a long letter, which goes on and on and on." for n in range(9))
    assert len(sentences.split(text)) >= 9


@pytest.mark.parametrize("piece", ["a", "a ", "word. ", "word\n", "- x\n", "I'll ", "...?! ", "\n", "> ", "Best,\n"])
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(times: int) -> float:
        text = piece * times
        began = time.process_time()
        sentences.split(text)
        return time.process_time() - began

    spent(1000)
    short, long = spent(20_000), spent(160_000)
    assert long < 0.05 + 30 * short  # eight times the text; a square would cost sixty-four times
