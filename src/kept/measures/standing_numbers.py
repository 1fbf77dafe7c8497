"""The numbers behind standing: bars, beginnings, what signs weigh, and what ties a client to us."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from kept.measures.told import Told, days, weight

_STEEP = "High, since staying and liking part only near the top (Jones and Sasser 1995); .75 itself is reasoned."
_COUNTS = "A reasoned beginning before any evidence."


class Lock(StrEnum):
    """What makes leaving hard; judged by a person."""

    CONTRACT = "the contract runs for more than six months"
    OUR_DATA = "only we have their data or technology"
    MIGRATION = "moving would cost more than a month's fee"
    SPECIALIST = "one named person of ours, and no other"
    NOTICE = "a notice of ninety days or more"


@dataclass(frozen=True, slots=True)
class Staying:
    """MEASURES 2. Felt and free begin at Beta(good, bad); signs weigh for or against free choice."""

    half_life: Annotated[float, days("Days in which an answer or a sign loses half its weight")] = 180.0
    felt_good: Annotated[float, Told("How it feels begins with so much good", _COUNTS, 0.5, 50.0)] = 6.0
    felt_bad: Annotated[float, Told("and so much bad", _COUNTS, 0.5, 50.0)] = 2.0
    felt_bar: Annotated[float, Told("It feels good enough from (1 is all)", _STEEP, 0.5, 0.95)] = 0.75
    free_good: Annotated[float, Told("Free choice begins with so much for us", _COUNTS, 0.5, 50.0)] = 3.0
    free_bad: Annotated[float, Told("and so much against", _COUNTS, 0.5, 50.0)] = 2.0
    free_bar: Annotated[float, Told("They choose us freely enough from (1 is all)", low=0.4, high=0.95)] = 0.60
    place_from: Annotated[float, Told("A client is called by a kind from this chance on", low=0.4, high=0.95)] = 0.60
    untested_from: Annotated[float, Told("Loyalty is untested when they are tied so much", low=0.1, high=0.95)] = 0.50

    great: Annotated[float, weight("Sending others, renewing early, a pitch, a handover weigh")] = 2.0
    clear: Annotated[float, weight("Inviting us into plans, questioning a fee, cutting scope weigh")] = 1.0
    slight: Annotated[float, weight("Praise, silence, two nudges ignored, seniors staying away weigh")] = 0.5
    contact: Annotated[float, weight("Getting in touch of their own accord weighs, once a week at most")] = 0.25

    contract: Annotated[float, Told("A contract of more than six months ties them by")] = 0.4
    our_data: Annotated[float, Told("Data or technology that only we have ties them by")] = 0.3
    migration: Annotated[float, Told("A move dearer than a month's fee ties them by")] = 0.3
    specialist: Annotated[float, Told("One named person and no other ties them by")] = 0.2
    notice: Annotated[float, Told("A notice of ninety days ties them by")] = 0.2

    quiet_below: Annotated[
        float, Told("Gone quiet: so few contacts had a smaller chance than", low=0.001, high=0.2)
    ] = 0.05

    def tie(self, lock: Lock) -> float:
        """How much one lock ties, 0..1."""
        return {
            Lock.CONTRACT: self.contract,
            Lock.OUR_DATA: self.our_data,
            Lock.MIGRATION: self.migration,
            Lock.SPECIALIST: self.specialist,
            Lock.NOTICE: self.notice,
        }[lock]


STAYING = Staying()
