"""Small words in cells: yes and no in several tongues, currency names, and texts kept once however often they repeat."""

import re
from sys import intern

_YES = frozenset(
    "yes y true 1 x billable chargeable ja j wahr oui o vrai si s sí verdadero waar はい 是 да tak abrechenbar facturable".split()
)
_NO = frozenset("no n false 0 nein falsch non faux falso nee onwaar いいえ 否 нет nie".split())
_NEITHER = frozenset(
    {"non billable", "nonbillable", "not billable", "unbillable", "nicht abrechenbar", "non facturable"}
)
_CODE = re.compile(r"(?<![A-Z])([A-Z]{3})(?![A-Z])\s*$")
_TOTALS = frozenset(
    "total|totals|grand total|sum|subtotal|sub total|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|total general|somme|totaal|suma".split(
        "|"
    )
)


class Texts(dict[str, str]):
    """Gives each text without outer spaces, and the same object for the same text."""

    def __missing__(self, text: str) -> str:
        self[text] = kept = intern(text.strip())
        return kept


class Flags(dict[str, bool | None]):
    """Reads yes and no in the tongues exports come in; None for a word that is neither."""

    def __missing__(self, text: str) -> bool | None:
        word = " ".join(text.replace("-", " ").casefold().split())
        value = None
        if word in _NO or word in _NEITHER:
            value = False
        elif word in _YES:
            value = True
        self[text] = value
        return value


class Currencies(dict[str, str]):
    """Gives the code at the end of texts such as “Euro - EUR”; "" for a text without one."""

    def __missing__(self, text: str) -> str:
        code = _CODE.search(text)
        self[text] = value = code[1] if code else ""
        return value


def is_total(text: str) -> bool:
    """Say whether a cell is the label of a summary row, such as “Total:” or “Summe”."""
    return " ".join(text.casefold().replace("-", " ").strip(" :").split()) in _TOTALS
