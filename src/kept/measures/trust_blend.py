"""How evidence becomes one number: weights of the pillars, the firm's average as a start, and when it is thin."""

import math
from dataclasses import dataclass
from typing import Annotated

from kept.measures.belief import FAIR_WIDTH, FIRM_WIDTH, NEW_FIRM_MEAN, PRIOR_STRENGTH, THIN_BELOW
from kept.measures.told import Told
from kept.measures.trust_streams import Part

_EQUAL = (
    "Equal, since studies found no stable order of importance (Sachdev and Verma 2004). SERVQUAL's classic hundred "
    "points (Zeithaml, Parasuraman and Berry 1990) would give .365, .38 and .255."
)
_MOMENTS = "Estimated from the clients by moments (Kleinman 1973); these are its bounds, reasoned."


@dataclass(frozen=True, slots=True)
class Blend:
    """Numbers of MEASURES 1.2 (burst guard), 1.3 and 1.4; pillar weights count in proportion to their sum."""

    quality: Annotated[float, Told("Quality weighs", _EQUAL, low=0.01)] = 1 / 3
    consistency: Annotated[float, Told("Consistency weighs", _EQUAL, low=0.01)] = 1 / 3
    merit: Annotated[float, Told("Merit weighs", _EQUAL, low=0.01)] = 1 / 3
    most_in_a_week: Annotated[
        float, Told("One stream of one client weighs at most, in one week", low=0.25, high=100.0)
    ] = 3.0
    new_firm_mean: Annotated[float, Told("A firm without a past begins at", low=0.05, high=0.99)] = NEW_FIRM_MEAN
    new_firm_events: Annotated[float, Told("That beginning is worth so many events", low=1.0, high=100.0)] = 8.0
    leave_out_from: Annotated[
        float, Told("A client is left out of its own average from so many clients on", low=2.0, high=100.0)
    ] = 5.0
    strength: Annotated[float, Told("The firm's average is worth so many events, of few clients", low=1, high=40)] = (
        PRIOR_STRENGTH
    )
    strength_from_clients: Annotated[
        float, Told("It is estimated from so many clients on", _MOMENTS, low=3.0, high=100.0)
    ] = 5.0
    strength_least: Annotated[float, Told("It is worth at least so many events", _MOMENTS, low=1.0, high=40.0)] = 4.0
    strength_most: Annotated[float, Told("It is worth at most so many events", _MOMENTS, low=4.0, high=400.0)] = 40.0
    firm_width: Annotated[float, Told("Evidence is firm up to a range so wide (1 is all)", low=0.01)] = FIRM_WIDTH
    fair_width: Annotated[float, Told("Evidence is fair up to a range so wide", low=0.01)] = FAIR_WIDTH
    thin_below: Annotated[float, Told("Evidence is thin below so much weight, at any range", high=100.0)] = THIN_BELOW

    def share_of(self, part: Part) -> float:
        """The pillar's weight; the three add up to 1."""
        own = {Part.QUALITY: self.quality, Part.CONSISTENCY: self.consistency, Part.MERIT: self.merit}
        return own[part] / math.fsum(own.values())


BLEND = Blend()
