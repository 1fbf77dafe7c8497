"""The items of a brief in their order, put into words when they are looked at: a page shows forty of thousands."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from kept.measures.attention import Matter
from kept.readings.brief_items import Item


class Found(NamedTuple):
    """What was found of a matter: the reading, what puts it into words, and the client it is about, where one is."""

    subject: Any
    tell: Callable[[Any], Item]
    client_id: int | None = None


class Items(Sequence[Item]):
    """Reads as a list of items does; `of` leaves out other kinds, and tells nothing twice."""

    def __init__(
        self, order: Sequence[Matter], found: Mapping[Matter, Found], told: dict[Matter, Item] | None = None
    ) -> None:
        self.matters = order
        self._found = found
        self._told: dict[Matter, Item] = {} if told is None else told
        self._parts: dict[tuple[str, ...], Items] = {}

    def of(self, *kinds: str) -> "Items":
        """Those of these kinds, in their order."""
        if kinds not in self._parts:
            own = [each for each in self.matters if each.kind in kinds]
            self._parts[kinds] = Items(own, self._found, self._told)
        return self._parts[kinds]

    def kinds(self) -> Counter[str]:
        """How many there are of each kind."""
        return Counter(each.kind.value for each in self.matters)

    def subjects(self) -> Iterator[Any]:
        """The readings behind them, without words."""
        return (self._found[each].subject for each in self.matters)

    def __len__(self) -> int:
        return len(self.matters)

    def __iter__(self) -> Iterator[Item]:
        return map(self._tell, self.matters)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return [self._tell(each) for each in self.matters[place]]
        return self._tell(self.matters[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def _tell(self, matter: Matter) -> Item:
        if matter not in self._told:
            one = self._found[matter]
            self._told[matter] = one.tell(one.subject)
        return self._told[matter]
