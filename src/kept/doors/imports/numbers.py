"""Numbers as people and programs write them: 0,01 · 1.001,11 · 1,001.11 · 1'000.50 · € 12 · -3."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from kept.doors.imports.questions import Unreadable

_NOISE = re.compile(r"[\s\u00a0\u202f\u2009'’]|[€$£¥]|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])|[hH]$")
_GROUPED_COMMA = re.compile(r"-?\d{1,3}(,\d{3})+\.\d*")
_GROUPED_POINT = re.compile(r"-?\d{1,3}(\.\d{3})+,\d*")
_MANY_COMMAS = re.compile(r"-?\d{1,3}(,\d{3}){2,}")
_MANY_POINTS = re.compile(r"-?\d{1,3}(\.\d{3}){2,}")
_ONE_MARK = re.compile(r"-?\d*([.,])\d+")
_EITHER_WAY = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_WHOLE = re.compile(r"-?\d+[.,]?")


class Numbers(dict[str, Decimal]):
    """Reads each different text once; a text like 1.250 is settled by the other numbers of the file.

    `evidence` gives those numbers, and is asked only when needed. Where nothing settles it, `otherwise` names the
    decimal mark to take ("." or ","), and None refuses the cell instead of guessing. Without `thousands` it is 1.25:
    hours of one day are never a thousand.
    """

    def __init__(
        self, evidence: Callable[[], Iterable[str]] = tuple, *, otherwise: str | None = None, thousands: bool = True
    ) -> None:
        super().__init__()
        self._thousands = thousands
        self._evidence = evidence
        self._otherwise = otherwise
        self._mark: str | None = None
        self._settled = False

    def __missing__(self, text: str) -> Decimal:
        self[text] = value = self._read(text)
        return value

    def mark(self) -> str | None:
        """Return the decimal mark most of the file's plain numbers show, or `otherwise`."""
        if not self._settled:
            marks = Counter(filter(None, map(plain_mark, set(self._evidence()))))
            ranked = marks.most_common(2)
            clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
            self._mark, self._settled = (ranked[0][0] if clear else self._otherwise), True
        return self._mark

    def _read(self, text: str) -> Decimal:
        bare = tidy(text)
        if _WHOLE.fullmatch(bare):
            return Decimal(bare.rstrip(".,"))
        mark = plain_mark(bare)
        if _EITHER_WAY.fullmatch(bare):
            mark = self.mark() if self._thousands else bare[-4]
        if mark is None:
            raise _refusal(text, bare)
        return Decimal(bare.replace("," if mark == "." else ".", "").replace(mark, "."))


def tidy(text: str) -> str:
    """Return the text without spaces, apostrophes and currencies, its minus a plain one in front."""
    bare = _NOISE.sub("", text.strip().replace("−", "-").replace("–", "-"))
    return f"-{bare[:-1]}" if bare.endswith("-") else bare


def plain_mark(text: str) -> str | None:
    """Return the decimal mark a number shows beyond doubt, or None when it shows none or either."""
    bare = tidy(text)
    if _GROUPED_COMMA.fullmatch(bare) or _MANY_COMMAS.fullmatch(bare):
        return "."
    if _GROUPED_POINT.fullmatch(bare) or _MANY_POINTS.fullmatch(bare):
        return ","
    one = _ONE_MARK.fullmatch(bare)
    return one[1] if one and not _EITHER_WAY.fullmatch(bare) else None


def _refusal(text: str, bare: str) -> Unreadable:
    if _EITHER_WAY.fullmatch(bare):
        whole, part = re.split("[.,]", bare)
        return Unreadable(
            f"“{text}” can be read as {whole}{part} or as {whole}.{part}",
            f"Write it as {whole}{part} or {whole}.{part}00.",
        )
    return Unreadable(f"“{text}” is not a number", "Write plain figures, such as 7.5 or 7,5.")
