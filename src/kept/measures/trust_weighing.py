"""What evidence weighs on a day: bursts of one week damped, older events faded."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kept.measures.belief import decay
from kept.measures.trust_blend import BLEND, Blend
from kept.measures.trust_events import Event
from kept.measures.trust_streams import PART_OF, Part, Stream

_DAY, _WEEK = 86_400, 604_800
_FIRST_MONDAY = 4 * _DAY  # 5 January 1970, UTC: from there weeks are ISO's


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one client and pillar: weight N after fading, its good part Sx, and the sums of w^2 and of w x^2.

    `squares` None says that each event weighs 1, so that the squares add up to the weight; `good_squares` None that
    each was good or bad, nothing between.
    """

    weight: float = 0.0
    good: float = 0.0
    squares: float | None = None
    good_squares: float | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Events of one pillar beside what each weighs now (w d), with their sums."""

    events: tuple[tuple[Event, float], ...] = ()
    sums: Sums = Sums()


def weigh(events: Iterable[Event], *, at: datetime, blend: Blend = BLEND) -> Mapping[Part, Weighed]:
    """Weigh one client's events as known at `at`; later ones count for nothing.

    Decay 2^(-age / half-life) (Josang and Ismail 2002). Burst guard: where a stream of one ISO week (UTC) weighs
    more than 3 before fading, each of its events is scaled by 3 / sum. The sums do not depend on the order.
    """
    now = at.timestamp()
    known = [(each, stamp) for each in events if (stamp := each.at.timestamp()) <= now]
    scales = _burst_scales(known, blend)
    parts: dict[Part, list[tuple[Event, float]]] = {part: [] for part in Part}
    for each, stamp in known:
        scale = scales.get((each.stream, _week(stamp)), 1.0)
        weight = scale * each.weight * decay((now - stamp) / _DAY, each.half_life)
        parts[PART_OF[each.stream]].append((each, weight))
    return {part: Weighed(tuple(found), _sums(found)) for part, found in parts.items()}


def _burst_scales(known: Sequence[tuple[Event, float]], blend: Blend) -> dict[tuple[Stream, int], float]:
    weeks: dict[tuple[Stream, int], list[float]] = defaultdict(list)
    for each, stamp in known:
        weeks[each.stream, _week(stamp)].append(each.weight)
    totals = {key: math.fsum(weights) for key, weights in weeks.items()}
    return {key: blend.most_in_a_week / total for key, total in totals.items() if total > blend.most_in_a_week}


def _week(stamp: float) -> int:
    return int((stamp - _FIRST_MONDAY) // _WEEK)


def _sums(found: Sequence[tuple[Event, float]]) -> Sums:
    return Sums(
        weight=math.fsum(weight for _, weight in found),
        good=math.fsum(weight * each.x for each, weight in found),
        squares=math.fsum(weight * weight for _, weight in found),
        good_squares=math.fsum(weight * each.x * each.x for each, weight in found),
    )
