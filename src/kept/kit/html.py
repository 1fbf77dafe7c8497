"""Makes foreign HTML safe to show, and turns it into plain text."""

import re
from collections import Counter
from html import escape, unescape

import nh3

# Longer HTML is cut: a page of mail beyond this is generated noise, and the original is kept elsewhere.
LONGEST = 2_000_000


def _names(words: str) -> set[str]:
    return set(words.split())


_TAGS = _names(
    "a abbr address b big blockquote br caption center cite code col colgroup dd del div dl dt em "
    "figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section article "
    "small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var"
)
_WITH_CONTENT = _names(
    "script style title head textarea select option button iframe object embed applet noscript template "
    "svg math audio video canvas noembed noframes xmp"
)
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "ol": {"start", "type"},
    "blockquote": {"type"},
}
_LINKS = ("http:", "https:", "mailto:", "tel:")
# Pictures that came with the message itself: an attachment by its content id, or written out in place.
_OWN_PICTURE = re.compile(r"(?:cid:|data:image/(?:png|gif|jpe?g|webp);base64,)", re.I)
_REMOTE_PICTURE = re.compile(r"https?:", re.I)
_NESTING = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)
# What stands alone, or ends by itself where the next one begins.
_NOT_NESTING = _names("p br img td tr th hr meta link input col area base wbr tbody thead tfoot html head body")
# The parser takes quadratic time in the depth; beyond it what came is no longer read as HTML. Nor is what grows: the
# parser mends tags that are never closed by writing them anew into every paragraph.
_DEEPEST = 2000
_GROWS = 4
_DEEPEST_QUOTE = 20


def clean(html: str, *, remote_pictures: bool = False) -> str:
    """HTML without scripts, styles, forms and frames; pictures from elsewhere only when asked for."""
    html = html[:LONGEST].replace("\0", "")
    if _is_too_deep(html):
        return escape(_bare(html))
    cleaned = (_WITH_PICTURES if remote_pictures else _WITHOUT_PICTURES).clean(html).strip()
    return cleaned if len(cleaned) < max(_GROWS * len(html), 100_000) else escape(_bare(html))


def _is_too_deep(html: str) -> bool:
    """Whether more tags are open at once than anybody opens on purpose."""
    if html.count("<") <= _DEEPEST:
        return False
    depth = 0
    opened: Counter[str] = Counter()
    for tag in _NESTING.finditer(html):
        name, step = tag[2].lower(), -1 if tag[1] else 1
        if name not in _NOT_NESTING and (step > 0 or opened[name]):
            opened[name] += step
            depth += step
            if depth > _DEEPEST:
                return True
    return False


def from_text(text: str) -> str:
    """Plain text as HTML that reads the same."""
    return "<div>" + escape(text).replace("\n", "<br>") + "</div>"


def _keep_own(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if _OWN_PICTURE.match(value) else None
    if tag == "a" and attribute == "href":
        return value if value.strip().lower().startswith(_LINKS) else None
    return value


def _keep_remote(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and _REMOTE_PICTURE.match(value):
        return value
    return _keep_own(tag, attribute, value)


def _cleaner(*, remote: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_remote if remote else _keep_own,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
    )


_WITHOUT_PICTURES = _cleaner(remote=False)
_WITH_PICTURES = _cleaner(remote=True)

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>", re.I)
_HREF = re.compile(r'href="([^"]*)"')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAPS = re.compile(r"\n{3,}")
_NEW_LINE = _names("br div tr section article address center caption dt dd li figure figcaption hr")
_NEW_PARAGRAPH = _names("p h1 h2 h3 h4 h5 h6 table ul ol dl pre blockquote")


def to_text(html: str) -> str:
    """The words of some HTML as plain text: lines and paragraphs kept, quotes marked with '> ', links spelt out."""
    return _Writer().write(clean(html))


class _Writer:
    """Walks HTML that `clean` wrote (tags balanced, '<' and '>' in text escaped) from left to right."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.verbatim = 0
        self.href = ""
        self.link_from = 0

    def write(self, html: str) -> str:
        at = 0
        for tag in _TAG.finditer(html):
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
        if self.verbatim:
            *whole, last = words.split("\n")
            for line in whole:
                self.line += line
                self._end_line()
            self.line += last
            return
        words = _SPACE.sub(" ", words)
        self.line += words[1:] if words.startswith(" ") and (not self.line or self.line[-1] == " ") else words

    def _tag(self, name: str, attributes: str, *, closing: bool) -> None:
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


def _bare(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", " ", html))
