"""The figures of a pledged sentence in words: what was kept, how likely, what it was held against."""

from collections import Counter
from collections.abc import Sequence

from kept.kit import words
from kept.measures.pledge import Share, Verdict
from kept.measures.pledge_kinds import Kind


def figures(one: Share) -> str:
    """ "Kept 91 in 100, likely 87 to 94; pledged 95."; with nothing to count what was pledged alone."""
    if one.share is None:
        return f"Pledged {hundredths(one.target)} in 100."
    low, high = hundredths(one.interval.low), hundredths(one.interval.high)
    likely = f"likely {low} to {high}" if low != high else f"likely {low}"
    return f"Kept {in_hundred(one)} in 100, {likely}; pledged {hundredths(one.target)}."


def in_hundred(one: Share) -> str:
    """ "91"; never "100" where one was missed, and to a tenth where a whole number would hide that it is below."""
    if one.share is None:
        return "0"
    whole = hundredths(one.share)
    hides_a_miss = one.missed and whole == "100"
    hides_the_side = one.is_below and whole == hundredths(one.target)
    if hides_a_miss or hides_the_side:
        return f"{int(1000 * one.share) / 10:g}"
    return whole


def hundredths(share: float) -> str:
    """ "91" of .912."""
    return f"{100 * share:.0f}"


def counted(one: Share, kind: Kind, *, since: str, how: Sequence[str] = ()) -> str:
    """ "84 of 92 promises since 22 July; we said at least 88. Five late, three broken."

    `how` is what each miss was in a word or two ("late", "broken"), in any order.
    """
    if one.n == 0:
        return f"Nothing to count yet: no {kind.one} since {since}."
    share = f"{one.kept:,} of {one.n:,}" if one.missed else words.sentence(_all_of(one.n))
    noun = kind.one if one.n == 1 else kind.many
    begun = f"{share} {noun} since {since}"
    said = f"; we said at least {one.needed:,}" if one.is_below else ""
    return f"{begun}{said}.{_missed(how)}"


def stands(one: Share) -> str:
    """What the interval allows to say, a word or two: "holds", "falls short", "too close to say" ..."""
    return str(one.verdict)


def shape(one: Share) -> str:
    """The state that is drawn: red only for a share that surely falls short, none for one that holds."""
    if one.verdict in {Verdict.NOTHING, Verdict.THIN}:
        return "unknown"
    if one.verdict is Verdict.SHORT:
        return "late"
    return "soon" if one.is_below else "calm"


def _all_of(n: int) -> str:
    if n <= 2:
        return {1: "the one", 2: "both"}[n]
    return f"all {words.SMALL[n] if n < len(words.SMALL) else f'{n:,}'}"


def _missed(how: Sequence[str]) -> str:
    """ " Five late, three broken." """
    kinds = Counter(how).most_common()
    if not kinds:
        return ""
    return f" {words.sentence(words.listed([f'{_number(n)} {kind}' for kind, n in kinds]))}."


def _number(n: int) -> str:
    return words.SMALL[n] if n < len(words.SMALL) else f"{n:,}"
