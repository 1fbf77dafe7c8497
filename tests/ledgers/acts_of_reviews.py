"""Acts on service reviews: Bo tells Borealis of their third quarter."""

from datetime import date
from typing import Any

from kept.ledgers.reviews import sharing
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.reviews.verbs import Words
from tests.cast import Studio, london
from tests.ledgers.act import Act

QUARTER = date(2026, 7, 1)
JUDGED = (
    "Cleo, you told us in September that you would like to know before you have to ask. You were right, and since then "
    "Kit writes every Thursday."
)
SHOWN = {"form": 1, "client": "Borealis"}


def begun(s: Studio) -> Review:
    return reviews.begin(s.borealis, quarter=QUARTER, by=s.bo, at=london(16))


def written(s: Studio) -> Review:
    words = Words(judgement=JUDGED, picks=[("promises.Promise", 7)])
    return reviews.write(begun(s), words=words, by=s.bo, at=london(17))


def shared(s: Studio) -> Share:
    row, _ = sharing.share(written(s), content=SHOWN, by=s.bo, at=london(18))
    return row


def closed(s: Studio) -> Share:
    row = shared(s)
    sharing.revoke(row, by=s.bo, at=london(19))
    return row


def anew(s: Studio, row: Review, w: dict[str, Any]) -> Review:
    words = Words(judgement="Other words.", ahead="The checkout.", with_hours=True, picks=[("pulses.Answer", 3)])
    return reviews.write(row, words=words, **w)


REVIEWS = [
    Act(
        "reviews.begin",
        lambda s, _, w: reviews.begin(s.borealis, quarter=QUARTER, **w),
        lambda s, _, row, w: reviews.take_out(row, **w),
        "reviews.take_out",
    ),
    Act("reviews.write", anew, lambda s, row, _, w: reviews.unwrite(row, **w), "reviews.unwrite", given=written),
    Act(
        "reviews.share",
        lambda s, row, w: sharing.share(row, content=SHOWN, **w),
        lambda s, _, made, w: sharing.take_back(made[0], **w),
        "reviews.take_back",
        given=written,
        repeats=True,
    ),
    Act(
        "reviews.revoke",
        lambda s, row, w: sharing.revoke(row, **w),
        lambda s, row, _, w: sharing.reopen(row, **w),
        "reviews.reopen",
        given=shared,
    ),
    Act(
        "reviews.reopen",
        lambda s, row, w: sharing.reopen(row, **w),
        lambda s, row, _, w: sharing.revoke(row, at=london(19), by=w["by"]),
        "reviews.revoke",
        given=closed,
    ),
]
