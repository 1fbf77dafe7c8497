"""Writes foreign HTML anew, tag by tag, with nothing in it but what a page of mail may hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from kept.kit.html_hints import hint

# A tag as browsers read it, each run taken once: names, attributes, values in quotes that may hold a '>'.
_TAG = re.compile(
    r"<([a-zA-Z][^\s/>]*+)((?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)*+)>"
)
_ATTRIBUTE = re.compile(
    r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+))?+)?+",
)
_CLOSING = re.compile(r"</([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_BOGUS = re.compile(r"<[!?/][^>]*>")
_NAME = re.compile(r"[a-z][a-z0-9]*")
# So many attributes of one tag are looked at; the parser compares each with all before it.
_MOST_ATTRIBUTES = 60
# Inside these nothing is HTML; what they hold is for machines.
_RAW = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
_RAW_ENDS = {name: re.compile(rf"</{name}[^>]*>", re.I) for name in _RAW}
_KEPT = {
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "td": ("colspan", "rowspan", "align", "valign"),
    "th": ("colspan", "rowspan", "align", "valign"),
    "ol": ("start", "type"),
}
_KEPT_EVERYWHERE = ("dir", "lang", "title")
_TINY = re.compile(r"\s*[01](?:\.\d*)?\s*(?:px|pt)?\s*$", re.I)
_TINY_STYLE = re.compile(r"(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*[01](?:px|pt)?\s*(?:!important\s*)?(?:;|$)", re.I)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def rewritten(html: str) -> str:
    """The same HTML of tags that were all written here: known attributes alone, quoted; scripts and styles gone.

    Containers of quotes and signatures carry the class that `html_hints.hint` gives them. Takes linear time.
    """
    return "".join(_Rewriting(html).pieces())


@dataclass
class _Rewriting:
    html: str
    at: int = 0
    endless: set[str] = field(default_factory=set)  # what is known to have no end any more

    def pieces(self) -> Iterator[str]:
        while (start := self.html.find("<", self.at)) >= 0:
            yield self.html[self.at : start]
            self.at = start
            yield self._markup()
        yield self.html[self.at :]

    def _markup(self) -> str:
        """What stands for the markup that begins here; `at` moves behind it."""
        follows = self.html[self.at + 1 : self.at + 2]
        if follows.isascii() and follows.isalpha():
            return self._tag()
        if self.html.startswith("<!--", self.at):
            return self._skip_comment()
        if follows in ("!", "?", "/") and ">" not in self.endless:
            if closing := _CLOSING.match(self.html, self.at):
                self.at = closing.end()
                return f"</{closing[1].lower()}>"
            if bogus := _BOGUS.match(self.html, self.at):
                self.at = bogus.end()
                return ""
            self.endless.add(">")
        self.at += 1
        return "&lt;"

    def _skip_comment(self) -> str:
        end = self.html.find("-->", self.at + 2) if "-->" not in self.endless else -1
        if end < 0:
            self.endless.add("-->")
        self.at = end + 3 if end >= 0 else self.at + 4
        return ""

    def _tag(self) -> str:
        found = None if "tag" in self.endless else _TAG.match(self.html, self.at)
        if not found:
            # no tag ends from here on: the mail was cut, or made to be looked through again and again
            self.endless.add("tag")
            self.at += 1
            return "&lt;"
        self.at = found.end()
        name = found[1].lower()
        if name in _RAW_ENDS:
            self._skip_raw(name)
            return ""
        return _written(name, found[2]) if _NAME.fullmatch(name) else ""

    def _skip_raw(self, name: str) -> None:
        end = _RAW_ENDS[name].search(self.html, self.at) if name not in self.endless else None
        if end:
            self.at = end.end()
        else:
            self.endless.add(name)


def _written(name: str, inside: str) -> str:
    if not inside or inside.isspace():
        return f"<{name}>"
    attributes: dict[str, str] = {}
    for found in islice(_ATTRIBUTE.finditer(inside), _MOST_ATTRIBUTES):
        attributes.setdefault(found[1].lower(), found[2] or found[3] or found[4] or "")
    if name == "img" and _is_unseen(attributes):
        return ""
    kept = [(key, attributes[key]) for key in (*_KEPT.get(name, ()), *_KEPT_EVERYWHERE) if key in attributes]
    if found_hint := hint(name, attributes):
        kept.append(("class", found_hint))
    return f"<{name}" + "".join(f' {key}="{_quoted(value)}"' for key, value in kept) + ">"


def _quoted(value: str) -> str:
    return value.replace('"', "&quot;")


def _is_unseen(attributes: dict[str, str]) -> bool:
    """Too small to be seen: such pictures only tell their sender that the mail was read."""
    style = attributes.get("style", "")
    sizes = (attributes.get("width", ""), attributes.get("height", ""))
    return any(map(_TINY.match, sizes)) or bool(_TINY_STYLE.search(style) or _UNSEEN.search(style))
