"""One wrong row for every constraint on rounds of the team."""

from datetime import timedelta
from typing import Any

from kept.ledgers.rounds.models import Asked, Remark, Round, Tally
from tests.cast import NOW, Studio
from tests.ledgers.violations import Violation, made, twice

LATER = NOW + timedelta(days=7)


def over(s: Studio) -> dict[str, Any]:
    return {"opens_at": NOW, "closes_at": LATER, "closed_at": LATER, "answers": 5}


def now(s: Studio) -> dict[str, Any]:
    return {"opens_at": NOW, "closes_at": LATER, "key": "k", "box": "b"}


def tally(s: Studio) -> dict[str, Any]:
    row, _ = Round.objects.get_or_create(**over(s))
    return {"round": row, "question": "proud", "mark": 7, "people": 5}


def asked(s: Studio) -> dict[str, Any]:
    return {"round": Round.objects.get_or_create(**over(s))[0], "member": s.kit}


VIOLATIONS_OF_ROUNDS: dict[str, Violation] = {
    "round_closes_later": made(Round, lambda s: now(s) | {"closes_at": NOW}),
    "round_closed_holds_no_box": made(Round, lambda s: over(s) | {"box": "still sealed"}),
    "round_one_open": twice(Round, now, closes_at=LATER + timedelta(days=1)),
    "asked_once": twice(Asked, asked),
    "tally_once": twice(Tally, tally, people=6),
    "tally_of_office_once": twice(Tally, lambda s: tally(s) | {"office": s.office}, people=6),
    "tally_question": made(Tally, lambda s: tally(s) | {"question": "mood"}),
    "tally_mark": made(Tally, lambda s: tally(s) | {"mark": 11}),
    "tally_counts_somebody": made(Tally, lambda s: tally(s) | {"people": 0}),
    "remark_has_words": made(Remark, lambda s: {"round": tally(s)["round"], "words": ""}),
}
