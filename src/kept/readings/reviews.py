"""A quarter over all clients: who was told how we served them, whose review is being written, who has none yet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.team.models import Member

SERVED = (Stage.ONBOARDING, Stage.ACTIVE, Stage.PAUSED)


@dataclass(frozen=True, slots=True)
class Row:
    """One client's quarter: the review, if it was begun, and the newest link that was made to it."""

    client: Client  # with its lead
    review: Review | None
    sent: Share | None
    links: int  # that are open

    @property
    def standing(self) -> str:
        """ "none", "begun", "written", "sent", or "closed": sent, and no link is open any more."""
        if self.review is None:
            return "none"
        if self.sent:
            return "sent" if self.links else "closed"
        return "written" if self.review.judgement else "begun"


@dataclass(frozen=True)
class Reviews:
    """All clients of a quarter, those without a review first."""

    quarter: date
    rows: tuple[Row, ...]

    def of(self, *standings: str) -> list[Row]:
        return [row for row in self.rows if row.standing in standings]


ORDER = ("none", "begun", "written", "closed", "sent")


def reviews(viewer: Member, *, quarter: date, at: datetime, lead: int | None = None) -> Reviews:
    """The quarter over the clients the viewer may know of, or those of one lead. Three queries.

    Clients are those we serve, and whoever has a review of that quarter.
    """
    begun = {row.client_id: row for row in _begun(viewer, quarter, at)}
    sent, links = _sent([row.pk for row in begun.values()], at)
    seen = Client.objects.seen_by(viewer).select_related("lead")
    rows = []
    for client in seen if lead is None else seen.filter(lead=lead):
        review = begun.get(client.pk)
        if review or client.stage in SERVED:
            number = review.pk if review else 0
            rows.append(Row(client, review, sent.get(number), links.get(number, 0)))
    rows.sort(key=lambda row: (ORDER.index(row.standing), row.client.name.casefold(), row.client.pk))
    return Reviews(quarter=quarter, rows=tuple(rows))


def _begun(viewer: Member, quarter: date, at: datetime) -> QuerySet[Review]:
    return Review.objects.seen_by(viewer).filter(quarter=quarter, begun_at__lte=at)


def _sent(numbers: list[int], at: datetime) -> tuple[dict[int, Share], dict[int, int]]:
    """The newest link of each review, without what it shows, and how many are open."""
    newest: dict[int, Share] = {}
    links: dict[int, int] = {}
    for one in Share.objects.filter(review__in=numbers, at__lte=at).defer("content").order_by("number"):
        newest[one.review_id] = one
        links[one.review_id] = links.get(one.review_id, 0) + (one.revoked_at is None)
    return newest, links
