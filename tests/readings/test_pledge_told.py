"""What is said of the pledge: the sentence that opens its page, each line, and what a wording changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.drafting import Wording
from kept.ledgers.pledges.models import Edition, Measure, Sentence
from kept.measures.pledge import Case, kept_share
from kept.readings.pledge import Board, Line
from kept.readings.pledge_history import past
from kept.readings.pledge_opening import client_opening, opening, public_opening
from kept.readings.pledge_rows import Row
from kept.readings.pledge_told import told
from tests.pledging import pledged, sentence
from tests.studio import LONDON, NOW, Studio, london

SINCE = date(2026, 7, 22)
MEASURES = (Measure.REPLIES, Measure.PROMISES, Measure.PEOPLE, Measure.BILLS, Measure.FEEDBACK)


def line(measure: str, kept: int, n: int, target: int = 90, how: str = "late") -> Line:
    rows = tuple(
        Row(
            "promises.Promise",
            number,
            1,
            NOW - timedelta(hours=n - number),
            number < kept,
            "" if number < kept else how,
        )
        for number in range(n)
    )
    share = kept_share([Case(row.pk, row.at, row.kept) for row in rows], target=target / 100)
    return Line(
        Sentence(pk=1, words="We keep it.", measure=measure, target=target), "We keep it.", share, SINCE, rows, 6
    )


def board(*lines: Line, at: datetime = NOW) -> Board:
    return Board(at, LONDON, Edition(version=1), lines, {}, ())


def five(*figures: tuple[int, int]) -> Board:
    return board(*(line(measure, *figure) for measure, figure in zip(MEASURES, figures, strict=False)))


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ((), "We have pledged nothing yet. Five sentences that one can hold us to would be a beginning."),
        (((0, 0), (2, 2)), "It is too early to say how we keep our two sentences."),
        (((99, 100), (99, 100)), "All our two sentences hold."),
        (
            ((99, 100), (80, 100), (33, 39), (0, 0), (0, 0)),
            "One of our five sentences holds. We keep fewer promises than we said, 80 of 100 where 90 would do. "
            "One is too close to call and for two there is too little to say.",
        ),
        (
            ((80, 100), (70, 100), (60, 100), (50, 100), (40, 100)),
            "None of our five sentences surely holds. Whom something hurt waits longer for a call than we said, 40 of "
            "100 where 90 would do; and more bills surprise than we said, 50 of 100 where 90 would do; and three more "
            "fall short.",
        ),
    ],
)
def test_the_page_opens_with_how_we_do(figures: Sequence[tuple[int, int]], says: str) -> None:
    assert opening(five(*figures)) == says


def test_of_one_client_it_is_said_how_many_hold() -> None:
    assert client_opening(None, "Borealis") == "Nothing is pledged to Borealis yet."
    assert client_opening(five((0, 0)), "Borealis") == "There is nothing to count with Borealis yet."
    assert client_opening(five((99, 100), (1, 9)), "Borealis") == "With Borealis one of two sentences surely holds."


def test_everybody_is_told_since_when_where_that_is_one_day() -> None:
    one = five((9, 9), (9, 9))
    assert public_opening(one) == "Two things you can hold us to, and how we did since 22 July, the misses included."
    other = board(*one.lines[:1], Line(one.lines[1].sentence, "We keep it.", one.lines[1].share, date(2026, 1, 1)))
    assert public_opening(other) == "Two things you can hold us to, and how we did, the misses included."


def test_a_line_says_what_was_counted_and_draws_what_came() -> None:
    (one,) = told(board(line(Measure.PROMISES, 84, 92, 95)))
    assert one.says == "84 of 92 promises since 22 July; we said at least 88. Eight late."
    assert (one.before, one.kept, one.after) == ("The last 34. Kept ", "91", " in 100, likely 87 to 94; pledged 95.")
    assert (one.state, one.more, len(one.misses), one.missed) == ("late", "The last three of eight", 3, 8)
    assert one.tally is not None
    assert one.tally.cut


@pytest.mark.parametrize(
    ("missed", "words"),
    [(0, ""), (1, "The one that was missed"), (2, "The two that were missed"), (19, "The last three of 19")],
)
def test_the_misses_behind_a_line_are_named_by_how_many(missed: int, words: str) -> None:
    assert told(board(line(Measure.PROMISES, 100, 100 + missed)))[0].more == words


def test_what_is_not_known_is_said_to_be_so_and_draws_nothing() -> None:
    empty, loose, few = told(
        board(
            line(Measure.BILLS, 0, 0),
            line("", 0, 0),
            Line(Sentence(pk=1, measure="bills"), "We keep it.", kept_share([], target=0.9), SINCE, too_few=True),
        )
    )
    assert empty.says == "Nothing to count yet: no bill since 22 July."
    assert loose.says == "Held against nothing yet."
    assert few.says == "Too few clients stand behind this to say it here."
    assert {one.state for one in (empty, loose, few)} == {"unknown"}
    assert [one.tally for one in (empty, loose, few)] == [None, None, None]


def test_a_wording_says_what_it_changed(studio: Studio) -> None:
    pledged(studio)
    second = drafting.draft(by=studio.bo, at=london(1))
    who = {"by": studio.bo, "at": london(1)}
    faster = Wording("A person answers you within two working hours.", Measure.REPLIES, target=85, within=120)
    drafting.reword(sentence(second, Measure.REPLIES), faster, **who)
    drafting.strike(sentence(second, Measure.FEEDBACK), **who)
    drafting.add(second, Wording("We call you back.", Measure.CALLS), **who)
    pledges.publish(second, why="Four hours were too long.", by=studio.ada, at=london(2))
    now, before = past()
    assert now.changes == (
        "New: “We call you back.”",
        "“A person answers you within two working hours.” was “A person answers you within four working hours.”; "
        "85 in 100, before 90; within 2 working hours, before within 4 working hours.",
        "Gone: “When something felt wrong, a person calls within a working day.”",
    )
    assert (before.changes, before.until, now.until) == ((), now.edition, None)
