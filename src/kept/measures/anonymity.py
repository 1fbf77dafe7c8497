"""What may be shown of a team's answers without pointing at a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Annotated

from kept.measures.told import Told

_CUSTOM = "Floors of five are common practice."


@dataclass(frozen=True, slots=True)
class Hiding:
    """Numbers of MEASURES 8. They can be raised, never lowered below the custom."""

    people: Annotated[float, Told("An average is shown from so many people on", _CUSTOM, 5.0, 50.0)] = 5.0
    words_people: Annotated[float, Told("Words are shown from so many people on", _CUSTOM, 10.0, 100.0)] = 10.0
    firm: Annotated[float, Told("The team is asked from so many people on", _CUSTOM, 10.0, 100.0)] = 10.0


HIDING = Hiding()


class Why(StrEnum):
    """Why something is not shown; `told` puts the numbers that hold into the sentence."""

    FIRM_TOO_SMALL = "The team is asked from {firm:.0f} people on; fewer could be told apart."
    STILL_OPEN = "Answers are shown when the round has closed, so that nobody's can be told by when it came."
    TOO_FEW = "Too few have answered."
    BY_SUBTRACTION = "Together with what is shown it would point at a few people."
    ANOTHER_CUT = "This round is already shown by another grouping; two of them together would point at people."

    def told(self, *, hiding: Hiding = HIDING) -> str:
        """The sentence, by the numbers the firm has chosen."""
        return self.value.format(firm=hiding.firm)


@dataclass(frozen=True, slots=True)
class Shown:
    """Of one round and one grouping: whether the whole is shown, which groups are, and why others are not."""

    whole: bool
    groups: tuple[str, ...] = ()
    hidden: Mapping[str, Why] | None = None
    why: Why | None = None  # when nothing at all is shown

    def why_hidden(self, group: str) -> Why | None:
        return self.why or (self.hidden or {}).get(group)


@dataclass(frozen=True, slots=True)
class Round:
    """One closed or open round: people in the firm who were asked, and how many answered, by group of one grouping."""

    asked: int
    answers: int
    grouping: str = ""
    groups: Mapping[str, int] | None = None
    closed: bool = True
    shown_by: str = ""  # the grouping this round has already been shown by, if any


def shown(round_: Round, *, hiding: Hiding = HIDING) -> Shown:
    """What may be shown: every group shown, and everything that can be had by subtracting groups, has five people.

    Groups do not overlap; answers of no group count in the whole only. Where a group is too small, or what is left
    beside the shown ones is, the smallest shown group is hidden as well until nothing small can be computed.
    MEASURES 8.
    """
    if refused := _refused(round_, hiding):
        return Shown(whole=False, why=refused)
    groups = dict(round_.groups or {})
    if sum(groups.values()) > round_.answers or min(groups.values(), default=0) < 0:
        raise ValueError("Groups hold more answers than came; nothing is shown until that is put right.")
    if groups and round_.shown_by not in ("", round_.grouping):
        return Shown(whole=True, hidden=dict.fromkeys(groups, Why.ANOTHER_CUT))
    few = hiding.people
    kept = sorted((name for name, n in groups.items() if n >= few), key=lambda name: (-groups[name], name))
    while kept and 0 < round_.answers - sum(groups[name] for name in kept) < few:
        kept.pop()
    hidden = {name: Why.BY_SUBTRACTION if n >= few else Why.TOO_FEW for name, n in groups.items() if name not in kept}
    return Shown(whole=True, groups=tuple(sorted(kept)), hidden=hidden)


def shown_teams(
    teams: Mapping[str, Collection[int]], everybody: Collection[int], *, hiding: Hiding = HIDING
) -> tuple[str, ...]:
    """Teams that overlap, such as those of clients: which can be shown together.

    The largest first; one is added only while every piece into which the shown teams cut the firm is empty or has
    five people. No sum or difference of shown averages can then speak of fewer. People are those who answered; where
    answers carry no person, those asked stand for them, which holds only if nearly all answer.
    """
    pieces: list[set[int]] = [set(everybody)]
    if len(pieces[0]) < hiding.people:
        return ()
    kept: list[str] = []
    for name in sorted(teams, key=lambda each: (-len(set(teams[each])), each)):
        team = set(teams[name]) & set(everybody)
        cut = [part for piece in pieces for part in (piece & team, piece - team) if part]
        if team and all(len(part) >= hiding.people for part in cut):
            pieces, kept = cut, [*kept, name]
    return tuple(sorted(kept))


def change_may_be_shown(before: Collection[int], after: Collection[int], *, hiding: Hiding = HIDING) -> bool:
    """Whether two rounds may be compared: the same people were asked, or at least five came or went. MEASURES 8."""
    differ = len(set(before) ^ set(after))
    return differ == 0 or differ >= hiding.people


def words_to_show(words: Sequence[str], *, people: int, chance: Random, hiding: Hiding = HIDING) -> tuple[str, ...]:
    """Free words in a random order, from `hiding.words_people` people on, else none; without moments and without group.

    `chance` must not be seeded by anything that is known of the round: give `random.SystemRandom()`.
    """
    if people < hiding.words_people:
        return ()
    mixed = list(words)
    chance.shuffle(mixed)
    return tuple(mixed)


def _refused(round_: Round, hiding: Hiding) -> Why | None:
    if round_.asked < hiding.firm:
        return Why.FIRM_TOO_SMALL
    if not round_.closed:
        return Why.STILL_OPEN
    return Why.TOO_FEW if round_.answers < hiding.people else None
