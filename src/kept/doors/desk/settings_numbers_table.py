"""What a number tried would do, as the page shows it: a sentence, and tables of the answers that would change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kept.doors.desk.ways import way
from kept.kit import words
from kept.readings.numbers_effects import Change, Changes

NAMED = 3


@dataclass(frozen=True)
class Said:
    """One answer as it is shown: its mark (as of parts/state.html), its words, and what stands small under them."""

    s: str
    words: str
    small: str = ""


@dataclass(frozen=True)
class Row:
    """A client, what of theirs it is about, the answer now and then, and by how much it moves."""

    client: str
    to: str
    about: str
    now: Said
    then: Said
    by: str = ""


@dataclass(frozen=True)
class Table:
    """Answers that would change, all of them; `same` tells of what stays."""

    name: str
    about: str
    rows: list[Row]
    same: str = ""

    @property
    def measured(self) -> bool:
        """Whether it says by how much."""
        return any(row.by for row in self.rows)


@dataclass(frozen=True)
class Preview:
    """What the number would do, in a sentence; `notes` say what it does not touch, and why."""

    says: str
    notes: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def row[T](one: Change[T], say: Callable[[T], Said], *, about: str | None = None, by: str = "") -> Row:
    """A change with its answers in words."""
    shown = one.about if about is None else about
    return Row(one.name, way("client", one.client), shown, say(one.now), say(one.then), by)


def table(name: str, about: str, rows: Iterable[Row], *, same: str = "") -> list[Table]:
    """One table, or none where nothing changes."""
    every = list(rows)
    return [Table(name, about, every, same)] if every else []


def unchanged(found: Changes[object]) -> str:
    """ "Three other clients stay as they are."; nothing where there is no other."""
    return staying(found.others, changed=bool(found.rows))


def staying(others: int, *, changed: bool) -> str:
    """So many clients stay as they are, beside some that change or not."""
    if not others:
        return ""
    stay = "stays as it is" if others == 1 else "stay as they are"
    if changed:
        return f"{words.sentence(words.count(others, 'other client'))} {stay}."
    return f"The one client {stay}." if others == 1 else f"All {words.count(others, 'client')} {stay}."


def names(rows: Sequence[Change[object]]) -> str:
    """ "Borealis and Dione"; of many the first two, and how many more."""
    found = list(dict.fromkeys(each.name for each in rows))
    if len(found) > NAMED:
        found = [*found[: NAMED - 1], f"{words.count(len(found) - NAMED + 1, 'more', 'more')}"]
    return words.listed(found)
