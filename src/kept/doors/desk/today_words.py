"""What Today says beside its rows: how our word held, and what there was no room for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.promise_rows import address
from kept.kit import words
from kept.ledgers.team.models import Member
from kept.readings.brief import sees_all
from kept.readings.promises_kept import Tally
from kept.readings.promises_listed import Wanted

# where all of a kind can be seen, and how so many of them are called
PLACES = {
    "waiting": ("desk:inbox", "in the inbox", "person who waits", "people who wait"),
    "stranger": ("desk:inbox", "in the inbox", "stranger", "strangers"),
    "promise": ("desk:promises", "on the promises page", "promise", "promises"),
    "hours": ("desk:money", "on the money page", "budget", "budgets"),
}


@dataclass(frozen=True)
class Fact:
    """A few words that open the rows they speak of."""

    words: str
    href: str


def kept_words(tally: Tally, viewer: Member) -> Fact | None:
    """ "28 of 31 kept this quarter", of a lead's or a member's own "28 of your 31"; None where nothing was settled."""
    if not tally.settled:
        return None
    all_of_us = sees_all(viewer)
    own = "" if all_of_us else "your "
    text = f"{tally.kept:,} of {own}{tally.settled:,} kept this quarter"
    return Fact(text, address(Wanted(by=None if all_of_us else viewer.pk, state="counted")))


def left_out(hidden: Mapping[str, int]) -> list[Fact]:
    """What there was no room for, kind by kind, each with the page that lists all of it."""
    return [
        Fact(f"{words.count(number, one, many)} {where}", reverse(place))
        for kind, number in hidden.items()
        if number
        for place, where, one, many in [PLACES[kind]]
    ]
