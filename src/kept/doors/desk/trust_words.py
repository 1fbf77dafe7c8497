"""Trust in the words of a client's page: how sure they may be of us, and how that changed in a quarter."""

from zoneinfo import ZoneInfo

from kept.kit import words
from kept.measures.trust_words import MOST_REASONS, WORTH_SAYING
from kept.readings.snapshots.counted import Counted
from kept.readings.trust_page import TrustPage

STEADY = 2.0  # points


def answer(one: Counted) -> str:
    """How sure of us they may be beside a quarter ago; "" while that is not known."""
    if one.thin or one.before is None or one.before.thin:
        return ""
    month, by = words.MONTHS[one.before.day.month - 1], one.value - one.before.value
    if abs(by) < STEADY:
        return f"As sure of us as in {month}."
    return f"Surer of us than in {month}." if by > 0 else f"Less sure of us than in {month}."


def number(one: Counted) -> tuple[str, str]:
    """What is said in bold and beside it: "Trust 78", "between 71 and 84, fair evidence. It was 83 a quarter ago."."""
    reach = f"between {one.low:.0f} and {one.high:.0f}"
    if one.thin:
        return "Trust", f" {reach}, mostly the firm’s average so far."
    before = one.before
    was = f" It was {before.value:.0f} a quarter ago." if before and not before.thin else ""
    return f"Trust {one.value:.0f}", f", {reach}, {one.evidence} evidence.{was}"


def page_opening(one: TrustPage, *, zone: ZoneInfo) -> str:
    """ "Trust 78, between 71 and 84, fair evidence: 4.7 points below for one major broken promise."."""
    strong, rest = number(one.counted)
    was = "" if one.now else f" on {words.long_day(one.at.astimezone(zone).date())}"
    said = f"{strong}{was}{rest.partition('.')[0]}"
    why = [each for each in one.one.trust.reasons if abs(each.points) >= WORTH_SAYING][:MOST_REASONS]
    if not why:
        return f"{said}."
    sides = [f"{abs(each.points):.1f} {'below' if each.points < 0 else 'above'} for {each.words}" for each in why]
    return f"{said}: {', '.join(sides)}."
