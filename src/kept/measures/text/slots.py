"""Folding a sentence to what stays when it is written to somebody else: names, dates, numbers, links become slots."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from kept.measures.text.greetings import GREETINGS

URL, MAIL, NAME, DATE, TIME, NUMBER = "<url>", "<mail>", "<name>", "<date>", "<time>", "<number>"

_SPELLINGS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00ad": None, "\u200b": None})
# "don't" and "do not" are the same line; so are "e-mail" and "email"
_SAME = (
    (re.compile(r"\bcan't\b|\bcan not\b"), "cannot"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"(?<=\w)n't\b"), " not"),
    (re.compile(r"(?<=\w)'ll\b"), " will"),
    (re.compile(r"(?<=\w)'re\b"), " are"),
    (re.compile(r"(?<=\w)'ve\b"), " have"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\be-(?=mails?\b)"), "e"),
)
_WEEKDAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|"
    r"sonntags?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|lunes|martes|miercoles|jueves|"
    r"viernes|sabados?|domingos?|tues|thurs"
)
_SHORT_WEEKDAYS = r"(?:mon|tue|wed|thu|thur|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)\b\.?,?"
# what is also a common word ("may", "march", "mars") is a month only beside a number
_MONTHS = (
    r"january|february|april|june|july|august|september|october|november|december|januar|februar|marz|juni|juli|"
    r"oktober|dezember|janvier|fevrier|avril|juin|juillet|septembre|octobre|novembre|decembre|enero|febrero|abril|"
    r"junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_SHORT_MONTHS = (
    r"may|march|mars|marzo|mai|mayo|aout|jan|feb|mar|mrz|apr|jun|jul|aug|sept?|okt|oct|nov|dez|dec|ene|abr|ago"
)
_MONTH = rf"(?:{_MONTHS}|(?:{_SHORT_MONTHS})\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?:,?\s*(?:de\s+|of\s+)?\d{4}\b)?"
_GREETED = re.compile(
    rf"^(\W*(?:{GREETINGS})\s+)"
    r"((?:(?:mr|mrs|ms|dr|herr|frau|mme)\.?\s+)?"
    r"(?!all\b|both\b|everyone\b|team\b|there\b|zusammen\b|alle\b|tous\b|toutes\b|todos\b|todas\b)[^\W\d]+)(?=\s*[,!:–—-])"
)
_BEFORE = rf"(?:(?:{_WEEKDAYS}),?\s+|{_SHORT_WEEKDAYS}\s+)?"
_NEARBY = r"today|tomorrow|yesterday|heute|ubermorgen|gestern|aujourd'hui|demain|hoy|ayer"
_AMOUNT = r"[£$€#]?\s?(?<![\w<])\d[\d.,' ]*\d\s?[%€£]?"
_COUNT = r"[£$€#]?(?<![\w<])\d+(?:st|nd|rd|th|k|m|x|%)?(?!\w)"
_SLOTS = (
    (DATE, re.compile(r"\b\d{4}-\d{2}-\d{2}(?=t?\b)|\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})?(?!\w)")),
    (DATE, re.compile(rf"\b{_BEFORE}{_DAY}\s+(?:de\s+|of\s+)?{_MONTH}(?!\w){_YEAR}")),
    (DATE, re.compile(rf"\b(?:(?:{_WEEKDAYS}),?\s+)?{_MONTH}\s+{_DAY}(?!\w){_YEAR}")),
    (DATE, re.compile(rf"\b(?:{_WEEKDAYS}|{_MONTHS})\b(?:\s+\d{{4}}\b)?")),
    (DATE, re.compile(rf"\b(?:(?:(?<=\bfor )|(?<=\bin )|(?<=\bof )|(?<=\bmid ))(?:march|may)|{_NEARBY})\b")),
    (TIME, re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|uhr)\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{1,2} ?h ?\d{2}\b")),
    (NUMBER, re.compile(rf"{_AMOUNT}|{_COUNT}")),
)
_URL = re.compile(r"\b(?:https?://|www\.)\S*[^\s.,;:!?)>\]]")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"<(?:url|mail|name|date|time|number)>|[^\W_]+(?:'[^\W_]+)*")


def folded(sentence: str, *, terms: Collection[str] = ()) -> str:
    """The sentence in small letters without accents and marks, one blank between words, slots for what is particular.

    `terms` are names that belong to the client at hand: its people, its own name, its projects.
    """
    return " ".join(words(slotted(sentence, terms=terms)))


def words(text: str) -> list[str]:
    """The words and slots of a text that `plain` or `slotted` made."""
    return _WORD.findall(text)


def plain(sentence: str) -> str:
    """Small letters, no accents, one spelling of apostrophes and of contractions; still with its marks."""
    spelt = unicodedata.normalize("NFKD", sentence.translate(_SPELLINGS)).casefold()
    bare = " ".join("".join(each for each in spelt if not unicodedata.combining(each)).split())
    for pattern, same in _SAME:
        bare = pattern.sub(same, bare)
    return bare


def slotted(sentence: str, *, terms: Collection[str] = ()) -> str:
    """The plain sentence, with marks, in which each particular word or date has given way to its slot."""
    text = _MAIL.sub(MAIL, _URL.sub(URL, plain(sentence)))
    if known := _names(frozenset(terms)):
        text = known.sub(NAME, text)
    text = _GREETED.sub(rf"\1{NAME}", text)
    for slot, pattern in _SLOTS:
        text = pattern.sub(f" {slot} ", text)
    return " ".join(text.split())


def is_slot(word: str) -> bool:
    """Whether a word of a folded sentence stands for something particular."""
    return word.startswith("<")


@lru_cache(maxsize=256)
def _names(terms: frozenset[str]) -> re.Pattern[str] | None:
    """One pattern for all terms, the longest first, so that "Borealis Foods" is one name and not a name and foods."""
    known = sorted({bare for term in terms if len(bare := plain(term)) > 1}, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w<])(?:{'|'.join(re.escape(each) for each in known)})(?![\w>])") if known else None
