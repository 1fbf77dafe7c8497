"""The turns of phrase of a promise, one a line; <words> stand for those of promise_words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kept.measures.text import promise_words as words

# sure: a promise as it stands; dated: one only with a day or an hour; soft: said with a reserve.
Kind = Literal["sure", "dated", "soft"]
# Stands for every letter of a name of ours, so that one grammar serves all firms; no mail holds it.
NAME = "\x01"


@dataclass(frozen=True, slots=True)
class Rule:
    """pattern: its group `who`, where it has one, says who promises."""

    kind: Kind
    pattern: re.Pattern[str]


type _Turns = tuple[tuple[Kind, str], ...]

_OK = r"^\W*(?:(?:hi|ok|okay|yes|yep|sure|great|right|thanks)[\s,]+)*"
_WILL_TURNS: _Turns = (
    # I will send it; we're going to fix it; Bo'll be calling you; I will do so
    ("sure", r"<who><will><adverbs><deed>\b"),
    ("sure", r"<who><will><adverbs>be\s(?:\w+ly\s)?<doing>\b"),
    ("sure", r"<who><will><adverbs>do\sso\b"),
    # will send it; ok, will do; and will call
    ("sure", _OK + r"(?:will|shall|gonna)<adverbs><deed>\b(?!\s(?:me|us|for\syou)\b)"),
    ("sure", _OK + r"will\sdo\b"),
    ("sure", r"(?:<who>\b|\bdiscussed\b|\bagreed\b|^\W*<doing>\b).{0,120}(?:,|:|\band\b|\bbut\b)\s(?:will|shall|"
        r"gonna)<adverbs><deed>\b"),
    # I'll have it ready; we'll have the page with you; I'll have numbers for you
    ("sure", r"<who><will><adverbs>(?:have|get)\s(?!to\b).{1,60}?\b(?:with|for|to)\syou\b"),
    ("sure", r"<who><will><adverbs>(?:have|get)\s(?!to\b).{1,60}?\b(?:ready|done|live|finished|completed?|sorted|"
        r"fixed)\b"),
    ("dated", r"<who><will><adverbs>have\s(?!to\b)"),
    # I promise you'll see it
    ("sure", r"\bpromise,?\s(?:that\s)?(?:i|we|you)(?:'ll|\swill)\s\w"),
    # you'll have it by Friday; you will hear from us
    ("dated", r"\byou(?:'ll|\swill|\sshall)\s(?:\w+ly\s|also\s|then\s)?(?:have|get|receive|see)\s(?!to\b|"
        r"no\b)<not from others>"),
    ("sure", r"\byou(?:'ll|\swill|\sshall)\s(?:have|get|receive|hear)\s(?:[\w']+\s){0,6}?from\s(?:me|us|our\sside|"
        r"my\sside)\b"),
    ("sure", r"\bwill\sbe\s(?:fixed|done|sorted|sent|delivered|ready|replaced|repaired)\s(?:by|from)\s(?:us|me|"
        r"our\sside|my\sside)\b"),
)  # fmt: skip
_OWN_TURNS: _Turns = (
    # we agree to reduce it; I can get that to you by Tuesday
    ("sure", r"<who>(?:\s\w+ly)?\s<pledge>(?:\syou)?\sto\s(?:\w+ly\s)?(?:<deed>|<doing>|have)\b"),
    ("dated", r"(?<!so )<who>\scan<adverbs>(?!discuss|talk|call|do\b|meet|set)(?:<deed>|have)\b"),
    # I'm sending it this afternoon; I send it on Monday; I check this and come back to you
    ("dated", r"<who>(?:'m|'re|\sam|\sare|\sis)(?:\s(?:now|just|currently|already))?\s<doing>\b"),
    ("dated", r"<mine>(?:\salso)?\s<present>\b"),
    ("sure", r"<mine>(?:\salso)?\s(?:come|get)\sback\s(?:to|on|with)\b"),
    ("sure", r"<mine>(?:\salso)?\s(?:check|clarify|look\sinto)\s(?:this|that|it)\b"),
)
_OTHER_TURNS: _Turns = (
    ("sure", r"(?:\bi'm|\bi\sam|\bwe're|\bwe\sare)\son\sit\b"),
    ("sure", _OK + r"on\sit(?=\W*$|\W+(?:and|will|now)\b)"),
    ("sure", r"\b(?:let\sme|lemme|allow\sme\sto|let\sus)\s(?:\w+ly\s|just\s|also\s)?<look>\b"),
    ("sure", r"\bleave\s(?:it|this|that|them|him|her|(?:the|your)\s\w+)\s(?:with|to)\s(?:me|us)\b"),
    (
        "sure",
        r"\bconsider\s(?:it|that|this|(?:the|your)\s\w+)\s(?:as\s)?(?:done|sorted|handled|fixed|"
        r"taken\scare\sof)\b",
    ),
    ("sure", r"\b(?:count|rely)\son\s(?:me|us)\b|\byou\shave\s(?:my|our)\sword\b|(?:\bis|\bare|'s)\son\s(?:us|me)\b"),
    ("dated", r"\byou\s(?:get|have|receive)\s(?:it|them|the|this|your|our|my)\b(?!\sright\b|\spoint\b)"),
    ("dated", r"\bexpect\s(?:it|them|this|the|your|our|my|an?)\b.{0,40}?<day>"),
)
_THING_TURNS: _Turns = (
    # draft to follow; the report lands in your inbox on Monday; proof by Friday; done by Monday
    (
        "sure",
        r"\b<thing>\b.{0,40}\b(?:to|will)\sfollow\b(?=\W*$|\s(?:on|by|in|to|next|this|later|soon|shortly|within|early|first|today|tonight|tomorrow)\b)",
    ),
    ("dated", r"\b<thing>\b.{0,40}?\b(?:goes\slive|goes\sout|go\slive|go\sout|lands?\sin|<ready>)\b"),
    ("dated", r"^\W*(?:[\w-]+\s){0,2}<thing>\s(?:by|on|tomorrow|tonight)\b(?!.*\b(?:pls|please|plz|you)\b)"),
    ("dated", r"^\W*(?:done|ready|fixed|finished|sorted|live)\s(?:by|before|tomorrow|tonight)\b"),
)
_SOFT_TURNS: _Turns = (
    ("soft", r"<who>(?:'d|\s(?:might|may|could|should|would))\b<not merely polite><reserves>\s(?:<deed>|have)\b"),
    (
        "soft",
        r"<who><will><adverbs>(?:try|endeavou?r|attempt|do\s(?:my|our|what|everything)|see\swhat|use\s(?:my|"
        r"our)\sbest)\b",
    ),
    ("soft", r"<who>\s(?:try|hope|aim|expect)\s(?:and|to)\s"),
    ("soft", r"^\W*(?:will\stry\b|(?:might|may|could|should)(?:\s(?:be\sable\sto|maybe|also|probably))?\s<deed>\b)"),
)
# German and French basics
_FOREIGN_TURNS: _Turns = (
    (
        "sure",
        r"\b(?:ich|wir)\s(?:werden?\s(?!nicht|nie|kein)|(?:schicke|sende|melde|kümmere|liefere|prüfe|kläre|"
        r"rufe)n?\b)",
    ),
    ("sure", r"\b(?:schicke|sende|melde|kümmere|liefere|prüfe|kläre|rufe)n?\s(?:ich|wir)\b"),
    (
        "sure",
        r"\b(?:je|nous)\s(?:vous|te|t'|m'en|nous\sen)\s?(?:envoie|envoyons|enverrai|enverrons|r?appelle|tiens|"
        r"tenons)\b",
    ),
    (
        "sure",
        r"\b(?:je|nous)\s(?:vous|m'en|nous\sen)\s(?:transmets|recontacte|occupe|occupons|ferai|livrerai|"
        r"livrerons)\b",
    ),
    ("sure", r"\b(?:je\svais|nous\sallons)\s(?:vous|te|m'en|nous\sen)\s\w+"),
)
# Each with a sign that is quick to look for, and without which none of its turns can match.
_SAID: tuple[tuple[str, _Turns], ...] = (
    (r"will|'ll|shall|gonna|(?:going|about) to", _WILL_TURNS),
    (r"(?<![\w'])(?:i|we|my|our|<names>)(?!\w).{1,40}?(?:<pledge>|can|<doing>|<present>)", _OWN_TURNS),
    (r"on it|let |lemme|allow|leave|consider|count|rely|word|on (?:us|me)|you [ghr]|expect", _OTHER_TURNS),
    (r"<thing>|^\W*(?:done|ready|fixed|finished|sorted|live)", _THING_TURNS),
    (r"might|may|could|should|would|'d |try|hope|aim|expect|endeavou?r|attempt|do (?:my|our)|what|best", _SOFT_TURNS),
    (r"\b(?:ich|wir|je|nous)\b", _FOREIGN_TURNS),
    (r"^\W*<names>\sto\s", (("sure", r"^\W*(?P<who><names>)\sto\s<deed>\b"),)),
)  # fmt: skip
_OF_ONESELF = r"(?<!if )(?<!when )(?<!unless )(?<!that )"
_PARTS = {
    "will": words.WILL, "adverbs": words.ADVERBS, "deed": words.DEED, "doing": words.DOING, "present": words.PRESENT,
    "pledge": words.PLEDGE, "day": words.DAY, "thing": words.THING,
    "ready": r"(?:will\sbe|is|are)\s(?:with\syou|in\syour\sinbox|ready)",
    "look": r"(?:ask|check|chase|come\sback|consult|dig|double-check|find\sout|get\sback|investigate|look|"
    r"see(?!\swhat)|send|sort|"
            r"speak|take\s(?:a\slook|this|care)|talk)",
    "not from others": r"(?!(?:[\w']+\s){0,6}from\s(?!me\b|us\b|our\b|my\b))",
    "not merely polite": r"(?!\s(?:like|need|appreciate|love|rather|have|be\s(?:happy|glad|grateful|obliged|"
    r"delighted|pleased))\b)",
    "reserves": r"(?:\s(?:be\sable\sto|also|hope\sto|try\sto|just|\w+ly|well|maybe|still)){0,3}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Rules none of which can match where `sign` is not found."""

    sign: re.Pattern[str]
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """The grammar for lower-case text in which each letter of our people's names is a NAME; made once, when needed."""
    who = rf"(?<![\w'])(?P<who>i|we|{words.OURS}|{NAME}+(?:\s[\w-]+)?)"
    parts = {**_PARTS, "who": who, "mine": _OF_ONESELF + who, "names": NAME + "+"}
    return tuple(
        Group(
            re.compile(_filled(sign, parts)),
            tuple(Rule(kind, re.compile(_filled(turn, parts))) for kind, turn in turns),
        )
        for sign, turns in _SAID
    )


def _filled(turn: str, parts: dict[str, str]) -> str:
    return re.sub(r"(?<!\?P)<([a-z ]+)>", lambda slot: parts[slot[1]], turn)
