"""The pledge's own rules: what may be published, what stays as it was read, and that taking back leads back."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kept.ledgers.journal.models import Line
from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.drafting import InForce, Wording
from kept.ledgers.pledges.models import Edition, Measure, Sentence
from kept.ledgers.pledges.verbs import Difference
from tests.cast import NOW, Studio, london
from tests.ledgers.telling import everything
from tests.pledging import FIVE, drafted, pledged, sentence


@pytest.mark.parametrize("number", [0, 4, 10])
def test_a_pledge_has_five_to_nine_sentences(number: int, studio: Studio) -> None:
    edition = drafted(studio, [])
    for place in range(number):
        Sentence.objects.create(edition=edition, position=place, words=f"No {place}", measure="bills")
    with pytest.raises(ValueError, match="five to nine sentences"):
        pledges.publish(edition, by=studio.ada, at=NOW)
    assert Edition.objects.published().count() == 0


def test_a_tenth_sentence_is_refused(studio: Studio) -> None:
    edition = drafted(studio, [Wording(f"No {number}.") for number in range(9)])
    with pytest.raises(ValueError, match="9 sentences at most"):
        drafting.add(edition, Wording("No 9."), by=studio.bo, at=NOW)


def test_every_sentence_is_held_against_something(studio: Studio) -> None:
    edition = drafted(studio, [*FIVE[:4], Wording("We are kind.")])
    with pytest.raises(ValueError, match=r"“We are kind\.” is held against nothing yet"):
        pledges.publish(edition, by=studio.ada, at=NOW)


def test_a_later_wording_says_why_and_leaves_the_earlier_one_as_it_was(studio: Studio) -> None:
    first = pledged(studio)
    words = list(first.sentences.values_list("words", flat=True))
    second = drafting.draft(by=studio.bo, at=london(19))
    drafting.reword(sentence(second, Measure.BILLS), Wording("Bills are fair.", "bills"), by=studio.bo, at=london(19))
    with pytest.raises(ValueError, match="why it changes"):
        pledges.publish(second, by=studio.ada, at=NOW)
    pledges.publish(second, why="Plainer words.", by=studio.ada, at=NOW)
    assert list(first.sentences.values_list("words", flat=True)) == words
    assert [edition.version for edition in Edition.objects.published()] == [2, 1]


@pytest.mark.parametrize("act", ["add", "reword", "place", "strike", "drop"])
def test_what_was_published_is_not_written_into(act: str, studio: Studio) -> None:
    edition = pledged(studio)
    row, who = sentence(edition, Measure.BILLS), {"by": studio.bo, "at": NOW}
    acts: dict[str, Any] = {
        "add": lambda: drafting.add(edition, Wording("More."), **who),
        "reword": lambda: drafting.reword(row, Wording("Else."), **who),
        "place": lambda: drafting.place(row, after=0, **who),
        "strike": lambda: drafting.strike(row, **who),
        "drop": lambda: drafting.drop(edition, **who),
    }
    before = everything()
    with pytest.raises(InForce, match="Begin a draft of the next one"):
        acts[act]()
    assert everything() == before


def test_a_publication_is_not_taken_back_under_a_later_one(studio: Studio) -> None:
    first = pledged(studio)
    second = drafting.draft(by=studio.bo, at=london(19))
    with pytest.raises(ValueError, match="A later wording stands already"):
        pledges.take_back_publication(first, by=studio.ada, at=NOW)
    drafting.drop(second, by=studio.bo, at=NOW)
    pledges.take_back_publication(first, by=studio.ada, at=NOW)
    assert Edition.objects.get().is_draft


def test_a_sentence_on_which_something_was_agreed_is_not_struck(studio: Studio) -> None:
    edition = pledged(studio)
    row = sentence(edition, Measure.BILLS)
    never = {"difference": Difference(left_out=True), "since": NOW.date(), "reason": "no bills"}
    pledges.vary(studio.borealis, sentence=row, by=studio.bo, at=NOW, **never)
    pledges.take_back_publication(edition, by=studio.ada, at=NOW)
    with pytest.raises(InForce, match="Something was agreed on a sentence"):
        drafting.strike(row, by=studio.bo, at=NOW)


def test_a_draft_that_was_put_away_is_not_taken_up_over_another(studio: Studio) -> None:
    line = drafting.drop(drafted(studio), by=studio.bo, at=NOW)
    assert line is not None
    drafting.draft(by=studio.bo, at=NOW + timedelta(minutes=1))
    with pytest.raises(ValueError, match="Another draft was begun since"):
        drafting.take_up(line, by=studio.bo, at=NOW)


@pytest.mark.parametrize(
    ("difference", "facts", "why"),
    [
        (Difference(), {}, "Say what is different"),
        (Difference(left_out=True, target=90), {}, "Say what is different"),
        (Difference(target=90), {"reason": " "}, "in a few words why"),
        (Difference(target=90), {"until": date(2026, 9, 1)}, "end before it begins"),
    ],
)
def test_a_difference_says_what_when_and_why(
    difference: Difference, facts: dict[str, Any], why: str, studio: Studio
) -> None:
    row = sentence(pledged(studio), Measure.BILLS)
    usual = {"since": NOW.date(), "reason": "they asked", "by": studio.bo, "at": NOW}
    with pytest.raises(ValueError, match=why):
        pledges.vary(studio.borealis, sentence=row, difference=difference, **(usual | facts))


def test_nothing_is_agreed_on_a_draft(studio: Studio) -> None:
    row = sentence(drafted(studio), Measure.BILLS)
    facts = {"difference": Difference(target=90), "since": NOW.date(), "reason": "they asked"}
    with pytest.raises(ValueError, match="still a draft"):
        pledges.vary(studio.borealis, sentence=row, by=studio.bo, at=NOW, **facts)


ACTS = st.lists(st.tuples(st.sampled_from(["add", "reword", "place", "strike"]), st.integers(0, 8)), max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_was_written_taking_it_back_step_by_step_leads_back(
    acts: list[tuple[str, int]], studio: Studio
) -> None:
    Edition.objects.all().delete()
    edition = drafted(studio)
    who: dict[str, Any] = {"by": studio.bo, "at": NOW}
    shown, backs = [read(edition)], []
    for act, number in acts:
        rows = list(edition.sentences.all())
        if not rows and act != "add":
            continue
        row = rows[number % len(rows)] if rows else None
        backs.append(do(act, number, row, edition, who))
        shown.append(read(edition))
    for back in reversed(backs):
        assert read(edition) == shown.pop()
        back()
    assert [read(edition)] == shown


def read(edition: Edition) -> list[tuple[str, str, int]]:
    return [(row.words, row.measure, row.target) for row in edition.sentences.all()]


def do(act: str, number: int, row: Sentence | None, edition: Edition, who: dict[str, Any]) -> Any:
    """The act done; answers how it is taken back."""
    if act == "add" and edition.sentences.count() < 9:
        new = f"Words {Line.objects.count()}-{number}."  # words that stand already would not be added
        made = drafting.add(edition, Wording(new), **who)
        return lambda: drafting.strike(made, **who)
    if row is None or act == "add":
        return lambda: None
    if act == "reword":
        before = drafting.wording_of(row)
        drafting.reword(row, Wording(f"{before.words[:60]} {number}", target=number + 1), **who)
        return lambda: drafting.reword(Sentence.objects.get(pk=row.pk), before, **who)
    if act == "place":
        stood = drafting.place(row, after=number, **who)
        return lambda: drafting.place(edition.sentences.get(words=row.words), after=stood, **who)
    drafting.strike(row, **who)
    return lambda: drafting.put_back(row, **who)
