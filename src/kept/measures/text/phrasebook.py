"""Finding stock phrases in a sentence; the notation they are written in is told in `stock_phrases`."""

import re
from functools import lru_cache

from kept.measures.text.slots import folded, plain, words
from kept.measures.text.stock_phrases import STOCK

_ONE, _FEW = r"\S+ ", r"(?:\S+ ){0,3}"
_MARKS = '.,;:!?…"“”„«»()[] '


def stock_phrase(sentence: str, *, phrases: tuple[str, ...] = STOCK) -> str:
    """The first stock phrase of the sentence in the words it stands there ("hope this e-mail finds you"), or ''.

    A firm's own phrases: `phrases=(*STOCK, "onwards and upwards")`. ValueError names a phrase that is none.
    """
    pattern, spoken = _book(phrases)
    found = pattern.search(f" {folded(sentence)} ")
    if not found or not found.lastgroup:
        return ""
    return _as_written(sentence, found.group().split()) or spoken[found.lastgroup]


def _as_written(sentence: str, said: list[str]) -> str:
    """The words of the sentence that fold to these; '' where folding made one word of several."""
    written = sentence.split()
    parts = [(part, place) for place, word in enumerate(written) for part in words(plain(word))]
    for start in range(len(parts) - len(said) + 1):
        run = parts[start : start + len(said)]
        if [part for part, _ in run] == said:
            return " ".join(written[run[0][1] : run[-1][1] + 1]).strip(_MARKS)
    return ""


@lru_cache(maxsize=64)
def _book(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all phrases, and under the name of each group its phrase in the plainest form."""
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


def _either(choice: str) -> str:
    return f"(?:{'|'.join(re.escape(plain(each)) for each in choice.split('/'))})"


def _spoken(phrase: str) -> str:
    said = [each.partition("/")[0] for each in phrase.split() if each not in ("^", "$") and not each.startswith("(")]
    return " ".join("…" if each in ("*", "...") else each for each in said).replace("<number> ", "")
