"""The words by which a mail names a day or an hour, in English, with German and French basics."""

import re
from datetime import time

_DAYS = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?",
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
)
_FIRST_LETTERS = (
    ("mon", "lun"),
    ("tue", "die", "mar"),
    ("wed", "mit", "mer"),
    ("thu", "don", "jeu"),
    ("fri", "fre", "ven"),
    ("sat", "sam"),
    ("sun", "son", "dim"),
)
_MONTHS = (
    r"jan(?:uary|uar|vier)?|f[eé]b(?:ruary|ruar)?|f[eé]vr(?:ier)?|mar(?:ch|s)?|märz|a[pv]r(?:il)?|may|mai|june?|juni|"
    r"juin|july?|juli|juillet|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|"
    r"de[cz](?:ember)?|d[eé]c(?:embre)?"
)
_MONTH_LETTERS = (
    ("jan",), ("feb", "féb", "fév", "fev"), ("mar", "mär"), ("apr", "avr"), ("may", "mai"), ("jun", "jui"), ("jul",),
    ("aug", "aoû", "aou"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez", "déc"),
)  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "couple": 2, "few": 3,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|(?:a )?(?:couple|few)(?: of)?|{'|'.join(w for w in _COUNTS if len(w) > 2)}|an?)"
_DAY = rf"(?P<day>{'|'.join(_DAYS)})"
_END = r"(?:the )?end of (?:the |this )?"


