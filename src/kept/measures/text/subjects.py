"""Folding subjects, so that "AW: Re: The launch" and "The launch" are seen to be the same."""

import re
import unicodedata

# reply and forward marks as mail programs of our languages write them
MARK = re.compile(
    r"^\s*(?:(?:r[eé]\u0301?|r|aw|antw|antwort|sv|vs|odp|ynt|rif|tr|fw|fwd|wg|enc|rv|doorst|i|pd|inoltra)"
    r"\s*(?:(?:\[\d+\]|\(\d+\)|\^\d+)\s*)?[:：]\s*)+",
    re.IGNORECASE,
)
LIST_TAG = re.compile(r"^\s*\[[^\]]{1,40}\]\s*(?=\S)")


def is_reply(subject: str) -> bool:
    """Whether the subject says that it answers or forwards another."""
    return bool(MARK.match(subject) or MARK.match(LIST_TAG.sub("", subject)))


def key(subject: str) -> str:
    """The subject without marks, list tags stay, case and spaces folded; at most 200 characters."""
    bare = subject
    while True:
        shorter = MARK.sub("", bare)
        tag = LIST_TAG.match(shorter)
        if tag and MARK.match(shorter[tag.end() :]):
            shorter = tag.group() + MARK.sub("", shorter[tag.end() :])
        if shorter == bare:
            break
        bare = shorter
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split())[:200]
