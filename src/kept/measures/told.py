"""What a number of ours means, where it comes from, and how far it may be moved."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

REASONED = "Reasoned, not measured: no outcomes of agencies stand behind it yet."


@dataclass(frozen=True, slots=True)
class Told:
    """Written beside a number: what it says, its origin, and the ends between which it may be set."""

    says: str
    origin: str = REASONED
    low: float = 0.0
    high: float = 1.0

    def checked(self, value: float) -> float:
        """The value itself; ValueError with a sentence for the reader when it lies outside."""
        if not self.low <= value <= self.high:
            raise ValueError(
                f"“{self.says}” can be from {self.low:g} to {self.high:g}; {value:g} was not taken, nothing changed."
            )
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """One number as a settings page shows it; `key` is "group.name"."""

    key: str
    value: float
    default: float
    told: Told

    @property
    def changed(self) -> bool:
        return self.value != self.default


def days(says: str, origin: str = REASONED) -> Told:
    return Told(says, origin, 1.0, 3650.0)


def weight(says: str, origin: str = REASONED) -> Told:
    return Told(says, origin, 0.0, 5.0)


def numbers_of(group: str, holder: Any) -> Iterator[Number]:
    """Every told number of a frozen dataclass, in the order it is written."""
    plain = type(holder)()
    hints = get_type_hints(type(holder), include_extras=True)
    for each in fields(holder):
        told = next((note for note in getattr(hints[each.name], "__metadata__", ()) if isinstance(note, Told)), None)
        if told is None:
            raise TypeError(f"{group}.{each.name} is a number without a word about it.")
        yield Number(f"{group}.{each.name}", getattr(holder, each.name), getattr(plain, each.name), told)
