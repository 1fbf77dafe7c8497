"""Sharing a review: the quarter is assembled once more, frozen as its client will see it, and given a link."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kept.ledgers.reviews import sharing
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.reviews.sharing import Unwritten
from kept.ledgers.team.models import Member
from kept.measures.text.sameness import Line, judge
from kept.measures.text.sentences import split
from kept.readings.calendars import Offices
from kept.readings.review import evidence, sheet

STOCK = 0.9  # nearly every line could have gone to anybody; below it the writer is told nothing


@transaction.atomic
def share_review(review: Review, *, by: Member, at: datetime, offices: Offices) -> tuple[Share, str]:
    """Freeze the review (with its client and their lead) as it is at `at`, and make a link to that.

    Raises Unwritten while the judgement is empty, a skeleton, another review's, or stock phrases alone.
    """
    judged = judge([Line(each) for each in split(review.judgement)])
    if judged.words and judged.share >= STOCK:
        raise Unwritten("Every line of this could have gone to anybody. Write what only you know. Nothing was sent.")
    return sharing.share(review, content=told(review, at=at, offices=offices, money=True), by=by, at=at)


def told(review: Review, *, at: datetime, offices: Offices, money: bool) -> dict[str, Any]:
    """What the client would see at `at`; `money` says whether whoever looks may know of hours."""
    return sheet(review, evidence(review, at=at, offices=offices, money=money), offices=offices).plain()
