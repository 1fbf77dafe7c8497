"""How the demo's clients are met, handed work and billed: the words, and each character's way where it is not usual."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

ABOUT = ("The month behind us", "The month ahead", "Figures and plans", "What comes next")
HANDED = {
    "design": ("The new pages", "Pictures, chosen and cut", "The printed sheets", "A cover, three ways"),
    "code": ("The pages, built", "The order form", "The search", "Faster pictures"),
    "words": ("The newsletter", "Eight pages of words", "The campaign, first draft", "Captions"),
    "lead": ("The plan of the quarter", "The year on two pages"),
}
ASKED = (
    "Call me before you write when it is about dates.",
    "More time with the people who do the work.",
    "A word when nothing happens, too.",
    "Fewer attachments.",
)
GLAD = ("Just right.", "Better than what we had in mind.", "Thank you, it is up already.", "Lovely. Nothing to add.")
ROUND = ("Those are last year's prices.", "That is not how we write our name.", "Two of the pictures are not ours.")
AGAIN = ("This is not what we talked about.",)


@dataclass(frozen=True)
class Ways:
    """Shares of 0 to 1: meetings at which somebody else came or we were late; work that took a round more, or all anew.

    `missed` are the meetings, months ago, to which nobody came; `words` is how often they say something of it.
    """

    lacking: float = 0.08
    missed: tuple[int, ...] = ()
    extra: float = 0.1
    redone: float = 0.0
    words: float = 0.4
    asked: float = 0.5


WAYS: Mapping[str, Ways] = defaultdict(Ways) | {
    "borealis": Ways(lacking=0.2, extra=0.08, words=0.7, asked=0.8),
    "tolland": Ways(lacking=0.6, missed=(2, 4), extra=0.35, redone=0.3, words=0.3, asked=0.1),
    "quillon": Ways(lacking=0.55, missed=(1, 5), extra=0.35, redone=0.2, words=0.2, asked=0.0),
    "sable": Ways(lacking=0.3, extra=0.25, words=0.0, asked=0.0),
    "marrowby": Ways(lacking=0.1, extra=0.2, words=0.6),
    "tidewell": Ways(words=0.3, asked=0.4),
    "pellam": Ways(lacking=0.0, extra=0.05, words=0.8, asked=0.9),
    "saltmarrow": Ways(lacking=0.05, extra=0.1, words=0.6, asked=0.7),
}
OFF = {("fennimore", 8): "their harvest", ("marrowby", 5): "their texts were not there yet"}  # called off by them


@dataclass(frozen=True)
class Asking:
    """A client's words about the bill of so many months ago, after so many days, and how it was settled when."""

    back: int
    who: str
    words: str
    days: int = 2
    how: str = ""
    settled: int = 0


SURPRISED = {
    "tidewell": Asking(
        3,
        "Ruth",
        "Line four says photography. We had none in that month.",
        how="It belonged to somebody else. Taken off, sent anew the same day; Ada called.",
        settled=3,
    ),
    "tolland": Asking(
        2,
        "Jonas",
        "Nobody told me the second round would cost anything.",
        days=6,
        how="Taken off, as it should have been said before.",
        settled=19,
    ),
}
ABOVE = {("marrowby", 4): (320, True), ("tolland", 2): (480, False)}  # more than was quoted, and whether they were told
QUIETLY = ("tolland", "The season", "robin", "teo")  # when Robin left, Teo came, and nobody told Jonas
