"""All numbers of our own choosing in one place, each with what it says and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from kept.measures.anonymity import Hiding
from kept.measures.asking import Asking
from kept.measures.drift import Drifting
from kept.measures.feeling import Feeling
from kept.measures.incidents import Hurting
from kept.measures.standing_numbers import Staying
from kept.measures.told import Number, numbers_of
from kept.measures.trust_blend import Blend
from kept.measures.trust_streams import Streams


@dataclass(frozen=True, slots=True)
class Parameters:
    """The firm's numbers; hashable, so that what was computed with them can be kept by them."""

    streams: Streams = field(default_factory=Streams)
    blend: Blend = field(default_factory=Blend)
    hurting: Hurting = field(default_factory=Hurting)
    drifting: Drifting = field(default_factory=Drifting)
    staying: Staying = field(default_factory=Staying)
    feeling: Feeling = field(default_factory=Feeling)
    asking: Asking = field(default_factory=Asking)
    hiding: Hiding = field(default_factory=Hiding)


DEFAULTS = Parameters()


def numbers(parameters: Parameters = DEFAULTS) -> tuple[Number, ...]:
    """Every number with its key ("streams.reply_weight"), value, default, words, origin and bounds."""
    return tuple(
        number for group in fields(parameters) for number in numbers_of(group.name, getattr(parameters, group.name))
    )


def with_numbers(parameters: Parameters, changes: Mapping[str, float]) -> Parameters:
    """The same with some numbers changed by key.

    ValueError when a key is unknown or a value out of its bounds; nothing is changed then.
    """
    told = {number.key: number.told for number in numbers(parameters)}
    unknown = sorted(changes.keys() - told.keys())
    if unknown:
        raise ValueError(f"There is no number called “{unknown[0]}”; nothing was changed.")
    groups: dict[str, dict[str, float]] = {}
    for key, value in changes.items():
        group, _, name = key.partition(".")
        groups.setdefault(group, {})[name] = told[key].checked(value)
    changed = {group: replace(getattr(parameters, group), **own) for group, own in groups.items()}
    return replace(parameters, **changed)


def changed_numbers(parameters: Parameters) -> dict[str, float]:
    """What differs from the defaults, by key: all that has to be stored."""
    return {number.key: number.value for number in numbers(parameters) if number.changed}
