"""Turns bytes into text when the sender was wrong about their charset, or said nothing."""

import codecs
import re

from charset_normalizer import from_bytes

# Names that mail uses and Python doesn't, and charsets whose superset is what senders truly mean.
_MEANT = {
    "ascii": "",
    "us-ascii": "",
    "ansi_x3.4-1968": "",
    "unknown-8bit": "",
    "x-unknown": "",
    "unknown": "",
    "default": "",
    "default_charset": "",
    "x-user-defined": "",
    "binary": "",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
    "iso-10646-ucs-2": "utf-16",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "big-5": "big5",
    "x-x-big5": "big5",
}
# Text codecs by name that are no charsets; some take forever on long input.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
# Charset guessing is slow, and the first so many bytes say enough.
_SAMPLE = 6000
# In less text than this, with few bytes beyond ASCII, a guess is worse than the charset of Western Windows.
_ENOUGH, _FEW = 200, 0.5
_CP = re.compile(r"^(?:cp|ibm|windows|win)[-_]?(\d{3,5})$")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """The text, and '' or a sentence on what was wrong with its charset."""
    name = _python_name(declared)
    if not name and content.isascii() and b"\x1b" not in content:
        return tidy(content.decode("ascii")), ""
    if name:
        try:
            return tidy(content.decode(name)), ""
        except (UnicodeError, LookupError, ValueError):
            pass
    text, taken = _guess(content, name)
    claim = f"was said to be {_short(declared)}" if declared else "did not name its charset"
    return tidy(text), f"Its text {claim}; it was read as {taken}."


def tidy(text: str) -> str:
    """Text that a database takes: no NUL, no half characters, lines ended by a single newline."""
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() and _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return text


def _short(declared: str) -> str:
    return tidy(declared.strip())[:40].encode("ascii", "replace").decode()


def _python_name(declared: str) -> str:
    """The codec's name; '' when the declaration says nothing that Python could read."""
    name = declared.strip().strip("'\"").lower()
    name = _MEANT.get(name, name)
    if found := _CP.match(name):
        name = "cp" + found[1]
    try:
        info = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return ""
    if info is None or info.name in _NO_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return ""
    return info.name


def _guess(content: bytes, declared: str) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if declared in ("utf-8", "cp932", "gb18030", "cp949", "big5", "euc_jp", "iso2022_jp"):
        text = content.decode(declared, "replace")
        holes = text.count("\ufffd")
        if holes * 10 <= sum(letter > "\x7f" for letter in text) - holes:
            return text, f"{declared} with holes"
    if b"\x1b$" in content:
        return content.decode("iso2022_jp_ext", "replace"), "iso-2022-jp"
    foreign = sum(byte > 127 for byte in content[:_SAMPLE]) / len(content[:_SAMPLE])
    is_certain = len(content) >= _ENOUGH or foreign > _FEW
    best = from_bytes(content[:_SAMPLE]).best() if is_certain else None
    name = best.encoding if best else "cp1252"
    try:
        return content.decode(name), name.replace("_", "-")
    except (UnicodeError, LookupError):
        return content.decode("cp1252", "replace"), "windows-1252"
