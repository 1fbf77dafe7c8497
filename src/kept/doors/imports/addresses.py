"""E-mail addresses and domains out of the cells and cards they are found in."""

import re
from collections.abc import Iterable

_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")
_BETWEEN = re.compile(r"\s*(?::::|[;,\n])\s*")
_SCHEME = re.compile(r"^[a-z]+://", re.IGNORECASE)


def addresses(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (addresses, texts that hold none), each address once; a cell may hold several, or a name before it."""
    found: dict[str, str] = {}
    unread: list[str] = []
    for text in (part for cell in texts for part in _BETWEEN.split(cell.strip()) if part):
        match = _ADDRESS.search(text)
        if match:
            local, _, domain = match[0].rpartition("@")
            found.setdefault(match[0].casefold(), f"{local}@{domain.lower()}")
        else:
            unread.append(text)
    return tuple(found.values()), tuple(unread)


def domain_of(text: str) -> str:
    """Return the domain of a web address: https://www.borealis.example/about is borealis.example; else ""."""
    host = re.split(r"[/?#:\s]", _SCHEME.sub("", text.strip()), maxsplit=1)[0].casefold().rstrip(".")
    host = host.rpartition("@")[2].removeprefix("www.")
    return host if "." in host else ""
