"""A value with its range on a plain line, and the limit it should not cross."""

from dataclasses import dataclass

from kept.kit.charts.axis import Axis


@dataclass(frozen=True, slots=True)
class RangeLine:
    """What parts/chart_range.html draws; every place is a percentage as text, or None where it is not known.

    low to high is the range, mark the value, ghost an earlier value, used a solid part from the start, limit a line
    that can be crossed, over the part of the mark beyond it; thin says that little evidence stands behind the range.
    """

    low: str | None = None
    high: str | None = None
    mark: str | None = None
    ghost: str | None = None
    used: str | None = None
    limit: str | None = None
    over: bool = False
    thin: bool = False
    unknown: bool = False


def range_line(
    axis: Axis[float],
    *,
    span: tuple[float, float] | None = None,
    mark: float | None = None,
    ghost: float | None = None,
    used: float | None = None,
    limit: float | None = None,
    thin: bool = False,
    unknown: bool = False,
) -> RangeLine:
    """Places of a range and its marks on the axis, in the axis's own unit. Raises ValueError for a span upside down."""
    if span is not None and span[0] > span[1]:
        raise ValueError(f"a range runs from a lower to a higher value, not from {span[0]} to {span[1]}")

    def at(value: float | None) -> str | None:
        return None if value is None else axis.at(value)

    return RangeLine(
        low=at(span[0]) if span else None,
        high=at(span[1]) if span else None,
        mark=at(mark),
        ghost=at(ghost),
        used=at(used),
        limit=at(limit),
        over=limit is not None and mark is not None and mark > limit,
        thin=thin,
        unknown=unknown,
    )
