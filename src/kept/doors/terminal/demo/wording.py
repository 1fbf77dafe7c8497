"""Letters put together from hand-written sentences: a greeting, the matter, a name."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

Topic = dict[str, list[Any]]  # lists of sentences; `after` of numbers
FIELDS = ("site", "paper", "talk")


@cache
def topics() -> dict[str, Topic]:
    """All topics by name; the first file of words says what their lists are."""
    found: dict[str, Topic] = {}
    for name in FIELDS:
        found |= words(name)
    return found


def phrases() -> dict[str, dict[str, list[str]]]:
    """What people say around the matter."""
    return words("phrases")


@cache
def words(name: str) -> dict[str, Any]:
    """One of the files of sentences beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"words/{name}.toml").read_text("utf-8"))


@dataclass
class Pen:
    """Chooses among sentences; of one list it repeats none before all were used."""

    rng: Random

    def __post_init__(self) -> None:
        self._left: dict[tuple[Any, ...], list[Any]] = {}

    def choose[Choice](self, lines: Sequence[Choice]) -> Choice:
        """One of the lines."""
        left: list[Choice] = self._left.setdefault(tuple(lines), [])
        if not left:
            left += self.rng.sample(lines, len(lines))
        return left.pop()

    def likely(self, share: float) -> bool:
        """Yes in so many of all cases."""
        return self.rng.random() < share

    def place(self, topic: Topic, name: str, *, of: str, among: Sequence[int] = ()) -> int:
        """A place in one of the topic's lists; with one client (`of`) none comes twice before all have."""
        places = among or range(len(topic[name]))
        return self.choose([(of, topic[name][0], number) for number in places])[-1]

    def theirs(self, matter: str, *, of: str, to: str, warmth: str, opens: bool = False) -> str:
        """A letter of theirs: `of` is their full name, `to` the first name they write to."""
        chatty = opens and warmth == "warm" and self.likely(0.25)
        before = self.choose(phrases()["before"]["theirs"]) if chatty else ""
        sign = phrases()["sign"]["cold" if warmth == "cold" else "theirs"]
        return self._letter(matter, before=before, greet=self._greet(to, warmth), sign=sign, name=of)

    def ours(self, matter: str, *, of: str, to: str, warmth: str, before: str = "") -> str:
        """A letter of ours; `before` is a sentence ahead of the matter."""
        greet = self._greet(to, "plain" if warmth == "cold" else warmth)
        return self._letter(matter, before=before, greet=greet, sign=phrases()["sign"]["ours"], name=of)

    def _greet(self, name: str, warmth: str) -> str:
        return self.choose(phrases()["greet"][warmth]).format(name=name)

    def _letter(self, matter: str, *, before: str, greet: str, sign: list[str], name: str) -> str:
        end = self.choose(sign).format(name=first(name), full=name)
        return f"{greet}\n\n{before + ' ' if before else ''}{matter}\n\n{end}"


def first(name: str) -> str:
    """The name people are greeted by."""
    return name.removeprefix("Dr ").split(" ")[0]
