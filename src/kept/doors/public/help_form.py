"""What is typed on the page "How can I help you?"; a field that only machines fill keeps most of them out."""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LONGEST = 5000  # letters: four pages; whoever has more to say says it to a person
ONLY_MACHINES = "website"  # hidden from people; what fills every field fills it too


class HelpForm(forms.Form):
    """Their words, and how to answer them."""

    words = forms.CharField(
        label="How can I help you?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write a few words, so that we know what it is about.",
            "max_length": f"That is more than {LONGEST:,} letters. Write the main thing; we will ask for the rest.",
        },
    )
    name = forms.CharField(
        label="Your name",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name, so that we know whom we answer."},
    )
    address = forms.EmailField(
        label="Your mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Write your mail address, so that we can answer.",
            "invalid": "That is not a mail address; write it like noor@museum.example.",
        },
    )
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **({"auto_id": "help-%s"} | kwargs))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get(ONLY_MACHINES):
            raise ValidationError("A field that nobody sees was filled in, perhaps by your browser. Please send again.")
        return found

    def key(self) -> str:
        """The same words of the same page are the same; other words are said anew, though the page is an old one."""
        typed = self.cleaned_data
        said = "\n".join((typed["once"], typed["address"].lower(), typed["words"]))
        return sha256(said.encode()).hexdigest()
