"""Recognises the head of an older mail within a text: "On Monday Cleo wrote:", or its From, Date, To and Subject."""

from kept.measures.text import zone_words as words

# Over how many lines an introduction may spread, and how far a head is looked at.
_SPREAD, _HEAD, _LONGEST = 6, 12, 1000
# Header lines that make a head: so many, or fewer where one names an address and one a date.
_MANY, _FEW = 3, 2
# Lines that belong to none of them: names of many recipients go over several.
_FOREIGN = 3


def is_quote_ahead(lines: list[str], at: int) -> bool:
    """Whether the next line with anything in it, within four, is marked as a quote."""
    ahead = next((line for line in lines[at : at + 4] if line.strip()), "")
    return len(ahead) <= _LONGEST and bool(words.QUOTED.match(ahead))


def introduces(lines: list[str], at: int) -> int:
    """Over how many lines from here a quote is introduced; 0 when it isn't."""
    line = lines[at]
    if words.BETWEEN_DASHES.match(line) or (words.SOMEONE_WROTE.match(line) and is_quote_ahead(lines, at + 1)):
        return 1
    for spread in (1, 2):
        joined = " ".join(lines[at : at + spread])
        if words.ISO_ADDRESS.match(joined) or (words.DATED.search(line) and words.DATED_ADDRESS.match(joined)):
            return spread
    return _spread(lines, at) if words.INTRODUCTION_BEGINS.match(line) else 0


def _spread(lines: list[str], at: int) -> int:
    for spread in range(1, _SPREAD + 1):
        joined = " ".join(lines[at : at + spread])
        if len(joined) > _LONGEST:
            return 0
        if words.INTRODUCTION.match(joined):
            # over blank lines only what names an address: a paragraph may begin like an introduction too
            is_one = all(line.strip() for line in lines[at : at + spread])
            return spread if is_one or "@" in joined else 0
    return 0


def begins(lines: list[str], at: int) -> bool:
    """Whether the header lines of an older mail begin here, perhaps below a rule."""
    if words.RULE.match(lines[at]):
        ahead = next((number for number in range(at + 1, min(at + 4, len(lines))) if lines[number].strip()), at)
        return ahead > at and begins(lines, ahead) if not words.RULE.match(lines[ahead]) else False
    following = [line for line in lines[at : at + _HEAD] if line.strip()]
    if not following or len(following[0]) > _LONGEST:
        return False
    return _is_known_head(following) or _is_foreign_head(following)


def _is_known_head(lines: list[str]) -> bool:
    if not words.HEADER.match(lines[0]):
        return False
    seen: set[str] = set()
    told, foreign = "", 0
    for line in lines:
        found = words.HEADER.match(line) if len(line) <= _LONGEST else None
        foreign = 0 if found else foreign + 1
        if foreign > _FOREIGN:
            break
        if found:
            seen |= {found.lastgroup or ""} | {second.lastgroup or "" for second in words.SECOND_HEADER.finditer(line)}
            told += line + "\n"
    if not seen & {"from", "date"}:
        return False
    has_address, has_date = "@" in told, bool(words.DATED.search(told))
    return (len(seen) >= _MANY and (has_address or has_date)) or (len(seen) >= _FEW and has_address and has_date)


def _is_foreign_head(lines: list[str]) -> bool:
    """Three lines of 'word: value' in whatever language, the first with an address, another with a time."""
    head = lines[:4]
    if len(head) < _MANY or "@" not in head[0] or not all(map(words.HEADERISH.match, head[:_MANY])):
        return False
    return any(words.CLOCK.search(line) for line in head[1:])
