"""The first sentence of the page of letters."""

from collections.abc import Sequence

from kept.doors.desk.letters_ways import Way
from kept.kit import words

NOTHING = "Nothing is begun and nothing is on its way. Whatever you write is kept here until it goes."


def letters_say(drafts: int, going: Sequence[Way], back: int) -> str:
    """ "You have begun two letters; one has not gone out yet, and one came back."."""
    stuck = sum(one.state.s in {"broken", "unknown", "soon"} for one in going)
    calm = len(going) - stuck
    said = []
    if drafts:
        said.append(f"you have begun {words.count(drafts, 'letter')}")
    if calm:
        said.append(f"{words.count(calm, 'is', 'are')} on {'its' if calm == 1 else 'their'} way")
    if stuck:
        said.append(f"{words.count(stuck, 'needs', 'need')} you before {'it goes' if stuck == 1 else 'they go'}")
    if back:
        said.append(f"{words.count(back, 'did', 'did')} not arrive")
    return f"{words.sentence(words.listed(said))}." if said else NOTHING
