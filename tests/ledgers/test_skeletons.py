"""Skeletons: the words everybody gets, and blanks that only the writer fills."""

import pytest

from kept.ledgers.letters import skeletons, verbs
from kept.ledgers.letters.models import Form, Skeleton
from tests.cast import NOW, Studio, london
from tests.ledgers.telling import everything, told

WORDS = "Dear [name],\n\nwe begin on [day]. [what they look forward to]"


def kick_off(s: Studio, name: str = "Kick-off") -> Skeleton:
    return skeletons.make(name=name, words=WORDS, by=s.bo, at=NOW)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (WORDS, ["[name]", "[day]", "[what they look forward to]"]),
        ("[name] and [name]", ["[name]"]),
        ("See [1], [x], [...], [sic], [2026-10-20] and [our page](https://x.example).", []),
        ("a[0] [ ] []", []),
        ("[Größe]", ["[Größe]"]),
        ("[" * 5000, []),
    ],
)
def test_blanks_are_found(words: str, found: list[str]) -> None:
    assert skeletons.blanks(words) == found


def test_a_letter_begun_from_one_does_not_go_with_a_blank_in_it(studio: Studio) -> None:
    skeleton = kick_off(studio)
    letter = verbs.begin(form=Form.NEW, by=studio.bo, at=NOW, words=skeleton.words, to=[("", "cleo@borealis.example")])
    with pytest.raises(verbs.NotReady, match=r"\[name\], \[day\], \[what they look forward to\] still to be filled in"):
        verbs.send_off(letter, by=studio.bo, at=NOW)
    verbs.keep(letter, at=NOW, words="Dear Cleo,\n\nwe begin on Monday. You asked for the sketches first.")
    assert verbs.send_off(letter, by=studio.bo, at=NOW).go_at


def test_made_twice_is_once_and_a_name_is_taken_once(studio: Studio) -> None:
    with told("letters.make_skeleton"):
        assert kick_off(studio) == kick_off(studio)
    with pytest.raises(skeletons.NameTaken):
        skeletons.make(name="Kick-off", words="Hello [name]", by=studio.ada, at=NOW)


@pytest.mark.parametrize(("name", "words"), [("", WORDS), ("Thanks", " "), ("Thanks", "Thank you for your patience.")])
def test_canned_answers_are_no_skeletons(studio: Studio, name: str, words: str) -> None:
    with told(), pytest.raises(ValueError, match="Nothing was changed"):
        skeletons.make(name=name, words=words, by=studio.bo, at=NOW)


def test_a_change_is_told_with_what_stood_there(studio: Studio) -> None:
    skeleton = kick_off(studio)
    before = everything()
    with told("letters.change_skeleton") as lines:
        for _ in range(2):
            skeletons.change(skeleton, name="Start", subject="", words="Hi [name]", by=studio.ada, at=london(21))
    was = lines[0].facts["was"]
    skeletons.change(skeleton, **was, by=studio.ada, at=london(21))
    assert everything() == before


def test_a_retired_one_can_be_brought_back(studio: Studio) -> None:
    skeleton = kick_off(studio)
    with told("letters.retire_skeleton", "letters.bring_back_skeleton"):
        for verb in (skeletons.retire, skeletons.retire, skeletons.bring_back, skeletons.bring_back):
            verb(skeleton, by=studio.bo, at=NOW)
    assert skeleton.retired_at is None
