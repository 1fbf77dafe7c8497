"""What the measures of the pledge share: the clients and days that are looked at, and one row for each occasion."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kept.ledgers.clients.models import Client
from kept.ledgers.pledges.models import Measure, Sentence, Variation
from kept.measures.pledge_kinds import KINDS
from kept.readings.calendars import Offices
from kept.readings.own_pledges import Own, own_pledge


@dataclass(frozen=True, slots=True)
class Row:
    """One occasion to keep a sentence, decided at `at`.

    `noun` and `pk` are the row that was counted, `opens` the one to look at where that is another. Of a miss `how` says
    what it was in a word ("late"), `by` by how much; both name nobody. `what` is whom or what it was about.
    """

    noun: str
    pk: int
    client: int
    at: datetime
    kept: bool
    how: str = ""
    by: str = ""
    what: str = ""
    opens: int = 0


@dataclass(frozen=True)
class Scope:
    """Whose facts are read, from when until when, as known at `at`; clients come with their lead."""

    at: datetime
    since: datetime
    clients: dict[int, Client]
    offices: Offices
    only: int | None = None  # one client alone
    own: Own = field(default_factory=dict)

    def day(self, moment: datetime) -> date:
        """The day of the moment where the firm is."""
        return moment.astimezone(self.offices.zone).date()


@dataclass(frozen=True)
class Bound:
    """A sentence as it is counted: since and until when, and what differs for whom."""

    sentence: Sentence
    since: datetime
    until: datetime
    variations: Sequence[Variation] = ()

    def counts(self, client: int, moment: datetime, scope: Scope) -> bool:
        """Whether an occasion of that moment is one for this client."""
        if client not in scope.clients or not self.since <= moment <= self.until:
            return False
        varied = self.varied(client, scope.day(moment))
        return varied is None or not varied.left_out

    def within(self, client: int, moment: datetime, scope: Scope) -> int:
        """The number the measure takes, for this client at that moment, in its unit.

        A reply time that the sentence does not name is the firm's, by which the inbox counts.
        """
        varied = self.varied(client, scope.day(moment))
        if varied is not None and varied.within:
            return varied.within
        if self.sentence.measure != Measure.REPLIES:
            return self.sentence.within or KINDS[self.sentence.measure].usual
        own = own_pledge(scope.own, client, at=moment, now=scope.clients[client].pledge_minutes)
        return own or self.sentence.within or int(scope.offices.pledge.total_seconds() // 60)

    def varied(self, client: int, day: date) -> Variation | None:
        """What was different for the client that day; the newest counts."""
        for one in self.variations:
            if one.client_id == client and one.since <= day and (one.until is None or day <= one.until):
                return one
        return None


def variations(*, at: datetime, clients: Collection[int]) -> dict[int, list[Variation]]:
    """By root of a sentence what had been agreed with these clients by `at`, the newest first. One query."""
    found: dict[int, list[Variation]] = {}
    rows = Variation.objects.filter(at__lte=at, client__in=list(clients)).select_related("sentence")
    for one in rows.order_by("-since", "-pk"):
        found.setdefault(one.sentence_id, []).append(one)
    return found
