"""What is asked of the pledge: whose figures, by which sentences, over which days, and what may be kept a while."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from kept.ledgers.clients.models import Client
from kept.ledgers.pledges.models import Sentence
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.stamp import Stamp


@dataclass(frozen=True)
class Whose:
    """Whose figures: one client's, those a viewer may know of (the installation has no key), or everybody's."""

    viewer: int | None
    client: int | None
    everybody: bool
    one: Client | None = field(compare=False)

    def clients(self) -> dict[int, Client]:
        """By key, with their lead. One query, or none."""
        if self.one is not None:
            return {self.one.pk: self.one}
        known = Client.objects.seen_by(Member(pk=self.viewer))
        found = Client.objects.filter(wall=None) if self.everybody else known
        return {one.pk: one for one in found.select_related("lead").order_by()}


def whose(viewer: Member | None, client: Client | None) -> Whose:
    """The client's where one is named, else the viewer's, else everybody's."""
    everybody = viewer is None and client is None
    return Whose(viewer.pk if viewer else None, client.pk if client else None, everybody, client)


@dataclass(frozen=True)
class Asked:
    """What is to be counted; only what decides the answer is compared.

    `window` replaces the windows of the sentences, `between` (from, up to) their days.
    """

    whose: Whose
    edition: int
    at: datetime = field(compare=False)
    sentences: Sequence[Sentence] = field(compare=False)
    offices: Offices = field(compare=False)
    window: timedelta | None = None
    between: tuple[datetime, datetime] | None = None
    slot: int = 0
    moved: Stamp = None

    def since(self, sentence: Sentence) -> datetime:
        """The morning on which the window begins."""
        if self.between is not None:
            return self.between[0]
        window, zone = self.window or timedelta(days=sentence.window_days), self.offices.zone
        return datetime.combine(self.at.astimezone(zone).date() - window, time.min, zone)

    @property
    def until(self) -> datetime:
        """The last moment that counts."""
        return self.between[1] if self.between is not None else self.at
