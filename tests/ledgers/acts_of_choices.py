"""Acts on what a client freely does, and on what ties them."""

from typing import Any

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Hold, LockKind, SignKind
from tests.cast import NOW, Studio, london
from tests.ledgers.act import Act

TODAY = NOW.date()


def tied(s: Studio) -> Hold:
    """Borealis, tied by what only we have."""
    return choices.tie(s.borealis, lock=LockKind.OUR_DATA, since=TODAY, by=s.bo, at=london(19))


def back(s: Studio, given: Any, row: Any, w: dict[str, Any]) -> None:
    choices.take_back(row, **w)


def again(s: Studio, given: Any, row: Any, w: dict[str, Any]) -> None:
    choices.reconsider(row, **w)


CHOICES = [
    Act(
        "choices.dismiss",
        lambda s, _, w: choices.dismiss(
            s.borealis, kind=SignKind.GOT_IN_TOUCH, source=("conversations.Message", 7), words="After a month.", **w
        ),
        again,
        "choices.reconsider",
    ),
    Act(
        "choices.note",
        lambda s, _, w: choices.note(
            s.borealis, kind=SignKind.SENT_OTHERS, seen_at=london(19), contact=s.cleo, words="Her brother wrote.", **w
        ),
        back,
        "choices.take_back",
    ),
    Act(
        "choices.tie",
        lambda s, _, w: choices.tie(s.borealis, lock=LockKind.OUR_DATA, since=TODAY, words="The map server.", **w),
        back,
        "choices.take_back",
    ),
    Act(
        "choices.untie",
        lambda s, row, w: choices.untie(s.borealis, lock=LockKind.OUR_DATA, since=TODAY, words="They copied it.", **w),
        back,
        "choices.take_back",
        tied,
    ),
    Act(
        "choices.find_free",
        lambda s, row, w: choices.find_free(s.borealis, since=TODAY, words="They could go tomorrow.", **w),
        back,
        "choices.take_back",
        tied,
    ),
]
