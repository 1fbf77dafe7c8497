"""Small words in cells: yes and no in several tongues, currency codes, labels of sums, texts kept once."""

import re
from sys import intern

_YES = """yes|y|true|1|x|billable|chargeable|ja|j|wahr|oui|o|vrai|si|s|sí|verdadero|waar|はい|是|да|tak|abrechenbar|
facturable"""
_NO = """no|n|false|0|nein|falsch|non|faux|falso|nee|onwaar|いいえ|否|нет|nie|non billable|nonbillable|not billable|
unbillable|nicht abrechenbar|non facturable"""
_FLAGS = {word.strip(): value for words, value in ((_YES, True), (_NO, False)) for word in words.split("|")}
_CODE = re.compile(r"(?<![A-Z])([A-Z]{3})(?![A-Z])\s*$")
_SUMS = """total|totals|grand total|sum|subtotal|sub total|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|
total general|somme|totaal|suma"""
_TOTALS = frozenset(word.strip() for word in _SUMS.split("|"))


class Texts(dict[str, str]):
    """Gives each text without outer spaces, and the same object for the same text."""

    def __missing__(self, text: str) -> str:
        self[text] = kept = intern(text.strip())
        return kept


class Flags(dict[str, bool | None]):
    """Reads yes and no in the tongues exports come in; None for a word that is neither."""

    def __missing__(self, text: str) -> bool | None:
        word = " ".join(text.replace("-", " ").casefold().split())
        self[text] = value = _FLAGS.get(word)
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
