"""Puts what a mail quotes into blockquotes of their own, by the hints that its program left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kept.kit.html_hints import BELOW_PERHAPS, QUOTED, QUOTED_BELOW, QUOTED_PERHAPS, SIGNATURE

OPEN, CLOSE = f'<blockquote class="{QUOTED}">', "</blockquote>"
# Tags as the cleaner writes them: balanced, values in double quotes.
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>')
VOID = frozenset(("br", "hr", "img", "col"))
_CLASS = re.compile(r' class="([^"]*)"')
_HINTS = (QUOTED_PERHAPS, QUOTED_BELOW, BELOW_PERHAPS, f'class="{QUOTED}"')
_PARTS = frozenset(("tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "col", "li", "dt", "dd"))
_RENAMED = ("div", "p", "section", "article")
# The first line of an older mail's head, in whatever language: a word, a colon, somebody's address or a date.
_HEAD = re.compile(r"\s*\*?[^\W\d_][\w .'’-]{0,24}\s?:.{0,200}?(?:@|\b\d{1,2}[:.h]\d\d\b)", re.S)
_FORWARD = re.compile(r"\s*-{5,}")
_LOOKED_AT, _MOST_LOOKS = 1200, 200


def gathered(cleaned: str) -> str:
    """Cleaned HTML in which every quote is a blockquote of the class 'quoted'; hints that came to nothing are gone."""
    if not any(mark in cleaned for mark in _HINTS):
        return cleaned
    return "".join(_Gathering(cleaned, _parting(cleaned)).pieces())


def _parting(html: str) -> set[int]:
    """Where the containers begin that hold quotes as their own children, and so, perhaps, answers between them."""
    found: set[int] = set()
    above: list[tuple[int, bool]] = []  # the open tags: where each begins, whether it is such a container
    for tag in TAG.finditer(html):
        if tag[2] in VOID:
            continue
        if tag[1]:
            if above:
                above.pop()
            continue
        if tag[2] == "blockquote" and above and above[-1][1]:
            found.add(above[-1][0])
        above.append((tag.start(), QUOTED_PERHAPS in tag[3]))
    return {at for at in found if len(found) > _MOST_LOOKS or not _FORWARD.match(_words_after(html, at))}


def _words_after(html: str, at: int) -> str:
    return TAG.sub(" ", html[at : at + _LOOKED_AT])


@dataclass
class _Gathering:
    html: str
    parting: set[int]
    closings: list[str] = field(default_factory=list)  # of the open tags, what will close each
    parents: list[bool] = field(default_factory=list)  # of the open tags, whether each is a parting one
    looks: int = 0
    is_below: bool = False
    wrapped_at: int = -1  # how many tags were open where the quote that goes on to the end was opened

    def pieces(self) -> Iterator[str]:
        at = 0
        for tag in TAG.finditer(self.html):
            yield from self._words(self.html[at : tag.start()])
            yield from self._tag(tag)
            at = tag.end()
        yield from self._words(self.html[at:])
        if self.wrapped_at >= 0:
            yield CLOSE

    def _words(self, words: str) -> Iterator[str]:
        if self.is_below and self.wrapped_at < 0 and words.strip():
            yield self._wrap()
        yield words

    def _wrap(self) -> str:
        self.wrapped_at = len(self.closings)
        return OPEN

    def _tag(self, tag: re.Match[str]) -> Iterator[str]:
        if tag[1]:
            if self.wrapped_at == len(self.closings):
                self.wrapped_at = -1
                yield CLOSE
            yield self.closings.pop() if self.closings else ""
            del self.parents[-1:]
            return
        hint = self._meant(tag)
        self.is_below = self.is_below or hint == QUOTED_BELOW
        if self.is_below and self.wrapped_at < 0 and tag[2] not in _PARTS:
            yield self._wrap()
        if tag[2] in VOID:
            yield "" if hint else _CLASS.sub("", tag[0])
            return
        opening, closing = _written(tag[2], _CLASS.sub("", tag[3]), hint)
        self.closings.append(closing)
        self.parents.append(tag.start() in self.parting)
        yield opening

    def _meant(self, tag: re.Match[str]) -> str:
        if tag[2] == "blockquote" and self.parents and self.parents[-1]:
            return QUOTED
        named = _CLASS.search(tag[3])
        hint = named[1] if named else ""
        if hint == QUOTED_PERHAPS:
            return "" if tag.start() in self.parting else QUOTED
        if hint == BELOW_PERHAPS:
            self.looks += 1
            is_head = self.looks <= _MOST_LOOKS and _HEAD.match(_words_after(self.html, tag.start()))
            return QUOTED_BELOW if is_head else ""
        return hint


def _written(name: str, rest: str, hint: str) -> tuple[str, str]:
    """How a container opens and closes; a quote becomes a blockquote, around it or, in a table, within it."""
    if hint == QUOTED and name in _RENAMED:
        return f'<blockquote{rest} class="{QUOTED}">', CLOSE
    if hint == QUOTED and name in _PARTS:
        return f"<{name}{rest}>{OPEN}", f"{CLOSE}</{name}>"
    if hint == QUOTED and name != "blockquote":
        return f"{OPEN}<{name}{rest}>", f"</{name}>{CLOSE}"
    kept = f' class="{hint}"' if hint in (QUOTED, SIGNATURE) else ""
    return f"<{name}{rest}{kept}>", f"</{name}>"
