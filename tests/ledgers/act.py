"""An act of a ledger with the way back from it, as `test_acts` walks them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import Studio

Given = Callable[[Studio], Any]
Do = Callable[[Studio, Any, dict[str, Any]], Any]
Undo = Callable[[Studio, Any, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Act:
    """`given` prepares what `do` acts on; `undo` gets what `do` answered. Both are told who and when."""

    verb: str
    do: Do
    undo: Undo | None = None
    undone_by: str = ""
    given: Given = lambda studio: None
    tells: tuple[str, ...] = ()  # where it is more than the verb itself
    repeats: bool = False  # doing it again is doing one more

    @property
    def lines(self) -> tuple[str, ...]:
        return self.tells or (self.verb,)
