"""What a number tried would do to what is shown of our own team: no client hangs on it, but whether they are named."""

from dataclasses import dataclass

from kept.measures.anonymity import Hiding
from kept.readings.numbers_effects import Changes, Trial, changes
from kept.readings.team_hours import hours
from kept.readings.team_rounds import rounds


@dataclass(frozen=True, slots=True)
class Shows:
    """Rounds of a year that are shown, how many words people left, and how many `people` we are, and have to be."""

    rounds: int
    words: int
    people: int
    needed: int

    @property
    def asks(self) -> bool:
        """Whether the team is asked at all."""
        return self.people >= self.needed


@dataclass(frozen=True)
class OfTeam:
    """What is shown now and then; `named`: the clients whose hours are told by name on the team's page."""

    now: Shows
    then: Shows
    named: Changes[bool]


def of_team(tried: Trial) -> OfTeam:
    """Twenty queries at most, whatever the history."""
    both = (tried.ours.hiding, tried.other.hiding)
    now, then = (_shows(tried, each) for each in both)
    here, there = (_named(tried, each) for each in both)
    return OfTeam(
        now, then, changes({pk: pk in here for pk in tried.named}, {pk: pk in there for pk in tried.named}, of=tried)
    )


def _shows(tried: Trial, hiding: Hiding) -> Shows:
    found = rounds(at=tried.at, hiding=hiding)
    latest = found.latest is not None and found.latest.why is None
    return Shows(int(latest) + len(found.beside), len(found.remarks) if latest else 0, found.people, int(hiding.firm))


def _named(tried: Trial, hiding: Hiding) -> set[int]:
    found = hours(tried.viewer, at=tried.at, offices=tried.house, hiding=hiding)
    return {one.client.pk for one in found.clients if one.client is not None}
