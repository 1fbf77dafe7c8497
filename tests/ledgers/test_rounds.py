"""Rounds of the team: asked, answered once by a token, closed, and counted only as far as it points at nobody."""

from datetime import timedelta

import pytest

from kept.kit import secrets
from kept.ledgers.journal.models import Line
from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.box import SLOT, Box, Broken, Given, hashed, new_key, seal, token_of, unseal
from kept.ledgers.rounds.models import Remark, Round, Tally
from tests.cast import NOW, Studio
from tests.ledgers.large_firm import A_WEEK, a_round, answered, token, twelve
from tests.ledgers.telling import told

DURING = NOW - timedelta(days=3)


@pytest.fixture
def asked(studio: Studio) -> Round:
    return a_round(twelve(studio))


def give(row: Round, studio: Studio, **what: object) -> None:
    facts = {"token": token(row, studio.kit), "marks": {"proud": 7}, "at": DURING} | what
    rounds.answer(row, **facts)  # type: ignore[arg-type]


def test_everybody_is_asked_and_the_journal_says_how_many(asked: Round) -> None:
    assert asked.asked.count() == 12
    assert Line.objects.get(verb="rounds.open").facts == {"asked": 12}


def test_below_ten_people_nobody_is_asked(studio: Studio) -> None:
    with pytest.raises(rounds.TooFew, match="from 10 people"):
        a_round(twelve(studio)[:9])
    assert not Round.objects.exists()


def test_an_answer_leaves_no_line_in_the_journal(asked: Round, studio: Studio) -> None:
    with told():
        give(asked, studio)


def test_a_token_is_good_once(asked: Round, studio: Studio) -> None:
    give(asked, studio)
    with pytest.raises(rounds.NotYours, match="already"):
        give(asked, studio)
    assert len(unseal(asked.box, key=secrets.open_(asked.key)).given) == 1


def test_whoever_has_answered_is_given_no_token_again(asked: Round, studio: Studio) -> None:
    assert rounds.token_for(asked, studio.kit) == token(asked, studio.kit)
    give(asked, studio)
    assert rounds.token_for(asked, studio.kit) == ""
    assert rounds.token_for(asked, studio.bo) != ""


def test_a_made_up_token_is_refused_in_the_same_words_as_a_used_one(asked: Round, studio: Studio) -> None:
    with pytest.raises(rounds.NotYours) as made_up:
        give(asked, studio, token="0" * 64)
    give(asked, studio)
    with pytest.raises(rounds.NotYours) as used:
        give(asked, studio)
    assert str(made_up.value) == str(used.value)


@pytest.mark.parametrize("marks", [{}, {"proud": 11}, {"proud": -1}, {"mood": 5}])
def test_no_mark_and_wrong_marks_are_refused_and_the_token_stays_good(
    marks: dict[str, int], asked: Round, studio: Studio
) -> None:
    with pytest.raises(ValueError, match="mark"):
        give(asked, studio, marks=marks)
    give(asked, studio)


@pytest.mark.parametrize("days", [-8, 0, 1])
def test_before_it_opens_and_after_its_time_nothing_is_taken(days: int, asked: Round, studio: Studio) -> None:
    with pytest.raises(rounds.NotOpen):
        give(asked, studio, at=NOW + timedelta(days=days))


def test_a_round_does_not_close_before_its_time(asked: Round) -> None:
    with pytest.raises(rounds.NotOpen, match="not before"):
        rounds.close(asked, by=None, at=NOW - timedelta(seconds=1))


def test_closing_keeps_counts_by_question_and_destroys_key_and_box(asked: Round, studio: Studio) -> None:
    people = twelve(studio)
    answered(asked, dict.fromkeys(people[:6], (7, 5, 9)) | dict.fromkeys(people[6:], (8, 5, 9)))
    rounds.close(asked, by=None, at=NOW)
    found = Tally.objects.filter(office=None).values_list("question", "mark", "people")
    assert set(found) == {("proud", 7, 6), ("proud", 8, 6), ("energy", 5, 12), ("valued", 9, 12)}
    asked.refresh_from_db()
    assert (asked.key, asked.box, asked.answers) == ("", "", 12)


