"""Receivers as a line that can be typed on: "Cleo North <cleo@borealis.example>, zed@stranger.example"."""

import re
from collections.abc import Sequence

from kept.kit import words
from kept.kit.names import calling

NAMED = 3  # so many receivers are named, the others counted
_NEEDS_QUOTES = re.compile(r'[,;:<>@"()\[\]\\]')


def written(receivers: Sequence[Sequence[str]]) -> str:
    """The receivers ([name, address] each) as one would type them."""
    return ", ".join(_one(name, email) for name, email in receivers)


def called(receivers: Sequence[Sequence[str]]) -> str:
    """ "Cleo", "Cleo and Zed", "Cleo, Zed, Ada and two others"; "" of nobody."""
    names = [calling(name or email) for name, email in receivers if name or email]
    rest = len(names) - NAMED
    return words.listed([*names[:NAMED], words.count(rest, "other")] if rest > 0 else names)


def _one(name: str, email: str) -> str:
    if not name:
        return email
    bare = name.replace('"', "")
    return f'"{bare}" <{email}>' if _NEEDS_QUOTES.search(bare) else f"{bare} <{email}>"
