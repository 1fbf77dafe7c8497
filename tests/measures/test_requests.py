"""What a sentence asks of its reader is told with a probability, and when it presses, by when."""

import hashlib
import subprocess
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.measures.text import requests

WEDNESDAY = datetime(2026, 10, 14, 14, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you send the logo?",
        "Please send me your comments by Thursday.",
        "We need the final artwork by Friday.",
        "Let me know what you think.",
        "Can we move the call on Thursday to 3?",
        "Any news on the invoice?",
        "Where do we stand with the banner?",
        "Please find the invoice attached and sign it.",
        "Könnten Sie mir bitte die Datei schicken?",
        "Pouvez-vous m'envoyer le logo ?",
        "¿Puedes enviar la factura?",
        "Kunt u de factuur sturen?",
    ],
)
def test_a_request_is_likely_one(sentence: str) -> None:
    assert requests.probability(sentence) >= 0.5


@pytest.mark.parametrize(
    "sentence",
    [
        "Thanks!",
        "I sent the deck on Friday.",
        "I'll send it tomorrow.",
        "Please find attached the invoice.",
        "The new version is live.",
        "Looks great.",
        "Vielen Dank für die schnelle Antwort.",
        "I am in the office until 5.",
        "",
        "...",
        "12345",
    ],
)
def test_a_report_is_likely_none(sentence: str) -> None:
    assert requests.probability(sentence) < 0.5


def test_a_letter_gives_its_requests_with_their_deadlines() -> None:
    letter = (
        "Hi Bo,\n\nthe page looks lovely. Could you swap the photo by Friday?\nPlease call me asap.\n\n"
        "Can you also check the footer?\nPlease send the plan by 03/04.\n\nThanks,\nCleo"
    )
    asked = requests.found(letter, sent_at=WEDNESDAY)
    assert [(each.sentence, each.urgent, each.by and f"{each.by:%a %d %b %H:%M}") for each in asked] == [
        ("Could you swap the photo by Friday?", True, "Fri 16 Oct 17:30"),
        ("Please call me asap.", True, None),
        ("Can you also check the footer?", False, None),
        ("Please send the plan by 03/04.", True, None),
    ]


def test_without_the_moment_it_was_sent_no_day_is_told() -> None:
    (asked,) = requests.found("Could you swap the photo by Friday?")
    assert (asked.urgent, asked.by) == (True, None)


def test_the_reasons_are_the_turns_of_phrase() -> None:
    assert {"can you", "a question"} <= set(requests.reasons("Could you send the logo?"))


def test_the_shipped_numbers_give_the_shipped_answers() -> None:
    """Whoever trains anew changes these on purpose, with the table in docs/MEASURES.md."""
    sentences = ("Could you send the logo?", "I sent the deck on Friday.", "We need the artwork.", "Thanks!")
    assert [round(requests.probability(each), 3) for each in sentences] == [0.997, 0.305, 0.592, 0.002]
    assert hashlib.sha256(requests.WEIGHTS.read_bytes()).hexdigest()[:16] == "9cc434759f4da4a5"
    assert requests.WEIGHTS.stat().st_size < 200_000


def test_serving_needs_nothing_of_training() -> None:
    script = (
        "import sys; from kept.measures.text import requests, promises, closers; requests.probability('Could you?');"
        "sys.exit(bool({'numpy', 'scipy', 'sklearn', 'django'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("piece", ["please ", "?", "a", "can you ", "a@", "http://", "bitte ", "1 "])
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(times: int) -> float:
        began = time.process_time()
        requests.probability(piece * times)
        requests.found(piece * times, sent_at=WEDNESDAY)
        return time.process_time() - began

    spent(100)
    short, long = spent(2_000), spent(16_000)
    assert long < 0.05 + 30 * short


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_every_text_has_a_probability(text: str) -> None:
    assert 0 <= requests.probability(text) <= 1
    assert all(each.probability >= requests.LIKELY for each in requests.found(text, sent_at=WEDNESDAY))
