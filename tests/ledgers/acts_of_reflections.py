"""Acts with reflections: written, worded anew, each taken back."""

from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind, Reflection
from kept.ledgers.reflections.verbs import After, Learned
from tests.cast import Studio, london
from tests.ledgers.act import Act

HAPPENED = After("Cleo: secure 3", "pulses.Answer", 7)
LEARNED = Learned("She would have waited, had she known.", "Whoever moves a date calls the same day.")
BETTER = Learned("She minds silence more than lateness.", "Whoever moves a date calls the same day.")


def written(s: Studio) -> Reflection:
    return reflections.reflect(
        s.borealis, kind=Kind.DISAPPOINTMENT, after=HAPPENED, learned=LEARNED, by=s.kit, at=london(19)
    )


REFLECTIONS = [
    Act(
        "reflections.reflect",
        lambda s, _, w: reflections.reflect(
            s.borealis, kind=Kind.DISAPPOINTMENT, after=HAPPENED, learned=LEARNED,
            moved=[{"words": "New navigation", "points": -3.9, "noun": "promises.Promise", "pk": 1}], **w,
        ),
        lambda s, _, row, w: reflections.take_back(row, **w),
        "reflections.take_back",
    ),
    Act(
        "reflections.reword",
        lambda s, row, w: reflections.reword(row, learned=BETTER, **w),
        lambda s, _, wording, w: reflections.take_back_wording(wording, **w),
        "reflections.take_back_wording",
        written,
    ),
]  # fmt: skip
