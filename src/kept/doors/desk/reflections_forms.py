"""The form of a reflection: what happened, what we learn, the one change."""

from typing import Any

from django import forms

from kept.doors.desk.reflections_words import key_of
from kept.ledgers.pledges.models import Sentence
from kept.ledgers.reflections.models import Kind
from kept.ledgers.reflections.verbs import LONGEST, LONGEST_AFTER, LONGEST_CHANGE, After, Learned
from kept.readings.reflections import Occasion, Reflecting


class Rewording(forms.Form):
    """What we learn, and the one thing we change."""

    learned = forms.CharField(
        label="What we learn from it",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what we learn from it, in a sentence or two."},
    )
    change = forms.CharField(
        label="The one thing we change",
        max_length=LONGEST_CHANGE,
        error_messages={"required": "Say the one thing we change. One is enough."},
    )

    def said(self) -> Learned:
        return Learned(self.cleaned_data["learned"], self.cleaned_data["change"])


class Reflect(Rewording):
    """A reflection on an occasion of the list, or on what nothing was written of."""

    after = forms.ChoiceField(label="After what", required=False)
    happened = forms.CharField(label="What happened", max_length=LONGEST_AFTER, required=False)
    kind = forms.ChoiceField(
        label="It was",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was a delight or a disappointment."},
    )
    sentence = forms.ModelChoiceField(
        Sentence.objects.none(),
        label="A sentence of our pledge it is about",
        required=False,
        empty_label="none of them",
        error_messages={"invalid_choice": "Choose a sentence of the pledge as it stands."},
    )
    field_order = ("after", "happened", "kind", "learned", "change", "sentence")

    def __init__(self, *args: Any, one: Reflecting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasions = {key_of(each): each for each in one.occasions}
        choices: Any = [("", "something else"), *((key, each.words) for key, each in self.occasions.items())]
        after: Any = self.fields["after"]
        after.choices = choices
        after.error_messages["invalid_choice"] = "Choose what happened from the list, or write it."
        sentence: Any = self.fields["sentence"]
        sentence.queryset = Sentence.objects.filter(pk__in=[each.pk for each in one.sentences])
        if not one.sentences:
            del self.fields["sentence"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "after" not in self.errors and not typed.get("after") and not typed.get("happened"):
            self.add_error("happened", "Say what happened, in a few words.")
        return typed

    def happening(self) -> After:
        """What it is about; of an occasion its own words, as they were shown."""
        chosen: Occasion | None = self.occasions.get(self.cleaned_data["after"])
        if chosen is None:
            return After(self.cleaned_data["happened"])
        return After(chosen.words, chosen.noun, chosen.pk)
