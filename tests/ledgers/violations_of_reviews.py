"""One wrong row for every constraint on service reviews."""

from typing import Any

from kept.ledgers.reviews.models import Pick, Review, Share
from tests.cast import NOW, Studio
from tests.ledgers.acts_of_reviews import QUARTER, begun
from tests.ledgers.violations import Violation, made, twice


def review(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "quarter": QUARTER, "lead": s.bo, "begun_at": NOW}


def pick(s: Studio) -> dict[str, Any]:
    return {"review": begun(s), "noun": "promises.Promise", "row_id": 7}


def share(s: Studio) -> dict[str, Any]:
    return {"review": begun(s), "number": 1, "hashed": "a" * 64, "by": s.bo, "at": NOW, "content": {}}


VIOLATIONS_OF_REVIEWS: dict[str, Violation] = {
    "one_review_a_quarter": twice(Review, review),
    "picked_once": twice(Pick, pick),
    "pick_names_a_noun": made(Pick, lambda s: pick(s) | {"noun": ""}),
    "share_number_once": twice(Share, share, hashed="b" * 64),
    "share_number": made(Share, lambda s: share(s) | {"number": 0}),
    "Share.hashed": twice(Share, share, number=2),
}
