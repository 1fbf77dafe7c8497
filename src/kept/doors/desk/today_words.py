"""What Today says beside its rows: letters that did not arrive, how our word held, what there was no room for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.letters_receivers import called
from kept.doors.desk.promise_rows import address
from kept.kit import words
from kept.ledgers.team.models import Member
from kept.readings.bounced import Fate, Returned
from kept.readings.brief import Brief
from kept.readings.duty import duty
from kept.readings.promises_kept import Tally
from kept.readings.promises_listed import Wanted
from kept.readings.waiting import Waiting
from kept.readings.whose_day import sees_all

# where all of a kind can be seen, and how so many of them are called
PLACES = {
    "waiting": ("desk:inbox", "in the inbox", "person who waits", "people who wait"),
    "stranger": ("desk:inbox", "in the inbox", "stranger", "strangers"),
    "promise": ("desk:promises", "on the promises page", "promise", "promises"),
    "alarms": ("desk:clients", "on the clients page", "warning", "warnings"),
    "hours": ("desk:money", "on the money page", "budget", "budgets"),
    "unanswered": ("desk:inbox", "in the inbox", "letter that nobody answered", "letters that nobody answered"),
}

# what became of a letter, and what that looks like
FATES = {
    Fate.REFUSED: ("broken", "did not go"),
    Fate.BOUNCED: ("broken", "came back"),
    Fate.UNCERTAIN: ("soon", "may have gone"),
    Fate.DELAYED: ("soon", "still waits"),
}


@dataclass(frozen=True)
class Fact:
    """A few words that open the rows they speak of."""

    words: str
    href: str


@dataclass(frozen=True)
class Missed:
    """A letter of the reader's that did not simply arrive: to whom, what became of it, what the servers said.

    `seen` is where its writer says that they know and deal with it; "" where something else must be decided.
    """

    who: str
    state: str
    became: str
    why: str
    href: str
    seen: str


def missed(found: Sequence[Returned]) -> list[Missed]:
    """What the author of a letter should hear of before anything else, the worst first."""
    told = []
    for one in found:
        state, became = FATES[one.fate]
        href = reverse("desk:letter", args=[one.letter.pk])
        seen = reverse("desk:letter_refusal", args=[one.letter.pk]) if one.fate is Fate.REFUSED else ""
        told.append(Missed(called(one.letter.to) or ", ".join(one.whom), state, became, one.said, href, seen))
    return told


def kept_words(tally: Tally, viewer: Member) -> Fact | None:
    """ "28 of 31 kept this quarter", of a lead's or a member's own "28 of your 31"; None where nothing was settled."""
    if not tally.settled:
        return None
    all_of_us = sees_all(viewer)
    own = "" if all_of_us else "your "
    text = f"{tally.kept:,} of {own}{tally.settled:,} kept this quarter"
    return Fact(text, address(Wanted(by=None if all_of_us else viewer.pk, state="counted")))


def unguarded(one: Brief) -> Fact | None:
    """ "Three strangers wait and nobody is on duty.", for whoever can settle who is; None where somebody is."""
    alone = [each for each in one.of("stranger").subjects() if isinstance(each, Waiting) and each.member_id is None]
    if not alone or not one.member.may_settle or duty(offices=one.offices).in_turn(one.at):
        return None
    many = words.sentence(words.count(len(alone), "stranger"))
    return Fact(f"{many} {'waits' if len(alone) == 1 else 'wait'} and nobody is on duty.", reverse("desk:duty"))


def nobody_waits(one: Brief) -> dict[str, str]:
    """What stands where no client or no stranger waits; of a day that is only the reader's own it says so.

    A moment is free only where nobody else waits either.
    """
    many = one.counts["strangers"]
    whom = "" if sees_all(one.member) else " for you"
    why = "A good moment for a call that isn’t about work."
    if many:
        verb = "does" if many == 1 else "do"
        why = f"{words.sentence(words.count(many, 'stranger'))} {verb}: answered like everyone."
    return {"client": f"No client is waiting{whom}.", "why": why, "stranger": f"No stranger is waiting{whom}."}


def nothing_due(one: Brief) -> str:
    """What stands where no promise falls due; of one's own day it says so, for colleagues may have promised."""
    what = "Nothing we promised" if sees_all(one.member) else "None of your promises"
    return f"{what} falls due in the next two working days."


def left_out(hidden: Mapping[str, int]) -> list[Fact]:
    """What there was no room for, kind by kind, each with the page that lists all of it."""
    return [
        Fact(f"{words.count(number, one, many)} {where}", reverse(place))
        for kind, number in hidden.items()
        if number
        for place, where, one, many in [PLACES[kind]]
    ]
