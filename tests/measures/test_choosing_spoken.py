"""What letters seem to show of free choice: a first word after a silence, and nudges that nobody answered."""

from datetime import UTC, datetime, timedelta

from kept.measures.choosing_spoken import NUDGE_AFTER, PATIENCE, SILENCE, Word, after_silence, ignored

NOW = datetime(2026, 10, 20, 9, 40, tzinfo=UTC)
CLEO = frozenset({"cleo@borealis.example"})
ARUN = frozenset({"arun@borealis.example"})


def theirs(days: float, *, row: int = 1, first: bool = True, who: frozenset[str] = CLEO) -> Word:
    return Word(row, row, NOW - timedelta(days=days), ours=False, first=first, who=who)


def ours(days: float, *, row: int = 9, asks: bool = True, first: bool = False, to: frozenset[str] = CLEO) -> Word:
    return Word(row, 1, NOW - timedelta(days=days), ours=True, first=first, asks=asks, who=to)


def test_who_writes_after_a_month_without_a_word_got_in_touch() -> None:
    before, word = ours(50), theirs(3)
    assert list(after_silence([before, word])) == [(word, before.at)]


def test_one_day_less_is_no_silence() -> None:
    edge = SILENCE / timedelta(days=1)
    assert list(after_silence([ours(edge + 3), theirs(3)])) != []
    assert list(after_silence([ours(edge + 2.99), theirs(3)])) == []


def test_a_word_of_ours_in_between_breaks_the_silence() -> None:
    assert list(after_silence([theirs(60), ours(10), theirs(3, row=2)])) == []


def test_an_answer_in_an_old_conversation_is_no_word_of_their_own_accord() -> None:
    assert list(after_silence([ours(60), theirs(3, first=False)])) == []


def test_when_we_write_first_nobody_got_in_touch() -> None:
    assert list(after_silence([theirs(60), ours(3, first=True)])) == []


def test_the_very_first_word_of_all_came_after_no_silence() -> None:
    assert list(after_silence([theirs(3)])) == []
    long_ago = NOW - timedelta(days=200)
    assert [last for _, last in after_silence([theirs(3)], before=long_ago)] == [long_ago]


def run(*days: float, to: frozenset[str] = CLEO) -> list[Word]:
    return [ours(each, row=number, to=to) for number, each in enumerate(days)]


def test_a_letter_and_two_nudges_without_an_answer_were_ignored() -> None:
    letters = run(40, 30, 20)
    assert ignored(letters, at=NOW) == tuple(letters)


def test_one_nudge_is_not_enough() -> None:
    assert ignored(run(40, 30), at=NOW) == ()


def test_what_was_sent_twice_on_one_day_is_one_letter() -> None:
    assert ignored(run(40, 39, 20), at=NOW) == ()
    edge = NUDGE_AFTER / timedelta(days=1)
    assert len(ignored(run(40, 40 - edge, 20), at=NOW)) == 3


def test_a_week_is_given_after_the_second_nudge() -> None:
    edge = PATIENCE / timedelta(days=1)
    assert ignored(run(40, 30, edge - 0.01), at=NOW) == ()
    assert len(ignored(run(40, 30, edge), at=NOW)) == 3


def test_a_letter_that_asks_for_nothing_is_no_nudge() -> None:
    assert ignored([*run(40, 30), ours(20, asks=False)], at=NOW) == ()


def test_an_answer_begins_anew() -> None:
    assert ignored([*run(60, 50, 40), theirs(35, first=False), *run(30, 20)], at=NOW) == ()


def test_whoever_wrote_elsewhere_since_ignored_nothing() -> None:
    letters = run(40, 30, 20)
    assert ignored(letters, at=NOW, elsewhere=[theirs(25)]) == ()
    assert ignored(letters, at=NOW, elsewhere=[theirs(45)]) == tuple(letters)
    assert ignored(letters, at=NOW, elsewhere=[theirs(25, who=ARUN)]) == tuple(letters)


def test_of_letters_to_nobody_named_any_word_of_theirs_counts() -> None:
    letters = run(40, 30, 20, to=frozenset())
    assert ignored(letters, at=NOW, elsewhere=[theirs(25, who=ARUN)]) == ()
