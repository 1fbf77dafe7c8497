"""What somebody wrote first, after the greeting: the line by which a letter is known at a glance."""

import re

from kept.measures.text.greetings import GREETINGS

GREETING = re.compile(
    rf"^\s*(?:{GREETINGS}|morning|afternoon|evening|gentile|beste|car[oa])"
    r"\b[^,.!?:;\n–—]{0,40}[,.!:;–—]+\s*",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"^.{12,}?[.!?…](?=\s|$)")
SHORT = 25  # a first sentence of fewer letters ("Thank you.") is shown with the next


def first_words(text: str) -> str:
    """The first sentence of the text, without the greeting before it; all of a text that has no end of a sentence."""
    line = " ".join(text.split())
    bare = GREETING.sub("", line, count=1) or line
    found = SENTENCE.match(bare)
    if found is None:
        return bare
    first = found.group()
    if len(first) < SHORT:
        more = SENTENCE.match(bare[len(first) :].lstrip())
        return f"{first} {more.group()}" if more else bare
    return first
