"""Reviews: begun for a quarter, written by the lead, and taken out again while nobody was sent one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.ledgers.journal.verbs import facts_of
from kept.ledgers.journal.verbs import write as tell
from kept.ledgers.reviews.models import Pick, Review
from kept.ledgers.team.models import Member

LONGEST = 6000  # letters of one text; the whole is a few pages
Row = tuple[str, int]  # ("promises.Promise", 7)


class AlreadySent(ValueError):
    """A link to the review is open; the message says what to do first."""


@dataclass(frozen=True)
class Words:
    """What the lead writes: three texts, whether hours are shown, and the rows to show."""

    judgement: str = ""
    changes: str = ""
    ahead: str = ""
    with_hours: bool = False
    picks: Collection[Row] = ()


@transaction.atomic
def begin(client: Client, *, quarter: date, by: Member, at: datetime) -> Review:
    """Begin the review of the quarter that `quarter` is the first day of; the one there is, if it was begun before.

    It speaks in the words of the client's lead, else of `by`. Raises ValueError where no quarter begins on that day.
    """
    if quarter.day != 1 or quarter.month % 3 != 1:
        raise ValueError(f"No quarter begins on {quarter}. Give the first day of January, April, July or October.")
    row, new = Review.objects.get_or_create(
        client=client, quarter=quarter, defaults={"lead": client.lead or by, "begun_at": at}
    )
    if new:
        tell("reviews.begin", row, by=by, at=at, client_id=client.pk, said=quarter.isoformat())
    return row


@transaction.atomic
def take_out(review: Review, *, by: Member, at: datetime) -> None:
    """Undo the beginning, with what was written in it; twice is once. The journal keeps the words.

    Raises AlreadySent when the client was sent a link to it.
    """
    if review.shares.exists():
        raise AlreadySent("This review was sent. Close its links if nobody should read it; what was sent stays known.")
    was = facts_of(review) | {"picks": _picked(review)}
    if remove(review):
        tell(
            "reviews.take_out", review, by=by, at=at, client_id=review.client_id, said=review.quarter.isoformat(),
            was=was,
        )  # fmt: skip


@transaction.atomic
def write(review: Review, *, words: Words, by: Member, at: datetime) -> Review:
    """Keep what was written; the same again changes nothing, `unwrite` takes it back.

    Raises ValueError when a text is too long.
    """
    for text in (words.judgement, words.changes, words.ahead):
        if len(text.strip()) > LONGEST:
            raise ValueError(f"That is more than {LONGEST:,} letters. Nothing was changed; write the main thing.")
    hold(review)
    was, now = _standing(review), _plain(words)
    if was["words"] == now:
        return review
    _put(review, now, written_at=at)
    tell("reviews.write", review, by=by, at=at, client_id=review.client_id, said=now["judgement"][:200], was=was)
    return review


@transaction.atomic
def unwrite(review: Review, *, by: Member, at: datetime) -> Review:
    """Put back what stood before it was last written; twice is once."""
    hold(review)
    last = Line.objects.filter(noun=Review._meta.label, row_id=review.pk, verb__in=["reviews.write", "reviews.unwrite"])
    line = last.order_by("-pk").first()
    if line is None or line.verb == "reviews.unwrite":
        return review
    was, stood = line.facts["was"], _standing(review)
    moment = was["written_at"]
    _put(review, was["words"], written_at=datetime.fromisoformat(moment) if moment else None)
    said = was["words"]["judgement"][:200]
    tell("reviews.unwrite", review, by=by, at=at, client_id=review.client_id, said=said, was=stood)
    return review


def _plain(words: Words) -> dict[str, Any]:
    return {
        "judgement": words.judgement.strip(),
        "changes": words.changes.strip(),
        "ahead": words.ahead.strip(),
        "with_hours": words.with_hours,
        "picks": sorted([noun, pk] for noun, pk in set(words.picks)),
    }


def _standing(review: Review) -> dict[str, Any]:
    stands = {name: getattr(review, name) for name in ("judgement", "changes", "ahead", "with_hours")}
    written = review.written_at.isoformat() if review.written_at else None
    return {"words": stands | {"picks": _picked(review)}, "written_at": written}


def _picked(review: Review) -> list[list[Any]]:
    return sorted([noun, pk] for noun, pk in review.picks.values_list("noun", "row_id"))


def _put(review: Review, words: dict[str, Any], *, written_at: datetime | None) -> None:
    for name in ("judgement", "changes", "ahead", "with_hours"):
        setattr(review, name, words[name])
    review.written_at = written_at
    review.save(update_fields=["judgement", "changes", "ahead", "with_hours", "written_at"])
    review.picks.all().delete()
    Pick.objects.bulk_create(Pick(review=review, noun=noun, row_id=pk) for noun, pk in words["picks"])
