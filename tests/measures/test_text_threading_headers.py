"""An answer finds its thread in every mail program."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.text import subjects
from kept.measures.text.threading_headers import (
    LETTERS,
    bare_subject,
    forward_subject,
    reply_headers,
    reply_subject,
)


def test_an_answer_names_what_it_answers_and_all_before() -> None:
    found = reply_headers("c@borealis.example", references=["a@studio.example", "<b@borealis.example>"])
    assert found == {
        "In-Reply-To": "<c@borealis.example>",
        "References": "<a@studio.example> <b@borealis.example> <c@borealis.example>",
    }


def test_references_that_end_with_the_answered_one_name_it_once_and_last() -> None:
    found = reply_headers("<b@x.example>", references=["b@x.example", "a@x.example", "a@x.example", "b@x.example"])
    assert found["References"] == "<a@x.example> <b@x.example>"


def test_a_long_thread_keeps_its_root_and_its_nearest() -> None:
    long = [f"{number}@x.example" for number in range(50)]
    named = reply_headers("last@x.example", references=long)["References"].split()
    assert len(named) == 20
    assert (named[0], named[1], named[-2], named[-1]) == (
        "<0@x.example>",
        "<32@x.example>",
        "<49@x.example>",
        "<last@x.example>",
    )


def test_a_letter_that_came_without_an_id_is_not_named() -> None:
    made = "kept-" + "0f" * 32
    assert reply_headers(made) == {}
    assert reply_headers(made, references=["a@x.example"]) == {"References": "<a@x.example>"}
    assert reply_headers("kept-secret@x.example")["In-Reply-To"] == "<kept-secret@x.example>"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "no id",
        "a@x.example\r\nBcc: zed@x.example",
        "<a@x.example> <b@x.example>",
        "a@" + "x" * 2000,
        "a\0@x",
        "é@x.example",
    ],
)
def test_what_is_no_id_stays_out_of_the_headers(bad: str) -> None:
    assert reply_headers(bad) == {}
    assert reply_headers("a@x.example", references=[bad])["References"] == "<a@x.example>"


def sent(headers: dict[str, str]) -> bytes:
    letter = EmailMessage(policy=LETTERS)
    for name, value in headers.items():
        letter[name] = value
    letter.set_content("Yes.")
    return letter.as_bytes()


def test_long_ids_leave_the_house_as_they_came_in() -> None:
    """As the standard library folds them by itself, they would be encoded and the thread lost."""
    long = [f"{'x' * (30 + 12 * number)}@borealis.example" for number in range(20)]
    headers = reply_headers(long[-1], references=long)
    raw = sent(headers)
    assert b"=?" not in raw
    assert all(len(line) < 998 for line in raw.split(b"\r\n"))
    back = message_from_bytes(raw, policy=default)
    assert str(back["References"]).split() == headers["References"].split()
    assert str(back["In-Reply-To"]) == f"<{long[-1]}>"


def test_short_ids_are_folded_at_seventy_eight() -> None:
    raw = sent(reply_headers("z@x.example", references=[f"letter-{number}@borealis.example" for number in range(18)]))
    head = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(len(line) for line in head) <= 78
    assert len(head) < 18


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("The launch", "The launch"),
        ("Re: The launch", "The launch"),
        ("RE: AW: The launch", "The launch"),
        ("SV: The launch", "The launch"),
        ("Antw: The launch", "The launch"),
        ("Ré: The launch", "The launch"),
        ("Re: Ré : Réf: The launch", "The launch"),
        ("Fwd: WG: The launch", "The launch"),
        ("Re[4]: The launch", "The launch"),
        ("[friends] Re: The launch", "[friends] The launch"),
        ("Re: [friends] AW: The launch", "[friends] The launch"),
        ("Recess: who stays", "Recess: who stays"),
        ("Résumé: Kit", "Résumé: Kit"),
        ("The  launch\r\nBcc: zed@x.example", "The launch Bcc: zed@x.example"),
        ("", ""),
    ],
)
def test_marks_are_not_doubled(subject: str, about: str) -> None:
    assert bare_subject(subject) == about
    assert reply_subject(subject) == f"Re: {about}".strip()
    assert forward_subject(subject) == f"Fwd: {about}".strip()


@given(st.text(max_size=60))
def test_an_answer_to_an_answer_has_the_same_subject(subject: str) -> None:
    once = reply_subject(subject)
    assert reply_subject(once) == once == reply_subject(forward_subject(subject))
    assert len(once.splitlines()) == 1
    assert subjects.is_reply(once)


def test_a_subject_of_nothing_but_marks_is_answered_at_once() -> None:
    assert len(reply_subject("[a] Re: " * 50_000)) < 1000
