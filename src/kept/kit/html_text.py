"""Writes cleaned HTML as plain text: lines and paragraphs kept, quotes and signatures marked, links spelt out."""

import re
from html import unescape

from kept.kit.html_hints import SIGNATURE
from kept.kit.html_quotes import TAG


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DEEPEST_QUOTE = 20
_SIGNATURE_MARK = "--"
_IS_SIGNATURE = f'class="{SIGNATURE}"'
_HREF = re.compile(r'href="([^"]*)"')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAPS = re.compile(r"\n{3,}")
_NEW_LINE = _names("br div tr section article address center caption dt dd li figure figcaption hr")
_NEW_PARAGRAPH = _names("p h1 h2 h3 h4 h5 h6 table ul ol dl pre blockquote")


def written(cleaned: str) -> str:
    """The words of HTML that `kit.html.clean` wrote, as plain text."""
    return _Writer().write(cleaned)


class _Writer:
    """Walks HTML that `clean` wrote (tags balanced, '<' and '>' in text escaped) from left to right."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.verbatim = 0
        self.href = ""
        self.link_from = 0
        self.is_signed = False

    def write(self, html: str) -> str:
        at = 0
        for tag in TAG.finditer(html):
            self._words(html[at : tag.start()])
            self._tag(tag[2].lower(), tag[3], closing=bool(tag[1]))
            at = tag.end()
        self._words(html[at:])
        self._end_line()
        while self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()
        return _GAPS.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def _words(self, words: str) -> None:
        words = unescape(words).replace("\xa0", " ")
        if self.is_signed and words.strip():
            self._mark_signature(words)
        if self.verbatim:
            *whole, last = words.split("\n")
            for line in whole:
                self.line += line
                self._end_line()
            self.line += last
            return
        words = _SPACE.sub(" ", words)
        self.line += words[1:] if words.startswith(" ") and (not self.line or self.line[-1] == " ") else words

    def _mark_signature(self, words: str) -> None:
        self.is_signed = False
        above = next((line for line in reversed(self.lines) if line.strip("> ")), "")
        if not words.strip().startswith("--") and above.strip("> ") != _SIGNATURE_MARK:
            if self.line.strip():
                self._end_line()
            self.lines.append(self._marks() + _SIGNATURE_MARK)

    def _tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if _IS_SIGNATURE in attributes:
            self.is_signed = True
        if name == "a":
            self._link(attributes, closing=closing)
        elif name in ("td", "th") and closing:
            self.line += " "
        elif name in _NEW_LINE or name in _NEW_PARAGRAPH:
            self._break(name, closing=closing)

    def _link(self, attributes: str, *, closing: bool) -> None:
        if not closing:
            found = _HREF.search(attributes)
            self.href, self.link_from = (unescape(found[1]) if found else ""), len(self.line)
            return
        words, href = self.line[self.link_from :].strip(), self.href.removeprefix("mailto:")
        if href and href.rstrip("/") not in (words, "http://" + words, "https://" + words) and not self.verbatim:
            self.line += f" <{href}>" if words else f"<{href}>"
        self.href = ""

    def _break(self, name: str, *, closing: bool) -> None:
        if self.line.strip() or name in ("br", "hr"):
            self._end_line("----" if name == "hr" and not self.line.strip() else "")
        if name == "blockquote" and closing:
            self.depth = max(0, self.depth - 1)
        if name in _NEW_PARAGRAPH and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._marks().rstrip())
        if name == "blockquote" and not closing:
            self.depth += 1
        elif name == "pre":
            self.verbatim = max(0, self.verbatim + (-1 if closing else 1))
        elif name == "li" and not closing:
            self.line = "- "

    def _end_line(self, instead: str = "") -> None:
        self.lines.append((self._marks() + (instead or self.line)).rstrip())
        self.line, self.link_from = "", 0

    def _marks(self) -> str:
        return "> " * min(self.depth, _DEEPEST_QUOTE)
