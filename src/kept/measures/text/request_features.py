"""What the request model sees of a sentence: hashed runs of one to three words, and the cues of the grammar."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from kept.measures.text import request_grammar

# A run of words is known by its hash alone: no vocabulary, and so nobody's words, is shipped.
WORD_ROOMS = 1 << 17
CUE_ROOMS = 1 << 10
ROOMS = WORD_ROOMS + CUE_ROOMS
# How much one cue counts beside all words together (whose squares sum to 1); tried .1, .2 and .4.
CUE_VALUE = 0.2
_HEAD, _TAIL = 600, 120  # what of an endless sentence is looked at, in characters

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|\$link")
_MAIL = re.compile(r"[^\s@]{1,64}@\S+")
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"\$?[a-z0-9']+|[?!.:,;]")
_LONG = 64  # a length above this is one length


def of(sentence: str) -> tuple[frozenset[int], frozenset[int]]:
    """The rooms of its words and of its cues, below ROOMS."""
    plain = normalised(sentence)
    tokens = ["<s>", *_TOKEN.findall(plain), "</s>"]
    words = frozenset(crc32(run.encode()) % WORD_ROOMS for run in _runs(tokens))
    cues = frozenset(WORD_ROOMS + crc32(name.encode()) % CUE_ROOMS for name in _named(plain, len(tokens)))
    return words, cues


def normalised(sentence: str) -> str:
    """Lower case, straight apostrophes, numbers, addresses and links made alike."""
    text = sentence if len(sentence) <= _HEAD + _TAIL else sentence[:_HEAD] + " " + sentence[-_TAIL:]
    text = text.lower().translate(_APOSTROPHES)
    return _NUMBER.sub("0", _MAIL.sub(" mailx ", _ADDRESS.sub(" urlx ", text)))


def _runs(tokens: list[str]) -> Iterator[str]:
    yield from tokens
    yield from (f"{one} {two}" for one, two in pairwise(tokens))
    yield from (f"{one} {two} {three}" for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False))


def _named(plain: str, length: int) -> Iterator[str]:
    cues = request_grammar.cues(plain)
    yield from cues
    yield from (f"{one} + {two}" for at, one in enumerate(cues) for two in cues[at + 1 :])
    yield f"length {length.bit_length() if length < _LONG else _LONG.bit_length()}"
