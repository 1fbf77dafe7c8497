"""What is typed about the pledge: a sentence and what it is held against, why it changes, what differs for a client."""

from typing import Any

from django import forms

from kept.ledgers.pledges.drafting import Wording
from kept.ledgers.pledges.models import Sentence
from kept.ledgers.pledges.verbs import Difference
from kept.measures.pledge_kinds import KINDS

UNBOUND = "choose one"
MEASURES = [("", UNBOUND), *((kind.key, kind.name) for kind in KINDS.values())]
WINDOWS = [(30, "a month"), (90, "90 days"), (180, "half a year"), (365, "a year")]
NO_NUMBER = "Write a number, such as 4 or 1.5."


def a_target(**facts: Any) -> forms.IntegerField:
    """A target of a hundred."""
    return forms.IntegerField(
        min_value=1,
        max_value=100,
        error_messages={
            "required": "Say how many of a hundred you pledge.",
            "invalid": "Write a whole number, such as 95.",
            "min_value": "Pledge at least one in a hundred.",
            "max_value": "More than all of them nobody can keep.",
        },
        **facts,
    )


def a_number(**facts: Any) -> forms.DecimalField:
    """The one number a measure may take, as people type it."""
    errors = {"invalid": NO_NUMBER, "min_value": "Pledge some time, or leave it empty for the usual."}
    return forms.DecimalField(
        required=False, min_value=0, max_value=9999, decimal_places=2, error_messages=errors, **facts
    )


class SentenceForm(forms.Form):
    """One sentence of a draft."""

    words = forms.CharField(
        label="The sentence", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the sentence as a client would read it."},
    )  # fmt: skip
    measure = forms.ChoiceField(label="Held against", choices=MEASURES, required=False)
    target = a_target(label="Pledged, in a hundred", initial=90)
    window_days = forms.TypedChoiceField(label="Over the last", choices=WINDOWS, coerce=int, initial=90)
    within = a_number(label="Time")

    def __init__(self, *args: Any, sentence: Sentence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        window: Any = self.fields["window_days"]
        if sentence is not None and sentence.window_days not in dict(WINDOWS):
            window.choices = [(sentence.window_days, f"{sentence.window_days} days"), *WINDOWS]
        self.fields["within"].label = asks(sentence.measure if sentence else "") or "Time, where it takes one"

    def wording(self) -> Wording:
        """What was typed, as the verbs take it."""
        typed = self.cleaned_data
        within = in_units(typed["within"], typed["measure"])
        return Wording(typed["words"], typed["measure"], typed["target"], typed["window_days"], within)


def typed(sentence: Sentence) -> dict[str, Any]:
    """The sentence as its form would be typed."""
    within = as_typed(sentence.within, sentence.measure)
    facts = {"words": sentence.words, "measure": sentence.measure, "target": sentence.target}
    return facts | {"window_days": sentence.window_days, "within": within}


def asks(measure: str) -> str:
    """ "Answered within, in working hours"; empty for a measure that takes no number."""
    kind = KINDS.get(measure)
    return f"{kind.asks}, in {kind.unit}" if kind and kind.unit else ""


def in_units(number: Any, measure: str) -> int | None:
    """What was typed in the unit of the measure; None where it takes no number, or none was typed."""
    kind = KINDS.get(measure)
    if not number or kind is None or not kind.unit:
        return None
    return max(1, round(float(number) * kind.step))


def as_typed(within: int | None, measure: str) -> str:
    """The number as people type it: "4" of 240 minutes."""
    kind = KINDS.get(measure)
    return f"{within / kind.step:g}" if within and kind else ""


class PublishForm(forms.Form):
    """Why the pledge changes."""

    why = forms.CharField(
        label="Why it changes", max_length=500, required=False,
        help_text="Those who read the wording before will ask. It stands in the history.",
    )  # fmt: skip


class DifferenceForm(forms.Form):
    """What is different for one client."""

    sentence = forms.TypedChoiceField(label="Which sentence", coerce=int)
    left_out = forms.BooleanField(label="It does not hold for them at all", required=False)
    words = forms.CharField(label="Other words", max_length=200, required=False)
    target = a_target(label="Another target, in a hundred", required=False)
    within = a_number(
        label="Another time", help_text="In the unit of the sentence: working hours for replies and calls."
    )
    since = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say from which day on.", "invalid": "Write a day like 2026-10-20."},
    )  # fmt: skip
    until = forms.DateField(
        label="Until, if it ends", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write a day like 2026-12-31, or leave it empty."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why",
        max_length=300,
        error_messages={"required": "Say in a few words why, so that the next reader knows."},
    )

    def __init__(self, *args: Any, sentences: list[Sentence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences = {row.pk: row for row in sentences}
        choice: Any = self.fields["sentence"]
        choice.choices = [(row.pk, row.words) for row in sentences]

    def facts(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        typed = self.cleaned_data
        row = self.sentences[typed["sentence"]]
        difference = Difference(
            typed["left_out"], typed["words"], typed["target"], in_units(typed["within"], row.measure)
        )
        return {"sentence": row, "difference": difference} | {
            name: typed[name] for name in ("since", "until", "reason")
        }
