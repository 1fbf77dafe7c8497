"""What letters seem to show of free choice: they write after a silence, or leave what we ask without an answer.

The signs are those of MEASURES 2 (`standing_signs`). From when on a fact looks like one is reasoned, as said beside
each number; a person has the last word, so these are no numbers of the firm.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SILENCE = timedelta(days=30)  # so long without a word from either side is a silence: a month without an errand
NUDGES = 2  # "ignores 2 nudges"
NUDGE_AFTER = timedelta(days=2)  # what is sent sooner is the same letter once more
PATIENCE = timedelta(days=7)  # after the last nudge: a week is long enough to answer


@dataclass(frozen=True, slots=True)
class Word:
    """A letter, call or form by a person; `first` of its conversation, `asks` for an answer, `who` by addresses.

    `who` are those it was written to when it is ours, else the one who wrote.
    """

    row: int
    talk: int
    at: datetime
    ours: bool
    first: bool = False
    asks: bool = False
    who: frozenset[str] = frozenset()


def after_silence(words: Sequence[Word], *, before: datetime | None = None) -> Iterator[tuple[Word, datetime]]:
    """Words of theirs that began a conversation after a month without a word of either side, with the last before.

    `words` are all of a client by time, meetings among them as words of ours; `before` is the last one older than they.
    The very first of all is none: no silence went before it.
    """
    last = before
    for word in words:
        if last is not None and word.first and not word.ours and word.at - last >= SILENCE:
            yield word, last
        last = word.at


def ignored(talk: Sequence[Word], *, at: datetime, elsewhere: Collection[Word] = ()) -> tuple[Word, ...]:
    """Our letters of a conversation that asked for an answer and got none: the first and two nudges at least; else ().

    Days lie between them, a week since the last that counts, and whom they went to has written nothing since the
    first: not here, nor in words `elsewhere`.
    """
    run: list[Word] = []
    for word in talk:
        if not word.ours:
            run.clear()
        elif word.asks and (not run or word.at - run[-1].at >= NUDGE_AFTER):
            run.append(word)
    if len(run) <= NUDGES or at - run[NUDGES].at < PATIENCE:
        return ()
    whom, since = run[0].who, run[0].at
    spoke = any(not each.ours and each.at > since and (not whom or each.who & whom) for each in elsewhere)
    return () if spoke else tuple(run)
