"""Makes foreign HTML safe to show, tells its quotes and pictures apart, and turns it into plain text."""

import re
from collections import Counter
from collections.abc import Mapping
from html import escape, unescape

import nh3

from kept.kit import html_quotes, html_show, html_tags, html_text
from kept.kit.html_show import Shown

__all__ = ["Shown", "clean", "from_text", "show", "to_text", "words_of"]

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
    "*": {"dir", "lang", "title", "class"},  # classes are ours: `html_tags` lets no other through
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "ol": {"start", "type"},
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


def clean(html: str, *, remote_pictures: bool = False) -> str:
    """HTML without scripts, styles, forms and frames; pictures from elsewhere only when asked for.

    What it quotes stands in `blockquote.quoted`, a signature that its program marked in the class 'signature'.
    """
    html = html_tags.rewritten(html[:LONGEST].replace("\0", ""))
    if _is_too_deep(html):
        return escape(_bare(html))
    cleaned = (_WITH_PICTURES if remote_pictures else _WITHOUT_PICTURES).clean(html).strip()
    if len(cleaned) >= max(_GROWS * len(html), 100_000):
        return escape(_bare(html))
    return html_quotes.gathered(cleaned)


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


def to_text(html: str) -> str:
    """The words of some HTML as plain text: lines and paragraphs kept, quotes marked with '> ', links spelt out."""
    return words_of(clean(html))


def words_of(cleaned: str) -> str:
    """The same of HTML that `clean` wrote."""
    return html_text.written(cleaned)


def show(html: str, *, pictures: Mapping[str, str], remote: bool) -> Shown:
    """HTML for a page: cleaned, links in a window of their own, quotes folded, and the pictures that may be seen.

    pictures: content ids (without <>) to the addresses at which we serve them; of others the alternative words stay.
    remote: whether pictures from elsewhere may be fetched. Those too small to be seen never are, and are not counted.
    """
    return html_show.shown(clean(html, remote_pictures=True), pictures=pictures, remote=remote)


def _bare(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", " ", html))
