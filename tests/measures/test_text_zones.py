"""What a person wrote stands apart from what they quoted, signed and forwarded."""

import pytest

from kept.measures.text.zones import visible

QUOTE = "> Is the poster fine?\n> Ada\n"


@pytest.mark.parametrize(
    "introduction",
    [
        "On 6 May 2024, at 10:00, Ada <ada@studio.example> wrote:",
        "On Mon, May 6, 2024 at 10:00 AM Ada\n<ada@studio.example> wrote:",
        "Am 06.05.2024 um 10:00 schrieb Ada <ada@studio.example>:",
        "Le 6 mai 2024 à 10:00, Ada <ada@studio.example> a écrit :",
        "El 6 may 2024, a las 10:00, Ada <ada@studio.example> escribió:",
        "Il giorno 6 mag 2024, alle ore 10:00, Ada <ada@studio.example> ha scritto:",
        "Op 6 mei 2024 om 10:00 schreef Ada <ada@studio.example>:",
        "Em 6 de mai. de 2024, Ada <ada@studio.example> escreveu:",
        "Dnia 6 maja 2024 o 10:00 Ada <ada@studio.example> napisał(a):",
        "Ada wrote:",
    ],
)
def test_a_quote_goes_with_the_words_that_introduce_it(introduction):
    assert visible(f"It is.\n\n{introduction}\n\n{QUOTE}") == "It is."


def test_answers_between_quotes_stay():
    text = f"Ada wrote:\n{QUOTE}\nThe poster is.\n\n> And the flyer?\n\nNot yet.\n"
    assert visible(text) == "The poster is.\n\nNot yet."


def test_an_answer_below_an_unmarked_introduction_stays():
    assert visible("On 6 May 2024 10:00, Ada wrote:\n\nThe poster is.\n") == "The poster is."


@pytest.mark.parametrize(
    "mark",
    [
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "From: Ada <ada@studio.example>\nSent: Monday, 6 May 2024\nTo: Cleo\nSubject: The poster",
        "Von: Ada <ada@studio.example>\nGesendet: Montag, 6. Mai 2024\nAn: Cleo\nBetreff: Das Plakat",
        "-- ",
        "Sent from my phone",
    ],
)
def test_what_comes_after_the_writers_own_words_is_left_out(mark):
    assert visible(f"It is.\n\n{mark}\n") == "It is."


@pytest.mark.parametrize(
    "words",
    [
        "On Monday I wrote you a letter.",
        "From: the start it was clear.",
        "I am here - really.\n- one\n- two",
        "He wrote:\nnothing at all.",
        "Date: Friday, and please bring cake.",
    ],
)
def test_words_that_only_look_like_a_mark_stay(words):
    assert visible(words) == words


def test_a_forwarded_mail_without_a_word_shows_nothing():
    assert visible("-----Original Message-----\nFrom: Zed\n\nBuy!\n") == ""
