"""Why a client stays, in words: for the portfolio, the client's page, and the page behind both."""

from django.urls import reverse

from kept.doors.desk.client_words import Fact
from kept.doors.desk.inbox_words import State
from kept.kit import words
from kept.measures.standing import Axis, Kind, Standing
from kept.measures.standing_numbers import Lock
from kept.measures.standing_words import QUESTIONS, named
from kept.readings.standing import Grounds
from kept.readings.standing_ties import Tie

# which question helps whom; of whom it is too early to say, the measure knows
ASKS = {Kind.HELD: Axis.LOCK, Kind.LEAVING: Axis.FELT, Kind.FOR_THE_PRICE: Axis.FREE}


def stays(standing: Standing, *, unknown: bool) -> str:
    """ "loyal", "held", "too early to say"; "not known" of whom nothing was ever heard or seen."""
    return "not known" if unknown and standing.kind is Kind.UNCLEAR else named(standing)


def question(standing: Standing) -> str:
    """The one question that would tell, or help; of the loyal who had a free choice none."""
    axis = standing.question or (Axis.FREE if standing.untested else ASKS.get(standing.kind))
    return QUESTIONS[axis] if axis else ""


def tied_by(tie: Tie) -> str:
    """ "180 days of notice", "a contract until June 2027", "what only we have"."""
    if tie.lock is Lock.CONTRACT:
        until = f" until {words.MONTHS[tie.until.month - 1]} {tie.until.year}" if tie.until else ""
        return f"a contract{until}" if until else "a long contract"
    if tie.lock is Lock.NOTICE:
        return f"{tie.days} days of notice" if tie.days else "a long notice"
    return {
        Lock.OUR_DATA: "what only we have",
        Lock.MIGRATION: "a dear move",
        Lock.SPECIALIST: "one of us alone",
    }[tie.lock]


def out_of_ten(share: float) -> str:
    """ "7.5"; "8" where nothing follows."""
    return f"{10 * share:.1f}".removesuffix(".0")


def because(one: Grounds) -> str:
    """ "180 days of notice, what only we have and 4.6 of 10 for how it feels": why somebody is held."""
    felt = f"{out_of_ten(one.standing.felt.mean)} of 10 for how it feels"
    return words.listed([*(tied_by(tie) for tie in one.ties.holding), felt])


def too_little(one: Grounds, *, days: int | None) -> str:
    """Why nobody can tell yet: "never asked how it felt", "six weeks with us", "has never had a free choice"."""
    if one.standing.untested:
        return "has never had a free choice"
    if days is not None and days < 120:
        return f"{words.count(max(1, days // 7), 'week')} with us"
    if not one.answers:
        return "never said how it felt"
    if not one.signs:
        return "no sign of choice yet"
    return "the signs point both ways"


def standing_fact(client: int, one: Grounds) -> Fact:
    """The line "Would choose us again" of a client's page, which opens the rows behind it."""
    standing, unknown = one.standing, not one.answers and not one.signs
    said = stays(standing, unknown=unknown)
    if standing.kind is Kind.UNCLEAR:
        state = State("unknown", said, question(standing))
    else:
        state = State("calm", f"{said}, {100 * standing.chance:.0f} in 100", question(standing))
    return Fact("Would choose us again", state, reverse("desk:standing", args=[client]))
