"""Links to a review: made with what they show frozen in them, closed, opened again, and taken back."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kept.kit.rows import hold, remove
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.letters.models import Skeleton
from kept.ledgers.letters.skeletons import blanks
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.team.models import Member

LEAST_WORDS = 12  # a judgement shorter than one plain sentence judges nothing


class Unwritten(ValueError):
    """The judgement is not there, or is not the lead's own; the message says which, and what to do."""


@transaction.atomic
def share(review: Review, *, content: dict[str, Any], by: Member, at: datetime) -> tuple[Share, str]:
    """Make a link that shows `content`, as it is now, for as long as it is open; with its token, kept nowhere.

    Each time it is another link: one that was sent shows what it showed. Raises Unwritten.
    """
    hold(review)
    _check_own_words(review)
    number = (review.shares.aggregate(last=Max("number"))["last"] or 0) + 1
    token = secrets.token_urlsafe(32)
    row = Share.objects.create(review=review, number=number, hashed=_hash(token), by=by, at=at, content=content)
    write("reviews.share", row, by=by, at=at, client_id=review.client_id, said=f"{review.quarter}, number {number}")
    return row, token


@transaction.atomic
def take_back(row: Share, *, by: Member, at: datetime) -> None:
    """Undo the making of a link, before it was given to anybody; twice is once."""
    if remove(row):
        was = {name: fact for name, fact in facts_of(row).items() if name not in {"hashed", "content"}}
        said = f"{row.review.quarter}, number {row.number}"
        write("reviews.take_back", row, by=by, at=at, client_id=row.review.client_id, said=said, was=was)


@transaction.atomic
def revoke(row: Share, *, by: Member, at: datetime) -> None:
    """Close the link: whoever opens it reads what any unknown address reads. Twice is once; `reopen` undoes it."""
    if Share.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=at):
        row.revoked_at = at
        said = f"{row.review.quarter}, number {row.number}"
        write("reviews.revoke", row, by=by, at=at, client_id=row.review.client_id, said=said)


@transaction.atomic
def reopen(row: Share, *, by: Member, at: datetime) -> None:
    """Undo the closing: the same link shows the same again. Twice is once."""
    if Share.objects.filter(pk=row.pk, revoked_at__isnull=False).update(revoked_at=None):
        row.revoked_at = None
        said = f"{row.review.quarter}, number {row.number}"
        write("reviews.reopen", row, by=by, at=at, client_id=row.review.client_id, said=said)


def opened(token: str) -> Share | None:
    """What the link with this token shows; None where there is no such link, or it was closed."""
    return Share.objects.open().filter(hashed=_hash(token)).select_related("review").first()


def _check_own_words(review: Review) -> None:
    """The judgement is there, is no skeleton, and was not written for somebody else before."""
    said = _folded(review.judgement)
    if len(said.split()) < LEAST_WORDS:
        raise Unwritten("Write your judgement first: a few sentences only you could write to them. Nothing was sent.")
    left = blanks(review.judgement)
    if left:
        raise Unwritten(f"Fill in {left[0]}; a blank reads as if nobody had looked. Nothing was sent.")
    if any(_folded(words) == said for words in Skeleton.objects.values_list("words", flat=True)):
        raise Unwritten("These are the words of a skeleton. Write what only you know of them. Nothing was sent.")
    others = Review.objects.exclude(pk=review.pk).exclude(judgement="").values_list("judgement", flat=True)
    if any(_folded(words) == said for words in others):
        raise Unwritten("The same words stand in another review. Write what is true of this quarter. Nothing was sent.")


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
