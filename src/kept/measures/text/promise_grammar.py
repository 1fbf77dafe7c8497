"""By which turn of phrase a sentence promises something, if it does: the writer's own deed, or a colleague's."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from kept.measures.text import promise_words as words
from kept.measures.text.promise_rules import NAME, Rule, groups

# A reserve further than this from the promise, in characters, speaks of something else.
_FAR, _NEAR, _RIGHT_AFTER = 160, 60, 8


@dataclass(frozen=True, slots=True)
class Promise:
    """start, end: of the words that promise; who: "i", "we" or a name, lower-case, '' when unsaid; hedged: said with
    a reserve; needs_day: a promise only when a day or an hour goes with it."""

    start: int
    end: int
    who: str
    hedged: bool
    needs_day: bool


def promise_in(sentence: str, names: Collection[str] = ()) -> Promise | None:
    """The promise of a sentence; None for questions, refusals, reports and other people's deeds.

    names: first names, lower-case, of people whose word is the firm's. What promises by itself goes before what
    needs a day.
    """
    text = _plain(_masked(sentence, names))
    if _QUESTION.search(text[-12:]) or _NONE.search(text):
        return None
    spoken = (group for group in groups() if group.sign.search(text))
    hits = [hit for group in spoken for rule in group.rules if (hit := _hit(rule, text, sentence))]
    return min(hits, key=lambda hit: (hit.needs_day, hit.start), default=None)


def _masked(sentence: str, names: Collection[str]) -> str:
    """The sentence with our people's names made alike; a "Will" who does not will anything is the verb."""

    def mask(found: re.Match[str]) -> str:
        word = found[0]
        if (
            word.islower()
            or word.lower() not in names
            or (word in _VERBS_TOO and not _DOES.match(sentence, found.end()))
        ):
            return word
        return NAME * len(word)

    return _CAPITALISED.sub(mask, sentence) if names else sentence


def _plain(sentence: str) -> str:
    """Lower case and straight apostrophes, every letter in its place."""
    text = sentence.replace("’", "'").replace("‘", "'")
    low = text.lower()
    return low if len(low) == len(text) else "".join(letter.lower() if letter.isascii() else letter for letter in text)


def _hit(rule: Rule, text: str, sentence: str) -> Promise | None:
    found = rule.pattern.search(text)
    if found is None:
        return None
    begins, ends = found.span("who") if "who" in rule.pattern.groupindex else (0, 0)
    far = text[max(0, found.start() - _FAR) : found.end() + _FAR]
    near = text[max(0, found.start() - _NEAR) : found.end() + _RIGHT_AFTER]
    hedged = rule.kind == "soft" or bool(_CONDITION.search(far) or _HEDGE.search(near))
    return Promise(found.start(), found.end(), sentence[begins:ends].lower(), hedged, rule.kind == "dated")


_CAPITALISED = re.compile(r"\b[^\W\d_]{2,40}\b")
_VERBS_TOO = {"Will", "May", "Mark"}
_DOES = re.compile(r"(?:['’]ll| will| is| can| and)\b")
_QUESTION = re.compile(r"\?['\")\]»”]*\s*(?:[:;]-?[)d])?\s*$")
_CONDITION = re.compile(rf"(?<!\w)(?:{words.CONDITIONS})(?!\w)")
_HEDGE = re.compile(rf"(?<!\w)(?:{words.HEDGES})(?!\w)")
# What is no promise, whatever else stands in the sentence.
_NONE = re.compile(
    r"\blet you know (?:if|whether|should)\b"
    r"|\b(?:would|could|should|might)(?:n't)? have (?:\w+ed|sent|done|been|had|written|gone)\b"
    r"|\b(?:attached|enclosed|anbei)\b.{0,20}\b(?:you|i|we|please)\b"
    r"|^\W*(?:please|pls|kindly)\s(?!allow)"
    r"|\b(?:asked|wonder(?:ed|ing)?|know|tell me) (?:whether|if)\b"
    r"|\bno liability\b|\bnot be liable\b"
    r"|\b(?:said|says|told (?:me|us)|mentioned|wrote|understand) (?:that )?(?:s?he|they|you|it|your)\b"
    r"|\b(?:writing|calling) (?:to (?:request|ask|you|inform|let|thank|invite|see|follow|confirm|each|all)\b|on\b|"
    r"about\b|because\b)"
    r"|\basking (?:because|about|whether|if)\b|\bto (?:ensure|make sure)\b.{0,20}\byou(?:'ll| will)\b"
    r"|\bas i (?:said|promised) i (?:would|will)\b"
    r"|\b(?:was|were) going to\b|\bpersonal data\b|\bmeans that\b",
)