def _find(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# What makes a day a deadline, looked for right before it.
BY = _find(
    r"\b(?:by|until|till?|before|no later than|not later than|latest(?: by)?|due(?: on)?|bis(?: zum| spätestens)?|"
    r"spätestens(?: am)?|vor|d'ici(?: le)?|avant(?: le)?|jusqu'(?:à|au))\s+(?:(?:the|this|next|coming|latest)\s+)*$"
)
BEFORE = _find(r"\b(?:before|vor|avant(?: le)?)\s+(?:the\s+)?$")
PAST = _find(r"\b(?:last|since|past|previous|every|each|letzten?|seit|jeden)\s+$")

ISO = _find(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<date>\d{1,2})\b")
DOTTED = _find(
    r"(?:(?<=am )|(?<=zum )|(?<=vom )|(?<=bis )|(?<=by )|(?<=on )|(?<=until )|(?<=till )|(?<=before )|(?<=from )|"
    r"(?<=\w, )|(?<=le )|"
    r"(?=\d{1,2}\.\s?\d{1,2}\.\d{2}))(?<![\d.])(?P<date>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?P<year>\d{4}|"
    r"\d{2}(?!\d))?(?!\d)"
)
SLASHED = _find(r"(?<![\d/.])(?!24/7)(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?(?![\d/%])")
DAY_MONTH = _find(
    rf"\b(?P<date>\d{{1,2}})(?:st|nd|rd|th|er|"
    rf"\.)?\s?(?:of )?(?P<month>{_MONTHS})\b\.?(?:,?\s(?P<year>\d{{4}}))?"
)
MONTH_DAY = _find(rf"\b(?P<month>{_MONTHS})\.?\s(?P<date>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<year>\d{{4}}))?")
ORDINAL = _find(
    r"\b(?:(?:by|on|until|till|before|for)\s+)?the\s(?P<date>\d{1,2})(?:st|nd|rd|"
    r"th)\b(?!\s(?:of\s)?[a-z]*\s?(?:version|draft|page))"
)
WEEKDAY = _find(
    rf"\b(?:(?P<which>next|this|coming|following|nächsten?|kommenden?|diesen)\s)?{_DAY}\b\.?"
    r"(?:\s(?P<then>week\b|next\b(?:\sweek)?|of next week|prochain|in a week))?"
)
TODAY = _find(
    r"\b(?:today|this (?:morning|afternoon|evening)|tonight|heute|aujourd'hui|ce soir|eod|cob|"
    rf"{_END}(?:business(?: day)?|(?:working )?day)|close of business|later on)\b(?! next week)"
)
CLOSE_OF_DAY = _find(rf"(?:eod|cob|{_END}(?:business(?: day)?|(?:working )?day)|close of business)$")
TOMORROW = _find(r"\b(?<!after )(?<!guten )(?<!am )(?<!jeden )(?:tomorrow|tmrw|morgen(?! früh um)|demain)\b")
DAY_AFTER = _find(r"\b(?:(?:the )?day after tomorrow|übermorgen|après-demain)\b")
END_OF_NEXT_WEEK = _find(r"\b(?:the )?end of next week\b|\bende (?:der )?nächster woche\b")
NEXT_WEEK = _find(
    r"\b(?P<part>early |mid(?:dle of)?[- ]?|(?:at the )?(?:beginning|start) of )?(?:next week|nächste(?:r)? woche|"
    r"la semaine prochaine)\b"
)
THIS_WEEK = _find(
    rf"\b(?:{_END}week|eow|before the weekend|(?:later |still )?this week|ende der woche|diese woche|cette semaine|"
    r"(?:fin de|la fin de) (?:la )?semaine|vor dem wochenende)\b"
)
END_OF_MONTH = _find(
    rf"\b(?:{_END}(?P<next>next )?(?:month\b|(?P<month>{_MONTHS})\b)|eom\b|ende des monats|(?:la )?fin du mois)"
)
FIRST_WEEK = _find(rf"\b(?:the )?first week of (?P<month>{_MONTHS})\b")
IN_DAYS = _find(
    rf"\b(?:in|within|inside|allow me|give me|gimme|innerhalb von|dans|sous|binnen)\s(?:the next |the coming |"
    rf"max(?:imum)? |about )?{_COUNT}\s"
    r"(?:more )?(?:(?:business|working|werk|bank)[- ]?)?(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?|"
    r"minuten|stunden?|tagen?|wochen?|"
    r"heures?|jours?|semaines?)\b"
)
BARE_MINUTES = _find(r"\b(?:call|ring|phone) you (?:back )?in (?P<count>\d{1,2})\b(?!\s?\w)")
THE_HOUR = _find(r"\bwithin the hour\b")
SOON = _find(
    r"\b(?:asap|a\.s\.a\.p|as soon as possible|shortly|(?:very )?soon|right away|straight away|immediately|"
    r"in a (?:minute|min|"
    r"moment|sec|second|bit)|right now|umgehend|so bald wie möglich|baldmöglichst|dès que possible|sofort|"
    r"at once|urgently|urgent)\b"
)

CLOCK = _find(
    r"(?<![\d/.,-])(?P<hour>\d{1,2})(?:(?::|h|\.(?=\d\d\s?(?:uhr|am\b|pm\b)))(?P<minute>\d{2}))?"
    r"(?P<unit>\s?(?:[ap]\.?m\b\.?|uhr\b|o'clock\b|h\b))?(?![\d/%.]\d|\d|\s?[-–]\s?\d)"
)
AT = _find(r"\b(?:at|by|before|until|till|um|à|from|around|bis)\s+$")
PARTS = tuple(
    (_find(pattern), at)
    for pattern, at in (
        (r"\b(?:noon|midday|lunch(?:time)?|mittags?|midi)\b", time(12)),
        (r"\b(?:first thing|breakfast)\b", time(10)),
        (r"\b(?:morning|a\.?m\.?|matin|früh|vormittags?)(?!\w)", time(12)),
        (r"\b(?:tonight|evening|night|abends?|ce soir|soir|midnight)\b", time(23, 59)),
    )
)


def weekday(word: str) -> int:
    """Monday is 0."""
    return next(n for n, letters in enumerate(_FIRST_LETTERS) if word.lower().startswith(letters))


def month(word: str) -> int:
    """January is 1; French "juin" and "juillet" are told apart by their fourth letter."""
    low = word.lower()
    if low.startswith("juil"):
        return 7
    return next(n for n, letters in enumerate(_MONTH_LETTERS, start=1) if low.startswith(letters))


def count(words: str) -> int:
    """How many "two", "a couple of" or "14" is."""
    if words.isdigit():
        return int(words)
    last = [word for word in words.lower().split() if word != "of"][-1]
    return _COUNTS[last]
