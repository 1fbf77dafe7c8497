"""How much of a letter could have gone to anybody: stock phrases, and lines that went to other clients before."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kept.kit.words import count
from kept.kit.words import sentence as spoken
from kept.measures.text.courtesies import courtesy
from kept.measures.text.likeness import containment, jaccard, key, prefix, shingles
from kept.measures.text.phrasebook import stock_phrase
from kept.measures.text.slots import folded, is_slot, slotted, words
from kept.measures.text.stock_phrases import STOCK

__all__ = [
    "Line", "Marked", "Sameness", "containment", "folded", "is_counted", "jaccard", "judge", "key", "own_words",
    "prefix", "rare_words", "reuse", "shingles", "spans", "stock_phrase",
]  # fmt: skip

NUDGE_AT = 0.6  # MEASURES 5
LEAST_WORDS = 4  # MEASURES 5, slots not counted: "see you on <date>" is nobody's canned line
_FULL_REUSE = 20  # other clients at which a line counts as canned altogether
_RARE_SHARE = 0.05  # MEASURES 5: what at most one client in twenty is written is this client's own


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a draft, where it starts in the text, and what is known of it.

    `others`: to how many other clients it went in 365 days; `own`: its words that belong to this client alone;
    `approved`: wording that must stay as it is, such as a legal one.
    """

    text: str
    start: int = 0
    others: int = 0
    own: tuple[str, ...] = ()
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A line judged: `can` 0 (own words) .. 1 (anybody's), why in a sentence, '' where nothing is to be said."""

    line: Line
    words: int
    counted: bool
    can: float
    phrase: str
    why: str

    @property
    def span(self) -> tuple[int, int]:
        """From where until where it stands in the text."""
        return self.line.start, self.line.start + len(self.line.text)


@dataclass(frozen=True, slots=True)
class Sameness:
    """A whole draft: `share` 0..1 over `words` counted words, of which `own` belong to this client alone.

    The share is counted, not estimated, so it has no interval. `says` is the one sentence for the writer alone,
    '' unless `nudge`; nothing is ever held back for it.
    """

    share: float
    words: int
    own: int
    lines: tuple[Marked, ...]
    nudge: bool
    says: str


def judge(lines: Sequence[Line], *, to: str = "", phrases: tuple[str, ...] = STOCK) -> Sameness:
    """Template-ness of a draft: sum(words x can) / sum(words) x (1 - .5 x share of own words); MEASURES 5.

    `to` is what one calls the reader; `phrases` the stock phrases with the firm's own.
    """
    marked = tuple(_marked(line, phrases) for line in lines)
    counted = [each for each in marked if each.counted]
    total = sum(each.words for each in counted)
    own = sum(min(len(each.line.own), each.words) for each in counted)
    canned = sum(each.words * each.can for each in counted)
    share = canned / total * (1 - 0.5 * own / total) if total else 0.0
    nudge = share >= NUDGE_AT
    says = f"Most of this could have gone to anybody. A dozen words that only {to or 'this reader'} would get?"
    return Sameness(share, total, own, marked, nudge, says if nudge else "")


def reuse(others: int) -> float:
    """How much a line that went to so many other clients counts as canned: min(1, ln(1 + c) / ln 21), 0..1."""
    if others < 0:
        raise ValueError(f"A line cannot have gone to {others} clients.")
    return min(1.0, math.log(1 + others) / math.log(1 + _FULL_REUSE))


def is_counted(sentence: str, *, terms: Collection[str] = ()) -> bool:
    """Whether a sentence says enough to be judged: four words besides slots, no greeting, sign-off or legal footer."""
    return _counts(folded(sentence, terms=terms))


def own_words(sentence: str, *, terms: Collection[str] = (), rare: Collection[str] = frozenset()) -> tuple[str, ...]:
    """The slots and the rare words of a sentence, folded, in order: what makes it this client's own."""
    return tuple(word for word in words(slotted(sentence, terms=terms)) if is_slot(word) or word in rare)


def rare_words(clients_by_word: Mapping[str, int], *, clients: int) -> frozenset[str]:
    """The folded words that at most one client in twenty, and at least one, was ever written."""
    most = max(1, math.floor(clients * _RARE_SHARE))
    return frozenset(word for word, reached in clients_by_word.items() if reached <= most)


def spans(text: str, sentences: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """From where until where each sentence stands in the text it was split from, whatever blanks lie between words.

    A sentence that does not stand there is (n, n) at the end of the one before it.
    """
    found, at = [], 0
    for each in sentences:
        pattern = r"\s+".join(re.escape(word) for word in each.split())
        where = re.compile(pattern).search(text, at) if pattern else None
        found.append(where.span() if where else (at, at))
        at = found[-1][1]
    return tuple(found)


def _counts(folded: str) -> bool:
    said = [word for word in folded.split() if not is_slot(word)]
    return len(said) >= LEAST_WORDS and not courtesy(folded)


def _marked(line: Line, phrases: tuple[str, ...]) -> Marked:
    text = folded(line.text)
    length = len(text.split())
    if line.approved or not _counts(text):
        return Marked(line, length, counted=False, can=0.0, phrase="", why="")
    phrase = stock_phrase(line.text, phrases=phrases)
    return Marked(line, length, True, 1.0 if phrase else reuse(line.others), phrase, _why(line, phrase))


def _why(line: Line, phrase: str) -> str:
    others = count(line.others, "other client")
    if phrase and line.others:
        return f"“{spoken(phrase)}” stands in everybody's letters, and this line went to {others} within a year."
    if phrase:
        return f"“{spoken(phrase)}” stands in everybody's letters."
    return f"This line went to {others} within a year." if line.others else ""
