"""Acts with rounds of the team; an answer is none of them, as it leaves no line (see test_rounds)."""

from typing import Any

from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.models import Round
from tests.cast import NOW, Studio
from tests.ledgers.act import Act
from tests.ledgers.large_firm import A_WEEK, a_round, twelve


def over(s: Studio) -> Round:
    return a_round(twelve(s))


ROUNDS = [
    Act(
        "rounds.open",
        lambda s, members, w: rounds.open_round(members, closes_at=NOW + A_WEEK, **w),
        lambda s, _, row, w: rounds.call_off(row, **w),
        "rounds.call_off",
        twelve,
    ),
]
ROUNDS_FOR_GOOD: list[Any] = [Act("rounds.close", lambda s, row, w: rounds.close(row, **w), given=over)]
