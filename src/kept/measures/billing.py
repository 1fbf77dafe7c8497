"""Whether a bill is what the client expected: as quoted, or a surprise."""

from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    AS_QUOTED = "as quoted"
    SURPRISE = "a surprise"


def verdict(
    billed: Decimal, *, quoted: Decimal | None, told: bool, surprised: bool, within: float = 0.0
) -> Verdict | None:
    """What the bill was to them; None where nothing was quoted and nobody said a word: not known.

    What they say goes before what we reckon: who was surprised was surprised, also when we had told them. A bill above
    the quote of which they were `told` beforehand is none; `within` is the share above it that is taken for the same.
    Amounts are in one currency.
    """
    if surprised:
        return Verdict.SURPRISE
    if told:
        return Verdict.AS_QUOTED
    if quoted is None:
        return None
    return Verdict.AS_QUOTED if billed <= quoted * (1 + Decimal(str(within))) else Verdict.SURPRISE
