"""A link that is its reader's alone: it stands in the letter that goes, and nowhere else.

The words of the letter, the message it becomes and the copy in the folder of sent mail show a mark in its place, so
that nobody of ours opens it by the way. The row keeps it encrypted until a server took the letter, then not at all.
"""

import re
from html import escape

from kept.kit.secrets import open_
from kept.ledgers.letters.models import Letter

HERE = "‹a link of their own›"
_ROW = re.compile(r"‹0 to 10: (\w{1,40})›")
_STYLE = "display:inline-block;padding:10px 9px;min-width:1.2em;text-align:center;text-decoration:none"


def row_of(name: str) -> str:
    """The line that becomes eleven links in a row, 0 to 10: each opens the reader's page with that number chosen."""
    return f"‹0 to 10: {name}›"


def link_of(letter: Letter) -> str:
    """The link of a letter that has one and did not go yet, else "". Raises secrets.Unreadable."""
    return open_(letter.link)


def has_link(letter: Letter) -> bool:
    """Whether the letter goes, or went, with a link of its reader's own."""
    return HERE in letter.words


def with_link(words: str, link: str) -> str:
    """The words as they go: the link in its place; a row of eleven is for pages alone. Without link as they stand."""
    return re.sub(r"\n{3,}", "\n\n", _ROW.sub("", words)).replace(HERE, link) if link else words


def with_rows(page: str, link: str) -> str:
    """The words as HTML (escaped, the link in its place), each row of eleven links drawn; without link as it is."""
    return _ROW.sub(lambda found: _row(link, found[1]), page) if link else page


def _row(link: str, name: str) -> str:
    marks = (f'<a href="{escape(link)}?{name}={mark}" style="{_STYLE}">{mark}</a>' for mark in range(11))
    return "\n".join(marks)
