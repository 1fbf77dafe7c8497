"""A request turned into the promise that says yes to it: "Could you send us X?" becomes "I’ll send you X."."""

import re

_ASKS = re.compile(
    r"^\W*(?:(?:and|so|also|hi|hello|then|but)\b,?\s+)*"
    r"(?:(?:please|kindly)\s+(?!find\b|see\b|note\b)|(?:can|could|would|will)\s+you\s+(?:please\s+|kindly\s+|possibly\s+)?)"
    r"(?P<what>[^\W\d_].*)$",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = re.compile(r"(?:,?\s*(?:please|thanks|thank you))?[\s?.!…]*$", re.IGNORECASE)
# what is mine in their mouth is yours in ours
_TURNED = {"me": "you", "us": "you", "my": "your", "our": "your", "mine": "yours", "ours": "yours", "i": "you"}
_TURNED |= {"we": "you", "your": "our", "yours": "ours", "myself": "yourself", "ourselves": "yourselves"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT_DONE = re.compile(r"^(?:be|have|mind|like|want|need|know|let)\b", re.IGNORECASE)


def yes_to(sentence: str) -> str:
    """The promise in our words; '' where the sentence does not plainly ask the reader to do something. English."""
    found = _ASKS.match(sentence)
    if found is None or _NOT_DONE.match(found["what"]) or "\n" in found["what"]:
        return ""
    what = _WORD.sub(lambda word: _TURNED.get(word[0].lower(), word[0]), _TAIL.sub("", found["what"]))
    return f"I’ll {what[:1].lower()}{what[1:]}." if what else ""
