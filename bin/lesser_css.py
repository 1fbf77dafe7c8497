"""Makes a stylesheet smaller by what a site never uses: selectors of strangers, properties nothing reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """What a site has: the only classes it uses, and pieces of selectors that never match on it."""

    classes: frozenset[str]
    never: tuple[str, ...] = ()


def blocks(css: str) -> list[tuple[str, str | None]]:
    """Top-level pieces of a stylesheet without comments: (head, body), the body None for a bare statement."""
    pieces, start, depth, head = [], 0, 0, ""
    for at, sign in enumerate(css):
        if sign == "{":
            if depth == 0:
                head, start = css[start:at].strip(), at + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                pieces.append((head, css[start:at]))
                start = at + 1
        elif sign == ";" and depth == 0:
            pieces.append((css[start:at].strip(), None))
            start = at + 1
    return pieces


def options(selectors: str) -> list[str]:
    """A selector list cut at its own commas, not at those inside brackets."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(selectors):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append(selectors[start:at])
            start = at + 1
    return [*parts, selectors[start:]]


def closing(text: str, at: int) -> int:
    """Where the bracket that opens at `at` closes."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    raise ValueError(text)


def used(selectors: str, site: Site) -> str:
    """The selectors of a list that name nothing the site has not; '' when none is left."""
    return ",".join(kept for one in options(selectors) if (kept := used_one(one, site)))


def used_one(selector: str, site: Site) -> str:
    """One selector, with strangers taken out of its :is(), :where() and :not(); '' when it can match nothing."""
    out, rest = "", selector
    while found := re.search(r":(is|where|not|has)\(", rest):
        end = closing(rest, found.end() - 1)
        inside = used(rest[found.end() : end], site)
        if not inside and found[1] != "not":
            return ""
        out += rest[: found.start()] + (f":{found[1]}({inside})" if inside else "")
        rest = rest[end + 1 :]
    out += rest
    if any(mark in out for mark in site.never):
        return ""
    return out if set(re.findall(r"\.([A-Za-z][\w-]*)", re.sub(r'"[^"]*"', "", out))) <= site.classes else ""


def without_strangers(css: str, site: Site) -> str:
    """The stylesheet with every rule dropped that names what the site has not."""
    kept = []
    for head, body in blocks(css):
        if body is None:
            kept.append(f"{head};")
        elif head.startswith(("@layer", "@media", "@supports", "@container", "@starting-style")):
            inside = without_strangers(body, site)
            kept.append(f"{head}{{{inside}}}" if inside else "")
        elif head.startswith("@") or (head := used(head, site)):
            kept.append(f"{head}{{{body}}}")
    return "".join(kept)


def read_by(css: str) -> Callable[[re.Match[str]], str]:
    """A replacer that leaves a definition whose name is read somewhere in the stylesheet, and drops any other."""
    names = set(re.findall(r"var\((--[\w-]+)", css)) | set(re.findall(r"animation[\w-]*:([\w-]+)", css))
    return lambda found: found[0] if found[1] in names else ""


def without_unread(css: str) -> str:
    """The stylesheet without custom properties and keyframes nothing reads; repeated until none is left over."""
    value = r'(?:"(?:\\.|[^"\\])*"|[^;{}"])*'
    definitions = [
        rf"(?<=[{{;])(--[\w-]+):{value}(?:;|(?=\}}))",
        r"@property (--[\w-]+)\{[^}]*\}",
        r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}",
    ]
    less = css
    for definition in definitions:
        less = re.sub(definition, read_by(css), less)
    less = re.sub(r"[^{};]+\{\}", "", less)
    return css if less == css else without_unread(less)
