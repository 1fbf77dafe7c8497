"""Finding stock phrases in a sentence; the notation they are written in is told in `stock_phrases`."""

import re
from functools import lru_cache

from kept.measures.text.slots import folded, plain
from kept.measures.text.stock_phrases import STOCK

_ONE, _FEW = r"\S+ ", r"(?:\S+ ){0,3}"


def stock_phrase(sentence: str, *, phrases: tuple[str, ...] = STOCK) -> str:
    """The first stock phrase of the sentence, as one would say it ("hope this finds you"), or ''.

    A firm's own phrases: `phrases=(*STOCK, "onwards and upwards")`. ValueError names a phrase that is none.
    """
    return phrase_in(folded(sentence), phrases=phrases)


def phrase_in(folded: str, *, phrases: tuple[str, ...] = STOCK) -> str:
    """Like `stock_phrase`, of a sentence that is folded already."""
    pattern, spoken = _book(phrases)
    found = pattern.search(f" {folded} ")
    return spoken[found.lastgroup] if found and found.lastgroup else ""


@lru_cache(maxsize=64)
def _book(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all phrases, and under the name of each group the phrase in its plainest form."""
    named = {f"p{number}": phrase for number, phrase in enumerate(phrases)}
    # a phrase begins after a blank, which the word before it may need as its own end
    parts = "|".join(f"(?P<{name}>{_pattern(phrase)})" for name, phrase in named.items())
    return re.compile(rf"(?<=\s)(?:{parts})|(?!)"), {name: _spoken(phrase) for name, phrase in named.items()}


def _pattern(phrase: str) -> str:
    if not re.search(r"[^\W\d_]", phrase):
        raise ValueError(f"“{phrase}” is no phrase: write the words that everybody writes, such as “rest assured”.")
    return "".join(_element(each) for each in phrase.split())


def _element(word: str) -> str:
    """One word of the notation as a pattern that ends with the blank after it."""
    if word in _SIGNS:
        return _SIGNS[word]
    if word.startswith("(") and word.endswith(")"):
        return f"(?:{_either(word[1:-1])} )?"
    return f"{_either(word)} "


_SIGNS = {"*": _ONE, "...": _FEW, "^": r"(?<=^ )", "$": r"$"}


def _either(words: str) -> str:
    return f"(?:{'|'.join(re.escape(plain(each)) for each in words.split('/'))})"


def _spoken(phrase: str) -> str:
    said = [each.partition("/")[0] for each in phrase.split() if each not in ("^", "$") and not each.startswith("(")]
    return " ".join("…" if each in ("*", "...") else each for each in said).replace("<number> ", "")
