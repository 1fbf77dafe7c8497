"""What to ask, and what to do, for each way of staying."""

from types import MappingProxyType

from kept.measures.standing import Axis, Kind, Standing

QUESTIONS = MappingProxyType(
    {
        Axis.FELT: "How has it felt to work with us lately?",
        Axis.FREE: "If you were choosing today, would you choose us again?",
        Axis.LOCK: "If leaving cost nothing, what would you miss?",
    }
)

WHAT_TO_DO = MappingProxyType(
    {
        Kind.LOYAL: "Thank them, and ask whether they know somebody who should know us.",
        Kind.FOR_THE_PRICE: "Show what only we do for them, before somebody offers less.",
        Kind.HELD: "Put right what hurts before anyone speaks of renewal, and offer no discount.",
        Kind.LEAVING: "Call them this week: ask what it would take, and listen.",
        Kind.UNCLEAR: "Ask the one question that would tell.",
    }
)


def named(standing: Standing) -> str:
    """ "loyal", "loyal, sends others", "loyal, never tested", "held", "too early to say"."""
    if standing.untested:
        return "loyal, never tested"
    return "loyal, sends others" if standing.sends_others else str(standing.kind)


def sentence(standing: Standing) -> str:
    """ "Held, 64 in 100. Put right what hurts ..." or, unclear, the one question."""
    if standing.question is not None:
        return f"Too early to say. Ask: “{QUESTIONS[standing.question]}”"
    said = named(standing)
    return f"{said[0].upper()}{said[1:]}, {100 * standing.chance:.0f} in 100. {WHAT_TO_DO[standing.kind]}"
