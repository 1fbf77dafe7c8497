"""Shows cleaned HTML on a page: the pictures that may be seen, links in windows of their own, quotes folded."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from kept.kit.html_quotes import CLOSE, OPEN, TAG, VOID

_FOLD = '<details class="quote"><summary aria-label="Show what was quoted">…</summary>'
_UNFOLDED = _FOLD.replace("<details ", "<details open ", 1)
_ATTRIBUTE = re.compile(r' (src|alt|width|height|title)="([^"]*)"')
_IS_QUOTE = OPEN.partition(" ")[2].rstrip(">")
_REMOTE = re.compile(r"https?:", re.I)


@dataclass(frozen=True, slots=True)
class Shown:
    """html: safe to print as it is; remote_pictures_blocked: how many pictures would be fetched when asked for."""

    html: str
    remote_pictures_blocked: int


def shown(cleaned: str, *, pictures: Mapping[str, str], remote: bool) -> Shown:
    """What `kit.html.clean` wrote, with pictures from elsewhere in it, as a page shows it."""
    showing = _Showing(pictures, remote=remote, has_own_words=_has_own_words(cleaned))
    html = "".join(showing.pieces(cleaned))
    return Shown(html, showing.blocked)


def _has_own_words(cleaned: str) -> bool:
    """Whether anything stands outside the quotes; a mail that is nothing but quotes is not folded."""
    depth, at = 0, 0
    quotes: list[bool] = []
    for tag in TAG.finditer(cleaned):
        if not depth and cleaned[at : tag.start()].strip():
            return True
        at = tag.end()
        if tag[2] == "blockquote":
            if tag[1]:
                depth -= bool(quotes and quotes.pop())
            else:
                quotes.append(_IS_QUOTE in tag[3])
                depth += quotes[-1]
        elif tag[2] == "img" and not depth:
            return True
    return bool(cleaned[at:].strip())


@dataclass
class _Showing:
    pictures: Mapping[str, str]
    remote: bool
    has_own_words: bool
    blocked: int = 0
    closings: list[str] = field(default_factory=list)
    folded: int = 0  # in how many folded quotes we are

    def pieces(self, cleaned: str) -> Iterator[str]:
        at = 0
        for tag in TAG.finditer(cleaned):
            yield cleaned[at : tag.start()]
            yield self._tag(tag)
            at = tag.end()
        yield cleaned[at:]

    def _tag(self, tag: re.Match[str]) -> str:
        if tag[2] == "img":
            return self._picture(dict(_ATTRIBUTE.findall(tag[3])))
        if tag[2] == "a" and not tag[1]:
            return f'<a{tag[3]} target="_blank">' if " href=" in tag[3] else tag[0]
        if tag[2] in VOID:
            return tag[0]
        if tag[1]:
            closing = self.closings.pop() if self.closings else ""
            self.folded -= closing == f"{CLOSE}</details>"
            return closing
        if tag[2] == "blockquote" and _IS_QUOTE in tag[3] and not self.folded:
            self.folded += 1
            self.closings.append(f"{CLOSE}</details>")
            return (_FOLD if self.has_own_words else _UNFOLDED) + tag[0]
        self.closings.append(f"</{tag[2]}>")
        return tag[0]

    def _picture(self, told: dict[str, str]) -> str:
        source = self._source(unescape(told.get("src", "")).strip())
        if not source:
            return told.get("alt", "")
        rest = "".join(f' {name}="{told[name]}"' for name in ("alt", "width", "height", "title") if name in told)
        return f'<img src="{escape(source)}"{rest} loading="lazy" referrerpolicy="no-referrer">'

    def _source(self, source: str) -> str:
        if source[:4].lower() == "cid:":
            return self.pictures.get(source[4:]) or self.pictures.get(unquote(source[4:])) or ""
        if _REMOTE.match(source):
            self.blocked += not self.remote
            return source if self.remote else ""
        return source
