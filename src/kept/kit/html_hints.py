"""Knows by their names the containers in which mail programs put quotes and signatures."""

import re
from collections.abc import Mapping

# What a container is: QUOTED all of it; QUOTED_PERHAPS unless it parts quotes from answers itself; from QUOTED_BELOW
# on all of the mail; BELOW_PERHAPS the same where the head of an older mail follows.
QUOTED, QUOTED_PERHAPS = "quoted", "quoted-perhaps"
QUOTED_BELOW, BELOW_PERHAPS = "quoted-below", "below-perhaps"
SIGNATURE = "signature"

_CLASSES = {
    QUOTED: (
        "quoted gmail_attr moz-cite-prefix moz-forward-container yahoo_quoted protonmail_quote tutanota_quote "
        "zmail_extra mail_quote replyquote reply_quote front-blockquote freemail_quote moz-email-headers-table"
    ),
    QUOTED_PERHAPS: "gmail_quote gmail_quote_container quoted-perhaps",
    QUOTED_BELOW: "outlookmessageheader quoted-below",
    BELOW_PERHAPS: "below-perhaps",
    SIGNATURE: (
        "signature gmail_signature gmail_signature_prefix moz-signature protonmail_signature_block applemailsignature"
    ),
}
_IDS = {
    QUOTED: (
        "mail-editor-reference-message-container olk_src_body_section isforwardcontent isreplycontent replysplit "
        "reply-intro forward-intro ms-outlook-mobile-reference-message"
    ),
    QUOTED_BELOW: "divrplyfwdmsg appendonsend stopspelling ms-outlook-mobile-body-separator-line",
    SIGNATURE: (
        "signature applemailsignature ms-outlook-mobile-signature ms-outlook-ios-signature protonmail_signature_block"
    ),
}
_BY_CLASS = {name: kind for kind, names in _CLASSES.items() for name in names.split()}
_BY_ID = {name: kind for kind, names in _IDS.items() for name in names.split()}
_PREFIXES = ("yahoo_quoted", "zm-_id_-sgn")
# Programs that quote others write their own mark before every name.
_FOREIGN_MARK = re.compile(r"^(?:(?:x_)+|ecx|m_-?\d+|ydp[0-9a-z]{1,12}(?=yahoo_))")
_BORDER_ABOVE = re.compile(r"border-top(?:-style)?\s*:\s*[^;]*solid", re.I)
_BORDER_BESIDE = re.compile(
    r"border-left\s*:\s*(?:solid\s+(?:blue|#0000ff|navy)|(?:blue|#0000ff)\s+[\d.]+p[tx]\s+solid)", re.I
)
_BLOCKS = ("div", "blockquote", "p", "section", "table", "td", "span", "hr")


def hint(name: str, attributes: Mapping[str, str]) -> str:
    """One of the kinds above, '' for any other tag. attributes: names in lower case to values as they were written."""
    if name not in _BLOCKS:
        return ""
    if name == "blockquote" and attributes.get("type", "").lower() == "cite":
        return QUOTED
    named = _FOREIGN_MARK.sub("", attributes.get("id", "").strip().lower())
    if found := _BY_ID.get(named) or (QUOTED if named.startswith(_PREFIXES[0]) else ""):
        return found
    for one in attributes.get("class", "").lower().split():
        if (found := _BY_CLASS.get(_FOREIGN_MARK.sub("", one), "")) and not _is_own_quote(name, found):
            return found
    return _by_style(name, attributes.get("style", ""))


def _is_own_quote(name: str, found: str) -> bool:
    """What a writer quotes with a button looks like what the program quotes; only the container tells."""
    return name == "blockquote" and found == QUOTED_PERHAPS


def _by_style(name: str, style: str) -> str:
    if not style or name not in ("div", "p", "table"):
        return ""
    if _BORDER_BESIDE.search(style):
        return QUOTED
    return BELOW_PERHAPS if "border-top" in style.lower() and _BORDER_ABOVE.search(style) else ""
