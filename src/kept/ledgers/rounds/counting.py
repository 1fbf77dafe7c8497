"""What is kept of a round's answers when it closes: counts of marks that may be shown, and words from ten people on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from kept.ledgers.rounds.box import Given
from kept.ledgers.rounds.models import Question
from kept.measures.anonymity import Hiding, Round, shown, words_to_show


def counted(given: Sequence[Given], *, asked: int, hiding: Hiding) -> Iterator[dict[str, Any]]:
    """Counts of marks, question by question: of everybody, and of the offices that may be shown beside it.

    Each question stands for itself: who left one out is no part of its average. What may not be shown is not kept.
    """
    for question in Question.values:
        marks = [(one.office, mark) for one in given for name, mark in one.marks if name == question]
        offices = {str(office): n for office, n in Counter(office for office, _ in marks).items()}
        allowed = shown(Round(asked, len(marks), grouping="office", groups=offices), hiding=hiding)
        if not allowed.whole:
            continue
        yield from _rows(question, None, [mark for _, mark in marks])
        # one office alone is everybody
        for office in sorted(map(int, allowed.groups)) if len(offices) > 1 else ():
            yield from _rows(question, office, [mark for where, mark in marks if where == office])


def worded(given: Sequence[Given], *, chance: Random, hiding: Hiding) -> tuple[str, ...]:
    """The words, mixed; none when fewer than ten answered."""
    return words_to_show([one.words for one in given if one.words], people=len(given), chance=chance, hiding=hiding)


def _rows(question: str, office: int | None, marks: Sequence[int]) -> Iterator[dict[str, Any]]:
    for mark, people in sorted(Counter(marks).items()):
        yield {"question": question, "office_id": office, "mark": mark, "people": people}
