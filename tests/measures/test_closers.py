"""A message that only closes needs no reply; anything more does."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.measures.text.closers import needs_no_reply


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you so much, Bo!",
        "Hi Ada,\n\nperfect, thank you!\n\nBest,\nCleo",
        "Ok, great.",
        "Received, thank you.",
        "Got it, thanks",
        "Vielen Dank!",
        "Danke dir, schönes Wochenende!",
        "Perfekt, danke.",
        "Merci beaucoup !",
        "C'est noté, merci.",
        "Muchas gracias",
        "Perfecto, gracias.",
        "Bedankt!",
        "Top, dank je wel",
        "Grazie mille!",
        "Perfetto, grazie.",
        "Dziękuję bardzo!",
        "Super, dzięki",
        "Muito obrigado!",
        "Obrigada!",
        "Thanks for the quick reply!",
        "Sounds good, talk soon",
        "Thanks 👍",
        "👍 Great",
        "Vielen Dank für die schnelle Antwort.",
        "Cheers",
        "Brilliant, thanks for sorting that out",
        "Thank you for letting me know.",
        "Noted with thanks",
        "Alles klar, danke!",
        "Sure, works for me.",
        "Have a lovely weekend!",
        "Great work, thanks",
        "Many thanks, Cleo",
    ],
)
def test_a_closing_word_is_known_in_eight_languages(text: str) -> None:
    assert needs_no_reply(text).startswith("It only ")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks! One more thing: the logo is old.",
        "Thanks, but it is still broken",
        "Thanks, can you also send the invoice?",
        "Ok, let's do Friday.",
        "Thanks, see you Friday",
        "Thanks for nothing.",
        "Great, please go ahead.",
        "Ok, Monday",
        "No",
        "No thanks",
        "Not ok.",
        "Thanks in advance",
        "Danke, aber es geht nicht.",
        "Thank you, the file is empty.",
        "Merci, mais il manque une page.",
        "Received, but the second page is missing.",
        "Yes",
        "Perfect, then send it.",
        "Thanks, I will come back to you.",
        "Thanks, waiting for the rest.",
        "Ok, 3 pm.",
        "",
        "Help",
        "Thanks, call me",
        "Stop",
        "Broken",
        "Ok, wait.",
        "Thanks, Broken",
        "Yes, approved",
        "Done",
        "Danke im Voraus",
    ],
)
def test_whatever_says_more_needs_an_answer(text: str) -> None:
    assert needs_no_reply(text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Hi Bo,\n\nthank you!\n\nBest,\nCleo", "It only says thanks."),
        ("Received.", "It only says that it has arrived."),
        ("Ok!", "It only agrees."),
        ("Have a lovely weekend!", "It only says goodbye."),
    ],
)
def test_the_reason_is_said_plainly(text: str, reason: str) -> None:
    assert needs_no_reply(text) == reason


def test_a_long_message_is_never_a_closer() -> None:
    assert needs_no_reply("Thanks! " * 50) == ""


@pytest.mark.parametrize("piece", ["thanks ", "ok ", "for the ", "a", " "])
def test_hostile_text_costs_no_time(piece: str) -> None:
    began = time.process_time()
    needs_no_reply(piece * 100_000)
    needs_no_reply((piece * 200)[:160])
    assert time.process_time() - began < 0.5


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert isinstance(needs_no_reply(text), str)
