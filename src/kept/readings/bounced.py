"""Letters of mine that did not simply arrive: they came back, were refused, wait too long, or may have gone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.letters.models import Bounce, Letter, Letters
from kept.ledgers.team.models import Member

LATE = timedelta(hours=1)  # so long a letter may wait for its server before its author hears of it


class Fate(StrEnum):
    """What became of it, the worst first."""

    REFUSED = "refused"  # no server took it
    BOUNCED = "bounced"  # it did not reach somebody
    UNCERTAIN = "uncertain"  # it may have gone; the author says whether to send it again
    DELAYED = "delayed"  # it is still being tried, by us or further on


@dataclass(frozen=True)
class Returned:
    """A letter, what became of it, whom it did not reach, what the servers said, and since when.

    `bounces` are the rows to be marked as seen; of a letter that was refused or is uncertain there are none.
    """

    letter: Letter
    fate: Fate
    whom: tuple[str, ...]
    said: str
    at: datetime
    bounces: tuple[Bounce, ...] = ()


def bounced(viewer: Member, *, at: datetime) -> list[Returned]:
    """What the author should hear of, the worst and then the newest first. Two queries, whatever the history."""
    found = [_as_it_stands(letter, at) for letter in _on_their_way(viewer, at)]
    rows: dict[int, list[Bounce]] = defaultdict(list)
    for bounce in _unseen(viewer):
        rows[bounce.letter_id].append(bounce)
    told = [_come_back(bounces) for bounces in rows.values()]
    order = list(Fate)
    known = [one for one in (*found, *told) if one is not None]
    return sorted(known, key=lambda one: (order.index(one.fate), -one.at.timestamp()))


def _mine(viewer: Member) -> Letters:
    return Letter.objects.seen_by(viewer).filter(by=viewer)


@written_once
def _on_their_way(viewer: Member, at: datetime) -> QuerySet[Letter]:
    return _mine(viewer).filter(accepted_at=None, go_at__lte=at).select_related("client")


@written_once
def _unseen(viewer: Member) -> QuerySet[Bounce]:
    mine = _mine(viewer).order_by().values("pk")
    return Bounce.objects.filter(seen_at=None, letter__in=mine).select_related("letter__client")


def _as_it_stands(letter: Letter, at: datetime) -> Returned | None:
    """A letter no server has said yes to; None when all is well, or its author has seen it or gave it up themselves."""
    whom = tuple(email for _, email in (*letter.to, *letter.cc, *letter.bcc))
    if letter.refused_at is not None:
        news = letter.trouble and letter.refusal_seen_at is None
        return Returned(letter, Fate.REFUSED, whom, letter.trouble, letter.refused_at) if news else None
    if letter.is_uncertain(at):
        return Returned(letter, Fate.UNCERTAIN, whom, letter.trouble, letter.data_began_at or at)
    late = letter.go_at is not None and letter.go_at <= at - LATE
    return Returned(letter, Fate.DELAYED, whom, letter.trouble, letter.go_at or at) if late else None


def _come_back(bounces: list[Bounce]) -> Returned:
    for_good = [bounce for bounce in bounces if bounce.for_good]
    fate, telling = (Fate.BOUNCED, for_good) if for_good else (Fate.DELAYED, bounces)
    whom = tuple(dict.fromkeys(bounce.email for bounce in telling if bounce.email))
    said = next((bounce.said for bounce in telling if bounce.said), "")
    return Returned(bounces[0].letter, fate, whom, said, max(bounce.at for bounce in telling), tuple(bounces))