def test_of_fewer_than_five_answers_nothing_is_kept_but_how_many(asked: Round, studio: Studio) -> None:
    answered(asked, dict.fromkeys(twelve(studio)[:4], (1, 1, 1)), words="help")
    rounds.close(asked, by=None, at=NOW)
    assert not Tally.objects.exists()
    assert not Remark.objects.exists()
    assert Round.objects.get().answers == 4


def test_a_question_that_few_answered_is_not_counted(asked: Round, studio: Studio) -> None:
    people = twelve(studio)
    for member in people:
        marks = {"proud": 6} | ({"energy": 2} if member in people[:4] else {})
        rounds.answer(asked, token=token(asked, member), marks=marks, at=DURING)
    rounds.close(asked, by=None, at=NOW)
    assert set(Tally.objects.values_list("question", flat=True)) == {"proud"}


def test_words_are_kept_from_ten_answers_on(studio: Studio) -> None:
    people = twelve(studio)
    first = a_round(people, at=NOW - 2 * A_WEEK)
    answered(first, dict.fromkeys(people[:9], (5, 5, 5)), words="nine of us")
    rounds.close(first, by=None, at=NOW - A_WEEK)
    assert not Remark.objects.exists()
    second = a_round(people)
    answered(second, dict.fromkeys(people[:10], (5, 5, 5)), words="ten of us")
    rounds.close(second, by=None, at=NOW)
    assert second.remarks.count() == 10


def test_a_round_whose_key_is_lost_closes_with_nothing(asked: Round, studio: Studio, settings: object) -> None:
    give(asked, studio)
    settings.KEPT_SECRETS = ["another key"]  # type: ignore[attr-defined]
    assert rounds.token_for(asked, studio.bo) == ""
    assert rounds.close(asked, by=None, at=NOW).answers == 0


def test_what_was_called_off_is_gone_and_its_box_is_not_in_the_journal(asked: Round, studio: Studio) -> None:
    box, key = asked.box, asked.key
    rounds.call_off(asked, by=studio.ada, at=DURING)
    told_of = Line.objects.get(verb="rounds.call_off")
    assert not Round.objects.exists()
    assert box not in str(told_of.facts)
    assert key not in str(told_of.facts)


def test_a_closed_round_cannot_be_called_off(asked: Round) -> None:
    rounds.close(asked, by=None, at=NOW)
    with pytest.raises(rounds.NotOpen):
        rounds.call_off(asked, by=None, at=NOW)


# ------------------------------------------------------------ the box


def test_a_box_opens_to_what_was_put_in() -> None:
    key = new_key()
    box = Box({hashed("a"): 1, hashed("b"): 2})
    assert box.put("a", {"proud": 7, "energy": 3}, "müde, aber froh")
    assert unseal(seal(box, key=key, people=2), key=key) == Box(
        {hashed("b"): 2}, [Given(1, (("energy", 3), ("proud", 7)), "müde, aber froh")]
    )


def test_a_box_is_as_long_empty_as_full_of_the_longest_words() -> None:
    key, people = new_key(), 12
    box = Box({hashed(token_of(key, member)): 1 for member in range(people)})
    lengths = {len(seal(box, key=key, people=people))}
    for member in range(people):
        box.put(token_of(key, member), {"proud": 10, "energy": 10, "valued": 10}, "\N{GRINNING FACE}" * 300)
        lengths.add(len(seal(box, key=key, people=people)))
    assert len(lengths) == 1
    assert lengths.pop() > people * SLOT


@pytest.mark.parametrize("letter", ['"', "\\", "\x00", "\x01", "\ud800", "\u2028", "\N{GRINNING FACE}"])
def test_no_letters_keep_a_round_from_being_answered_and_closed(letter: str, asked: Round, studio: Studio) -> None:
    for member in twelve(studio):
        words = letter * rounds.LONGEST
        rounds.answer(asked, token=token(asked, member), marks={"proud": 1}, words=words, at=DURING)
    assert rounds.close(asked, by=None, at=NOW).answers == 12


def test_another_key_or_a_changed_letter_opens_nothing() -> None:
    key = new_key()
    sealed = seal(Box({hashed("a"): 1}), key=key, people=1)
    for tried, with_key in ((sealed, new_key()), (f"{'B' if sealed[0] == 'A' else 'A'}{sealed[1:]}", key), ("no", key)):
        with pytest.raises(Broken):
            unseal(tried, key=with_key)
